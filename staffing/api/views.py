"""`staff`, `substitutes` and `lessons`."""

from typing import Any

from django.db.models import QuerySet

from schools.access.doors import Door
from schools.api.base import ReadViewSet
from staffing.models import Lesson, Post, SubstituteProfile

from .filters import LessonFilters, StaffFilters, SubstituteFilters
from .serializers import LessonSerializer, StaffSerializer, SubstituteSerializer


class _People(ReadViewSet[Any]):
    """Rows about people: who runs the day sees how to reach them."""

    @property
    def shows_contacts(self) -> bool:
        return self.caller.may("board.read")


class StaffViewSet(_People):
    """The posts of the caller's schools; a teacher sees their own."""

    door = Door("mine", {"list": "staff.read", "retrieve": "staff.read"})
    model = Post
    related = ("person", "school")
    serializer_class = StaffSerializer
    filterset_class = StaffFilters


class SubstituteViewSet(_People):
    """The district's pool; a substitute sees their own row."""

    door = Door("mine", {"list": "substitute.read", "retrieve": "substitute.read"})
    model = SubstituteProfile
    related = ("person",)
    serializer_class = SubstituteSerializer
    filterset_class = SubstituteFilters


class LessonViewSet(ReadViewSet[Lesson]):
    """The lessons of the timetables that count, today or on `date`. Older versions are read by id."""

    door = Door("mine", {"list": "lesson.read", "retrieve": "lesson.read"})
    model = Lesson
    related = ("school", "period__bell", "subject")
    serializer_class = LessonSerializer
    filterset_class = LessonFilters

    def get_queryset(self) -> QuerySet[Lesson]:
        return (
            super()
            .get_queryset()
            .prefetch_related("lesson_posts__post__person", "lesson_sections__section", "rooms")
        )
