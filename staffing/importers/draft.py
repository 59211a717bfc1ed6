"""A whole timetable as read from any format, before anything is written.

Readers build a `TimetableDraft`; the service that loads it needs to know nothing of the format. Everything is
frozen and compares by value, so a draft that was written out and read again equals the one it came from.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import time
from decimal import Decimal
from enum import StrEnum

from staffing.importers.findings import Notice

MAIN_BELL = ""
WEEK_LETTERS = ("A", "B")

Slot = tuple[str, int, int]
"""Bell code, cycle day, period number."""


class Kind(StrEnum):
    """What a placed lesson is; the values are those of the lesson model."""

    LESSON = "lesson"
    DUTY = "duty"
    STANDBY = "standby"
    MEETING = "meeting"


@dataclass(frozen=True, slots=True)
class PeriodDraft:
    """One period of one cycle day in one bell schedule, in the school's local time."""

    cycle_day: int
    number: int
    name: str
    starts: time
    ends: time


@dataclass(frozen=True, slots=True)
class BellDraft:
    """A bell schedule; the main one has the code ''."""

    code: str
    periods: tuple[PeriodDraft, ...]


@dataclass(frozen=True, slots=True)
class TeacherDraft:
    """A teacher as the timetable knows them. `target_hours` counts lessons a week; 0 means not known."""

    code: str
    name: str
    subjects: tuple[str, ...] = ()
    qualified_subjects: tuple[str, ...] = ()
    department: str = ""
    target_hours: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class SectionDraft:
    """A class, and the bell schedule it follows."""

    code: str
    name: str
    bell: str = MAIN_BELL


@dataclass(frozen=True, slots=True)
class RoomDraft:
    code: str
    name: str


@dataclass(frozen=True, slots=True, order=True)
class SectionPart:
    """A whole class, or with `part` one group of it."""

    section: str
    part: str = ""

    def __str__(self) -> str:
        return f"{self.section}:{self.part}" if self.part else self.section

    def meets(self, other: "SectionPart") -> bool:
        """Whether the two can have a pupil in common: different parts of one class have none."""
        return self.section == other.section and (not self.part or not other.part or self.part == other.part)


@dataclass(frozen=True, slots=True)
class LessonDraft:
    """One lesson in one slot. A double is two of them with the same `block`.

    `vacant` marks a lesson that has no teacher in the timetable itself: a standing vacancy, which needs no
    cover.
    """

    block: str
    cycle_day: int
    period: int
    bell: str
    kind: Kind
    subject: str
    teachers: tuple[str, ...] = ()
    sections: tuple[SectionPart, ...] = ()
    rooms: tuple[str, ...] = ()
    vacant: bool = False

    @property
    def slot(self) -> Slot:
        return self.bell, self.cycle_day, self.period


@dataclass(frozen=True, slots=True)
class TimetableDraft:
    """A timetable. `day_names` are those of one week; week B, where there is one, follows week A."""

    day_names: tuple[str, ...]
    weeks: int
    bells: tuple[BellDraft, ...]
    teachers: tuple[TeacherDraft, ...]
    sections: tuple[SectionDraft, ...]
    rooms: tuple[RoomDraft, ...]
    subjects: tuple[str, ...]
    lessons: tuple[LessonDraft, ...]
    notices: tuple[Notice, ...] = field(default=(), compare=False)

    @property
    def cycle_days(self) -> int:
        return len(self.day_names) * self.weeks

    def cycle_day_name(self, cycle_day: int) -> str:
        """The name of a cycle day, with its week's letter where there are two weeks."""
        week, day = divmod(cycle_day - 1, len(self.day_names))
        name = self.day_names[day]
        return name if self.weeks == 1 else f"{name} {WEEK_LETTERS[week]}"

    @property
    def cycle_day_names(self) -> tuple[str, ...]:
        return tuple(self.cycle_day_name(day) for day in range(1, self.cycle_days + 1))

    def periods_by_slot(self) -> dict[Slot, PeriodDraft]:
        """Every period by bell, cycle day and number: the clock times of a lesson are those of its slot."""
        return {
            (bell.code, period.cycle_day, period.number): period
            for bell in self.bells
            for period in bell.periods
        }

    @property
    def standing_vacancies(self) -> tuple[LessonDraft, ...]:
        return tuple(lesson for lesson in self.lessons if lesson.vacant)


def in_order(lessons: Iterable[LessonDraft]) -> tuple[LessonDraft, ...]:
    """The order every reader gives its lessons in: through the cycle, then by block."""
    return tuple(
        sorted(lessons, key=lambda lesson: (lesson.cycle_day, lesson.period, lesson.bell, lesson.block))
    )


def subjects_of(lessons: Iterable[LessonDraft], teachers: Iterable[TeacherDraft]) -> tuple[str, ...]:
    """Every subject that is taught or that somebody is qualified for, in alphabetical order."""
    names = {lesson.subject for lesson in lessons}
    for teacher in teachers:
        names.update(teacher.subjects, teacher.qualified_subjects)
    return tuple(sorted(names))
