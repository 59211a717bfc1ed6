"""How the schema describes what every view has in common."""

from typing import Any, Literal

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, inline_serializer
from rest_framework import serializers

from schools.access.doors import Door

_PROBLEM = inline_serializer(
    "Problem",
    {
        "type": serializers.CharField(),
        "title": serializers.CharField(),
        "status": serializers.IntegerField(),
        "detail": serializers.CharField(),
        "errors": serializers.DictField(required=False),
    },
)

_ONCE = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="A text of your choice, at most 200 characters: the request is carried out once, however often it is sent.",
)


class CoverSchema(AutoSchema):
    """Adds the problem documents that each operation can answer with."""

    def get_override_parameters(self) -> list[Any]:
        declared: list[Any] = super().get_override_parameters()
        return [*declared, _ONCE] if self.method != "GET" and self._has_a_door() else declared

    def _get_response_bodies(self, direction: Literal["request", "response"] = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        problem = self._get_response_for_code(_PROBLEM, "400", ["application/problem+json"], direction)  # type: ignore[no-untyped-call]  # no annotations there
        for status in self._problem_statuses():
            bodies.setdefault(status, {**problem, "description": _MEANING[status]})
        return bodies

    def _problem_statuses(self) -> list[str]:
        statuses = ["400", "401", "404", "405", "406", "415"]
        if self._has_a_door():
            statuses += ["403"] if self.method == "GET" else ["403", "409", "422"]
        elif self.method != "GET":
            statuses += ["403", "429"]
        return sorted(statuses)

    def _has_a_door(self) -> bool:
        declared = getattr(self.view, "door", None)
        return isinstance(declared, Door) and declared.where not in ("public", "signed in")


_MEANING = {
    "400": "something in the request is not right",
    "401": "no valid token",
    "403": "your role does not allow this",
    "404": "no such thing here, or not yours",
    "405": "not possible here",
    "406": "ask for JSON",
    "409": "somebody else was faster; both versions are in the answer",
    "415": "send JSON",
    "422": "the idempotency key was used for another request",
    "429": "too many tries",
}
