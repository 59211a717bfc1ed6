"""What the board's forms send."""

from typing import Any, TypeVar

from django import forms
from django.http import QueryDict

from schools.errors import Refused

F = TypeVar("F", bound=forms.Form)


class SeenForm(forms.Form):
    """`seen` is the assignment that stood in the cell when the page was drawn; empty for none."""

    seen = forms.CharField(required=False, max_length=36)


class SeenPlanForm(forms.Form):
    """`seen` is the version of the plan that stood on the board when the page was drawn."""

    seen = forms.UUIDField(required=False)


class AssignForm(SeenForm):
    """`despite` says yes to limits that bend."""

    person = forms.UUIDField(error_messages={"required": "Choose who takes the lesson."})
    despite = forms.BooleanField(required=False)


class LockForm(SeenForm):
    locked = forms.TypedChoiceField(
        choices=[("1", "lock"), ("0", "unlock")], coerce=lambda value: value == "1"
    )


class MeasureForm(SeenForm):
    """`option` is the lesson that receives the pupils of a merge."""

    measure = forms.CharField(max_length=24)
    option = forms.UUIDField(required=False)


class NotNeededForm(forms.Form):
    reason = forms.CharField(required=False, max_length=200)


def read(form: type[F], sent: QueryDict) -> dict[str, Any]:
    """The form's clean values. Raises Refused with the first thing that is wrong."""
    filled = form(sent)
    if not filled.is_valid():
        field, errors = next(iter(filled.errors.items()))
        raise Refused(str(errors[0]), field=field)
    return filled.cleaned_data
