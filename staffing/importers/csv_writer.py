"""A draft written as a CSV folder, so that `csv_folder` reads the same draft again."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from staffing.importers.csv_bells import COLUMNS as PERIOD_COLUMNS
from staffing.importers.csv_lessons import COLUMNS as LESSON_COLUMNS
from staffing.importers.csv_lessons import UNSTAFFED
from staffing.importers.csv_sources import CLASSES, LESSONS, ROOMS, TEACHERS, bell_file
from staffing.importers.draft import WEEK_LETTERS, BellDraft, Kind, LessonDraft, TimetableDraft

KIND_WORDS = {
    Kind.LESSON: "lesson",
    Kind.DUTY: "duty",
    Kind.STANDBY: "cover_duty",
    Kind.MEETING: "non_class",
}


def write_folder(draft: TimetableDraft, path: Path) -> None:
    """Write the draft's files into a folder, which is made where it is missing."""
    path.mkdir(parents=True, exist_ok=True)
    for name, content in files_of_draft(draft).items():
        (path / name).write_bytes(content)


def files_of_draft(draft: TimetableDraft) -> dict[str, bytes]:
    """The draft as file name → content."""
    files = {bell_file(bell.code): _periods(draft, bell) for bell in draft.bells}
    files[TEACHERS] = _table(
        ("id", "name", "subjects", "qualified_subjects", "department", "target_hours"),
        (
            (
                teacher.code,
                teacher.name,
                "|".join(teacher.subjects),
                "|".join(teacher.qualified_subjects),
                teacher.department,
                str(teacher.target_hours),
            )
            for teacher in draft.teachers
        ),
    )
    sections = ((section.code, section.name, section.bell) for section in draft.sections)
    files[CLASSES] = _table(("id", "name", "bell"), sections)
    files[ROOMS] = _table(("id", "name"), ((room.code, room.name) for room in draft.rooms))
    files[LESSONS] = _table(LESSON_COLUMNS, _lesson_rows(draft))
    return files


def _periods(draft: TimetableDraft, bell: BellDraft) -> bytes:
    days = len(draft.day_names)
    return _table(
        PERIOD_COLUMNS,
        (
            (
                str(period.cycle_day),
                str(period.number),
                draft.day_names[period.cycle_day - 1],
                period.name,
                f"{period.starts:%H:%M}",
                f"{period.ends:%H:%M}",
            )
            for period in bell.periods
            if period.cycle_day <= days
        ),
    )


def _lesson_rows(draft: TimetableDraft) -> Iterable[tuple[str, ...]]:
    for week, lesson in _by_week(draft):
        for teacher in lesson.teachers or ("",):
            yield (
                lesson.block,
                week,
                str(lesson.cycle_day),
                str(lesson.period),
                teacher,
                "|".join(map(str, lesson.sections)),
                lesson.subject,
                "|".join(lesson.rooms),
                UNSTAFFED if lesson.vacant else KIND_WORDS[lesson.kind],
            )


def _by_week(draft: TimetableDraft) -> Iterable[tuple[str, LessonDraft]]:
    """Lessons by the days of one week; one that both weeks have is written once, for `all`."""
    if draft.weeks == 1:
        for lesson in draft.lessons:
            yield "all", lesson
        return
    days = len(draft.day_names)
    weeks: dict[LessonDraft, list[str]] = {}
    for lesson in draft.lessons:
        week, day = divmod(lesson.cycle_day - 1, days)
        weeks.setdefault(replace(lesson, cycle_day=day + 1), []).append(WEEK_LETTERS[week])
    for lesson, letters in weeks.items():
        yield ("all" if len(letters) == draft.weeks else letters[0]), lesson


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode()
