"""`absences` and `absence-reasons`."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from absences.hooks import needs_of
from absences.models import Absence, AbsenceReason
from absences.selectors.history import with_all
from absences.services.change import change_absence
from absences.services.decide import approve_absence, cancel_absence, decline_absence
from absences.services.reading import read_reasons
from absences.services.report import report_absence
from schools.access.doors import Door
from schools.access.find import named
from schools.api.base import ReadViewSet, RowViewSet
from staffing.models import Post

from .filters import AbsenceFilters
from .serializers import (
    AbsenceSerializer,
    ChangeSerializer,
    NewAbsenceSerializer,
    ReasonSerializer,
    WhySerializer,
)
from .wishes import changed


class ReasonViewSet(ListModelMixin, RowViewSet[AbsenceReason]):
    """The reasons that can be given."""

    door = Door("mine", {"list": "reason.read"})
    model = AbsenceReason
    serializer_class = ReasonSerializer

    def get_queryset(self) -> QuerySet[AbsenceReason]:
        return super().get_queryset().filter(is_active=True)


class AbsenceViewSet(ReadViewSet[Absence]):
    """Absences of the caller's schools; a teacher sees and reports their own."""

    door = Door(
        "mine",
        {
            "list": "absence.read",
            "retrieve": "absence.read",
            "create": "absence.report",
            "cancel": "absence.report",
            "change": "absence.report",
            "approve": "absence.approve",
            "decline": "absence.approve",
        },
    )
    model = Absence
    related = ("reason",)
    serializer_class = AbsenceSerializer
    filterset_class = AbsenceFilters

    def get_queryset(self) -> QuerySet[Absence]:
        return with_all()

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self._shown(page or [], many=True))

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._answer(self.get_object())

    @extend_schema(request=NewAbsenceSerializer, responses={201: AbsenceSerializer})
    def create(self, request: Request) -> Response:
        """Report an absence. `needs` in the answer is the number of lessons that need cover."""
        given = self.parsed(NewAbsenceSerializer)
        post = named(Post, given.pop("staff"))
        (absence,) = report_absence(post=post, **given, **self._who())
        return self._answer(absence, status=201)

    @extend_schema(request=WhySerializer, responses=AbsenceSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, id: str) -> Response:
        """Take the whole absence back."""
        return self._answer(
            cancel_absence(absence=self.get_object(), **self.parsed(WhySerializer), **self._who())
        )

    @extend_schema(request=ChangeSerializer, responses=AbsenceSerializer)
    @action(detail=True, methods=["post"])
    def change(self, request: Request, id: str) -> Response:
        """Other dates, times or periods; only the difference moves."""
        absence = self.get_object()
        wish = changed(absence, self.parsed(ChangeSerializer))
        return self._answer(change_absence(absence=absence, **wish, **self._who()))

    @extend_schema(request=None, responses=AbsenceSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, id: str) -> Response:
        """Let a waiting absence count."""
        return self._answer(approve_absence(absence=self.get_object(), actor=self.user, now=timezone.now()))

    @extend_schema(request=WhySerializer, responses=AbsenceSerializer)
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, id: str) -> Response:
        """Refuse a waiting absence."""
        why = self.parsed(WhySerializer)
        return self._answer(
            decline_absence(absence=self.get_object(), actor=self.user, now=timezone.now(), **why)
        )

    def _who(self) -> dict[str, Any]:
        """Who does it and when; in a scope of one's own rows, the absentee."""
        scope = self.request._request.scope  # type: ignore[attr-defined]  # set where the door opened
        return {"actor": self.user, "now": timezone.now(), "is_own": scope.kind == "self"}

    def _answer(self, absence: Absence, status: int = 200) -> Response:
        return Response(self._shown(with_all().get(pk=absence.pk), many=False), status=status)

    def _shown(self, found: Any, *, many: bool) -> Any:
        """The rows as the caller may see them; that a sensitive reason is seen is recorded."""
        absences: Sequence[Absence] = found if many else [found]
        visible = [absence for absence in absences if self._sees_reason(absence)]
        read_reasons(absences=visible, reader=self.user)
        context = {"counts": needs_of(absences), "with_reason": {absence.pk for absence in visible}}
        return AbsenceSerializer(found, many=many, context=context).data

    def _sees_reason(self, absence: Absence) -> bool:
        caller, permission = self.caller, "absence.read_reason"
        is_own = absence.post.person_id == caller.person_id and caller.may(permission)
        return is_own or caller.school_scope_for(permission, absence.school_id) is not None
