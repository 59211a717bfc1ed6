"""Which day it is: its place in the cycle, why the school is closed, the open days round it."""

import datetime as dt
from dataclasses import dataclass

from schools.models import CalendarDay, Closure, School
from schools.models.calendar import RotationKind
from schools.selectors.calendar import calendar_day, next_open_day, today_at
from schools.selectors.rotations import rotation_on
from staffing.selectors.day import lessons_on


@dataclass(frozen=True, slots=True)
class DayWords:
    """A date as people speak of it. `note` is "" where the weekday says it all."""

    calendar: CalendarDay | None
    note: str
    closed_reason: str


def day_words(school: School, date: dt.date) -> DayWords:
    """Two queries."""
    day = calendar_day(school, date)
    if day is None:
        return DayWords(None, "", "The calendar of this school does not reach this day yet.")
    if not day.is_open:
        return DayWords(day, "", _closed_reason(school, date))
    return DayWords(day, _note(school, day), "")


def previous_open_day(school: School, before: dt.date) -> dt.date | None:
    """The last open day before a date, or None where the calendar does not reach."""
    days = CalendarDay.objects.filter(school=school, date__lt=before, is_open=True).order_by("-date")
    return days.values_list("date", flat=True).first()


def board_date(school: School, now: dt.datetime) -> dt.date:
    """The day a cover manager works on: today until the last bell, then the next open day; today where there is none."""
    today = today_at(school, now)
    last_bell = max((lesson.ends_at for lesson in lessons_on(school, today)), default=None)
    if last_bell is not None and now < last_bell:
        return today
    return next_open_day(school, today) or today


def _closed_reason(school: School, date: dt.date) -> str:
    closures = Closure.objects.filter(
        school=school, starts_on__lte=date, ends_on__gte=date, reinstated_at__isnull=True
    )
    return closures.values_list("name", flat=True).first() or "No lessons on this day of the week."


def _note(school: School, day: CalendarDay) -> str:
    """`Day 3`, `Week B`, or the timetable's own name of the day; nothing for plain weeks."""
    rotation = rotation_on(school, day.date)
    if rotation is None or day.cycle_day is None:
        return ""
    if rotation.kind == RotationKind.ROTATING:
        named = rotation.day_names[day.cycle_day - 1 : day.cycle_day]
        return named[0] if named else f"Day {day.cycle_day}"
    if rotation.weeks == 1:
        return ""
    return "Week A" if day.cycle_day <= rotation.cycle_days // rotation.weeks else "Week B"
