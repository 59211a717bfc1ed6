"""A timetable is loaded as a new version: everything of it, or nothing."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Min

from schools.calendar_math import DayMapping
from schools.errors import Refused
from schools.models import Rotation, School, User
from schools.selectors.rotations import mapping_of, rotation_on
from schools.services.audit import record
from schools.services.calendar import HORIZON_DAYS, materialise_calendar, set_rotation
from staffing.hooks import timetable_changed
from staffing.importers.draft import TimetableDraft
from staffing.importers.findings import Notice, NoticeKind
from staffing.importers.words import Words
from staffing.models import Timetable

from .timetable_bells import find_or_make_bells
from .timetable_people import find_or_make_people
from .timetable_rows import Keys, write_lessons, write_rooms, write_sections, write_subjects

FIRST_DATE, LAST_DATE = dt.date(2000, 1, 1), dt.date(2100, 1, 1)


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load wrote. `counts` holds lessons by kind; vacancies are lessons that the timetable itself leaves to nobody."""

    timetable: Timetable
    counts: dict[str, int]
    people_created: tuple[str, ...]
    vacancies: tuple[str, ...]
    notices: tuple[Notice, ...]

    @property
    def doubles(self) -> tuple[Notice, ...]:
        """Teachers that the timetable has in two places at once."""
        return tuple(notice for notice in self.notices if notice.kind is NoticeKind.DOUBLE)


def load_timetable(
    *,
    school: School,
    draft: TimetableDraft,
    effective_from: dt.date,
    mapping: DayMapping,
    source: str = "csv",
    actor: User | None,
) -> LoadReport:
    """Write a draft as the version that counts from a date on; the same date again is a newer version of it.

    The number of statements does not depend on the number of lessons. Two loads of one school wait for each other. Raises
    Refused for a date out of reach and for days that do not fit the timetable.
    """
    _lock(school)
    _check(draft, effective_from, mapping)
    people = find_or_make_people(school, draft, effective_from)
    keys = Keys(
        periods=find_or_make_bells(school, draft, effective_from),
        posts=people.post_ids,
        subjects=write_subjects(school, draft),
        sections=write_sections(school, draft),
        rooms=write_rooms(school, draft),
    )
    notices = (*draft.notices, *people.notices, *_later_version(school, effective_from))
    timetable = Timetable(
        district_id=school.district_id,
        school=school,
        name=f"From {effective_from:%Y-%m-%d}",
        effective_from=effective_from,
        source=source,
        cycle_days=draft.cycle_days,
        imported_by=actor,
    )
    report = _report(timetable, draft, people.created, notices)
    timetable.report = report_as_json(report)
    timetable.save()
    write_lessons(timetable, draft.lessons, keys)
    _lay_on_the_calendar(school, draft, effective_from, mapping, actor)
    record(
        action="timetable.import",
        subject=timetable,
        actor=actor,
        changes={
            "effective_from": (None, effective_from.isoformat()),
            "lessons": (None, len(draft.lessons)),
            "people_created": (None, len(people.created)),
        },
    )
    timetable_changed.tell(school, effective_from, actor)
    return report


def report_as_json(report: LoadReport) -> dict[str, Any]:
    """The report as it is kept with the timetable and printed for programs."""
    return {
        "counts": report.counts,
        "people_created": list(report.people_created),
        "vacancies": list(report.vacancies),
        "notices": notices_as_json(report.notices),
    }


def notices_as_json(notices: Iterable[Notice]) -> list[dict[str, Any]]:
    """Notices as they are kept and printed."""
    return [
        {"kind": notice.kind.value, "file": notice.file, "line": notice.line, "text": notice.text}
        for notice in notices
    ]


def _lock(school: School) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('timetable', %s))", [school.pk])


def _check(draft: TimetableDraft, effective_from: dt.date, mapping: DayMapping) -> None:
    if not FIRST_DATE <= effective_from <= LAST_DATE:
        raise Refused(f"{effective_from} is too far away for a timetable.", field="effective_from")
    if mapping.cycle_days != draft.cycle_days:
        raise Refused(
            f"The timetable has {draft.cycle_days} days, the rotation {mapping.cycle_days}.", field="days"
        )


def _later_version(school: School, effective_from: dt.date) -> list[Notice]:
    until = Timetable.objects.filter(school=school, effective_from__gt=effective_from).aggregate(
        first=Min("effective_from")
    )["first"]
    if until is None:
        return []
    text = f"another timetable counts from {until}; this one holds until the day before."
    return [Notice(NoticeKind.LATER_VERSION, "timetable", None, text)]


def _report(
    timetable: Timetable, draft: TimetableDraft, people_created: tuple[str, ...], notices: tuple[Notice, ...]
) -> LoadReport:
    return LoadReport(
        timetable=timetable,
        counts=dict(Counter(lesson.kind.value for lesson in draft.lessons if not lesson.vacant)),
        people_created=people_created,
        vacancies=Words(draft).vacancies(),
        notices=notices,
    )


def _lay_on_the_calendar(
    school: School, draft: TimetableDraft, effective_from: dt.date, mapping: DayMapping, actor: User | None
) -> None:
    """A rotation that goes on is left alone: setting it again would count anew and undo shifts of the cycle."""
    names = list(draft.cycle_day_names)
    current = rotation_on(school, effective_from)
    if current is None or mapping_of(current) != mapping:
        set_rotation(
            school=school, mapping=mapping, effective_from=effective_from, day_names=names, actor=actor
        )
        return
    if current.day_names != names:
        Rotation.objects.filter(pk=current.pk).update(day_names=names)
    materialise_calendar(school=school, until=effective_from + dt.timedelta(days=HORIZON_DAYS), actor=actor)
