"""Questions about open days and local times."""

import datetime as dt
from zoneinfo import ZoneInfo

from schools.models import CalendarDay, School


def calendar_day(school: School, date: dt.date) -> CalendarDay | None:
    """The materialised day, or None where the calendar does not reach."""
    return CalendarDay.objects.filter(school=school, date=date).first()


def open_days(school: School, first: dt.date, last: dt.date) -> list[CalendarDay]:
    """Open days from `first` to `last`, both inclusive, in order."""
    return list(
        CalendarDay.objects.filter(school=school, date__range=(first, last), is_open=True).order_by("date")
    )


def next_open_day(school: School, after: dt.date) -> dt.date | None:
    """The first open day after a date, or None where the calendar does not reach."""
    return (
        CalendarDay.objects.filter(school=school, date__gt=after, is_open=True)
        .order_by("date")
        .values_list("date", flat=True)
        .first()
    )


def local_moment(date: dt.date, clock: dt.time, zone: ZoneInfo) -> dt.datetime:
    """The moment a school's clock shows this local time.

    A time that the clocks skip in spring counts as the moment they jump to; of a time that comes twice in autumn the first
    counts (PEP 495, fold = 0, normalised through UTC).
    """
    return dt.datetime.combine(date, clock, tzinfo=zone).astimezone(dt.UTC)


def today_at(school: School, now: dt.datetime) -> dt.date:
    """The date on the school's own wall calendar."""
    return now.astimezone(school.zone).date()
