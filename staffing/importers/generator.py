"""A whole secondary school made up from a seed: the same seed gives the same school, and its timetable is valid.

No teacher, class or room is ever in two places at once. That is by construction: lessons are an edge
colouring of teachers and classes (every class busy all week), and later steps only use people who are free.
"""

from collections.abc import Iterable
from decimal import Decimal
from random import Random

from staffing.importers.draft import (
    MAIN_BELL,
    BellDraft,
    Kind,
    LessonDraft,
    PeriodDraft,
    RoomDraft,
    SectionDraft,
    TeacherDraft,
    TimetableDraft,
    in_order,
    subjects_of,
)
from staffing.importers.generated.curriculum import (
    DAY_NAMES,
    DAYS,
    PERIODS,
    PERIODS_A_DAY,
    class_names,
)
from staffing.importers.generated.extras import (
    add_duties,
    add_meetings,
    add_standby,
    fill_up,
    hand_to_part_timers,
    share_between_classes,
)
from staffing.importers.generated.finish import build_rooms, give_rooms, number_blocks, second_week
from staffing.importers.generated.staff import Teacher, classes_staffed, give_out, hire
from staffing.importers.generated.week import Placed, Week, place

SMALLEST_STAFF, LARGEST_STAFF = 20, 150


def generate_school(seed: int, teachers: int = 60, ab_weeks: bool = False) -> TimetableDraft:
    """A school with so many teachers, two of them part-time; with `ab_weeks` its week B differs a little.

    Teachers are busy for about 78 % of the week. There are doubles, co-teaching, lessons of two classes,
    parts of a class, lessons without a room, meetings, standby and playground duty. Raises ValueError for a
    staff that is too small to fill every department, or larger than 150.
    """
    if not SMALLEST_STAFF <= teachers <= LARGEST_STAFF:
        raise ValueError(f"a school has {SMALLEST_STAFF} to {LARGEST_STAFF} teachers here, not {teachers}")
    rng = Random(seed)  # noqa: S311 - a repeatable draw is the point, nothing here is secret
    staff = hire(rng, teachers)
    classes = classes_staffed(staff)
    week = place(rng, staff, give_out(rng, staff, classes), classes)
    hand_to_part_timers(week)
    share_between_classes(rng, week)
    fill_up(rng, week)
    add_meetings(rng, week)
    add_standby(rng, week)
    add_duties(rng, week)
    number_blocks(week)
    rooms = build_rooms(classes)
    give_rooms(week, rooms)
    weeks = [week, second_week(rng, week)] if ab_weeks else [week]
    return _draft(staff, class_names(classes), rooms, weeks)


def _draft(
    staff: list[Teacher], classes: list[str], rooms: list[RoomDraft], weeks: list[Week]
) -> TimetableDraft:
    lessons = in_order(
        _lesson(staff, lesson, number) for number, week in enumerate(weeks) for lesson in week.lessons
    )
    teachers = tuple(_teachers(staff, weeks))
    return TimetableDraft(
        day_names=DAY_NAMES,
        weeks=len(weeks),
        bells=(_bell(len(weeks)),),
        teachers=teachers,
        sections=tuple(
            SectionDraft(name, name) for name in sorted(classes, key=lambda name: (len(name), name))
        ),
        rooms=tuple(rooms),
        subjects=subjects_of(lessons, teachers),
        lessons=lessons,
    )


def _bell(weeks: int) -> BellDraft:
    return BellDraft(
        MAIN_BELL,
        tuple(
            PeriodDraft(day, number, name, starts, ends)
            for day in range(1, DAYS * weeks + 1)
            for number, (name, starts, ends) in enumerate(PERIODS, start=1)
        ),
    )


def _lesson(staff: list[Teacher], lesson: Placed, week: int) -> LessonDraft:
    day, period = divmod(lesson.slot, PERIODS_A_DAY)
    return LessonDraft(
        block=lesson.block,
        cycle_day=week * DAYS + day + 1,
        period=period + 1,
        bell=MAIN_BELL,
        kind=lesson.kind,
        subject=lesson.subject,
        teachers=tuple(staff[teacher].code for teacher in lesson.teachers),
        sections=tuple(lesson.sections),
        rooms=tuple(lesson.rooms),
    )


def _teachers(staff: list[Teacher], weeks: list[Week]) -> Iterable[TeacherDraft]:
    taught: list[set[str]] = [set() for _ in staff]
    for week in weeks:
        for lesson in week.lessons:
            if lesson.kind is Kind.LESSON:
                for teacher in lesson.teachers:
                    taught[teacher].add(lesson.subject)
    for person, subjects in zip(staff, taught, strict=True):
        yield TeacherDraft(
            code=person.code,
            name=person.name,
            subjects=tuple(sorted(subjects)),
            qualified_subjects=tuple(sorted(subject.name for subject in person.qualified)),
            department=person.department,
            target_hours=Decimal(person.target),
        )
