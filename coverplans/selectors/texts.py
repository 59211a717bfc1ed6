"""Clock times, stretches of absence and people as the pages write them; always by the school's own clock."""

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from absences.models import AbsenceDay
from schools.models import User


def clock_text(moment: dt.datetime, zone: ZoneInfo) -> str:
    """`08:15`."""
    return f"{moment.astimezone(zone):%H:%M}"


def span_text(starts_at: dt.datetime, ends_at: dt.datetime, zone: ZoneInfo) -> str:
    """`08:15–09:15`."""
    return f"{clock_text(starts_at, zone)}–{clock_text(ends_at, zone)}"


def away_text(days: Sequence[AbsenceDay]) -> str:
    """How long somebody is away on one date: `all day`, `from 10:00`, `until 12:00`, `periods 1, 2`. Never why."""
    return "; ".join(_away(day) for day in days)


def _away(day: AbsenceDay) -> str:
    if day.periods:
        word = "period" if len(day.periods) == 1 else "periods"
        return f"{word} {', '.join(str(number) for number in sorted(day.periods))}"
    if day.start_time and day.end_time:
        return f"{day.start_time:%H:%M}–{day.end_time:%H:%M}"
    if day.start_time:
        return f"from {day.start_time:%H:%M}"
    return f"until {day.end_time:%H:%M}" if day.end_time else "all day"


def user_text(user: User | None) -> str:
    """Who did something: the person behind a login, else the login. Read the user with `person` joined."""
    if user is None:
        return "teachercover"
    person = getattr(user, "person", None)
    return person.name if person else user.email.partition("@")[0]
