"""Posts: who works at which school, since when, when on site, and what of it is never used for cover."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from schools.admin.base import OfficeAdmin, OfficeInline
from schools.models import Period
from staffing.models import Post, ProtectedPeriod, WorkingHours

from .fields import NamedWeekdays, PeriodField


class WorkingHoursInline(NamedWeekdays, OfficeInline):
    model = WorkingHours
    fields = ("weekday", "starts", "ends")


class ProtectedPeriodInline(OfficeInline):
    model = ProtectedPeriod
    fields = ("period", "kind")

    def get_formset(self, request: HttpRequest, obj: Post | None = None, **options: Any) -> Any:
        self.post = obj  # an inline lives for one request
        return super().get_formset(request, obj, **options)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if db_field.name == "period" and self.post is not None:
            periods = Period.objects.filter(school_id=self.post.school_id).select_related("bell")
            options["queryset"] = periods.order_by(
                "-bell__effective_from", "bell__code", "cycle_day", "number"
            )
            options["form_class"] = PeriodField
        return super().formfield_for_foreignkey(db_field, request, **options)


@admin.register(Post)
class PostAdmin(OfficeAdmin[Post]):
    """One post. Its person and school are said when it is made and stay."""

    fields = (
        "person",
        "school",
        "kind",
        "code",
        "fte",
        "contract_minutes",
        "department",
        "starts_on",
        "ends_on",
    )
    list_display = ("person", "school", "kind", "code", "fte", "starts_on", "ends_on")
    list_select_related = ("person", "school")
    list_filter = ("kind",)
    search_fields = ("person__name", "code", "school__slug")
    autocomplete_fields = ("person",)
    ordering = ("school__slug", "code", "pk")

    def get_readonly_fields(self, request: HttpRequest, obj: Post | None = None) -> Any:
        return ("person", "school") if obj else ()

    def get_inlines(self, request: HttpRequest, obj: Post | None) -> Any:
        return (WorkingHoursInline, ProtectedPeriodInline) if obj else ()
