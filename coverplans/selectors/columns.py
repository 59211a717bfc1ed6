"""The periods of a date as the columns of the board."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from coverplans.models import CoverNeed
from schools.models import CalendarDay, Period, School
from staffing.models import Lesson
from staffing.models.lesson import LessonKind
from staffing.selectors.day import timetable_on

from .texts import span_text

A_BREAK = dt.timedelta(minutes=15)
"""A pause at least this long between two periods gets a column of its own."""


@dataclass(frozen=True, slots=True)
class Column:
    """See templates/coverplans/_grid.html; the first text of `times` is the main bell's."""

    number: int | None
    label: str
    times: tuple[str, ...]
    is_break: bool = False


def read_columns(school: School, day: CalendarDay | None, needs: Iterable[CoverNeed]) -> list[Column]:
    """One column per period of the bells that ring on the date, and per period of a need beyond them. Three queries.

    Periods without any lesson, and pauses between two periods, are breaks.
    """
    needs = list(needs)
    rung = _rung(school, day, day.cycle_day) if day and day.cycle_day else {}
    used = _taught(school, day.date, day.cycle_day) if day and day.cycle_day else set()
    used |= {need.period_number for need in needs}
    columns: list[Column] = []
    before: dt.time | None = None
    for number in sorted({number for _, number in rung}):
        periods = [period for (_, found), period in sorted(rung.items()) if found == number]
        if before is not None and _pause(before, periods[0].starts) >= A_BREAK:
            columns.append(Column(None, "break", (), is_break=True))
        times = dict.fromkeys(f"{period.starts:%H:%M}–{period.ends:%H:%M}" for period in periods)
        columns.append(Column(number, periods[0].name, tuple(times), is_break=number not in used))
        before = periods[0].ends
    known = {column.number for column in columns}
    beyond = {need.period_number: need for need in needs if need.period_number not in known}
    return columns + [
        Column(number, need.period_name, (span_text(need.starts_at, need.ends_at, school.zone),))
        for number, need in sorted(beyond.items())
    ]


def _taught(school: School, date: dt.date, cycle_day: int) -> set[int]:
    """The numbers of the periods in which the timetable has lessons on the date."""
    lessons = Lesson.objects.filter(
        timetable=timetable_on(school, date), cycle_day=cycle_day, kind=LessonKind.LESSON
    )
    return set(lessons.order_by().values_list("period__number", flat=True).distinct())


def _pause(ends: dt.time, starts: dt.time) -> dt.timedelta:
    return dt.datetime.combine(dt.date.min, starts) - dt.datetime.combine(dt.date.min, ends)


def _rung(school: School, day: CalendarDay, cycle_day: int) -> dict[tuple[str, int], Period]:
    """Bell and number → the period as it rings on the date: each bell's newest version, the day's variant before the usual."""
    rows = Period.objects.filter(
        school=school,
        cycle_day=cycle_day,
        bell__effective_from__lte=day.date,
        bell__variant__in=["", day.bell_variant],
    ).select_related("bell")
    newest = {
        (period.bell.code, period.bell.variant): period.bell_id
        for period in sorted(rows, key=lambda period: period.bell.effective_from)
    }
    ringing = [period for period in rows if newest[period.bell.code, period.bell.variant] == period.bell_id]
    ringing.sort(key=lambda period: period.bell.variant)
    return {(period.bell.code, period.number): period for period in ringing}
