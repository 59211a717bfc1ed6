"""Schools, and the settings that differ from the defaults."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from schools.models import District, School, Setting
from schools.services.schools import archive_school, create_school, describe_school, reopen_school
from schools.services.settings import change_setting, forget_setting, value_from_text
from schools.settings_registry import REGISTRY

from .base import actor_of
from .service_pages import ServiceAdmin


@admin.register(School)
class SchoolAdmin(ServiceAdmin[School]):
    """A school's slug and time zone stay: addresses and every stored moment rest on them."""

    list_display = ("name", "slug", "timezone", "phone", "archived_at")
    list_filter = (("archived_at", admin.EmptyFieldListFilter),)
    search_fields = ("name",)
    ordering = ("name",)
    actions = ("archive", "reopen")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("name", "slug", "timezone", "phone", *(("archived_at",) if obj else ()))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("slug", "timezone", "archived_at") if obj else ()

    def write(self, request: HttpRequest, row: School, typed: dict[str, Any], change: bool) -> School:
        actor = actor_of(request)
        if not change:
            wanted = {name: typed[name] for name in ("name", "slug", "timezone")}
            row = create_school(district=District.objects.get(), actor=actor, **wanted)
        describe_school(school=row, name=typed["name"], phone=typed["phone"], actor=actor)
        return row

    @admin.action(description="Archive: nobody works there any more", permissions=["change"])
    def archive(self, request: HttpRequest, rows: "QuerySet[School]") -> None:
        for row in rows:
            archive_school(school=row, actor=actor_of(request))
        self.message_user(request, "Archived.")

    @admin.action(description="Open again", permissions=["change"])
    def reopen(self, request: HttpRequest, rows: "QuerySet[School]") -> None:
        for row in rows:
            reopen_school(school=row, actor=actor_of(request))
        self.message_user(request, "Open again.")


class SettingForm(forms.ModelForm):  # type: ignore[type-arg]  # the stubs parametrise it by the model
    """Which setting, where, and its value as a text."""

    key = forms.ChoiceField(
        choices=[
            (key, f"{key}: {known.meaning} (default {known.default})") for key, known in REGISTRY.items()
        ]
    )
    value = forms.CharField(help_text="true or false, a whole number, or a text, as the setting needs it")

    class Meta:
        model = Setting
        fields = ("key", "school", "value")


@admin.register(Setting)
class SettingAdmin(ServiceAdmin[Setting]):
    """What differs from the defaults. Deleting goes back to what counts without it."""

    form = SettingForm
    can_delete = True
    list_display = ("key", "school", "value", "meaning")
    list_select_related = ("school",)
    ordering = ("key", "school__name")

    @admin.display(description="meaning")
    def meaning(self, row: Setting) -> str:
        known = REGISTRY.get(row.key)
        return known.meaning if known else "no longer used"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("key", "school") if obj else ()

    def write(self, request: HttpRequest, row: Setting, typed: dict[str, Any], change: bool) -> Setting:
        key = row.key if change else typed["key"]
        school = row.school
        return change_setting(
            key=key,
            value=value_from_text(key, typed["value"]),
            school=school,
            district=None if school else District.objects.get(),
            actor=actor_of(request),
        )

    def take_away(self, request: HttpRequest, row: Setting) -> None:
        forget_setting(setting=row, actor=actor_of(request))
