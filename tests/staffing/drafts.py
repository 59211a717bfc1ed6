"""Timetables of any size, and a school to load them into."""

from datetime import date, time

from schools.models import School
from schools.tenancy.door import tenant
from schools.tenancy.scope import Scope
from staffing.importers.draft import (
    MAIN_BELL,
    BellDraft,
    Kind,
    LessonDraft,
    PeriodDraft,
    RoomDraft,
    SectionDraft,
    SectionPart,
    TeacherDraft,
    TimetableDraft,
)
from tests.world import World

FROM = date(2026, 9, 1)
A_MONDAY = date(2026, 9, 7)


def blank_school(world: World, slug: str = "new") -> School:
    """A school of North that has nothing yet."""
    with tenant(Scope.system()):
        district = world.north.district
        return School.objects.create(
            district=district, slug=slug, name=slug.title(), timezone=district.timezone
        )


def scope_of(school: School) -> Scope:
    return Scope.schools(school.district_id, [school.pk])


def draft_of(at_once: int, periods: int = 1, days: int = 1) -> TimetableDraft:
    """So many lessons at once in each period of each day, each with a teacher, a class and a room of its own."""
    numbers = range(at_once)
    return TimetableDraft(
        day_names=tuple(f"Day {day}" for day in range(1, days + 1)),
        weeks=1,
        bells=(BellDraft(MAIN_BELL, tuple(_periods(periods, days))),),
        teachers=tuple(TeacherDraft(f"T{n}", f"Teacher {n}", ("Maths",), ("Maths",)) for n in numbers),
        sections=tuple(SectionDraft(f"C{n}", f"Class {n}") for n in numbers),
        rooms=tuple(RoomDraft(f"R{n}", f"Room {n}") for n in numbers),
        subjects=("Maths",),
        lessons=tuple(
            LessonDraft(
                block=f"{day}-{period}-{n}",
                cycle_day=day,
                period=period,
                bell=MAIN_BELL,
                kind=Kind.LESSON,
                subject="Maths",
                teachers=(f"T{n}",),
                sections=(SectionPart(f"C{n}"),),
                rooms=(f"R{n}",),
            )
            for day in range(1, days + 1)
            for period in range(1, periods + 1)
            for n in numbers
        ),
    )


def _periods(periods: int, days: int) -> list[PeriodDraft]:
    return [
        PeriodDraft(day, number, str(number), time(7 + number), time(7 + number, 50))
        for day in range(1, days + 1)
        for number in range(1, periods + 1)
    ]
