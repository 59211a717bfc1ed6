"""What absences do when something below them changes: the calendar or the timetable."""

import datetime as dt

from django.utils import timezone

from absences.services.renew import renew_days
from schools.models import School, User
from schools.selectors.calendar import today_at
from schools.tenancy.door import tenant
from schools.tenancy.scope import Scope

_DAY = dt.timedelta(days=1)


def on_calendar_changed(school: School, dates: list[dt.date], actor: User | None) -> None:
    """A day that opens again inside an absence belongs to it. What is over stays as it was."""
    if dates:
        _renew(school, max(min(dates), _today(school)), max(dates), actor)


def on_timetable_changed(school: School, from_date: dt.date, actor: User | None) -> None:
    """Bells that ring at other times move the periods of absences. The day that has begun stays as it was."""
    _renew(school, max(from_date, _today(school) + _DAY), dt.date.max, actor)


def _today(school: School) -> dt.date:
    return today_at(school, timezone.now())


def _renew(school: School, first: dt.date, last: dt.date, actor: User | None) -> None:
    with tenant(Scope.schools(school.district_id, [school.pk])):
        renew_days(school=school, first=first, last=last, actor=actor)
