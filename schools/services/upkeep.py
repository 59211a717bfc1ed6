"""What the tenant does for itself now and then; see schools/outbox/duties.py."""

import datetime as dt

from django.db.models import Max

from schools.models import CalendarDay, IdempotencyRecord, School
from schools.selectors.calendar import today_at
from schools.services.calendar import HORIZON_DAYS, materialise_calendar
from schools.tenancy.door import tenant
from schools.tenancy.scope import Scope

CALENDAR_RUNS_OUT_DAYS = 200
ANSWERS_KEPT = dt.timedelta(days=2)


def extend_calendars(now: dt.datetime) -> int:
    """Continue the calendars that reach less than 200 days ahead, and give back how many."""
    soon = now.date() + dt.timedelta(days=CALENDAR_RUNS_OUT_DAYS)
    with tenant(Scope.system()):
        ends = CalendarDay.objects.filter(school__archived_at__isnull=True).values("school_id")
        short = list(
            ends.annotate(ends=Max("date")).filter(ends__lt=soon).values_list("school_id", flat=True)
        )
        schools = list(School.objects.filter(pk__in=short))
    for school in schools:
        with tenant(Scope.schools(school.district_id, [school.pk])):
            until = today_at(school, now) + dt.timedelta(days=HORIZON_DAYS)
            materialise_calendar(school=school, until=until)
    return len(schools)


def forget_old_answers(now: dt.datetime) -> int:
    """Delete answers kept for repeated requests after two days, and give back how many."""
    with tenant(Scope.system()):
        return IdempotencyRecord.objects.filter(created_at__lt=now - ANSWERS_KEPT).delete()[0]
