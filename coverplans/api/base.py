"""Rows of which a door shows only some: by id and in lists the same ones."""

from abc import abstractmethod
from typing import Any, TypeVar

from django.db import models
from django.http import Http404
from rest_framework.response import Response

from schools.api.base import ReadViewSet
from schools.tenancy.scope import Scope

_M = TypeVar("_M", bound=models.Model)


class VisibleViewSet(ReadViewSet[_M]):
    """Rows that `visible` leaves; any other one is a 404 like one that does not exist."""

    @abstractmethod
    def visible(self, rows: "models.QuerySet[_M]") -> "models.QuerySet[_M]":
        """Those of the rows that the open door shows."""

    def filter_queryset(self, queryset: Any) -> Any:
        return super().filter_queryset(self.visible(queryset))

    def get_object(self) -> _M:
        found = super().get_object()
        row = self.visible(self.get_queryset()).filter(pk=found.pk).first()
        if row is None:
            raise Http404
        return row

    def shown(self) -> Response:
        """The row as it is now."""
        serializer: Any = self.get_serializer(self.get_object())
        return Response(serializer.data)

    @property
    def scope(self) -> Scope:
        """What the caller may open, for the actions that open their own doors."""
        scope: Scope = self.request._request.scope  # type: ignore[attr-defined]  # set where the caller was checked
        return scope
