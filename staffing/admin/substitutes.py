"""The district's pool: rates, limits and dates. Credentials, availability and preferences are on the person's page."""

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from schools.admin.base import OfficeAdmin
from staffing.models import SubstituteProfile

FIELDS = ("person", "half_day_cents", "day_cents", "max_half_days_a_week", "active_from", "active_until")


@admin.register(SubstituteProfile)
class SubstituteAdmin(OfficeAdmin[SubstituteProfile]):
    """A person's place in the pool."""

    list_display = ("person", "half_day_cents", "day_cents", "active_from", "active_until")
    list_select_related = ("person",)
    search_fields = ("person__name",)
    autocomplete_fields = ("person",)
    ordering = ("person__name", "pk")

    @admin.display(description="credentials, availability, preferences")
    def person_page(self, profile: SubstituteProfile) -> SafeString:
        url = reverse("admin:staffing_person_change", args=[profile.person_id])
        return format_html('<a href="{}">on the page of {}</a>', url, profile.person.name)

    def get_fields(self, request: HttpRequest, obj: SubstituteProfile | None = None) -> tuple[str, ...]:
        return (*FIELDS, "person_page") if obj else FIELDS

    def get_readonly_fields(
        self, request: HttpRequest, obj: SubstituteProfile | None = None
    ) -> tuple[str, ...]:
        return ("person", "person_page") if obj else ()
