"""What every page of the office has in common: the roles table decides, nothing counts a large table, services write.

A page of the office runs in the district's door, so lists and choices are the district's own by themselves.
"""

from typing import Any, ClassVar, Generic, TypeVar

from django.contrib import admin, messages
from django.db import models
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from schools.access.caller import Caller
from schools.errors import Refused
from schools.models import User
from schools.services.audit import record

_M = TypeVar("_M", bound=models.Model)


def caller_of(request: HttpRequest) -> Caller:
    """Who is asking, as the middleware read it."""
    caller: Caller = request.caller  # type: ignore[attr-defined]  # set where the door opened
    return caller


def actor_of(request: HttpRequest) -> User:
    """The login to which the audit ascribes what is done."""
    if not isinstance(request.user, User):
        raise TypeError("the office is open to signed-in users only")
    return request.user


class Permissions:
    """The office's viewers look, its administrators change; nobody deletes what has history."""

    can_add: ClassVar[bool] = True
    can_change: ClassVar[bool] = True
    can_delete: ClassVar[bool] = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return caller_of(request).may("office.open")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return caller_of(request).may("office.open")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.can_add and caller_of(request).may("office.change")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.can_change and caller_of(request).may("office.change")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.can_delete and caller_of(request).may("office.change")


class OfficeAdmin(Permissions, admin.ModelAdmin, Generic[_M]):  # type: ignore[type-arg]  # the stubs parametrise it
    """A page of rows with a wall. The district is the caller's own and is never asked for."""

    show_full_result_count = False
    list_per_page = 50
    exclude: ClassVar[tuple[str, ...]] = ("district",)
    actions_selection_counter = False

    def save_model(self, request: HttpRequest, obj: Any, form: "ModelForm[Any]", change: bool) -> None:
        """Write the row into the caller's district. Pages whose rows have rules of their own call their service here."""
        if not change:
            obj.district_id = caller_of(request).district_id
        obj.save()

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for row in formset.save(commit=False):
            row.district_id = caller_of(request).district_id
            if hasattr(row, "school_id") and row.school_id is None and hasattr(form.instance, "school_id"):
                row.school_id = form.instance.school_id
            row.save()
        for row in formset.deleted_objects:
            row.delete()
        formset.save_m2m()

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        self._record(request, obj, "add")

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        self._record(request, obj, "change", _fields_of(message))

    def log_deletions(self, request: HttpRequest, queryset: "QuerySet[Any]") -> Any:
        for obj in queryset:
            self._record(request, obj, "delete")

    def _record(self, request: HttpRequest, obj: Any, verb: str, fields: str = "") -> None:
        """The audit takes the place of the admin's own log, which has no wall."""
        action = f"{obj._meta.model_name}.{verb}"
        record(action=action, subject=obj, actor=actor_of(request), reason=fields)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The row's history is its audit."""
        query = {"object_type__exact": self.opts.label_lower, "object_id__exact": object_id}
        return redirect(f"{reverse('admin:schools_auditentry_changelist')}?{urlencode(query)}")

    def attempt(self, request: HttpRequest, done: str, work: Any) -> None:
        """Run a service for an action and say what came of it."""
        try:
            work()
        except Refused as refused:
            self.message_user(request, refused.message, messages.ERROR)
        else:
            self.message_user(request, done, messages.SUCCESS)


class ReadOnlyAdmin(OfficeAdmin[_M]):
    """Rows that are looked at here and changed elsewhere."""

    can_add = False
    can_change = False


class OfficeInline(Permissions, admin.TabularInline):  # type: ignore[type-arg]  # the stubs parametrise it
    """Rows beside the row they belong to."""

    extra = 0
    exclude: ClassVar[tuple[str, ...]] = ("district",)
    can_delete = True  # type: ignore[misc]  # Django calls the inline's own switch the same


def _fields_of(message: Any) -> str:
    """Names of the changed fields out of the admin's change message; never their values."""
    if not isinstance(message, list):
        return ""
    names = [name for part in message for name in part.get("changed", {}).get("fields", [])]
    return "changed: " + ", ".join(names) if names else ""
