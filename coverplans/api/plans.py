"""`cover-plans`: plan a day, publish it, take that back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from coverplans.models import CoverPlan, PlanState
from coverplans.selectors.plan_counts import PlanCounts, count_plans
from coverplans.services.drafts import discard_draft
from coverplans.services.plan_day import plan_day
from coverplans.services.publish import publish_day
from coverplans.services.undo_publish import undo_publish
from schools.access.doors import Door
from schools.access.find import named
from schools.api.base import ReadViewSet
from schools.models import School
from schools.tenancy.door import tenant
from schools.tenancy.scope import Scope

from .bodies import NewPlanSerializer
from .filters import PlanFilters


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A version with its numbers."""

    plan: CoverPlan
    counts: PlanCounts


class TierSerializer(serializers.Serializer[Any]):
    """One aim, in the school's order: `value` reached, `bound` that no plan can beat while the aims before it stay as good."""

    name = serializers.CharField()
    value = serializers.IntegerField()
    bound = serializers.IntegerField()
    gap = serializers.IntegerField()
    proven = serializers.BooleanField()


class PlanSerializer(serializers.Serializer[Any]):
    """One version of a school's plan for a day.

    `covered` needs have a person, `measures` end in self-study, a merge or a cancelled lesson, `uncovered` have neither.
    A draft and what is published are counted as they stand now. `proven` and `tiers` are the planner's: as it planned the
    version, before anything was changed by hand.
    """

    id = serializers.UUIDField(source="plan.uuid")
    school = serializers.CharField(source="plan.school.slug")
    date = serializers.DateField(source="plan.date")
    version = serializers.IntegerField(source="plan.version")
    state = serializers.ChoiceField(choices=PlanState.choices, source="plan.state")
    needs = serializers.IntegerField(source="counts.needs")
    covered = serializers.IntegerField(source="counts.covered")
    measures = serializers.IntegerField(source="counts.measures")
    uncovered = serializers.IntegerField(source="counts.uncovered")
    proven = serializers.BooleanField(source="plan.is_proven")
    tiers = TierSerializer(source="plan.tiers", many=True)
    made_at = serializers.DateTimeField(source="plan.made_at")
    published_at = serializers.DateTimeField(source="plan.published_at", allow_null=True)
    solver = serializers.CharField(source="plan.solver", allow_blank=True)
    seed = serializers.IntegerField(source="plan.seed")
    input_hash = serializers.CharField(source="plan.input_hash", allow_blank=True)


class PublishedSerializer(PlanSerializer):
    """The published version, how many people were told, and the needs for which another school was faster.

    Those are planned again at once, in a new draft.
    """

    told = serializers.IntegerField()
    lost = serializers.ListField(child=serializers.UUIDField())


class PlanViewSet(ReadViewSet[CoverPlan]):
    """Versions of the plans of the caller's schools."""

    door = Door(
        "mine",
        {
            "list": "plan.read",
            "retrieve": "plan.read",
            "create": "plan.change",
            "publish": "plan.change",
            "undo_publish": "plan.change",
            "discard": "plan.change",
        },
        outside=frozenset({"create", "publish"}),
    )
    model = CoverPlan
    related = ("school",)
    serializer_class = PlanSerializer
    filterset_class = PlanFilters

    def get_queryset(self) -> QuerySet[CoverPlan]:
        return super().get_queryset().defer("problem", "result")

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        return self.get_paginated_response(PlanSerializer(_rows(page), many=True).data)

    @extend_schema(responses=PlanSerializer)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return _answer(self.get_object())

    @extend_schema(request=NewPlanSerializer, responses={201: PlanSerializer})
    def create(self, request: Request) -> Response:
        given = self.parsed(NewPlanSerializer)
        with tenant(self.scope):
            school = named(School, given["school"])
        scope = _scope_of(school)
        plan = plan_day(
            scope=scope,
            school_slug=school.slug,
            date=given["date"],
            actor=self.user,
            now=timezone.now(),
        )
        with tenant(scope):
            return _answer(plan, status=201)

    @extend_schema(request=None, responses=PublishedSerializer)
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, id: str) -> Response:
        with tenant(self.scope):
            draft = self.get_object()
        scope = _scope_of(draft.school)
        done = publish_day(
            scope=scope,
            school_slug=draft.school.slug,
            date=draft.date,
            actor=self.user,
            now=timezone.now(),
            seen=draft.uuid,
        )
        with tenant(scope):
            (row,) = _rows([done.plan])
            news = {"told": done.told, "lost": [need.uuid for need in done.lost]}
            return Response(PublishedSerializer({"plan": row.plan, "counts": row.counts, **news}).data)

    @extend_schema(request=None, responses=PlanSerializer)
    @action(detail=True, methods=["post"], url_path="undo-publish")
    def undo_publish(self, request: Request, id: str) -> Response:
        plan = self.get_object()
        undone = undo_publish(
            school=plan.school, date=plan.date, actor=self.user, now=timezone.now(), seen=plan.uuid
        )
        return _answer(undone)

    @extend_schema(request=None, responses=PlanSerializer)
    @action(detail=True, methods=["post"])
    def discard(self, request: Request, id: str) -> Response:
        plan = self.get_object()
        discard_draft(school=plan.school, date=plan.date, actor=self.user, seen=plan.uuid)
        return _answer(self.get_object())

    @property
    def scope(self) -> Scope:
        """What the caller may open, for the actions that open their own doors."""
        scope: Scope = self.request._request.scope  # type: ignore[attr-defined]  # set where the caller was checked
        return scope


def _scope_of(school: School) -> Scope:
    return Scope.schools(school.district_id, [school.pk])


def _rows(plans: Sequence[CoverPlan]) -> list[PlanRow]:
    counts = count_plans(plans)
    return [PlanRow(plan, counts[plan.pk]) for plan in plans]


def _answer(plan: CoverPlan, status: int = 200) -> Response:
    (row,) = _rows([plan])
    return Response(PlanSerializer(row).data, status=status)
