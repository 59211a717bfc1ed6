"""How schools and the caller look from outside."""

from typing import Any

from rest_framework import serializers

from schools.models import School
from schools.models.membership import Role


class SchoolSerializer(serializers.ModelSerializer[School]):
    """A school. Its slug is its id; it never changes."""

    class Meta:
        model = School
        fields = ["slug", "name", "timezone", "phone"]


class NewSchoolSerializer(serializers.Serializer[Any]):
    """What a new school needs."""

    name = serializers.CharField(max_length=200)
    slug = serializers.SlugField(max_length=60)
    timezone = serializers.CharField(max_length=64)


class PlaceSerializer(serializers.Serializer[Any]):
    """One role of the caller; `school` is empty for a role in the whole district."""

    role = serializers.ChoiceField(choices=Role.choices)
    school = serializers.CharField(source="school_slug", allow_null=True)


class MeSerializer(serializers.Serializer[Any]):
    """Who is signed in, as which person, with which roles today."""

    email = serializers.EmailField()
    person = serializers.UUIDField(allow_null=True)
    name = serializers.CharField()
    district = serializers.CharField()
    roles = PlaceSerializer(many=True)
