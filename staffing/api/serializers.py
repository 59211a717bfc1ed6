"""How staff, substitutes and lessons look from outside."""

from typing import Any

from rest_framework import serializers

from schools.api.fields import ClockField
from staffing.models import Lesson, LessonPost, LessonSection, Post, SubstituteProfile


class _WithContacts(serializers.ModelSerializer[Any]):
    """E-mail and phone are for the roles that run the day; for others they are empty."""

    email = serializers.CharField(source="person.email", read_only=True)
    phone = serializers.CharField(source="person.phone", read_only=True)

    def to_representation(self, instance: Any) -> dict[str, Any]:
        shown: dict[str, Any] = super().to_representation(instance)
        if not self.context["view"].shows_contacts:
            shown["email"] = shown["phone"] = ""
        return shown


class StaffSerializer(_WithContacts):
    """A post: a person at a school, with dates. `fte` is 1.0 where it is not known."""

    id = serializers.UUIDField(source="uuid", read_only=True)
    person = serializers.UUIDField(source="person.uuid", read_only=True)
    name = serializers.CharField(source="person.name", read_only=True)
    school = serializers.CharField(source="school.slug", read_only=True)

    class Meta:
        model = Post
        fields = [
            "id",
            "person",
            "name",
            "school",
            "kind",
            "code",
            "fte",
            "contract_minutes",
            "department",
            "starts_on",
            "ends_on",
            "email",
            "phone",
        ]


class SubstituteSerializer(_WithContacts):
    """A person of the district's pool. Rates are in cents of the district's currency."""

    id = serializers.UUIDField(source="uuid", read_only=True)
    person = serializers.UUIDField(source="person.uuid", read_only=True)
    name = serializers.CharField(source="person.name", read_only=True)

    class Meta:
        model = SubstituteProfile
        fields = [
            "id",
            "person",
            "name",
            "half_day_cents",
            "day_cents",
            "max_half_days_a_week",
            "active_from",
            "active_until",
            "email",
            "phone",
        ]


class LessonTeacherSerializer(serializers.ModelSerializer[LessonPost]):
    """Who teaches a lesson; `id` is that of the staff row."""

    id = serializers.UUIDField(source="post.uuid", read_only=True)
    name = serializers.CharField(source="post.person.name", read_only=True)

    class Meta:
        model = LessonPost
        fields = ["id", "name"]


class LessonSectionSerializer(serializers.ModelSerializer[LessonSection]):
    """A class, or with `part` a part of it."""

    code = serializers.CharField(source="section.code", read_only=True)
    name = serializers.CharField(source="section.name", read_only=True)

    class Meta:
        model = LessonSection
        fields = ["code", "name", "part"]


class LessonSerializer(serializers.ModelSerializer[Lesson]):
    """One lesson of a cycle day. `starts` and `ends` are local times of the usual bells."""

    id = serializers.UUIDField(source="uuid", read_only=True)
    school = serializers.CharField(source="school.slug", read_only=True)
    day = serializers.IntegerField(source="cycle_day", read_only=True)
    period = serializers.IntegerField(source="period.number", read_only=True)
    period_name = serializers.CharField(source="period.name", read_only=True)
    bell = serializers.CharField(source="period.bell.code", read_only=True)
    starts = ClockField(source="period.starts", read_only=True)
    ends = ClockField(source="period.ends", read_only=True)
    subject = serializers.CharField(source="subject.name", read_only=True, default="")
    sections = LessonSectionSerializer(source="lesson_sections", many=True, read_only=True)
    rooms = serializers.SerializerMethodField()
    staff = LessonTeacherSerializer(source="lesson_posts", many=True, read_only=True)

    class Meta:
        model = Lesson
        fields = [
            "id",
            "school",
            "day",
            "period",
            "period_name",
            "bell",
            "starts",
            "ends",
            "kind",
            "subject",
            "sections",
            "rooms",
            "staff",
            "block",
            "is_vacant",
        ]

    def get_rooms(self, lesson: Lesson) -> list[str]:
        return [room.name for room in lesson.rooms.all()]
