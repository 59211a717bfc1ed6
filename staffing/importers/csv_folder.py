"""The CSV format: a folder, or a zip of it, with lessons, periods, teachers, classes and rooms.

| file | columns |
|---|---|
| `lessons.csv` | `lesson_id, week, day, period, teacher, class_group, subject, room, kind` |
| `periods.csv`, `periods_NAME.csv` | `day, period, day_name, period_name, start, end` |
| `teachers.csv` * | `id, name`, optional `subjects, qualified_subjects, department, target_hours` |
| `classes.csv` * | `id, name`, optional `bell`: the NAME of a `periods_NAME.csv` |
| `rooms.csv` * | `id, name` |

Files with a * may be left out.
A source is read whole or not at all: every bad row is found before anything is returned.
"""

from dataclasses import replace
from pathlib import Path
from typing import IO

from staffing.importers.clashes import Side, clashes
from staffing.importers.csv_bells import read_bells
from staffing.importers.csv_lessons import Lessons, Lists, read_lessons, with_unlisted
from staffing.importers.csv_lists import read_rooms, read_sections, read_teachers
from staffing.importers.csv_sources import LESSONS, Files, files_of_folder, files_of_zip
from staffing.importers.draft import LessonDraft, TimetableDraft, subjects_of
from staffing.importers.findings import Findings, NoticeKind


def read_folder(path: Path) -> TimetableDraft:
    """The timetable in a folder or a zip file. Raises ImportRefused with every problem."""
    findings = Findings()
    if path.is_file():
        with path.open("rb") as stream:
            files = files_of_zip(stream, path.name, findings)
    else:
        files = files_of_folder(path, findings)
    findings.refuse_if_bad()
    return read_files(files)


def read_zip(stream: IO[bytes], name: str) -> TimetableDraft:
    """The timetable in an uploaded zip called `name`. Raises ImportRefused with every problem."""
    findings = Findings()
    files = files_of_zip(stream, name, findings)
    findings.refuse_if_bad()
    return read_files(files)


def read_files(files: Files) -> TimetableDraft:
    """The timetable in a mapping of file name to content. Raises ImportRefused with every problem."""
    findings = Findings()
    bells = read_bells(files, findings)
    lists = Lists(
        bells=bells,
        teachers=read_teachers(files, findings),
        sections=read_sections(files, findings),
        rooms=read_rooms(files, findings),
    )
    read = read_lessons(files, lists, findings)
    findings.refuse_if_bad()
    if bells is None:
        raise AssertionError("a source without periods is a problem, so it was refused above")
    teachers, sections, rooms = with_unlisted(read.lessons, lists, read.lines, findings)
    draft = TimetableDraft(
        day_names=bells.day_names,
        weeks=read.weeks,
        bells=bells.repeated(read.weeks),
        teachers=teachers,
        sections=sections,
        rooms=rooms,
        subjects=subjects_of(read.lessons, teachers),
        lessons=read.lessons,
    )
    _notice_doubles(draft, read, findings)
    return replace(draft, notices=findings.notices)


def _notice_doubles(draft: TimetableDraft, read: Lessons, findings: Findings) -> None:
    names = {teacher.code: teacher.name for teacher in draft.teachers}
    periods = draft.periods_by_slot()

    def line(lesson: LessonDraft) -> int:
        return read.lines[lesson.block, lesson.cycle_day, lesson.period]

    def place(lesson: LessonDraft) -> str:
        period = periods[lesson.slot]
        with_whom = " ".join(map(str, lesson.sections))
        what = f"{lesson.subject} {with_whom}".strip()
        return f"{what} ({period.starts:%H:%M}–{period.ends:%H:%M})"

    for clash in clashes(draft, (Side.TEACHER,)):
        first, second = sorted((clash.first, clash.second), key=line)
        # The week is left out: a double that both weeks have is told once.
        day = draft.day_names[(first.cycle_day - 1) % len(draft.day_names)]
        text = (
            f"{names[clash.code]} is placed twice on {day}: {place(first)} on line {line(first)} "
            f"and {place(second)} here; both are loaded."
        )
        findings.notice(NoticeKind.DOUBLE, LESSONS, line(second), text)
