"""How explanations look from outside."""

from typing import Any

from rest_framework import serializers

from .rows import NeedTakerSerializer, RuleSerializer


class TermSerializer(serializers.Serializer[Any]):
    """One thing that counted: in which tier, how much (0 is as good as can be), and in words."""

    tier = serializers.CharField()
    code = serializers.CharField()
    amount = serializers.IntegerField()
    text = serializers.CharField()


class AlternativeSerializer(serializers.Serializer[Any]):
    """Another way for the need: a person or a measure, and by how much `tier` would suffer at least."""

    person = serializers.CharField(help_text="the person's id; empty for a measure")
    measure = serializers.CharField(help_text="the measure; empty for a person")
    name = serializers.CharField()
    tier = serializers.CharField(help_text="the most important aim that suffers; empty when none is known to")
    at_least = serializers.IntegerField()
    text = serializers.CharField()


class ExcludedSerializer(serializers.Serializer[Any]):
    """Somebody of the school's own staff who could not take it, with every rule that says so."""

    person = serializers.UUIDField()
    name = serializers.CharField()
    reasons = RuleSerializer(many=True)


class ReasonGroupSerializer(serializers.Serializer[Any]):
    """Why nobody takes it: one rule and everybody it excludes."""

    code = serializers.CharField()
    people = serializers.ListField(child=serializers.CharField())
    text = serializers.CharField()


class ExplanationSerializer(serializers.Serializer[Any]):
    """What the planner said about a need in its newest version; `taker` is who takes it now.

    Where the two differ, the taker was chosen by hand afterwards. `plan` is null before the day was planned.
    """

    need = serializers.UUIDField(source="need.uuid")
    plan = serializers.UUIDField(source="plan.uuid", allow_null=True, default=None)
    version = serializers.IntegerField(source="plan.version", allow_null=True, default=None)
    taker = NeedTakerSerializer(allow_null=True)
    sentence = serializers.CharField(allow_blank=True)
    terms = TermSerializer(many=True)
    uncovered_because = ReasonGroupSerializer(many=True)
    alternatives = AlternativeSerializer(many=True)
    excluded = ExcludedSerializer(many=True)


class MoveSerializer(serializers.Serializer[Any]):
    """One need that would end differently."""

    need = serializers.UUIDField()
    text = serializers.CharField()


class WhyNotSerializer(serializers.Serializer[Any]):
    """What it would mean if this person took the need.

    Either the rules that forbid it, or how much each tier rises (+) or falls (−), in words, and every other lesson that would
    end differently. `proven`: nothing better with this person here exists.
    """

    possible = serializers.BooleanField()
    excluded_by = RuleSerializer(many=True)
    changes = serializers.DictField(child=serializers.IntegerField())
    texts = serializers.ListField(child=serializers.CharField())
    moves = MoveSerializer(many=True)
    proven = serializers.BooleanField()
