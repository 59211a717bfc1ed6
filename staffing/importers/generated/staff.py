"""Who teaches in a generated school: people in departments, and the classes given out among them."""

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from staffing.importers.generated.curriculum import (
    DAYS,
    LESSONS_A_WEEK,
    SINGLE_SUBJECT_DEPARTMENTS,
    Subject,
    department_weights,
    lessons_of_class,
    subjects_in,
)
from staffing.importers.generated.names import draw_people

FULL_TIME_LESSONS = (26, 27, 28, 29, 30)
HEAD_RELIEF = 3
PART_TIME_LESSONS, PART_TIME_DAYS = 15, 3
KEPT_FOR_EXTRAS = 2
"""Lessons of everybody's week that are not a class of their own: parts of classes, co-teaching, meetings."""
MOST_LESSONS = LESSONS_A_WEEK - 2


@dataclass(slots=True, eq=False)
class Teacher:
    """`target` lessons a week; `capacity` is how many of them may come from classes of one's own."""

    code: str
    name: str
    department: str
    qualified: list[Subject]
    days: tuple[int, ...]
    target: int
    capacity: int
    is_head: bool
    given: int = 0

    @property
    def part_time(self) -> bool:
        return len(self.days) < DAYS

    def can_take(self, lessons: int) -> bool:
        return not self.part_time and self.given + lessons <= self.capacity

    @property
    def room_left(self) -> int:
        return self.capacity - self.given


@dataclass(frozen=True, slots=True)
class Given:
    """One lesson a week that a teacher gives to a class, both by their place in the school's lists."""

    teacher: int
    section: int
    subject: Subject


def hire(rng: Random, count: int) -> list[Teacher]:
    """Departments in proportion to their lessons, a head in each, and two part-timers."""
    people = iter(draw_people(rng, count))
    staff: list[Teacher] = []
    for department, size in _department_sizes(count).items():
        members: list[Teacher] = []
        for place in range(size):
            code, name = next(people)
            part_time = place == size - 1 and department in SINGLE_SUBJECT_DEPARTMENTS
            members.append(_teacher(rng, code, name, department, place, part_time))
        _make_room_for_part_timers(members)
        staff += members
    return staff


def _teacher(rng: Random, code: str, name: str, department: str, place: int, part_time: bool) -> Teacher:
    if part_time:
        days = tuple(sorted(rng.sample(range(DAYS), PART_TIME_DAYS)))
        target = PART_TIME_LESSONS
    else:
        days = tuple(range(DAYS))
        target = rng.choice(FULL_TIME_LESSONS) - (HEAD_RELIEF if place == 0 else 0)
    subjects = subjects_in(department)
    # Two subjects each, as teachers are trained, so that every subject of a department has its people.
    qualified = [subjects[place % len(subjects)], subjects[(place + 1) % len(subjects)]]
    return Teacher(
        code=code,
        name=name,
        department=department,
        qualified=list(dict.fromkeys(qualified)),
        days=days,
        target=target,
        capacity=0 if part_time else target - KEPT_FOR_EXTRAS,
        is_head=place == 0,
    )


def _make_room_for_part_timers(members: list[Teacher]) -> None:
    """Their colleagues are given the classes first and hand lessons over once it is known when those are."""
    full_time = [teacher for teacher in members if not teacher.part_time]
    to_hand_over = sum(teacher.target for teacher in members if teacher.part_time)
    for place, teacher in enumerate(full_time):
        share = (to_hand_over + place) // len(full_time)
        teacher.capacity = min(MOST_LESSONS, teacher.capacity + share)


def _department_sizes(count: int) -> dict[str, int]:
    """By largest remainder, at least two in each."""
    weights = department_weights()
    total = sum(weights.values())
    sizes = {name: max(2, count * weight // total) for name, weight in weights.items()}
    by_remainder = sorted(weights, key=lambda name: (-(count * weights[name] % total), name))
    for name in by_remainder * 2:
        if sum(sizes.values()) >= count:
            break
        sizes[name] += 1
    return sizes


def classes_staffed(staff: Iterable[Teacher]) -> int:
    """How many full classes these people can teach."""
    return sum(teacher.capacity for teacher in staff) // LESSONS_A_WEEK


def give_out(rng: Random, staff: list[Teacher], classes: int) -> list[Given]:
    """Every lesson of every class to one teacher; a class keeps its teacher in a subject where that is possible."""
    bundles = [
        (lessons, section, subject)
        for section in range(classes)
        for subject, lessons in lessons_of_class(section)
    ]
    rng.shuffle(bundles)
    bundles.sort(key=lambda bundle: -bundle[0])
    given: list[Given] = []
    for lessons, section, subject in bundles:
        for part in (lessons,) if _somebody_for(staff, subject, lessons) is not None else (1,) * lessons:
            teacher = _somebody_for(staff, subject, part)
            if teacher is None:
                raise AssertionError("there are no more classes than the staff has lessons for")
            staff[teacher].given += part
            given += [Given(teacher, section, subject)] * part
    return given


def _somebody_for(staff: list[Teacher], subject: Subject, lessons: int) -> int | None:
    """Trained for it, or at least of the department, or anybody with time left; of these the least busy."""
    able = [place for place, teacher in enumerate(staff) if teacher.can_take(lessons)]
    if not able:
        return None

    def worth(place: int) -> tuple[bool, bool, int]:
        teacher = staff[place]
        return subject in teacher.qualified, subject.department == teacher.department, teacher.room_left

    return max(able, key=worth)
