"""Which absences of a post stand already, by the clock."""

from collections.abc import Mapping, Sequence
from datetime import date

from absences.days import Clock
from absences.models import Absence, AbsenceDay, DayKind
from absences.stretches import Stretch
from absences.transitions import OPEN
from staffing.models import Post


def stretches_of(day: AbsenceDay, clock: Clock | None) -> tuple[Stretch, ...]:
    """When the person is away on that day; chosen periods leave out what lies between them."""
    if day.kind == DayKind.PERIODS and clock is not None:
        found = clock.stretches_of(day.periods)
        if found:
            return found
    return ((day.starts_at, day.ends_at),)


def standing_days(post: Post, dates: Sequence[date], *, but: Absence | None = None) -> list[AbsenceDay]:
    """The days of pending and active absences of a post on these dates, without those of one absence. One query."""
    rows = AbsenceDay.objects.filter(post=post, date__in=dates, absence__state__in=OPEN)
    if but is not None:
        rows = rows.exclude(absence=but)
    return list(rows.select_related("absence").order_by("date", "starts_at"))


def stretches_by_date(
    days: Sequence[AbsenceDay], clocks: Mapping[tuple[int, date], Clock]
) -> dict[date, tuple[Stretch, ...]]:
    """Date → when the person is away, for the days of one absence."""
    return {day.date: stretches_of(day, clocks.get((day.post_id, day.date))) for day in days}
