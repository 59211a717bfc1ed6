"""How needs, assignments, bookings and offers look from outside."""

from typing import Any

from rest_framework import serializers

from coverplans.models import Assignment, Booking, BookingPart, CoverNeed, Offer


class _Taker(serializers.ModelSerializer[Assignment]):
    """Who takes a need, or the measure it ends in: then `person` is null and `name` empty.

    `current` is false for what is still published, but changed in the draft. Its `id` is what actions on the need take as
    `seen`.
    """

    id = serializers.UUIDField(source="uuid", read_only=True)
    person = serializers.UUIDField(source="person.uuid", read_only=True, allow_null=True, default=None)
    name = serializers.CharField(source="person.name", read_only=True, default="")
    booking = serializers.UUIDField(source="booking.uuid", read_only=True, allow_null=True, default=None)
    into_lesson = serializers.UUIDField(
        source="into_lesson.uuid", read_only=True, allow_null=True, default=None
    )
    locked = serializers.BooleanField(source="is_locked", read_only=True)
    current = serializers.SerializerMethodField()

    def get_current(self, row: Assignment) -> bool:
        return row.to_version is None


_TAKER_FIELDS = [
    "id",
    "kind",
    "person",
    "name",
    "booking",
    "into_lesson",
    "state",
    "locked",
    "by_hand",
    "current",
]


class NeedTakerSerializer(_Taker):
    __doc__ = _Taker.__doc__

    class Meta:
        model = Assignment
        fields = _TAKER_FIELDS


class NeedSerializer(serializers.ModelSerializer[CoverNeed]):
    """A lesson or duty that lost its adult, as it was on that date. `absent` is the name, `staff` the id of who is away.

    `stands_with` names the open need of the same lesson when one adult is enough for it.
    """

    id = serializers.UUIDField(source="uuid", read_only=True)
    school = serializers.CharField(source="school.slug", read_only=True)
    period = serializers.IntegerField(source="period_number", read_only=True)
    absent = serializers.CharField(source="absent_name", read_only=True)
    staff = serializers.UUIDField(source="post.uuid", read_only=True)
    lesson = serializers.UUIDField(source="lesson.uuid", read_only=True)
    stands_with = serializers.UUIDField(
        source="stands_with.uuid", read_only=True, allow_null=True, default=None
    )
    assignments = NeedTakerSerializer(many=True, read_only=True)

    class Meta:
        model = CoverNeed
        fields = [
            "id",
            "school",
            "date",
            "period",
            "period_name",
            "starts_at",
            "ends_at",
            "kind",
            "subject",
            "sections",
            "room",
            "absent",
            "staff",
            "lesson",
            "priority",
            "state",
            "why_not_required",
            "stands_with",
            "assignments",
        ]


class AssignmentSerializer(_Taker):
    """Who takes which need, when, in which state. It keeps its id from version to version of the plan."""

    school = serializers.CharField(source="school.slug", read_only=True)
    need = serializers.UUIDField(source="need.uuid", read_only=True)

    class Meta:
        model = Assignment
        fields = [*_TAKER_FIELDS, "school", "need", "date", "starts_at", "ends_at", "confirmed_at"]


class BookingSerializer(serializers.ModelSerializer[Booking]):
    """A half or whole day of one person at one school. `cost_cents` is in the district's currency."""

    id = serializers.UUIDField(source="uuid", read_only=True)
    school = serializers.CharField(source="school.slug", read_only=True)
    person = serializers.UUIDField(source="person.uuid", read_only=True)
    name = serializers.CharField(source="person.name", read_only=True)

    class Meta:
        model = Booking
        fields = [
            "id",
            "school",
            "person",
            "name",
            "date",
            "part",
            "starts_at",
            "ends_at",
            "cost_cents",
            "state",
            "answered_at",
        ]


class OfferSerializer(serializers.ModelSerializer[Offer]):
    """The invitation of one person to one booking, open until `expires_at`."""

    id = serializers.UUIDField(source="uuid", read_only=True)
    school = serializers.CharField(source="school.slug", read_only=True)
    person = serializers.UUIDField(source="person.uuid", read_only=True)
    name = serializers.CharField(source="person.name", read_only=True)
    booking = serializers.UUIDField(source="booking.uuid", read_only=True)
    date = serializers.DateField(source="booking.date", read_only=True)
    part = serializers.ChoiceField(choices=BookingPart.choices, source="booking.part", read_only=True)
    starts_at = serializers.DateTimeField(source="booking.starts_at", read_only=True)
    ends_at = serializers.DateTimeField(source="booking.ends_at", read_only=True)

    class Meta:
        model = Offer
        fields = [
            "id",
            "school",
            "person",
            "name",
            "booking",
            "date",
            "part",
            "starts_at",
            "ends_at",
            "tier",
            "state",
            "sent_at",
            "expires_at",
            "answered_at",
        ]


class RuleSerializer(serializers.Serializer[Any]):
    """A rule that excludes somebody, and what it says about them."""

    code = serializers.CharField()
    text = serializers.CharField()


class CandidateSerializer(serializers.Serializer[Any]):
    """Somebody for one need: ranked from 1 with the facts that matter, or excluded with every rule that says so."""

    person = serializers.UUIDField()
    name = serializers.CharField()
    available = serializers.BooleanField()
    rank = serializers.IntegerField(allow_null=True)
    terms = serializers.ListField(child=serializers.CharField())
    excluded_by = RuleSerializer(many=True)
