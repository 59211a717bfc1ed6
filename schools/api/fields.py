"""Fields that several resources share."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers


@extend_schema_field({"type": "string", "pattern": r"^\d{2}:\d{2}(:\d{2}(\.\d+)?)?$", "example": "08:15"})
class ClockField(serializers.TimeField):
    """A time on the school's own clock, written HH:MM. The schema's `time` format would want a zone, which it has not."""

    def __init__(self, **options: Any) -> None:
        super().__init__(format="%H:%M", **options)
