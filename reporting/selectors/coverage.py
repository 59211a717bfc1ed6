"""How the lessons of absent teachers were taken care of, per school, over a range of dates."""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Count, DurationField, ExpressionWrapper, F, Sum
from django.db.models.expressions import Combinable

from coverplans.models import Assignment, AssignmentState, Booking, BookingState, CoverNeed, NeedState
from schools.models import School
from schools.selectors.settings import settings_of_each
from schools.settings_registry import CURRENCY

PEOPLE = ("internal", "standby", "supervisor", "external")
PAID = (BookingState.ACCEPTED, BookingState.WORKED, BookingState.VERIFIED)
_Counted = dict[tuple[int, str], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class SchoolCoverage:
    """One school's lessons that needed cover. Minutes are lesson minutes, cost is in cents of `currency`; the slug is empty
    for several schools together.

    Only what people were told counts: a lesson whose taker is planned or has not answered is still uncovered.
    """

    name: str
    needed: int = 0
    minutes: int = 0
    by_kind: dict[str, int] = field(default_factory=dict)
    covered_minutes: int = 0
    typed: int = 0
    cents: int = 0
    currency: str = CURRENCY.default
    slug: str = ""

    @property
    def covered(self) -> int:
        """Lessons that an adult took."""
        return sum(self.by_kind.values())

    @property
    def uncovered(self) -> int:
        return self.needed - self.covered - self.typed

    @property
    def percent(self) -> int:
        """Lesson minutes with an adult, of all that needed one; rounded down, so that 100 means all."""
        return 100 * self.covered_minutes // self.minutes if self.minutes else 100


def read_coverage(*, first: dt.date, last: dt.date) -> list[SchoolCoverage]:
    """Every school of the open door, by name; both dates are inclusive. Five queries."""
    schools = list(School.objects.filter(archived_at__isnull=True).order_by("name"))
    settings, needs = settings_of_each(schools), _needs(first, last)
    takers, cents = _takers(first, last), _cents(first, last)
    found = []
    for school in schools:
        needed, minutes = needs.get(school.pk, (0, 0))
        mine = {kind: counted for (school_id, kind), counted in takers.items() if school_id == school.pk}
        people = {kind: mine.get(kind, (0, 0)) for kind in PEOPLE}
        found.append(
            SchoolCoverage(
                name=school.name,
                needed=needed,
                minutes=minutes,
                by_kind={kind: number for kind, (number, _) in people.items()},
                covered_minutes=sum(minutes for _, minutes in people.values()),
                typed=sum(number for kind, (number, _) in mine.items() if kind not in PEOPLE),
                cents=cents.get(school.pk, 0),
                currency=settings[school.pk][CURRENCY],
                slug=school.slug,
            )
        )
    return found


def _length() -> Combinable:
    return ExpressionWrapper(F("ends_at") - F("starts_at"), output_field=DurationField())


def _needs(first: dt.date, last: dt.date) -> dict[int, tuple[int, int]]:
    """School → lessons that needed somebody, and their minutes."""
    rows = CoverNeed.objects.filter(
        date__range=(first, last), state__in=[NeedState.OPEN, NeedState.COVERED]
    ).order_by()
    counted = rows.values_list("school_id").annotate(number=Count("id"), length=Sum(_length()))
    return {school_id: (number, _minutes(length)) for school_id, number, length in counted}


def _takers(first: dt.date, last: dt.date) -> _Counted:
    """School and kind → lessons that are certain, and their minutes."""
    rows = Assignment.objects.filter(
        date__range=(first, last),
        state=AssignmentState.CONFIRMED,
        need__state__in=[NeedState.OPEN, NeedState.COVERED],
    ).order_by()
    counted = rows.values_list("school_id", "kind").annotate(number=Count("id"), length=Sum(_length()))
    return {(school_id, kind): (number, _minutes(length)) for school_id, kind, number, length in counted}


def _cents(first: dt.date, last: dt.date) -> dict[int, int]:
    """School → what its bookings cost that were accepted."""
    rows = Booking.objects.filter(date__range=(first, last), state__in=PAID).order_by()
    return dict(rows.values_list("school_id").annotate(cents=Sum("cost_cents")))


def _minutes(length: dt.timedelta | None) -> int:
    return int(length.total_seconds() // 60) if length else 0
