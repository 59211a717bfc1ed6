"""The district's reasons of absence."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from absences.models import AbsenceReason
from schools.admin.base import OfficeAdmin


class ReasonForm(forms.ModelForm):  # type: ignore[type-arg]  # the stubs parametrise it by the model
    """The district is not on the form, so the form cannot see by itself that a code is taken."""

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if AbsenceReason.objects.filter(code=code).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("There is a reason with this code already.")
        return code


@admin.register(AbsenceReason)
class ReasonAdmin(OfficeAdmin[AbsenceReason]):
    """Reasons are switched off, never deleted: old absences keep theirs."""

    form = ReasonForm
    list_display = (
        "name",
        "code",
        "category",
        "needs_approval",
        "hits_balance",
        "is_sensitive",
        "is_active",
        "rank",
    )
    list_filter = ("category", "is_active")
    ordering = ("rank", "name")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Scripts know a reason by its code: it stays."""
        return ("code",) if obj else ()
