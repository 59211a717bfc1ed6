"""Dates and times of an absence as people say them."""

import datetime as dt
from collections.abc import Sequence
from typing import Protocol
from zoneinfo import ZoneInfo

from django.utils.formats import date_format


class Day(Protocol):
    """A row or a span: what one date of an absence is."""

    @property
    def date(self) -> dt.date: ...
    @property
    def start_time(self) -> dt.time | None: ...
    @property
    def end_time(self) -> dt.time | None: ...
    @property
    def periods(self) -> Sequence[int]: ...


def day_text(date: dt.date) -> str:
    """`Mon 23 Nov`."""
    return date_format(date, "D j M")


def dates_text(first: dt.date, last: dt.date) -> str:
    """`Mon 23 Nov`, or `Mon 23 Nov – Wed 25 Nov`."""
    return day_text(first) if first == last else f"{day_text(first)} – {day_text(last)}"


def moment_text(moment: dt.datetime, zone: ZoneInfo, today: dt.date) -> str:
    """`06:41` on the same day, `Mon 23 Nov, 06:41` on another one, by the school's clock."""
    local = moment.astimezone(zone)
    clock = f"{local:%H:%M}"
    return clock if local.date() == today else f"{day_text(local.date())}, {clock}"


def when_text(first: dt.date, last: dt.date, days: Sequence[Day]) -> str:
    """`Mon 23 Nov, all day`, `Mon 23 Nov, 10:00–12:00`, `Mon 23 Nov from 10:00 – Wed 25 Nov`, `Mon 23 Nov, periods 1, 2`."""
    periods = sorted({number for day in days for number in day.periods})
    if periods:
        word = "period" if len(periods) == 1 else "periods"
        return f"{dates_text(first, last)}, {word} {', '.join(map(str, periods))}"
    start = days[0].start_time if days else None
    end = days[-1].end_time if days else None
    if start is None and end is None:
        return f"{dates_text(first, last)}, all day"
    if first == last:
        return f"{day_text(first)}, {_part(start, end)}"
    since = f"{day_text(first)} from {start:%H:%M}" if start else day_text(first)
    until = f"{day_text(last)} until {end:%H:%M}" if end else day_text(last)
    return f"{since} – {until}"


def _part(start: dt.time | None, end: dt.time | None) -> str:
    if start is None:
        return f"until {end:%H:%M}"
    return f"{start:%H:%M}–{end:%H:%M}" if end else f"from {start:%H:%M}"
