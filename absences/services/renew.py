"""Days that open again, and bells that ring at other times: standing absences follow."""

import datetime as dt

from absences.days import Clock, DaySpan
from absences.hooks import absence_changed
from absences.models import Absence, AbsenceDay, AbsenceState, DayKind
from absences.selectors.clocks import Clocks, read_clocks
from absences.selectors.spans import whole_day
from absences.selectors.standing import stretches_of
from absences.transitions import OPEN
from schools.models import School, User
from schools.selectors.settings import settings_of
from schools.settings_registry import ABSENT_FROM

from .rows import lock_posts, write_days, write_holds


def renew_days(*, school: School, first: dt.date, last: dt.date, actor: User | None) -> None:
    """Make the days of standing absences from `first` to `last` what the calendar and the bells say now.

    A date inside an absence that is open now and was not when it was reported gets its day: the same periods, or the whole
    day. A day that closed keeps its row, because it may open again. Days that did not change are not touched.
    """
    rows = Absence.objects.filter(school=school, state__in=OPEN, starts_on__lte=last, ends_on__gte=first)
    absences = list(rows.select_related("post__school").prefetch_related("days").order_by("pk"))
    if not absences:
        return
    lock_posts(pk__in=[absence.post_id for absence in absences])
    clocks = read_clocks(
        [absence.post for absence in absences],
        min(absence.starts_on for absence in absences),
        max(absence.ends_on for absence in absences),
    )
    absent_from = settings_of(school)[ABSENT_FROM]
    for absence in absences:
        _renew(absence, clocks, (first, last), absent_from, actor)


def _renew(
    absence: Absence, clocks: Clocks, dates: tuple[dt.date, dt.date], absent_from: str, actor: User | None
) -> None:
    first, last = max(dates[0], absence.starts_on), min(dates[1], absence.ends_on)
    days = {day.date: day for day in absence.days.all()}
    periods = next((tuple(day.periods) for day in days.values() if day.periods), ())
    spans = {}
    for date, day in days.items():
        clock = clocks.get((absence.post_id, date))
        spans[date] = _renewed(day, clock, absent_from) if first <= date <= last else _kept(day, clock)
    for (post_id, date), clock in clocks.items():
        is_new = post_id == absence.post_id and first <= date <= last and date not in days
        if is_new and (span := _new(clock, periods, absent_from)):
            spans[date] = span
    differing = write_days(absence, list(spans.values()))
    if differing and absence.state == AbsenceState.ACTIVE:
        write_holds(absence, [stretch for span in spans.values() for stretch in span.stretches])
        absence_changed.tell(absence, differing, actor)


def _renewed(day: AbsenceDay, clock: Clock | None, absent_from: str) -> DaySpan:
    """The day by the clock as it is now."""
    if clock is None or day.kind == DayKind.TIMES:
        return _kept(day, None)
    away = (whole_day(clock, absent_from),) if day.kind == DayKind.WHOLE else stretches_of(day, clock)
    return DaySpan(day.date, day.kind, day.start_time, day.end_time, tuple(day.periods), away)


def _kept(day: AbsenceDay, clock: Clock | None) -> DaySpan:
    """The day as it was written; chosen periods still leave out what lies between them."""
    away = stretches_of(day, clock)
    if (away[0][0], away[-1][1]) != (day.starts_at, day.ends_at):
        away = ((day.starts_at, day.ends_at),)
    return DaySpan(day.date, day.kind, day.start_time, day.end_time, tuple(day.periods), away)


def _new(clock: Clock, periods: tuple[int, ...], absent_from: str) -> DaySpan | None:
    known = tuple(number for number in periods if number in clock.periods)
    if known:
        return DaySpan(clock.date, DayKind.PERIODS, None, None, known, clock.stretches_of(known))
    if periods:
        return None
    return DaySpan(clock.date, DayKind.WHOLE, None, None, (), (whole_day(clock, absent_from),))
