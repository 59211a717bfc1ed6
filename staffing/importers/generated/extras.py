"""What makes a week more than one teacher with one class: each step keeps it free of clashes.

Every step only puts people where they are free, or joins lessons that already run at the same time.
"""

from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise
from random import Random

from staffing.importers.draft import Kind, SectionPart
from staffing.importers.generated.curriculum import (
    BREAK,
    DAYS,
    ETHICS,
    LUNCH,
    PE,
    PERIODS_A_DAY,
    TAUGHT_IN_PARTS,
    TEACHING_SLOTS,
)
from staffing.importers.generated.week import Placed, Week

SHARED_LESSONS = 0.6
"""How many of the lessons that could be shared by two classes are."""
LARGEST_MEETING, SMALLEST_MEETING = 6, 2
TEACHERS_PER_STANDBY, TEACHERS_PER_DUTY = 30, 20


def hand_to_part_timers(week: Week) -> None:
    """Give part-timers lessons on their days, from the busiest colleague of their department."""
    for newcomer, teacher in enumerate(week.staff):
        if not teacher.part_time:
            continue
        lessons = [lesson for lesson in week.lessons if lesson.department == teacher.department]
        for _ in range(teacher.target):
            free = [lesson for lesson in lessons if week.is_free(newcomer, lesson.slot)]
            if not free:
                break
            lesson = max(free, key=_load_of_first_teacher(week))
            week.leave(lesson.teachers[0], lesson)
            week.join(newcomer, lesson)


def _load_of_first_teacher(week: Week) -> Callable[[Placed], int]:
    return lambda lesson: week.load(lesson.teachers[0]) - week.staff[lesson.teachers[0]].target


def share_between_classes(rng: Random, week: Week) -> None:
    """Sports of two classes together with both teachers; ethics of two classes with one, the other gets a gap."""
    for subject, keep_both in ((PE, True), (ETHICS, False)):
        shared = 0
        for at_once in list(week.by_slot()):
            for one, other in pairwise([lesson for lesson in at_once if lesson.subject == subject.name]):
                # The first pair always, so that every school has one.
                if one.is_plain and other.is_plain and (shared == 0 or rng.random() < SHARED_LESSONS):
                    _merge(week, one, other, keep_both)
                    shared += 1


def _merge(week: Week, one: Placed, other: Placed, keep_both: bool) -> None:
    teacher = other.teachers[0]
    week.leave(teacher, other)
    week.lessons.remove(other)
    one.sections += other.sections
    if keep_both:
        week.join(teacher, one)


def fill_up(rng: Random, week: Week) -> None:
    """Whoever has lessons left to give takes a part of a class, or goes in as a second teacher."""
    by_department: dict[str, list[Placed]] = defaultdict(list)
    for lesson in week.lessons:
        by_department[lesson.department].append(lesson)
    groups = 0
    for teacher, person in enumerate(week.staff):
        lessons = by_department[person.department]
        rng.shuffle(lessons)
        for lesson in lessons:
            if week.load(teacher) >= person.target:
                break
            if not lesson.is_plain or not week.is_free(teacher, lesson.slot):
                continue
            if lesson.department in TAUGHT_IN_PARTS and groups % 3:
                _split(week, lesson, teacher)
            else:
                week.join(teacher, lesson)
            groups += 1


def _split(week: Week, lesson: Placed, teacher: int) -> None:
    section = lesson.sections[0].section
    lesson.sections = [SectionPart(section, "1")]
    week.add(
        Placed(
            slot=lesson.slot,
            subject=lesson.subject,
            kind=Kind.LESSON,
            teachers=[teacher],
            sections=[SectionPart(section, "2")],
            room_wanted=lesson.room_wanted,
            department=lesson.department,
        )
    )


def add_meetings(rng: Random, week: Week) -> None:
    """The heads of department meet when most of them are free, and some tutors at another time."""
    heads = {place for place, teacher in enumerate(week.staff) if teacher.is_head}
    slots = list(TEACHING_SLOTS)
    rng.shuffle(slots)
    slot = max(slots, key=lambda slot: len(heads.intersection(week.free_teachers(slot))))
    _meet(week, slot, "Heads of department", [head for head in sorted(heads) if week.is_free(head, slot)])
    slot = max(slots, key=lambda slot: len(week.free_teachers(slot)))
    free = week.free_teachers(slot)
    _meet(week, slot, "Tutors’ meeting", sorted(rng.sample(free, min(LARGEST_MEETING, len(free)))))


def _meet(week: Week, slot: int, name: str, teachers: list[int]) -> None:
    if len(teachers) >= SMALLEST_MEETING:
        week.add(Placed(slot=slot, subject=name, kind=Kind.MEETING, teachers=teachers))


def add_standby(rng: Random, week: Week) -> None:
    """Somebody ready to cover in every slot, in turn."""
    turns = [0] * len(week.staff)
    for slot in TEACHING_SLOTS:
        for _ in range(max(1, len(week.staff) // TEACHERS_PER_STANDBY)):
            free = [
                teacher
                for teacher in week.free_teachers(slot)
                if week.comes_on(teacher, slot // PERIODS_A_DAY)
            ]
            if free:
                teacher = min(free, key=lambda teacher: (turns[teacher], rng.random()))
                turns[teacher] += 1
                week.add(Placed(slot=slot, subject="Standby", kind=Kind.STANDBY, teachers=[teacher]))


def add_duties(rng: Random, week: Week) -> None:
    """Playground duty in the break and lunch duty, in turn, among those who come that day."""
    turns = [0] * len(week.staff)
    for day in range(DAYS):
        here = [teacher for teacher in range(len(week.staff)) if week.comes_on(teacher, day)]
        here.sort(key=lambda teacher: (turns[teacher], rng.random()))
        places = max(1, len(week.staff) // TEACHERS_PER_DUTY)
        for period, name, first in ((BREAK, "Playground duty", 0), (LUNCH, "Lunch duty", places)):
            for teacher in here[first : first + places]:
                turns[teacher] += 1
                slot = day * PERIODS_A_DAY + period
                week.add(Placed(slot=slot, subject=name, kind=Kind.DUTY, teachers=[teacher]))
