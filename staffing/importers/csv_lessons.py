"""The lessons of a CSV timetable: rows checked one by one, then merged to one lesson for each id and slot.

Two rows with one `lesson_id` in the same slot are one lesson with both teachers, and with the classes and
rooms of both. A row of week `all` in a source that knows weeks A and B is placed in both.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from staffing.importers.csv_bells import HIGHEST_PERIOD, MOST_DAYS, BellWeek, whole_number
from staffing.importers.csv_lists import LONGEST_TEACHER_CODE
from staffing.importers.csv_sources import CLASSES, LESSONS, ROOMS, TEACHERS, Files, bell_file
from staffing.importers.csv_tables import LONGEST_CODE, Row, names_in, read_table, too_long
from staffing.importers.draft import (
    MAIN_BELL,
    WEEK_LETTERS,
    Kind,
    LessonDraft,
    RoomDraft,
    SectionDraft,
    SectionPart,
    TeacherDraft,
    in_order,
)
from staffing.importers.findings import Findings, NoticeKind

COLUMNS = ("lesson_id", "week", "day", "period", "teacher", "class_group", "subject", "room", "kind")
LONGEST = {
    "lesson_id": LONGEST_CODE,
    "teacher": LONGEST_TEACHER_CODE,
    "class_group": LONGEST_CODE,
    "subject": LONGEST_CODE,
    "room": LONGEST_CODE,
}
UNSTAFFED = "unstaffed"
KINDS = {
    "lesson": Kind.LESSON,
    UNSTAFFED: Kind.LESSON,
    "duty": Kind.DUTY,
    "cover_duty": Kind.STANDBY,
    "non_class": Kind.MEETING,
}
WEEKS = {"all": WEEK_LETTERS, "a": ("A",), "b": ("B",)}


@dataclass(frozen=True, slots=True)
class Lists:
    """What the other files say; None where there is no such list and the lessons alone decide."""

    bells: BellWeek | None
    teachers: dict[str, TeacherDraft] | None
    sections: dict[str, SectionDraft] | None
    rooms: dict[str, RoomDraft] | None


@dataclass(frozen=True, slots=True)
class LessonRow:
    """One good row of lessons.csv."""

    line: int
    lesson_id: str
    weeks: tuple[str, ...]
    day: int
    period: int
    teacher: str
    sections: tuple[SectionPart, ...]
    subject: str
    rooms: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Lessons:
    """The merged lessons, with how many weeks they know and the line where each begins."""

    weeks: int
    lessons: tuple[LessonDraft, ...]
    lines: dict[tuple[str, int, int], int] = field(default_factory=dict)
    """By block, cycle day and period."""


def read_lessons(files: Files, lists: Lists, findings: Findings) -> Lessons:
    """All lessons of the source; what is wrong or worth a word goes to `findings`."""
    if LESSONS not in files:
        findings.problem(LESSONS, None, "", "this file is missing: it holds the lessons.")
        return Lessons(1, ())
    table = read_table(LESSONS, files[LESSONS], required=COLUMNS, findings=findings)
    if table is None:
        return Lessons(1, ())
    if not table:
        findings.problem(LESSONS, None, "", "there is no lesson in this file.")
    checker = _RowChecker(lists, findings)
    rows = [row for raw in table if (row := checker.checked(raw)) is not None]
    weeks = 1 if all(row.weeks == WEEK_LETTERS for row in rows) else len(WEEK_LETTERS)
    return _merged(rows, weeks, lists, findings)


class _RowChecker:
    """Checks each row by itself and reports everything that is wrong with it."""

    def __init__(self, lists: Lists, findings: Findings) -> None:
        self.lists = lists
        self.findings = findings
        self.days = len(lists.bells.day_names) if lists.bells else MOST_DAYS

    def checked(self, row: Row) -> LessonRow | None:
        reasons = dict(self._reasons(row))
        for column, reason in reasons.items():
            self.findings.problem(LESSONS, row.line, column, reason)
        if too_long(LESSONS, row, LONGEST, self.findings) or reasons:
            return None
        return LessonRow(
            line=row.line,
            lesson_id=row["lesson_id"],
            weeks=WEEKS[row["week"].lower()],
            day=int(row["day"]),
            period=int(row["period"]),
            teacher=row["teacher"],
            sections=_parts(row["class_group"]),
            subject=row["subject"],
            rooms=names_in(row["room"]),
            kind=row["kind"].lower(),
        )

    def _reasons(self, row: Row) -> Iterator[tuple[str, str]]:
        if not row["lesson_id"]:
            yield "lesson_id", "the id is empty: give each lesson one, a double lesson the same on both rows."
        if row["week"].lower() not in WEEKS:
            yield "week", f"“{row['week']}” is not a week: write all, A or B."
        if whole_number(row["day"], 1, self.days) is None:
            yield (
                "day",
                f"“{row['day']}” is not a day of this timetable: write a number from 1 to {self.days}.",
            )
        if whole_number(row["period"], 0, HIGHEST_PERIOD) is None:
            yield "period", f"“{row['period']}” is not a period: write its number from the periods file."
        if not row["subject"]:
            yield "subject", "the subject is empty: write what is taught, or what the duty is called."
        yield from self._who(row)
        yield from self._where(row)

    def _who(self, row: Row) -> Iterator[tuple[str, str]]:
        kind, teacher = row["kind"].lower(), row["teacher"]
        if kind not in KINDS:
            yield "kind", f"“{row['kind']}” is not a kind: write one of {', '.join(KINDS)}."
        elif kind == UNSTAFFED and teacher:
            yield (
                "teacher",
                f"an unstaffed lesson can't have a teacher, but names {teacher}: change one of them.",
            )
        elif kind != UNSTAFFED and not teacher:
            yield "teacher", "nobody is named: write who takes it, or make the kind unstaffed."
        if "|" in teacher:
            yield "teacher", "only one teacher to a row: write one row for each, with the same lesson_id."

    def _where(self, row: Row) -> Iterator[tuple[str, str]]:
        for name in names_in(row["class_group"]):
            section, colon, part = (piece.strip() for piece in name.partition(":"))
            if not section or (colon and not part):
                yield "class_group", f"“{name}” is not a class or part of one: write it like 7a or 7a:1."
            elif self.lists.sections is not None and section not in self.lists.sections:
                yield "class_group", f"“{section}” is not in {CLASSES}: correct it here or add it there."
        for name in names_in(row["room"]):
            if self.lists.rooms is not None and name not in self.lists.rooms:
                yield "room", f"“{name}” is not in {ROOMS}: correct it here or add it there."


def _parts(cell: str) -> tuple[SectionPart, ...]:
    return tuple(
        SectionPart(section.strip(), part.strip())
        for section, _colon, part in (name.partition(":") for name in names_in(cell))
    )


def _merged(rows: list[LessonRow], weeks: int, lists: Lists, findings: Findings) -> Lessons:
    by_slot: dict[tuple[str, int, int], list[LessonRow]] = defaultdict(list)
    days = len(lists.bells.day_names) if lists.bells else MOST_DAYS
    for row in rows:
        for week in range(weeks):
            if WEEK_LETTERS[week] in row.weeks:
                by_slot[row.lesson_id, row.day + week * days, row.period].append(row)
    lessons = [_lesson(slot, of_slot, lists, findings) for slot, of_slot in by_slot.items()]
    return Lessons(weeks, in_order(lessons), {slot: of_slot[0].line for slot, of_slot in by_slot.items()})


def _lesson(
    slot: tuple[str, int, int], rows: list[LessonRow], lists: Lists, findings: Findings
) -> LessonDraft:
    block, cycle_day, period = slot
    first = rows[0]
    if len(rows) > 1:
        _report_disagreement(rows, findings)
    sections = tuple(dict.fromkeys(part for row in rows for part in row.sections))
    if not sections and first.kind == "lesson":
        text = f"lesson {block} ({first.subject}) names no class; it needs cover like any other."
        findings.notice(NoticeKind.NO_CLASS, LESSONS, first.line, text)
    bell = _bell_of(sections, rows, lists, findings)
    return LessonDraft(
        block=block,
        cycle_day=cycle_day,
        period=period,
        bell=bell,
        kind=KINDS[first.kind],
        subject=first.subject,
        teachers=tuple(dict.fromkeys(row.teacher for row in rows if row.teacher)),
        sections=sections,
        rooms=tuple(dict.fromkeys(room for row in rows for room in row.rooms)),
        vacant=first.kind == UNSTAFFED,
    )


def _report_disagreement(rows: list[LessonRow], findings: Findings) -> None:
    first = rows[0]
    seen: dict[tuple[str, tuple[SectionPart, ...], tuple[str, ...]], int] = {}
    for row in rows:
        for column, mine, theirs in (
            ("kind", row.kind, first.kind),
            ("subject", row.subject, first.subject),
        ):
            if mine != theirs:
                reason = (
                    f"“{mine}” here, but “{theirs}” on line {first.line} for the same lesson_id and period: "
                    "make them agree, or give this row another lesson_id."
                )
                findings.problem(LESSONS, row.line, column, reason)
        same = (row.teacher, row.sections, row.rooms)
        if same in seen and seen[same] != row.line:
            text = f"the same as line {seen[same]}; it counts once."
            findings.notice(NoticeKind.REPEATED_ROW, LESSONS, row.line, text)
        seen.setdefault(same, row.line)


def _bell_of(
    sections: tuple[SectionPart, ...], rows: list[LessonRow], lists: Lists, findings: Findings
) -> str:
    """The bell of the first class named, the main one where there is none; reports a missing period."""
    first = rows[0]
    listed = lists.sections or {}
    bells = [listed[part.section].bell if part.section in listed else MAIN_BELL for part in sections]
    bell = bells[0] if bells else MAIN_BELL
    if lists.bells is None or bell not in lists.bells.slots:
        return bell
    if not lists.bells.has(bell, first.day, first.period):
        followed = f", which {sections[0].section} follows" if bell else ""
        reason = f"day {first.day} has no period {first.period} in {bell_file(bell)}{followed}."
        for row in rows:
            findings.problem(LESSONS, row.line, "period", reason)
    elif (other := next((other for other in bells if other != bell), None)) is not None:
        text = (
            f"its classes follow two bells ({bell or 'main'} and {other or 'main'}); it is placed by the "
            f"first class named, {sections[0].section}."
        )
        findings.notice(NoticeKind.TWO_BELLS, LESSONS, first.line, text)
    return bell


def with_unlisted(
    lessons: Iterable[LessonDraft], lists: Lists, lines: dict[tuple[str, int, int], int], findings: Findings
) -> tuple[tuple[TeacherDraft, ...], tuple[SectionDraft, ...], tuple[RoomDraft, ...]]:
    """The lists, with what only the lessons name added to them and noticed."""
    teachers, sections, rooms = (
        dict(lists.teachers or {}),
        dict(lists.sections or {}),
        dict(lists.rooms or {}),
    )
    for file, listed in ((TEACHERS, lists.teachers), (CLASSES, lists.sections), (ROOMS, lists.rooms)):
        if listed is None:
            text = f"there is no such file; what {LESSONS} names is taken as the whole list."
            findings.notice(NoticeKind.LIST_MISSING, file, None, text)
    for lesson in lessons:
        for code in lesson.teachers:
            if code not in teachers and lists.teachers is not None:
                text = f"{code} is not in {TEACHERS}; a person with a post is made for them."
                line = lines[lesson.block, lesson.cycle_day, lesson.period]
                findings.notice(NoticeKind.NEW_TEACHER, LESSONS, line, text)
            teachers.setdefault(code, TeacherDraft(code, code))
        for part in lesson.sections:
            sections.setdefault(part.section, SectionDraft(part.section, part.section))
        for code in lesson.rooms:
            rooms.setdefault(code, RoomDraft(code, code))
    return tuple(teachers.values()), tuple(sections.values()), tuple(rooms.values())
