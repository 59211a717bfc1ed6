"""The document's example is a timetable, and its tables name what the reader knows."""

import re
from pathlib import Path

from staffing.importers import csv_bells, csv_lessons
from staffing.importers.csv_folder import read_files
from staffing.importers.draft import Kind

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "timetables.md"
FILE = re.compile(r"```csv (\S+)\n(.*?)```", re.DOTALL)


def text() -> str:
    return DOCUMENT.read_text(encoding="utf-8")


def test_the_example_is_read_without_a_word() -> None:
    draft = read_files({name: content.encode() for name, content in FILE.findall(text())})
    assert draft.notices == ()
    assert (draft.weeks, draft.cycle_days, [bell.code for bell in draft.bells]) == (2, 4, ["", "late"])
    assert {lesson.kind for lesson in draft.lessons} == set(Kind) - {Kind.DUTY}
    assert len(draft.standing_vacancies) == 2
    assert any(len(lesson.teachers) == 2 for lesson in draft.lessons)
    assert any(part.part for lesson in draft.lessons for part in lesson.sections)


def test_every_column_and_kind_is_named() -> None:
    words = set(re.findall(r"`([^`\n]+)`", text()))
    assert {*csv_lessons.COLUMNS, *csv_bells.COLUMNS, *csv_lessons.KINDS} <= words


def test_the_default_times_are_those_of_the_code() -> None:
    first, second, third = (csv_bells.default_times(position) for position in range(3))
    assert first
    assert second
    assert third
    assert f"starts at {first[0]:%H:%M}" in text()
    gap = (third[0].hour - second[1].hour) * 60 + third[0].minute - second[1].minute
    assert f"{gap} after the second period" in text()
