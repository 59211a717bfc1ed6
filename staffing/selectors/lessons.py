"""Lessons as rows of the timetables that count, for lists that are filtered and paged."""

import datetime as dt

from django.db.models import Exists, OuterRef, QuerySet

from schools.models import CalendarDay
from staffing.models import Lesson, Timetable


def lessons_in_force(date: dt.date) -> QuerySet[Lesson]:
    """The lessons of every cycle day, in the version that counts on the date in each school of the open door."""
    versions = (
        Timetable.objects.filter(effective_from__lte=date)
        .order_by("school_id", "-effective_from", "-pk")
        .distinct("school_id")
    )
    return Lesson.objects.filter(timetable__in=versions.values("pk"))


def held_on(lessons: QuerySet[Lesson], date: dt.date) -> QuerySet[Lesson]:
    """Those of them whose school is open on the date with their cycle day."""
    day = CalendarDay.objects.filter(
        school_id=OuterRef("school_id"), date=date, is_open=True, cycle_day=OuterRef("cycle_day")
    )
    return lessons.filter(Exists(day))
