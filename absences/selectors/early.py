"""What is left of an absence when the person is back at a certain moment."""

import datetime as dt
from collections.abc import Mapping

from absences.days import Clock, DaySpan
from absences.models import Absence, AbsenceDay, DayKind
from absences.selectors.standing import stretches_of
from absences.stretches import Stretch
from absences.words import when_text
from schools.errors import Refused


def spans_until(
    absence: Absence, at: dt.datetime, clocks: Mapping[tuple[int, dt.date], Clock]
) -> list[DaySpan]:
    """The days up to `at`, the last one clipped. Raises Refused when that is none of them, or all. One query."""
    days = list(AbsenceDay.objects.filter(absence=absence).order_by("date"))
    text = when_text(absence.starts_on, absence.ends_on, days)
    if at >= days[-1].ends_at:
        raise Refused(
            f"The absence, {text}, is over by then; there is nothing to give back.", field="back_on"
        )
    clipped = [_clipped(absence, day, clocks.get((day.post_id, day.date)), at) for day in days]
    spans = [span for span in clipped if span is not None]
    if not spans:
        raise Refused(f"The absence, {text}, has not begun by then; cancel it instead.", field="back_on")
    return spans


def _clipped(absence: Absence, day: AbsenceDay, clock: Clock | None, at: dt.datetime) -> DaySpan | None:
    """The day as far as `at`; None when nothing of it is left that anybody would notice."""
    stretches = stretches_of(day, clock)
    if at >= day.ends_at:
        return _span(day, day.kind, day.end_time, tuple(day.periods), stretches)
    begins = max(day.starts_at, clock.bells[0]) if clock and clock.bells else day.starts_at
    if at <= begins:
        return None
    if day.kind == DayKind.PERIODS and clock is not None:
        kept = tuple(
            number for number in day.periods if number in clock.periods and clock.periods[number][0] < at
        )
        return _span(day, day.kind, None, kept, clock.stretches_of(kept)) if kept else None
    local = at.astimezone(absence.post.school.zone).time()
    return _span(day, DayKind.TIMES, local, (), ((day.starts_at, at),))


def _span(
    day: AbsenceDay, kind: str, end_time: dt.time | None, periods: tuple[int, ...], away: tuple[Stretch, ...]
) -> DaySpan:
    return DaySpan(day.date, kind, day.start_time, end_time, periods, away)
