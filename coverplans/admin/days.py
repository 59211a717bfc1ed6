"""Needs, plans and assignments. They are changed on the school's board."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from coverplans.models import Assignment, CoverNeed, CoverPlan
from schools.admin.base import ReadOnlyAdmin


@admin.register(CoverNeed)
class NeedAdmin(ReadOnlyAdmin[CoverNeed]):
    """Lessons and duties that lost their adult."""

    list_display = ("date", "school", "period_name", "sections", "subject", "absent_name", "state")
    list_filter = ("state", "date", "school")
    list_select_related = ("school",)
    ordering = ("-date", "-pk")
    fields = (
        "school",
        "date",
        "period_name",
        "starts_at",
        "ends_at",
        "kind",
        "subject",
        "sections",
        "room",
        "absent_name",
        "priority",
        "state",
        "why_not_required",
        "stands_with",
    )

    def view_on_site(self, obj: CoverNeed) -> str:
        parts = {"school": obj.school.slug, "date": obj.date, "need": obj.uuid}
        return reverse("board-cell", kwargs=parts)


@admin.register(CoverPlan)
class PlanAdmin(ReadOnlyAdmin[CoverPlan]):
    """Versions of each school's days, with what the planner says of its answer."""

    list_display = ("date", "school", "version", "state", "is_proven", "made_at", "published_at")
    list_filter = ("state", "is_proven", "date", "school")
    list_select_related = ("school",)
    ordering = ("-date", "-pk")
    fields = (
        "school",
        "date",
        "version",
        "state",
        "made_by",
        "made_at",
        "published_by",
        "published_at",
        "is_proven",
        "measures",
        "tiers",
        "solver",
        "seed",
        "solve_seconds",
        "input_hash",
    )

    def get_queryset(self, request: HttpRequest) -> "QuerySet[CoverPlan]":
        return super().get_queryset(request).defer("problem", "result")

    def view_on_site(self, obj: CoverPlan) -> str:
        return reverse("board", kwargs={"school": obj.school.slug, "date": obj.date})


@admin.register(Assignment)
class AssignmentAdmin(ReadOnlyAdmin[Assignment]):
    """Who takes which lesson, from which version of the plan to which."""

    list_display = ("date", "school", "need", "kind", "person", "state", "is_locked", "by_hand")
    list_filter = ("state", "kind", "date", "school")
    list_select_related = ("school", "need", "person")
    ordering = ("-date", "-pk")
    fields = (
        "school",
        "date",
        "need",
        "kind",
        "person",
        "booking",
        "starts_at",
        "ends_at",
        "state",
        "is_locked",
        "by_hand",
        "from_version",
        "to_version",
        "confirmed_at",
    )
