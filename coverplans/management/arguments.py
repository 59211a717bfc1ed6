"""Dates and ids as they are typed on a command line."""

import datetime as dt
import uuid
from argparse import ArgumentTypeError
from dataclasses import dataclass

from schools.models import School
from schools.selectors.calendar import today_at

_FROM_TODAY = {"today": 0, "tomorrow": 1}


@dataclass(frozen=True, slots=True)
class Day:
    """A date, or one that each school's own clock tells: days from its today."""

    date: dt.date | None = None
    from_today: int = 0

    def at(self, school: School, now: dt.datetime) -> dt.date:
        """The date at this school."""
        return self.date or today_at(school, now) + dt.timedelta(days=self.from_today)


def day(text: str) -> Day:
    """`today`, `tomorrow` or `2026-11-23`. Raises ArgumentTypeError, in words."""
    if text in _FROM_TODAY:
        return Day(from_today=_FROM_TODAY[text])
    try:
        return Day(dt.date.fromisoformat(text))
    except ValueError as error:
        raise ArgumentTypeError(
            f"“{text}” is not a date: write it like 2026-11-23, or today, or tomorrow."
        ) from error


def outside_id(text: str) -> uuid.UUID:
    """The id of a row as the API and the board name it. Raises ArgumentTypeError, in words."""
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise ArgumentTypeError(
            f"“{text}” is not an id: one looks like 0b9d5c9e-7a3f-4f4e-9c58-1f6a52f1d0aa."
        ) from error
