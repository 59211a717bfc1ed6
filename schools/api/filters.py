"""The filters that lists share: `school state date date_from date_to person`.

An id that does not exist here, a school of somebody else and a malformed value are the same 400.
"""

from typing import Any

import django_filters
from django.db import models

from schools.access.find import named
from schools.models import School


class Named(django_filters.CharFilter):  # type: ignore[misc]  # the library has no types
    """Rows that point at the row with this outside id."""

    def __init__(self, model: type[models.Model], *, field_name: str, **options: Any) -> None:
        super().__init__(field_name=field_name, **options)
        self.named_model = model

    def filter(self, qs: models.QuerySet[Any], value: str) -> models.QuerySet[Any]:
        if not value:
            return qs
        return qs.filter(**{self.field_name: named(self.named_model, value).pk})


class InSchool(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """`school`: the slug, of rows with a school."""

    school = Named(School, field_name="school_id", help_text="the school's slug")


class OnDates(InSchool):
    """Adds `date`, and `date_from` with `date_to` (both inclusive), of rows with a date."""

    date = django_filters.DateFilter(field_name="date", help_text="YYYY-MM-DD")
    date_from = django_filters.DateFilter(field_name="date", lookup_expr="gte", help_text="from this date on")
    date_to = django_filters.DateFilter(field_name="date", lookup_expr="lte", help_text="up to this date")


def one_state(choices: type[models.TextChoices], **options: Any) -> django_filters.ChoiceFilter:
    """`state`: one of the states; any other value is a 400."""
    return django_filters.ChoiceFilter(field_name="state", choices=choices.choices, **options)
