"""What every resource of the API has in common: a door, outside ids, answers that a client may ask for twice."""

from functools import partial
from typing import Any, ClassVar, TypeVar

from django.db import models
from django.http.response import HttpResponseBase
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from schools.access.caller import Caller
from schools.access.doors import Door
from schools.access.find import find
from schools.models import User

from .idempotency import answer_once

_M = TypeVar("_M", bound=models.Model)


class Resource(APIView):
    """A view with a door. A write that carries an `Idempotency-Key` is carried out once, however often it is sent."""

    door: ClassVar[Door]

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return answer_once(request, partial(super().dispatch, request, *args, **kwargs))

    @property
    def caller(self) -> Caller:
        """Who is asking, as the middleware read it."""
        caller: Caller = self.request._request.caller  # type: ignore[attr-defined]  # set where the door opened
        return caller

    @property
    def user(self) -> User:
        """The login behind the request; the actor of what a service records."""
        user = self.request.user
        if not isinstance(user, User):
            raise TypeError("a public view has no user")
        return user

    def parsed(self, serializer: type[BaseSerializer[Any]]) -> dict[str, Any]:
        """The request's body as this serializer reads it. Raises ValidationError, which becomes a 400."""
        reader = serializer(data=self.request.data)
        reader.is_valid(raise_exception=True)
        found: dict[str, Any] = reader.validated_data
        return found


class RowViewSet(Resource, GenericViewSet[_M]):
    """Rows of one model, named by their outside id: `uuid`, or `slug` for schools. `related` is joined in.

    A row behind a wall, a malformed id and one that does not exist are the same 404.
    """

    model: ClassVar[type[models.Model]]
    related: ClassVar[tuple[str, ...]] = ()
    lookup_field = "uuid"
    lookup_url_kwarg = "id"
    lookup_value_regex = "[^/.]+"

    def get_queryset(self) -> models.QuerySet[_M]:
        rows: Any = self.model._default_manager.all()
        return rows.select_related(*self.related) if self.related else rows  # type: ignore[no-any-return]  # of this model

    def get_object(self) -> _M:
        row: Any = find(self.model, self.kwargs[self.lookup_url_kwarg], related=self.related)
        return row  # type: ignore[no-any-return]  # the model of this view


class ReadViewSet(ListModelMixin, RetrieveModelMixin, RowViewSet[_M]):
    """Rows that can be listed, filtered and read."""
