"""What cover does when something below it changes: an absence, the timetable, the calendar.

Each listener works in the scope of the school concerned, whoever made the change: a teacher's own door shows only that
teacher's rows, but the needs of a lesson depend on all its teachers.
"""

import datetime as dt

from django.utils import timezone

from absences.models import Absence, AbsenceDay
from coverplans.models import CoverNeed, NeedState
from coverplans.services.needs import recompute_needs
from schools.models import School, User
from schools.tenancy.door import tenant
from schools.tenancy.scope import Scope
from staffing.selectors.day import DayLesson, lessons_on


def on_absence_changed(absence: Absence, dates: list[dt.date], actor: User | None) -> None:
    """Work out the needs of every date the absence touches or has touched."""
    _recompute(absence.school, dates, actor)


def on_calendar_changed(school: School, dates: list[dt.date], actor: User | None) -> None:
    """A closed day has no needs; a reinstated one has them again."""
    with tenant(_scope(school)):
        busy = set(AbsenceDay.objects.filter(school=school, date__in=dates).values_list("date", flat=True))
    _recompute(school, sorted(busy), actor)


def on_timetable_changed(school: School, from_date: dt.date, actor: User | None) -> None:
    """Point future needs at the new version's lessons where post, time and classes match; withdraw the rest with notice.

    Days that are over, and the day that has begun, stay as they were.
    """
    with tenant(_scope(school)):
        today = timezone.now().astimezone(school.zone).date()
        first = max(from_date, today + dt.timedelta(days=1))
        dates = sorted(
            {
                *CoverNeed.objects.filter(school=school, date__gte=first).values_list("date", flat=True),
                *AbsenceDay.objects.filter(school=school, date__gte=first).values_list("date", flat=True),
            }
        )
        for date in dates:
            _repoint(school, date)
    _recompute(school, dates, actor)


def _repoint(school: School, date: dt.date) -> None:
    lessons = {
        _shape(lesson, post_id): lesson for lesson in lessons_on(school, date) for post_id in lesson.post_ids
    }
    changed = []
    for need in CoverNeed.objects.filter(school=school, date=date).exclude(state=NeedState.WITHDRAWN):
        found = lessons.get((need.post_id, need.starts_at, need.ends_at, need.sections))
        if found is not None and found.id != need.lesson_id:
            need.lesson_id = found.id
            changed.append(need)
    CoverNeed.objects.bulk_update(changed, ["lesson"])


def _shape(lesson: DayLesson, post_id: int) -> tuple[int, dt.datetime, dt.datetime, str]:
    return post_id, lesson.starts_at, lesson.ends_at, lesson.sections_label[:400]


def _recompute(school: School, dates: list[dt.date], actor: User | None) -> None:
    with tenant(_scope(school)):
        for date in sorted(set(dates)):
            recompute_needs(school=school, date=date, actor=actor, now=timezone.now())


def _scope(school: School) -> Scope:
    return Scope.schools(school.district_id, [school.pk])
