"""The filters of staff, substitutes and lessons."""

import datetime as dt
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone

from schools.api.filters import InSchool, Named
from staffing.models import Lesson, Person
from staffing.models.person import PostKind
from staffing.selectors.lessons import held_on, lessons_in_force


class StaffFilters(InSchool):
    """`school person kind date`: with `date`, posts that run on it."""

    person = Named(Person, field_name="person_id", help_text="the person's id")
    kind = django_filters.ChoiceFilter(choices=PostKind.choices)
    date = django_filters.DateFilter(method="running_on", help_text="posts that run on this date")

    def running_on(self, rows: QuerySet[Any], name: str, date: dt.date) -> QuerySet[Any]:
        return rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=date), starts_on__lte=date)


class SubstituteFilters(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """`person date`: with `date`, substitutes who are active on it."""

    person = Named(Person, field_name="person_id", help_text="the person's id")
    date = django_filters.DateFilter(method="active_on", help_text="substitutes who are active on this date")

    def active_on(self, rows: QuerySet[Any], name: str, date: dt.date) -> QuerySet[Any]:
        return rows.filter(Q(active_until__isnull=True) | Q(active_until__gte=date), active_from__lte=date)


class LessonFilters(InSchool):
    """`school person date day`: with `date`, the lessons held on it; else those of the timetables that count today."""

    person = Named(Person, field_name="lesson_posts__post__person_id", help_text="the id of who teaches it")
    date = django_filters.DateFilter(method="kept", help_text="the lessons held on this date")
    day = django_filters.NumberFilter(field_name="cycle_day", help_text="the cycle day, from 1")

    def kept(self, rows: QuerySet[Lesson], name: str, date: dt.date) -> QuerySet[Lesson]:
        return rows

    def filter_queryset(self, queryset: QuerySet[Lesson]) -> QuerySet[Lesson]:
        date: dt.date | None = self.form.cleaned_data["date"]
        rows = queryset & lessons_in_force(date or timezone.localdate())
        found: QuerySet[Lesson] = super().filter_queryset(held_on(rows, date) if date else rows)
        return found
