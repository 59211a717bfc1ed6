"""The filters of absences."""

import datetime as dt
from typing import Any

import django_filters
from django.db.models import QuerySet

from absences.models import AbsenceState
from schools.api.filters import InSchool, Named, one_state
from staffing.models import Person


class AbsenceFilters(InSchool):
    """`school state person`, and absences that touch a `date` or a stretch of dates (`date_from`, `date_to`, inclusive)."""

    person = Named(Person, field_name="post__person_id", help_text="the id of who is away")
    state = one_state(AbsenceState)
    date = django_filters.DateFilter(method="touching", help_text="absences that touch this date")
    date_from = django_filters.DateFilter(
        field_name="ends_on", lookup_expr="gte", help_text="absences that end on or after this date"
    )
    date_to = django_filters.DateFilter(
        field_name="starts_on", lookup_expr="lte", help_text="absences that start on or before this date"
    )

    def touching(self, rows: QuerySet[Any], name: str, date: dt.date) -> QuerySet[Any]:
        return rows.filter(starts_on__lte=date, ends_on__gte=date)
