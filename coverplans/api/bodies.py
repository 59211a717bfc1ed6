"""What the actions on needs and plans are sent."""

from typing import Any

from rest_framework import serializers

from coverplans.models import AssignmentKind

MEASURES = [
    (kind.value, kind.label)
    for kind in (AssignmentKind.SELF_STUDY, AssignmentKind.MERGE, AssignmentKind.CANCEL_LESSON)
]


class SeenSerializer(serializers.Serializer[Any]):
    """The assignment the caller saw, so that nobody overwrites somebody else unawares."""

    seen = serializers.CharField(
        max_length=40,
        allow_blank=True,
        default="",
        help_text="the id of the need's current assignment, empty for none; anything else is a 409",
    )


class AssignSerializer(SeenSerializer):
    """Who is to take the need."""

    person = serializers.UUIDField()
    despite = serializers.BooleanField(
        default=False,
        help_text="go over limits that protect people's time (caps, planning time, hours), never over the absolute ones",
    )


class LockSerializer(SeenSerializer):
    """Whether planning again leaves the choice alone."""

    locked = serializers.BooleanField(default=True)


class MeasureSerializer(SeenSerializer):
    """A measure instead of a person."""

    measure = serializers.ChoiceField(choices=MEASURES)
    into = serializers.UUIDField(
        required=False, allow_null=True, help_text="the lesson that receives the class; for `merge` only"
    )


class WaiveSerializer(serializers.Serializer[Any]):
    """Why the lesson needs nobody after all; kept in the record."""

    reason = serializers.CharField(max_length=200, allow_blank=True, default="")


class NewPlanSerializer(serializers.Serializer[Any]):
    """Which day to plan."""

    school = serializers.CharField(max_length=60, help_text="the school's slug")
    date = serializers.DateField()
