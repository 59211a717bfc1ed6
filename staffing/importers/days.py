"""How the days of a timetable fall on the calendar: pure functions of dates, without a database.

By default a timetable of up to five days runs Monday to Friday in order, and one of more days rotates over
the open days: the cycle goes on with the next day the school is open, whatever the weekday. With A/B weeks
the calendar weeks alternate, and the anchor's week is an A week.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
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


def parse_weekdays(text: str) -> tuple[int, ...]:
    """The weekdays (Monday is 0) of a list like `sun,mon,tue`, in its order. Raises BadMappingError."""
    numbers = {word: number for number, name in enumerate(WEEKDAYS) for word in (name, name[:3])}
    words = [word.strip().lower() for word in text.split(",")]
    if not all(word in numbers for word in words):
        raise BadMappingError(f"“{text}” is not a list of weekdays: write for example sun,mon,tue,wed,thu.")
    weekdays = tuple(numbers[word] for word in words)
    if len(set(weekdays)) < len(weekdays):
        raise BadMappingError(f"“{text}” names a weekday twice.")
    return weekdays


def choose_mapping(
    *,
    days_in_week: int,
    weeks: int,
    anchor: date,
    weekdays: tuple[int, ...] | None = None,
    rotate: bool = False,
) -> DayMapping:
    """The mapping of a timetable with so many days in each of its weeks. Raises BadMappingError.

    With `rotate`, `weekdays` are those on which the school is open (Monday to Friday unless given);
    without, they are the days of the timetable, one weekday for each.
    """
    cycle_days = days_in_week * weeks
    if rotate or (weekdays is None and days_in_week > len(MONDAY_TO_FRIDAY)):
        return DayMapping(MappingKind.ROTATING, weekdays or MONDAY_TO_FRIDAY, weeks, cycle_days, anchor)
    if weekdays is None:
        weekdays = MONDAY_TO_FRIDAY[:days_in_week]
    if len(weekdays) != days_in_week:
        raise BadMappingError(
            f"The timetable has {days_in_week} days, but {len(weekdays)} weekdays are given: "
            "give one weekday for each day, or let the days rotate."
        )
    return DayMapping(MappingKind.WEEKLY, weekdays, weeks, cycle_days, anchor)


def can_be_open(mapping: DayMapping, day: date) -> bool:
    """Whether the school teaches on this weekday at all; closures are the calendar's matter."""
    return day.weekday() in mapping.weekdays


def cycle_days_of(mapping: DayMapping, open_days: Sequence[date]) -> dict[date, int]:
    """The cycle day, from 1, of each of the open days on which the mapping teaches.

    `open_days` are in order. For a rotating mapping they must hold every open day between the anchor and
    the last one asked for, because the cycle counts them.
    """
    if mapping.kind is MappingKind.WEEKLY:
        return {day: _weekly(mapping, day) for day in open_days if can_be_open(mapping, day)}
    counted = [day for day in open_days if can_be_open(mapping, day)]
    first = bisect_left(counted, mapping.anchor)
    return {day: (place - first) % mapping.cycle_days + 1 for place, day in enumerate(counted)}


def cycle_day_on(mapping: DayMapping, day: date, open_days: Sequence[date]) -> int | None:
    """The cycle day of one date, or None on a day without lessons; `open_days` as in `cycle_days_of`."""
    return cycle_days_of(mapping, open_days).get(day)


def _weekly(mapping: DayMapping, day: date) -> int:
    days_in_week = len(mapping.weekdays)
    week = (_week_start(mapping, day) - _week_start(mapping, mapping.anchor)).days // DAYS_A_WEEK
    return (week % mapping.weeks) * days_in_week + mapping.weekdays.index(day.weekday()) + 1


def _week_start(mapping: DayMapping, day: date) -> date:
    """Weeks begin with the timetable's first day, so that Sunday to Thursday is one week and not two."""
    return day - timedelta(days=(day.weekday() - mapping.weekdays[0]) % DAYS_A_WEEK)
