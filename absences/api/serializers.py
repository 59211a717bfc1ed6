"""How absences and their reasons look from outside."""

from typing import Any

from rest_framework import serializers

from absences.models import Absence, AbsenceDay, AbsenceReason
from schools.api.fields import ClockField

LONGEST_NOTE = 8000


class ReasonSerializer(serializers.ModelSerializer[AbsenceReason]):
    """A reason; its code is its id."""

    class Meta:
        model = AbsenceReason
        fields = ["code", "name", "category", "needs_approval", "hits_balance", "is_sensitive"]


class DaySerializer(serializers.ModelSerializer[AbsenceDay]):
    """One open date of an absence. `starts_at` and `ends_at` are moments, half-open; the times are the school's own."""

    class Meta:
        model = AbsenceDay
        fields = ["date", "kind", "start_time", "end_time", "periods", "starts_at", "ends_at"]


class AbsenceSerializer(serializers.ModelSerializer[Absence]):
    """An absence. `staff` is the post that is away; `report` joins the absences of one report.

    `reason` and the notes are null for callers who may not see them.
    """

    id = serializers.UUIDField(source="uuid", read_only=True)
    staff = serializers.UUIDField(source="post.uuid", read_only=True)
    person = serializers.UUIDField(source="post.person.uuid", read_only=True)
    name = serializers.CharField(source="post.person.name", read_only=True)
    school = serializers.CharField(source="school.slug", read_only=True)
    start_date = serializers.DateField(source="starts_on", read_only=True)
    end_date = serializers.DateField(source="ends_on", read_only=True)
    reason = serializers.CharField(source="reason.code", read_only=True, allow_null=True)
    note_for_cover = serializers.CharField(read_only=True, allow_null=True)
    note_for_office = serializers.CharField(read_only=True, allow_null=True)
    days = DaySerializer(many=True, read_only=True)
    needs = serializers.SerializerMethodField(help_text="lessons that need cover")
    covered = serializers.SerializerMethodField(help_text="how many of them have it")

    class Meta:
        model = Absence
        fields = [
            "id",
            "state",
            "needs",
            "covered",
            "staff",
            "person",
            "name",
            "school",
            "start_date",
            "end_date",
            "days",
            "reason",
            "note_for_cover",
            "note_for_office",
            "report",
            "reported_at",
            "decided_at",
            "cancelled_at",
        ]
        read_only_fields = fields

    def get_needs(self, absence: Absence) -> int:
        return int(self.context["counts"][absence.pk].needs)

    def get_covered(self, absence: Absence) -> int:
        return int(self.context["counts"][absence.pk].covered)

    def to_representation(self, instance: Absence) -> dict[str, Any]:
        shown: dict[str, Any] = super().to_representation(instance)
        if instance.pk not in self.context["with_reason"]:
            shown |= dict.fromkeys(("reason", "note_for_cover", "note_for_office"))
        return shown


class _Part(serializers.Serializer[Any]):
    """Which part of the days: times of the school's clock, or period numbers."""

    start_time = ClockField(
        required=False, allow_null=True, help_text="away from this time on the first date"
    )
    end_time = ClockField(required=False, allow_null=True, help_text="back at this time on the last date")
    periods = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=32767),
        required=False,
        allow_null=True,
        allow_empty=False,
        help_text="only these periods, on every date",
    )


class NewAbsenceSerializer(_Part):
    """A report. Both dates are inclusive; without times and periods it is for whole days."""

    staff = serializers.UUIDField(help_text="who is away: the id of a staff row")
    start_date = serializers.DateField()
    end_date = serializers.DateField()
    reason = serializers.CharField(max_length=40, help_text="the code of an absence reason")
    note_for_cover = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST_NOTE)
    note_for_office = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST_NOTE)


class ChangeSerializer(_Part):
    """What is to be different. What is left out stays; null takes it away. Times replace periods, and periods times."""

    start_date = serializers.DateField(required=False)
    end_date = serializers.DateField(required=False)


class WhySerializer(serializers.Serializer[Any]):
    """Why it is done; kept in the audit."""

    reason = serializers.CharField(required=False, allow_blank=True, max_length=500)
