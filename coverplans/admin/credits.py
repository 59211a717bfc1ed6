"""The fairness account. An entry is never changed: another one, with its reason, corrects it."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from coverplans.models import CreditEntry
from coverplans.services.credits import check_correction, correct_credit
from schools.admin.base import OfficeAdmin, actor_of
from schools.errors import Refused


class CorrectionForm(forms.ModelForm):  # type: ignore[type-arg]  # the stubs parametrise it by the model
    """What a correction needs. Whether it makes sense is the service's to say."""

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not self.errors:
            try:
                check_correction(**given)
            except Refused as refused:
                raise forms.ValidationError({refused.field: refused.message}) from refused
        return given


@admin.register(CreditEntry)
class CreditAdmin(OfficeAdmin[CreditEntry]):
    """Minutes of cover done and given back; adding one here is a correction."""

    can_change = False
    form = CorrectionForm
    list_display = ("date", "school", "who", "minutes", "reason", "made_by", "made_at")
    list_filter = ("date", "school")
    list_select_related = ("school", "post__person", "made_by")
    ordering = ("-date", "-pk")
    fields = ("post", "date", "minutes", "reason")
    raw_id_fields = ("post",)

    @admin.display(description="person")
    def who(self, entry: CreditEntry) -> str:
        name: str = entry.post.person.name
        return name

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        entry = correct_credit(actor=actor_of(request), **form.cleaned_data)
        obj.pk, obj.school_id, obj.district_id = entry.pk, entry.school_id, entry.district_id

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The service has recorded it already."""
