"""A stored timetable version as drafts are, so that the two can be compared."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db import models

from schools.models import School
from staffing.importers.draft import Kind, LessonDraft, SectionPart
from staffing.models import Lesson, LessonPost, LessonRoom, LessonSection, Post, Timetable

from .day import timetable_on


@dataclass(frozen=True, slots=True)
class VersionInShort:
    """Since when a version counts, and how large it is."""

    since: dt.date
    lessons: int
    teachers: int


def version_in_short(school: School, date: dt.date) -> VersionInShort | None:
    """The version that counts on a date, or None before the first one. Three queries."""
    timetable = timetable_on(school, date)
    if timetable is None:
        return None
    teachers = LessonPost.objects.filter(lesson__timetable=timetable).values("post_id").distinct()
    lessons = Lesson.objects.filter(timetable=timetable)
    return VersionInShort(timetable.effective_from, lessons.count(), teachers.count())


def lessons_of(timetable: Timetable) -> list[LessonDraft]:
    """The version's lessons, by the codes of everything they name; their blocks are left out. Four queries."""
    teachers = _codes(LessonPost.objects.filter(lesson__timetable=timetable), "post__code")
    rooms = _codes(LessonRoom.objects.filter(lesson__timetable=timetable), "room__code")
    sections: dict[int, list[SectionPart]] = defaultdict(list)
    parts = LessonSection.objects.filter(lesson__timetable=timetable).values_list(
        "lesson_id", "section__code", "part"
    )
    for lesson_id, code, part in parts:
        sections[lesson_id].append(SectionPart(code, part))
    rows = Lesson.objects.filter(timetable=timetable).values_list(
        "id", "cycle_day", "period__number", "period__bell__code", "kind", "subject__code", "is_vacant"
    )
    return [
        comparable(
            LessonDraft(
                block="",
                cycle_day=cycle_day,
                period=number,
                bell=bell,
                kind=Kind(kind),
                subject=subject or "",
                teachers=tuple(teachers[lesson_id]),
                sections=tuple(sections[lesson_id]),
                rooms=tuple(rooms[lesson_id]),
                vacant=vacant,
            )
        )
        for lesson_id, cycle_day, number, bell, kind, subject, vacant in rows
    ]


def comparable(lesson: LessonDraft) -> LessonDraft:
    """The lesson without its block, everything it names in alphabetical order: ids of exports change, lessons don't."""
    return LessonDraft(
        block="",
        cycle_day=lesson.cycle_day,
        period=lesson.period,
        bell=lesson.bell,
        kind=lesson.kind,
        subject=lesson.subject,
        teachers=tuple(sorted(lesson.teachers)),
        sections=tuple(sorted(lesson.sections)),
        rooms=tuple(sorted(lesson.rooms)),
        vacant=lesson.vacant,
    )


def names_by_code(school: School) -> dict[str, str]:
    """The names of everybody whom a timetable of the school can know, by the code of their post. One query."""
    posts = Post.objects.filter(school=school).exclude(code="")
    return dict(posts.values_list("code", "person__name"))


def _codes(
    rows: models.QuerySet[LessonPost] | models.QuerySet[LessonRoom], code: str
) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for lesson_id, value in rows.values_list("lesson_id", code):
        found[lesson_id].append(value)
    return found
