"""One row of every tenant model in a place: what the tests of the walls try to see, change and point at.

A recipe gives a model's own fields; district and school are filled in. A new model without a recipe fails
`tests/contracts/test_models.py`.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Model
from django.utils import timezone

from absences.models import Absence, AbsenceDay, AbsenceReason
from coverplans.models import Assignment, Booking, CoverNeed, CoverPlan, CreditEntry, Explanation, Offer
from schools.models import (
    AuditEntry,
    BellSchedule,
    CalendarDay,
    Closure,
    District,
    IdempotencyRecord,
    Membership,
    OutboxMessage,
    Period,
    Rotation,
    School,
    Setting,
    Term,
    User,
)
from schools.tenancy.keys import tenant_models
from staffing.models import (
    Availability,
    Credential,
    Lesson,
    LessonPost,
    LessonRoom,
    LessonSection,
    Person,
    PersonHold,
    Post,
    Preference,
    ProtectedPeriod,
    Room,
    Section,
    Subject,
    SubstituteProfile,
    Timetable,
    WorkingHours,
)
from tests.world import MONDAY, YEAR_START, DistrictCast, SchoolCast, at

_M = TypeVar("_M", bound=Model)
SECRET_REASON = "canary-illness"
"""Why everybody in these rows is away; boards, sheets, feeds and notices never say so."""
_NEXT_YEAR = dt.date(2027, 9, 1)
_LONG_AGO = dt.date(2020, 1, 1)


class Rows:
    """The rows of one place, made when first asked for, inside a door that may write there.

    `given` names rows that exist already, `number` tells several sets of a place apart, `substitute` is who is booked
    (otherwise the same new person who is posted).
    """

    def __init__(
        self,
        district: DistrictCast,
        school: SchoolCast,
        given: dict[type[Model], Model] | None = None,
        number: int = 0,
        substitute: Person | None = None,
    ) -> None:
        self.place = f"{school.school.slug}-{number}"
        self.offset = dt.timedelta(days=number)
        self.canary = school.canary
        self._substitute = substitute
        self._owned = {"district": district.district, "school": school.school}
        self._made: dict[type[Model], Model] = {
            District: district.district,
            School: school.school,
            **(given or {}),
        }

    def __getitem__(self, model: type[_M]) -> _M:
        if model not in self._made:
            self._made[model] = self._make(model)
        row = self._made[model]
        assert isinstance(row, model)
        return row

    @property
    def booked(self) -> Person:
        """Who is booked here."""
        return self._substitute or self[Person]

    def of_every_model(self) -> dict[type[Model], Model]:
        """One row of each model that declares a wall."""
        return {model: self[model] for model in tenant_models()}

    def text(self, what: str) -> str:
        """A text that must never be read outside this place."""
        return f"{self.canary} {what}"

    def _make(self, model: type[Model]) -> Model:
        fields = {field.name for field in model._meta.concrete_fields}
        owned = {name: row for name, row in self._owned.items() if name in fields}
        return model._base_manager.create(**owned, **RECIPES[model](self))


_FIRST_PERIOD = {"starts_at": at("08:00"), "ends_at": at("08:50")}


_SCHOOLS: dict[type[Model], Callable[[Rows], dict[str, Any]]] = {
    User: lambda rows: {"email": f"row@{rows.place}.example"},
    AuditEntry: lambda rows: {
        "action": "row.make",
        "object_type": "x",
        "object_id": 1,
        "reason": rows.text("audit"),
    },
    Term: lambda rows: {"name": rows.text(f"term {rows.place}"), "starts_on": YEAR_START, "ends_on": MONDAY},
    Closure: lambda rows: {"name": rows.text("closure"), "starts_on": _LONG_AGO, "ends_on": _LONG_AGO},
    Rotation: lambda rows: {
        "effective_from": _NEXT_YEAR + rows.offset,
        "kind": "weekly",
        "weekdays": [0, 1, 2, 3, 4],
        "cycle_days": 5,
        "anchor": _NEXT_YEAR,
        "day_names": [rows.text("day")],
    },
    CalendarDay: lambda rows: {"date": _NEXT_YEAR + rows.offset, "is_open": True, "cycle_day": 1},
    BellSchedule: lambda rows: {
        "name": rows.text("bell"),
        "code": rows.place,
        "effective_from": _NEXT_YEAR,
    },
    Period: lambda rows: {
        "bell": rows[BellSchedule],
        "cycle_day": 1,
        "number": 9,
        "name": rows.text("period"),
        "starts": "15:00",
        "ends": "15:50",
    },
    IdempotencyRecord: lambda rows: {
        "user": rows[User],
        "key_digest": rows.place,
        "request_digest": "x",
        "status": 201,
        "sealed_body": b"x",
    },
    Membership: lambda rows: {"user": rows[User], "role": "approver", "starts_on": _NEXT_YEAR},
    OutboxMessage: lambda rows: {"topic": "row.made", "payload": {}, "due_at": timezone.now()},
    Setting: lambda rows: {"key": f"row-{rows.place}", "value": rows.text("setting")},
}

_STAFFING: dict[type[Model], Callable[[Rows], dict[str, Any]]] = {
    Person: lambda rows: {"name": rows.text("person"), "notes": rows.text("note")},
    Post: lambda rows: {"person": rows[Person], "code": f"row-{rows.place}", "starts_on": YEAR_START},
    PersonHold: lambda rows: {
        "person": rows.booked,
        "kind": "booking",
        "starts_at": at("08:00") + rows.offset,
        "ends_at": at("08:50") + rows.offset,
    },
    SubstituteProfile: lambda rows: {
        "person": rows.booked,
        "half_day_cents": 1,
        "day_cents": 2,
        "active_from": _NEXT_YEAR,
    },
    Credential: lambda rows: {
        "person": rows.booked,
        "kind": "licence",
        "code": "first aid",
        "valid_from": YEAR_START,
    },
    Availability: lambda rows: {"person": rows.booked, "weekday": 0, "starts": "08:00", "ends": "12:00"},
    Preference: lambda rows: {"person": rows.booked, "side": "school", "wish": "excluded"},
    Timetable: lambda rows: {
        "name": rows.text("timetable"),
        "effective_from": _LONG_AGO,
        "source": "csv",
        "cycle_days": 5,
    },
    Subject: lambda rows: {"code": f"row-{rows.place}", "name": rows.text("subject")},
    Section: lambda rows: {"code": f"row-{rows.place}", "name": rows.text("section")},
    Room: lambda rows: {"code": f"row-{rows.place}", "name": rows.text("room")},
    Lesson: lambda rows: {
        "timetable": rows[Timetable],
        "cycle_day": 1,
        "period": rows[Period],
        "subject": rows[Subject],
        "block": rows.text("block"),
    },
    LessonPost: lambda rows: {"lesson": rows[Lesson], "post": rows[Post]},
    LessonSection: lambda rows: {"lesson": rows[Lesson], "section": rows[Section]},
    LessonRoom: lambda rows: {"lesson": rows[Lesson], "room": rows[Room]},
    WorkingHours: lambda rows: {"post": rows[Post], "weekday": 0, "starts": "08:00", "ends": "15:00"},
    ProtectedPeriod: lambda rows: {"post": rows[Post], "period": rows[Period]},
}

_ABSENCES: dict[type[Model], Callable[[Rows], dict[str, Any]]] = {
    AbsenceReason: lambda rows: {
        "code": f"row-{rows.place}",
        "name": SECRET_REASON,
        "category": "other",
        "is_sensitive": True,
    },
    Absence: lambda rows: {
        "post": rows[Post],
        "reason": rows[AbsenceReason],
        "starts_on": MONDAY,
        "ends_on": MONDAY,
        "state": "active",
        "reported_at": at("06:30"),
        "note_for_cover": rows.text("note for the cover"),
        "note_for_office": rows.text("note for the office"),
    },
    AbsenceDay: lambda rows: {
        "absence": rows[Absence],
        "post": rows[Post],
        "date": MONDAY,
        "kind": "whole",
        **_FIRST_PERIOD,
    },
}

_COVERPLANS: dict[type[Model], Callable[[Rows], dict[str, Any]]] = {
    CoverNeed: lambda rows: {
        "date": MONDAY,
        "lesson": rows[Lesson],
        "post": rows[Post],
        "absence_day": rows[AbsenceDay],
        "absent_name": rows[Person].name,
        "kind": "lesson",
        "period_number": 1,
        "period_name": "1",
        "subject": rows.text("subject of a need"),
        "sections": rows.text("sections of a need"),
        **_FIRST_PERIOD,
    },
    CoverPlan: lambda rows: {"date": MONDAY + rows.offset, "version": 1, "solver": rows.text("solver")},
    Explanation: lambda rows: {
        "plan": rows[CoverPlan],
        "need": rows[CoverNeed],
        "chosen": {"text": rows.text("chosen")},
    },
    Booking: lambda rows: {
        "person": rows.booked,
        "date": MONDAY,
        "part": "am",
        "cost_cents": 9000,
        "state": "offered",
        "hold": rows[PersonHold],
        **_FIRST_PERIOD,
    },
    Offer: lambda rows: {
        "booking": rows[Booking],
        "person": rows.booked,
        "sent_at": at("06:40"),
        "expires_at": at("07:40"),
    },
    Assignment: lambda rows: {
        "need": rows[CoverNeed],
        "date": MONDAY,
        "kind": "external",
        "person": rows.booked,
        "booking": rows[Booking],
        "state": "awaiting",
        "from_version": 1,
        **_FIRST_PERIOD,
    },
    CreditEntry: lambda rows: {
        "post": rows[Post],
        "date": MONDAY,
        "minutes": 50,
        "assignment": rows[Assignment],
        "reason": rows.text("credit"),
    },
}

RECIPES = {**_SCHOOLS, **_STAFFING, **_ABSENCES, **_COVERPLANS}
