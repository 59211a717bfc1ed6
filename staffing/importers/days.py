"""Which days a timetable is laid on: what the importer chooses from the timetable's own days and what the manager says.

By default a timetable of up to five days runs Monday to Friday in order, and one of more days rotates over
the open days. How a mapping becomes dates is the calendar's matter (schools/calendar_math.py).
"""

from datetime import date

from schools.calendar_math import (
    MONDAY_TO_FRIDAY,
    BadMappingError,
    DayMapping,
    MappingKind,
    can_be_open,
    cycle_day_on,
    cycle_days_of,
)

__all__ = [
    "MONDAY_TO_FRIDAY",
    "WEEKDAYS",
    "BadMappingError",
    "DayMapping",
    "MappingKind",
    "can_be_open",
    "choose_mapping",
    "cycle_day_on",
    "cycle_days_of",
    "days_in_words",
    "parse_weekdays",
]

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


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


def days_in_words(mapping: DayMapping) -> str:
    """How the timetable's days fall on the calendar."""
    days = ", ".join(WEEKDAYS[day].capitalize() for day in mapping.weekdays)
    if mapping.kind is MappingKind.ROTATING:
        return f"Days: {mapping.cycle_days} days rotate over {days}; {mapping.anchor} or the next open day is day 1."
    weeks = f"; weeks A and B alternate, {mapping.anchor} lies in a week A" if mapping.weeks > 1 else ""
    return f"Days: {days}{weeks}."
