"""A timetable's own rows, each table in one statement however many lessons there are."""

from dataclasses import dataclass

from schools.models import School
from staffing.importers.draft import LessonDraft, Slot, TimetableDraft
from staffing.models import (
    Lesson,
    LessonPost,
    LessonRoom,
    LessonSection,
    Room,
    Section,
    Subject,
    Timetable,
)


@dataclass(frozen=True, slots=True)
class Keys:
    """The row behind everything that a lesson of the draft names."""

    periods: dict[Slot, int]
    posts: dict[str, int]
    subjects: dict[str, int]
    sections: dict[str, int]
    rooms: dict[str, int]


def write_subjects(school: School, draft: TimetableDraft) -> dict[str, int]:
    """Subject id by code. A known subject keeps the name that the school gave it: the format knows none."""
    rows = [
        Subject(district_id=school.district_id, school=school, code=code, name=code)
        for code in draft.subjects
    ]
    # Setting the code to itself changes nothing, and lets the one statement return the ids of known rows too.
    stored = Subject.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["school", "code"], update_fields=["code"]
    )
    return {row.code: row.pk for row in stored}


def write_sections(school: School, draft: TimetableDraft) -> dict[str, int]:
    """Section id by code; a known section takes the draft's name and bell, and keeps its size and weight."""
    rows = [
        Section(
            district_id=school.district_id,
            school=school,
            code=section.code,
            name=section.name,
            bell=section.bell,
        )
        for section in draft.sections
    ]
    stored = Section.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["school", "code"], update_fields=["name", "bell"]
    )
    return {row.code: row.pk for row in stored}


def write_rooms(school: School, draft: TimetableDraft) -> dict[str, int]:
    """Room id by code; a known room takes the draft's name and keeps its capacity."""
    rows = [
        Room(district_id=school.district_id, school=school, code=room.code, name=room.name)
        for room in draft.rooms
    ]
    stored = Room.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["school", "code"], update_fields=["name"]
    )
    return {row.code: row.pk for row in stored}


def write_lessons(timetable: Timetable, drafts: tuple[LessonDraft, ...], keys: Keys) -> None:
    """The lessons with their teachers, sections and rooms. Four statements."""
    owned = {"district_id": timetable.district_id, "school_id": timetable.school_id}
    lessons = Lesson.objects.bulk_create(
        Lesson(
            **owned,
            timetable=timetable,
            block=draft.block,
            cycle_day=draft.cycle_day,
            period_id=keys.periods[draft.slot],
            subject_id=keys.subjects[draft.subject],
            kind=draft.kind.value,
            is_vacant=draft.vacant,
        )
        for draft in drafts
    )
    pairs = list(zip(lessons, drafts, strict=True))
    LessonPost.objects.bulk_create(
        LessonPost(**owned, lesson=lesson, post_id=keys.posts[code])
        for lesson, draft in pairs
        for code in draft.teachers
    )
    LessonSection.objects.bulk_create(
        LessonSection(**owned, lesson=lesson, section_id=keys.sections[part.section], part=part.part)
        for lesson, draft in pairs
        for part in draft.sections
    )
    LessonRoom.objects.bulk_create(
        LessonRoom(**owned, lesson=lesson, room_id=keys.rooms[code])
        for lesson, draft in pairs
        for code in draft.rooms
    )
