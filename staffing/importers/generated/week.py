"""One week of a generated school while it is being made: lessons in slots, and who is busy when."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from random import Random

from staffing.importers.draft import Kind, SectionPart
from staffing.importers.generated.colouring import colour_edges
from staffing.importers.generated.curriculum import (
    DAYS,
    LESSONS_A_WEEK,
    PERIODS_A_DAY,
    TEACHING,
    TEACHING_SLOTS,
    Subject,
    class_names,
)
from staffing.importers.generated.staff import Given, Teacher

SPREADING_STEPS = 1_500
PLACES = len(TEACHING)
ADJACENT = frozenset(
    (place, place + 1) for place in range(PLACES - 1) if TEACHING[place + 1] == TEACHING[place] + 1
)
"""Lessons of a day without a break between them, by their count in the day."""


@dataclass(slots=True, eq=False)
class Placed:
    """A lesson, duty, standby or meeting in its slot; teachers by their place in the staff."""

    slot: int
    subject: str
    kind: Kind
    teachers: list[int]
    sections: list[SectionPart] = field(default_factory=list)
    rooms: list[str] = field(default_factory=list)
    block: str = ""
    room_wanted: str = ""
    department: str = ""

    @property
    def is_plain(self) -> bool:
        """One teacher with one whole class."""
        return (
            self.kind is Kind.LESSON
            and len(self.teachers) == len(self.sections) == 1
            and not self.sections[0].part
        )


class Week:
    """Lessons placed so far; keeps everybody's busy slots in step."""

    def __init__(self, staff: list[Teacher], lessons: Iterable[Placed]) -> None:
        self.staff = staff
        self.lessons: list[Placed] = []
        self._busy: list[set[int]] = [set() for _ in staff]
        for lesson in lessons:
            self.add(lesson)

    def add(self, lesson: Placed) -> None:
        self.lessons.append(lesson)
        for teacher in lesson.teachers:
            self._busy[teacher].add(lesson.slot)

    def join(self, teacher: int, lesson: Placed) -> None:
        lesson.teachers.append(teacher)
        self._busy[teacher].add(lesson.slot)

    def leave(self, teacher: int, lesson: Placed) -> None:
        lesson.teachers.remove(teacher)
        self._busy[teacher].discard(lesson.slot)

    def move(self, lesson: Placed, slot: int) -> None:
        for teacher in lesson.teachers:
            self._busy[teacher].discard(lesson.slot)
            self._busy[teacher].add(slot)
        lesson.slot = slot

    def is_free(self, teacher: int, slot: int) -> bool:
        return slot not in self._busy[teacher] and slot // PERIODS_A_DAY in self.staff[teacher].days

    def free_teachers(self, slot: int) -> list[int]:
        return [teacher for teacher in range(len(self.staff)) if self.is_free(teacher, slot)]

    def load(self, teacher: int) -> int:
        """Slots a week with something to do."""
        return len(self._busy[teacher])

    def comes_on(self, teacher: int, day: int) -> bool:
        first = day * PERIODS_A_DAY
        return any(first <= slot < first + PERIODS_A_DAY for slot in self._busy[teacher])

    def by_slot(self) -> Iterator[list[Placed]]:
        """The lessons that run at the same time, through the week."""
        slots: dict[int, list[Placed]] = defaultdict(list)
        for lesson in self.lessons:
            slots[lesson.slot].append(lesson)
        return (slots[slot] for slot in sorted(slots))


def place(rng: Random, staff: list[Teacher], given: list[Given], classes: int) -> Week:
    """Every given lesson in a slot of its own for its teacher and its class, subjects spread over the days."""
    given = list(given)
    rng.shuffle(given)
    colours = colour_edges([(lesson.teacher, lesson.section) for lesson in given], LESSONS_A_WEEK)
    slot_of = _spread(rng, given, colours)
    names = class_names(classes)
    return Week(
        staff,
        (
            Placed(
                slot=slot_of[colour],
                subject=lesson.subject.name,
                kind=Kind.LESSON,
                teachers=[lesson.teacher],
                sections=[SectionPart(names[lesson.section])],
                room_wanted=lesson.subject.room,
                department=lesson.subject.department,
            )
            for lesson, colour in zip(given, colours, strict=True)
        ),
    )


def _spread(rng: Random, given: list[Given], colours: list[int]) -> list[int]:
    """The slot of each colour. Colours are interchangeable, so their order is free to spread subjects over days.

    A local search: two colours change places where that leaves fewer classes with a subject twice on one
    day, not counting doubles.
    """
    alike = _alike(given, colours)
    colour_at = list(range(LESSONS_A_WEEK))
    rng.shuffle(colour_at)

    def crowding(day: int) -> int:
        of_day = colour_at[day * PLACES : (day + 1) * PLACES]
        return sum(
            alike[of_day[one]][of_day[other]]
            for one, other in combinations(range(PLACES), 2)
            if (one, other) not in ADJACENT
        )

    crowded = [crowding(day) for day in range(DAYS)]
    for _ in range(SPREADING_STEPS):
        one, other = rng.randrange(LESSONS_A_WEEK), rng.randrange(LESSONS_A_WEEK)
        days = {one // PLACES, other // PLACES}
        colour_at[one], colour_at[other] = colour_at[other], colour_at[one]
        now = {day: crowding(day) for day in days}
        if sum(now.values()) <= sum(crowded[day] for day in days):
            for day, value in now.items():
                crowded[day] = value
        else:
            colour_at[one], colour_at[other] = colour_at[other], colour_at[one]
    slot_of = [0] * LESSONS_A_WEEK
    for place_in_week, colour in enumerate(colour_at):
        slot_of[colour] = TEACHING_SLOTS[place_in_week]
    return slot_of


def _alike(given: list[Given], colours: list[int]) -> list[list[int]]:
    """For each two colours, how many classes have the same subject in both."""
    of_class: dict[tuple[int, Subject], list[int]] = defaultdict(list)
    for lesson, colour in zip(given, colours, strict=True):
        of_class[lesson.section, lesson.subject].append(colour)
    alike = [[0] * LESSONS_A_WEEK for _ in range(LESSONS_A_WEEK)]
    for in_colours in of_class.values():
        for one, other in combinations(in_colours, 2):
            alike[one][other] += 1
            alike[other][one] += 1
    return alike
