"""How the schema describes what every view has in common."""

from typing import Any, Literal

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import inline_serializer
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


class CoverSchema(AutoSchema):
    """Adds the problem documents that each operation can answer with."""

    def _get_response_bodies(self, direction: Literal["request", "response"] = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        problem = self._get_response_for_code(_PROBLEM, "400", ["application/problem+json"], direction)  # type: ignore[no-untyped-call]  # no annotations there
        for status in self._problem_statuses():
            bodies.setdefault(status, {**problem, "description": _MEANING[status]})
        return bodies

    def _problem_statuses(self) -> list[str]:
        declared = getattr(self.view, "door", None)
        statuses = ["400", "404", "405", "415"]
        if isinstance(declared, Door) and declared.where != "public":
            statuses += ["401", "403"]
        if self.method not in ("GET", "HEAD"):
            statuses += ["409", "422", "429"]
        return sorted(statuses)


_MEANING = {
    "400": "something in the request is not right",
    "401": "no valid token",
    "403": "your role does not allow this",
    "404": "no such thing here, or not yours",
    "405": "not possible here",
    "409": "somebody else was faster; both versions are in the answer",
    "415": "send JSON",
    "422": "the idempotency key was used for another request",
    "429": "too many tries",
}
