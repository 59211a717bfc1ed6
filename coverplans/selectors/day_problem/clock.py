"""From moments to the planner's minutes, and where a booking's halves lie."""

import datetime as dt
from dataclasses import dataclass

from coverplans.matching.problem import Half
from schools.models import School
from schools.selectors.calendar import local_moment
from schools.selectors.settings import EffectiveSettings
from schools.settings_registry import NOON
from staffing.selectors.day import DayLesson


def minute(moment: dt.datetime) -> int:
    """Whole minutes since the Unix epoch."""
    return int(moment.timestamp() // 60)


@dataclass(frozen=True, slots=True)
class SchoolDay:
    """When the day begins, turns and ends: bookings of half days lie between these moments."""

    starts_at: dt.datetime
    noon: dt.datetime
    ends_at: dt.datetime

    def half_of(self, starts_at: dt.datetime) -> Half:
        """The half a lesson belongs to: the one in which it begins."""
        return "am" if starts_at < self.noon else "pm"

    def span_of(self, half: Half) -> tuple[dt.datetime, dt.datetime]:
        """From when to when a booking of this half reaches."""
        return (self.starts_at, self.noon) if half == "am" else (self.noon, self.ends_at)


def school_day(
    school: School, date: dt.date, settings: EffectiveSettings, lessons: list[DayLesson]
) -> SchoolDay:
    """The day from its first to its last lesson, turned at the school's own noon."""
    noon = local_moment(date, _noon(settings), school.zone)
    starts_at = min((lesson.starts_at for lesson in lessons), default=noon - dt.timedelta(hours=4))
    ends_at = max((lesson.ends_at for lesson in lessons), default=noon + dt.timedelta(hours=4))
    return SchoolDay(
        min(starts_at, noon - dt.timedelta(minutes=1)), noon, max(ends_at, noon + dt.timedelta(minutes=1))
    )


def _noon(settings: EffectiveSettings) -> dt.time:
    try:
        return dt.time.fromisoformat(settings[NOON])
    except ValueError:
        return dt.time.fromisoformat(NOON.default)
