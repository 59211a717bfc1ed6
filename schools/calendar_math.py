"""How the days of a timetable fall on the calendar: pure functions of dates, without a database.

weekly: fixed weekdays carry fixed cycle days; with A/B weeks the calendar weeks alternate and the anchor's week is an A week.
rotating: the cycle goes on with the next day the school is open, whatever the weekday.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

MONDAY_TO_FRIDAY = (0, 1, 2, 3, 4)
DAYS_A_WEEK = 7


class MappingKind(StrEnum):
    WEEKLY = "weekly"
    ROTATING = "rotating"


class BadMappingError(ValueError):
    """These days cannot be laid on the calendar; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class DayMapping:
    """Which cycle day a date is.

    weekly: `weekdays` (Monday is 0) are the days of one week in the timetable's order; with `weeks` 2 the
    weeks alternate and the anchor's week is the first. rotating: `weekdays` are the weekdays on which the
    school can be open, and the first open day from the anchor on is cycle day 1.
    """

    kind: MappingKind
    weekdays: tuple[int, ...]
    weeks: int
    cycle_days: int
    anchor: date


@dataclass(frozen=True, slots=True)
class LaidDay:
    """One date as the mapping and the closures have it. `cycle_day` counts from 1; None: no lessons of any cycle day."""

    date: date
    is_open: bool
    cycle_day: int | None


Numbered = tuple[date, int]
"""A date and the cycle day it already has."""


def check_mapping(mapping: DayMapping) -> None:
    """Raise BadMappingError for a mapping that contradicts itself."""
    weekdays = mapping.weekdays
    if not weekdays or len(set(weekdays)) < len(weekdays) or not set(weekdays) <= set(range(DAYS_A_WEEK)):
        raise BadMappingError("Name at least one weekday, and none twice.")
    if mapping.weeks not in (1, 2):
        raise BadMappingError("A timetable has one week, or two: A and B.")
    if mapping.cycle_days < 1:
        raise BadMappingError("A cycle has at least one day.")
    if mapping.kind is MappingKind.WEEKLY and mapping.cycle_days != len(weekdays) * mapping.weeks:
        raise BadMappingError(
            f"{len(weekdays)} weekdays in {mapping.weeks} week(s) make {len(weekdays) * mapping.weeks} "
            f"cycle days, not {mapping.cycle_days}."
        )


def can_be_open(mapping: DayMapping, day: date) -> bool:
    """Whether the school teaches on this weekday at all; closures are the calendar's matter."""
    return day.weekday() in mapping.weekdays


def cycle_days_of(mapping: DayMapping, open_days: Sequence[date]) -> dict[date, int]:
    """The cycle day, from 1, of each of the open days on which the mapping teaches.

    `open_days` are in order. For a rotating mapping they must hold every open day between the anchor and
    the last one asked for, because the cycle counts them.
    """
    counted = [day for day in open_days if can_be_open(mapping, day)]
    if mapping.kind is MappingKind.WEEKLY:
        return {day: _weekly(mapping, day) for day in counted}
    first = bisect_left(counted, mapping.anchor)
    return {day: (place - first) % mapping.cycle_days + 1 for place, day in enumerate(counted)}


def cycle_day_on(mapping: DayMapping, day: date, open_days: Sequence[date]) -> int | None:
    """The cycle day of one date, or None on a day without lessons; `open_days` as in `cycle_days_of`."""
    return cycle_days_of(mapping, open_days).get(day)


def lay_out(
    mapping: DayMapping,
    first: date,
    last: date,
    *,
    is_closed: Callable[[date], bool],
    after: Numbered | None = None,
) -> list[LaidDay]:
    """Every date from `first` to `last`, both inclusive.

    `after` is the last date that has its number already: the count goes on from there, whatever the anchor says, so days that
    were numbered once and later closed or shifted are never counted anew. A weekly day keeps its number while it is closed; a
    rotating cycle passes over days that are closed when they are laid out.
    """
    if mapping.kind is MappingKind.WEEKLY:
        numbers = cycle_days_of(mapping, list(dates(first, last)))
        shift = after[1] - _weekly(mapping, after[0]) if after else 0
        numbers = {day: shifted(number, shift, mapping.cycle_days) for day, number in numbers.items()}
    else:
        begin, end = (first, last) if after else (min(first, mapping.anchor), max(last, mapping.anchor))
        open_days = [day for day in dates(begin, end) if can_be_open(mapping, day) and not is_closed(day)]
        numbers = _going_on(mapping, after[1], open_days) if after else cycle_days_of(mapping, open_days)
    return [
        LaidDay(day, can_be_open(mapping, day) and not is_closed(day), numbers.get(day))
        for day in dates(first, last)
    ]


def shifted(cycle_day: int, by: int, cycle_days: int) -> int:
    """A cycle day moved forward (or back, when negative) in its cycle."""
    return (cycle_day - 1 + by) % cycle_days + 1


def dates(first: date, last: date) -> Iterator[date]:
    """Every date from `first` to `last`, both inclusive."""
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)


def _going_on(mapping: DayMapping, last_number: int, open_days: list[date]) -> dict[date, int]:
    return {
        day: shifted(last_number, place, mapping.cycle_days) for place, day in enumerate(open_days, start=1)
    }


def _weekly(mapping: DayMapping, day: date) -> int:
    days_in_week = len(mapping.weekdays)
    week = (_week_start(mapping, day) - _week_start(mapping, mapping.anchor)).days // DAYS_A_WEEK
    return (week % mapping.weeks) * days_in_week + mapping.weekdays.index(day.weekday()) + 1


def _week_start(mapping: DayMapping, day: date) -> date:
    """Weeks begin with the timetable's first day, so that Sunday to Thursday is one week and not two."""
    return day - timedelta(days=(day.weekday() - mapping.weekdays[0]) % DAYS_A_WEEK)
