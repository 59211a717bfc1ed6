"""Inputs that say what they mean: weekdays by name, periods by day and time."""

from typing import Any

from django import forms
from django.db import models
from django.http import HttpRequest

from schools.models import Period
from staffing.importers.days import WEEKDAYS

_NAMES = [(number, name.capitalize()) for number, name in enumerate(WEEKDAYS)]


class NamedWeekdays:
    """For inlines with a `weekday`: it is chosen by name."""

    def formfield_for_dbfield(
        self, db_field: "models.Field[Any, Any]", request: HttpRequest, **options: Any
    ) -> Any:
        if db_field.name != "weekday":
            return super().formfield_for_dbfield(db_field, request, **options)  # type: ignore[misc]  # of the inline
        choices = [("", "—"), *_NAMES] if db_field.null else _NAMES
        return forms.TypedChoiceField(
            choices=choices, coerce=int, empty_value=None, required=not db_field.null, label="Weekday"
        )


class PeriodField(forms.ModelChoiceField):  # type: ignore[type-arg]  # subscripted by the stubs only
    """Periods by cycle day, name and time; a school's bells repeat the names."""

    def label_from_instance(self, obj: Period) -> str:
        bell = f", {obj.bell.code} bells" if obj.bell.code else ""
        times = f"{obj.starts:%H:%M}–{obj.ends:%H:%M}"
        return f"Day {obj.cycle_day}, {obj.name} ({times}), from {obj.bell.effective_from}{bell}"
