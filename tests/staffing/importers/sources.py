"""A tiny valid timetable as CSV text, and a way to read it with one file changed."""

from collections.abc import Mapping

import pytest

from staffing.importers.csv_folder import read_files
from staffing.importers.draft import LessonDraft, TimetableDraft
from staffing.importers.findings import ImportRefused, NoticeKind, Problem

LESSON_HEADER = "lesson_id,week,day,period,teacher,class_group,subject,room,kind\n"
PERIOD_HEADER = "day,period,day_name,period_name,start,end\n"

FILES = {
    "periods.csv": PERIOD_HEADER
    + "1,1,Monday,First,08:00,08:45\n1,2,Monday,Second,08:45,09:30\n"
    + "2,1,Tuesday,First,08:00,08:45\n2,2,Tuesday,Second,08:45,09:30\n",
    "periods_late.csv": PERIOD_HEADER + "1,1,,Late 1,08:30,09:15\n",
    "teachers.csv": "id,name,subjects,qualified_subjects,department,target_hours\n"
    "ADE,Folake Adeyemi,Maths|Physics,Maths,Science,24.5\nLUN,Lars Lund,French,,,\n",
    "classes.csv": "id,name,bell\n7a,Class 7a,\n7b,Class 7b,\n12x,Twelve,late\n",
    "rooms.csv": "id,name\nR1,Room 1\nR2,Room 2\n",
    "lessons.csv": LESSON_HEADER + "1,all,1,1,ADE,7a,Maths,R1,lesson\n",
}


def read(lessons: str | None = None, **changes: str | None) -> TimetableDraft:
    """Read the tiny timetable with these lessons, and other files changed or (None) left out, by their stem."""
    return read_files(encoded(_changed(lessons, changes)))


def lessons_of(rows: str) -> list[LessonDraft]:
    return list(read(rows).lessons)


def problems_of(lessons: str | None = None, **changes: str | None) -> list[Problem]:
    return problems_in(_changed(lessons, changes))


def problems_in(files: Mapping[str, str]) -> list[Problem]:
    with pytest.raises(ImportRefused) as refused:
        read_files(encoded(files))
    return list(refused.value.problems)


def encoded(files: Mapping[str, str]) -> dict[str, bytes]:
    return {name: text.encode() for name, text in files.items()}


def _changed(lessons: str | None, changes: Mapping[str, str | None]) -> dict[str, str]:
    files = dict(FILES) if lessons is None else {**FILES, "lessons.csv": LESSON_HEADER + lessons}
    for stem, text in changes.items():
        if text is None:
            del files[f"{stem}.csv"]
        else:
            files[f"{stem}.csv"] = text
    return files


def notices_of(draft: TimetableDraft, kind: NoticeKind) -> list[str]:
    return [str(notice) for notice in draft.notices if notice.kind is kind]
