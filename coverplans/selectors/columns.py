"""The periods of a date as the columns of the board."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from coverplans.models import CoverNeed
from schools.models import CalendarDay, Period, School

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
    """One column per period of the bells that ring on the date, and per period of a need beyond them. One query."""
    rung = _rung(school, day, day.cycle_day) if day and day.cycle_day else {}
    columns: list[Column] = []
    before: dt.time | None = None
    for number in sorted({number for _, number in rung}):
        periods = [period for (_, found), period in sorted(rung.items()) if found == number]
        if before is not None and _pause(before, periods[0].starts) >= A_BREAK:
            columns.append(Column(None, "break", (), is_break=True))
        times = dict.fromkeys(f"{period.starts:%H:%M}–{period.ends:%H:%M}" for period in periods)
        columns.append(Column(number, periods[0].name, tuple(times)))
        before = periods[0].ends
    known = {column.number for column in columns}
    beyond = {need.period_number: need for need in needs if need.period_number not in known}
    return columns + [
        Column(number, need.period_name, (span_text(need.starts_at, need.ends_at, school.zone),))
        for number, need in sorted(beyond.items())
    ]


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
