"""Pages whose rows a service writes: what it refuses stands in the form, beside what was typed."""

from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse

from schools.errors import Refused

from .base import OfficeAdmin

_M = TypeVar("_M", bound=models.Model)


class ServiceAdmin(OfficeAdmin[_M]):
    """Saving calls `write`, deleting calls `take_away`; the services record what they do themselves."""

    def write(self, request: HttpRequest, row: _M, typed: dict[str, Any], change: bool) -> _M:
        """Let the service write what was typed and give back the row. Raises Refused."""
        raise NotImplementedError

    def take_away(self, request: HttpRequest, row: _M) -> None:
        """Let the service take the row away; only pages with `can_delete` need it."""
        raise NotImplementedError

    def save_model(self, request: HttpRequest, obj: Any, form: "ModelForm[Any]", change: bool) -> None:
        obj.pk = self.write(request, obj, form.cleaned_data, change).pk

    def delete_model(self, request: HttpRequest, obj: _M) -> None:
        self.take_away(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: "QuerySet[_M]") -> None:
        for row in queryset:
            self.take_away(request, row)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """A refusal undoes what was written so far and shows the form again."""
        try:
            with transaction.atomic():
                return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as refused:
            request.refused = refused  # type: ignore[attr-defined]  # read by `get_form` below
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        refused: Refused | None = getattr(request, "refused", None)
        return _with_refusal(form, refused) if refused else form

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The service has recorded it."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The service has recorded it."""

    def log_deletions(self, request: HttpRequest, queryset: "QuerySet[Any]") -> Any:
        """The service has recorded it."""


def _with_refusal(form: Any, refused: Refused) -> Any:
    class Refusing(form):  # type: ignore[misc]  # the class is made while the request runs
        def clean(self) -> Any:
            cleaned = super().clean()
            self.add_error(refused.field if refused.field in self.fields else None, refused.message)
            return cleaned

    return Refusing
