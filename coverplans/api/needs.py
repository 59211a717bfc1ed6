"""`cover-needs`: what absences leave behind, who could take it, and what a cover manager decides by hand."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from coverplans.models import CoverNeed
from coverplans.selectors.explanation import explain_need, planned_with, why_not_person
from coverplans.selectors.standing import candidates_for
from coverplans.selectors.visible import visible_needs
from coverplans.services import by_hand
from schools.access.doors import Door
from schools.access.find import named
from schools.tenancy.door import tenant
from schools.tenancy.scope import Scope
from staffing.models import Lesson, Person

from .base import VisibleViewSet
from .bodies import AssignSerializer, LockSerializer, MeasureSerializer, SeenSerializer, WaiveSerializer
from .explanations import ExplanationSerializer, WhyNotSerializer
from .filters import NeedFilters
from .rows import CandidateSerializer, NeedSerializer

_CHANGES = (
    "assign",
    "unassign",
    "lock",
    "measure",
    "waive",
    "require",
    "candidates",
    "explanation",
    "why_not",
)


class NeedViewSet(VisibleViewSet[CoverNeed]):
    """Lessons and duties without their adult. Teachers and substitutes see those they lost or take."""

    door = Door(
        "mine",
        {"list": "need.read", "retrieve": "need.read", **dict.fromkeys(_CHANGES, "plan.change")},
        outside=frozenset({"why_not"}),
    )
    model = CoverNeed
    related = ("school", "post", "lesson", "stands_with")
    serializer_class = NeedSerializer
    filterset_class = NeedFilters

    def visible(self, rows: "QuerySet[CoverNeed]") -> "QuerySet[CoverNeed]":
        return visible_needs(rows)

    @extend_schema(responses=CandidateSerializer(many=True), filters=False)
    @action(detail=True, pagination_class=None, filterset_class=None)
    def candidates(self, request: Request, id: str) -> Response:
        """Everybody for this need beside the plan as it stands: who could take it, best first, then who cannot and why."""
        with self.need_door() as need:
            ranked = candidates_for(need, timezone.now())
        rows = [{**each.to_dict(), "name": each.name} for each in ranked]
        return Response(CandidateSerializer(rows, many=True).data)

    @extend_schema(responses=ExplanationSerializer)
    @action(detail=True)
    def explanation(self, request: Request, id: str) -> Response:
        """Why it ended as it did: what counted, the five best alternatives, who could not and for which reason."""
        with self.need_door() as need:
            return Response(ExplanationSerializer(explain_need(need)).data)

    @extend_schema(
        responses=WhyNotSerializer,
        parameters=[OpenApiParameter("person", str, required=True, description="the person's id")],
    )
    @action(detail=True, url_path="why-not")
    def why_not(self, request: Request, id: str) -> Response:
        """The exact answer to "why not this person?": the day solved once more with this need given to them."""
        with tenant(self.scope), self.need_door() as need:
            person = named(Person, request.query_params.get("person", ""))
            found = planned_with(need)
        return Response(WhyNotSerializer(why_not_person(found, need, person).to_dict()).data)

    @extend_schema(request=AssignSerializer, responses=NeedSerializer)
    @action(detail=True, methods=["post"])
    def assign(self, request: Request, id: str) -> Response:
        """Give the need to a person, in the draft."""
        with self.need_door() as need:
            given = self.parsed(AssignSerializer)
            person = named(Person, given.pop("person"))
            by_hand.assign(need=need, person=person, actor=self.user, now=timezone.now(), **given)
        return self.shown()

    @extend_schema(request=SeenSerializer, responses=NeedSerializer)
    @action(detail=True, methods=["post"])
    def unassign(self, request: Request, id: str) -> Response:
        """Take the current person or measure off the need, in the draft."""
        with self.need_door() as need:
            given = self.parsed(SeenSerializer)
            by_hand.unassign(need=need, actor=self.user, **given)
        return self.shown()

    @extend_schema(request=LockSerializer, responses=NeedSerializer)
    @action(detail=True, methods=["post"])
    def lock(self, request: Request, id: str) -> Response:
        """Keep the current choice when the day is planned again, or let it go."""
        with self.need_door() as need:
            given = self.parsed(LockSerializer)
            by_hand.set_lock(need=need, actor=self.user, **given)
        return self.shown()

    @extend_schema(request=MeasureSerializer, responses=NeedSerializer)
    @action(detail=True, methods=["post"])
    def measure(self, request: Request, id: str) -> Response:
        """Self-study, a merge or no lesson at all instead of a person, in the draft."""
        with self.need_door() as need:
            given = self.parsed(MeasureSerializer)
            into = named(Lesson, given["into"]) if given.get("into") else None
            by_hand.take_measure(
                need=need, kind=given["measure"], into=into, seen=given["seen"], actor=self.user
            )
        return self.shown()

    @extend_schema(request=WaiveSerializer, responses=NeedSerializer)
    @action(detail=True, methods=["post"])
    def waive(self, request: Request, id: str) -> Response:
        """The lesson needs nobody after all; whoever was to take it is free at once."""
        with self.need_door() as need:
            given = self.parsed(WaiveSerializer)
            by_hand.waive(need=need, actor=self.user, **given)
        return self.shown()

    @extend_schema(request=None, responses=NeedSerializer)
    @action(detail=True, methods=["post"])
    def require(self, request: Request, id: str) -> Response:
        """Undo a waiver: the lesson needs an adult again."""
        with self.need_door() as need:
            by_hand.require_again(need=need, actor=self.user)
        return self.shown()

    @contextmanager
    def need_door(self) -> "Iterator[CoverNeed]":
        """The need inside the door of its own school: ids in the body mean rows of this school, whoever asks."""
        need = self.get_object()
        with tenant(Scope.schools(need.district_id, [need.school_id])):
            yield need
