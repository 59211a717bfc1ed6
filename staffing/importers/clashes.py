"""Teachers, classes and rooms that are in two places at once, by the clock and not by period number."""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from staffing.importers.draft import LessonDraft, PeriodDraft, SectionPart, Slot, TimetableDraft


class Side(StrEnum):
    """Who or what can be placed twice."""

    TEACHER = "teacher"
    SECTION = "section"
    ROOM = "room"


@dataclass(frozen=True, slots=True)
class Clash:
    """Two lessons whose times overlap and which both claim the same teacher, class or room."""

    side: Side
    code: str
    first: LessonDraft
    second: LessonDraft


@dataclass(frozen=True, slots=True)
class _Claim:
    starts: time
    ends: time
    lesson: LessonDraft
    part: SectionPart | None = None


def clashes(draft: TimetableDraft, sides: Collection[Side] = tuple(Side)) -> tuple[Clash, ...]:
    """Every pair of lessons that clash on one of the given sides, through the cycle.

    Two parts of one class may have lessons at the same time; a part and its whole class may not.
    """
    periods = draft.periods_by_slot()
    found: list[Clash] = []
    for side in sides:
        claims = _claims(draft.lessons, periods, _CLAIMED[side])
        for (code, _cycle_day), of_one in claims.items():
            found += [Clash(side, code, first, second) for first, second in _overlapping(of_one)]
    return tuple(found)


def _teachers(lesson: LessonDraft) -> Iterator[tuple[str, SectionPart | None]]:
    return ((code, None) for code in lesson.teachers)


def _sections(lesson: LessonDraft) -> Iterator[tuple[str, SectionPart | None]]:
    return ((part.section, part) for part in lesson.sections)


def _rooms(lesson: LessonDraft) -> Iterator[tuple[str, SectionPart | None]]:
    return ((code, None) for code in lesson.rooms)


_CLAIMED: dict[Side, Callable[[LessonDraft], Iterator[tuple[str, SectionPart | None]]]] = {
    Side.TEACHER: _teachers,
    Side.SECTION: _sections,
    Side.ROOM: _rooms,
}


def _claims(
    lessons: Iterable[LessonDraft],
    periods: dict[Slot, PeriodDraft],
    claimed: Callable[[LessonDraft], Iterator[tuple[str, SectionPart | None]]],
) -> dict[tuple[str, int], list[_Claim]]:
    by_day: dict[tuple[str, int], list[_Claim]] = defaultdict(list)
    for lesson in lessons:
        period = periods[lesson.slot]
        for code, part in claimed(lesson):
            by_day[code, lesson.cycle_day].append(_Claim(period.starts, period.ends, lesson, part))
    return by_day


def _overlapping(claims: list[_Claim]) -> Iterator[tuple[LessonDraft, LessonDraft]]:
    """Sweep through one day of one teacher, class or room, keeping what has not ended yet."""
    claims.sort(key=lambda claim: claim.starts)
    running: list[_Claim] = []
    seen: set[Hashable] = set()
    for claim in claims:
        running = [earlier for earlier in running if earlier.ends > claim.starts]
        for earlier in running:
            pair = (id(earlier.lesson), id(claim.lesson))
            if earlier.lesson is not claim.lesson and pair not in seen and _share_pupils(earlier, claim):
                seen.add(pair)
                yield earlier.lesson, claim.lesson
        running.append(claim)


def _share_pupils(one: _Claim, other: _Claim) -> bool:
    return one.part is None or other.part is None or one.part.meets(other.part)
