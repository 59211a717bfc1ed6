"""Absences, to look at. Reasons and notes are health data and are seen on the school's own page, where the read is recorded."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from absences.models import Absence, AbsenceDay
from schools.admin.base import OfficeInline, ReadOnlyAdmin


class DayInline(OfficeInline):
    """The dates of an absence."""

    model = AbsenceDay
    fields = ("date", "kind", "start_time", "end_time", "periods", "starts_at", "ends_at")
    can_add = False
    can_change = False
    can_delete = False  # type: ignore[misc]  # Django calls the inline's own switch the same


@admin.register(Absence)
class AbsenceAdmin(ReadOnlyAdmin[Absence]):
    """Reported and changed outside; the page there is one click away."""

    list_display = ("who", "school", "starts_on", "ends_on", "state", "reported_at")
    list_filter = ("state", "school")
    ordering = ("-starts_on", "-pk")
    fields = (
        "who",
        "school",
        "starts_on",
        "ends_on",
        "state",
        "reported_by",
        "reported_at",
        "decided_by",
        "decided_at",
        "cancelled_at",
    )
    inlines = (DayInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Absence]:
        return super().get_queryset(request).select_related("post__person", "school")

    @admin.display(description="person")
    def who(self, absence: Absence) -> str:
        return str(absence.post.person.name)

    def view_on_site(self, obj: Absence) -> str:
        return reverse("office-absence", kwargs={"school": obj.school.slug, "absence": obj.uuid})
