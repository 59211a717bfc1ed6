"""What a draft would change in the timetable that counts on a date."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

from schools.models import Period, School
from staffing.importers.draft import Kind, LessonDraft, TimetableDraft
from staffing.importers.words import Words
from staffing.models import Timetable

from .day import timetable_on
from .timetable_versions import comparable, lessons_of, names_by_code

NOBODY = "Nobody"


@dataclass(slots=True)
class TeacherDiff:
    """What changes for one teacher; `sentences` say each lesson."""

    name: str
    added: int = 0
    removed: int = 0
    changed: int = 0
    sentences: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class TimetableDiff:
    """Lessons are counted once however many teach them; `teachers` are those for whom something changes, by name."""

    since: dt.date | None
    lessons_before: int
    lessons_after: int
    added: int
    removed: int
    changed: int
    teachers: tuple[TeacherDiff, ...]
    new_people: tuple[str, ...]
    bells: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.removed or self.changed or self.new_people or self.bells)


def timetable_diff(*, school: School, draft: TimetableDraft, effective_from: dt.date) -> TimetableDiff:
    """The difference between the version that counts on a date and a draft. At most seven queries."""
    current = timetable_on(school, effective_from)
    before = lessons_of(current) if current else []
    after = [comparable(lesson) for lesson in draft.lessons]
    known = names_by_code(school)
    gone, come = Counter(before), Counter(after)
    changed, added, removed = _pair(list((come - gone).elements()), list((gone - come).elements()))
    teachers = _Teachers(draft, known)
    for lesson in added:
        teachers.add(lesson)
    for lesson in removed:
        teachers.remove(lesson)
    for old, new in changed:
        teachers.change(old, new)
    return TimetableDiff(
        since=current.effective_from if current else None,
        lessons_before=len(before),
        lessons_after=len(after),
        added=len(added),
        removed=len(removed),
        changed=len(changed),
        teachers=teachers.in_order(),
        new_people=tuple(teacher.name for teacher in draft.teachers if teacher.code not in known),
        bells=_bells(current, draft) if current else (),
    )


Pairs = list[tuple[LessonDraft, LessonDraft]]


def _pair(
    come: list[LessonDraft], gone: list[LessonDraft]
) -> tuple[Pairs, list[LessonDraft], list[LessonDraft]]:
    """Old and new lessons of one slot that are the same lesson changed; then what is only new and only old."""
    changed: Pairs = []
    for same in (_what, _who, _whom):
        waiting: dict[Hashable, list[LessonDraft]] = defaultdict(list)
        for old in gone:
            waiting[same(old)].append(old)
        rest: list[LessonDraft] = []
        for new in come:
            key = same(new)
            if key is not None and waiting[key]:
                changed.append((waiting[key].pop(), new))
            else:
                rest.append(new)
        gone, come = [old for group in waiting.values() for old in group], rest
    return changed, come, gone


def _what(lesson: LessonDraft) -> Hashable | None:
    return lesson.cycle_day, lesson.period, lesson.subject, lesson.sections


def _who(lesson: LessonDraft) -> Hashable | None:
    return (lesson.cycle_day, lesson.period, lesson.teachers) if lesson.teachers else None


def _whom(lesson: LessonDraft) -> Hashable | None:
    return (lesson.cycle_day, lesson.period, lesson.sections) if lesson.sections else None


class _Teachers:
    """Collects what changes for whom, in words."""

    def __init__(self, draft: TimetableDraft, known: dict[str, str]) -> None:
        self._names = {teacher.code: teacher.name for teacher in draft.teachers} | known
        self._words = Words(draft)
        self._found: dict[str, TeacherDiff] = {}

    def add(self, lesson: LessonDraft, only: Iterable[str] | None = None) -> None:
        for teacher in self._of(lesson, only):
            teacher.added += 1
            teacher.sentences.append(f"new: {self._words.lesson(lesson)}")

    def remove(self, lesson: LessonDraft, only: Iterable[str] | None = None) -> None:
        for teacher in self._of(lesson, only):
            teacher.removed += 1
            teacher.sentences.append(f"gone: {self._words.lesson(lesson)}")

    def change(self, old: LessonDraft, new: LessonDraft) -> None:
        """Whoever joins has a lesson more, whoever leaves one less; for those who stay it is another one now."""
        stay = set(old.teachers) & set(new.teachers)
        self.remove(old, set(old.teachers) - stay)
        self.add(new, set(new.teachers) - stay)
        for teacher in self._of(new, stay):
            teacher.changed += 1
            what = f"{self._words.when(new)}: {self._said(old)} → {self._said(new)}"
            teacher.sentences.append(f"changed: {what}")

    def in_order(self) -> tuple[TeacherDiff, ...]:
        return tuple(sorted(self._found.values(), key=lambda teacher: teacher.name))

    def _of(self, lesson: LessonDraft, only: Iterable[str] | None) -> list[TeacherDiff]:
        codes = (lesson.teachers or ("",)) if only is None else sorted(only)
        return [
            self._found.setdefault(code, TeacherDiff(self._names.get(code, code) if code else NOBODY))
            for code in codes
        ]

    def _said(self, lesson: LessonDraft) -> str:
        names = " and ".join(self._names.get(code, code) for code in lesson.teachers)
        kind = "" if lesson.kind is Kind.LESSON else f" ({lesson.kind.value})"
        return f"{self._words.what(lesson)}{kind}" + (f", {names}" if len(lesson.teachers) > 1 else "")


def _bells(timetable: Timetable, draft: TimetableDraft) -> tuple[str, ...]:
    """Periods of the current version that begin or end at another time. One query."""
    rows = Period.objects.filter(lessons__timetable=timetable).distinct()
    before = {
        (code, cycle_day, number): (starts, ends)
        for code, cycle_day, number, starts, ends in rows.values_list(
            "bell__code", "cycle_day", "number", "starts", "ends"
        )
    }
    words = Words(draft)
    return tuple(
        f"{words.day(period.cycle_day)}, period {period.name}{f' of {slot[0]}' if slot[0] else ''}: "
        f"{before[slot][0]:%H:%M}–{before[slot][1]:%H:%M} → {period.starts:%H:%M}–{period.ends:%H:%M}"
        for slot, period in draft.periods_by_slot().items()
        if slot in before and before[slot] != (period.starts, period.ends)
    )
