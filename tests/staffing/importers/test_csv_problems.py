"""Every bad row is reported with its file, line, column and a reason; then nothing is read."""

import pytest

from staffing.importers.csv_folder import read_files
from staffing.importers.findings import ImportRefused
from tests.staffing.importers.sources import (
    FILES,
    LESSON_HEADER,
    PERIOD_HEADER,
    encoded,
    problems_in,
    problems_of,
)

GOOD = "1,all,1,1,ADE,7a,Maths,R1,lesson\n"

BAD_LESSONS = {
    "no id": (",all,1,1,ADE,7a,Maths,R1,lesson", "lesson_id", "empty"),
    "bad week": ("1,C,1,1,ADE,7a,Maths,R1,lesson", "week", "all, A or B"),
    "day in words": ("1,all,Monday,1,ADE,7a,Maths,R1,lesson", "day", "1 to 2"),
    "day beyond the cycle": ("1,all,3,1,ADE,7a,Maths,R1,lesson", "day", "1 to 2"),
    "bad period": ("1,all,1,one,ADE,7a,Maths,R1,lesson", "period", "not a period"),
    "negative period": ("1,all,1,-1,ADE,7a,Maths,R1,lesson", "period", "not a period"),
    "a digit that is no number": ("1,all,1,²,ADE,7a,Maths,R1,lesson", "period", "not a period"),
    "period that is not in the bell": ("1,all,1,3,ADE,7a,Maths,R1,lesson", "period", "periods.csv"),
    "period that is not in its class's bell": (
        "1,all,1,2,ADE,12x,Maths,R1,lesson",
        "period",
        "periods_late.csv, which 12x follows",
    ),
    "no teacher": ("1,all,1,1,,7a,Maths,R1,lesson", "teacher", "unstaffed"),
    "two teachers": ("1,all,1,1,ADE|LUN,7a,Maths,R1,lesson", "teacher", "one row for each"),
    "meeting of nobody": ("1,all,1,1,,,Staff meeting,,non_class", "teacher", "nobody"),
    "unstaffed with a teacher": ("1,all,1,1,ADE,7a,Maths,R1,unstaffed", "teacher", "ADE"),
    "no subject": ("1,all,1,1,ADE,7a,,R1,lesson", "subject", "empty"),
    "bad kind": ("1,all,1,1,ADE,7a,Maths,R1,club", "kind", "unstaffed"),
    "unknown class": ("1,all,1,1,ADE,7c,Maths,R1,lesson", "class_group", "classes.csv"),
    "unknown class of a part": ("1,all,1,1,ADE,7c:1,Maths,R1,lesson", "class_group", "classes.csv"),
    "part without a name": ("1,all,1,1,ADE,7a:,Maths,R1,lesson", "class_group", "7a:1"),
    "unknown room": ("1,all,1,1,ADE,7a,Maths,R9,lesson", "room", "rooms.csv"),
    "too many cells": ("1,all,1,1,ADE,7a,Maths,R1,lesson,,more", "", "11 cells"),
    "long id": (f"{'x' * 81},all,1,1,ADE,7a,Maths,R1,lesson", "lesson_id", "80 characters"),
    "long teacher": (f"1,all,1,1,{'x' * 41},7a,Maths,R1,lesson", "teacher", "40 characters"),
}


@pytest.mark.parametrize(("row", "column", "words"), BAD_LESSONS.values(), ids=BAD_LESSONS)
def test_a_bad_lesson(row: str, column: str, words: str) -> None:
    (problem,) = problems_of(f"{GOOD}{row}\n")
    assert (problem.file, problem.line, problem.column) == ("lessons.csv", 3, column)
    assert words in problem.reason


@pytest.mark.parametrize(
    ("row", "column"),
    [("1,all,1,1,LUN,7a,French,R1,lesson", "subject"), ("1,all,1,1,LUN,7a,Maths,R1,duty", "kind")],
)
def test_rows_of_one_lesson_must_agree(row: str, column: str) -> None:
    (problem,) = problems_of(f"{GOOD}{row}\n")
    assert (problem.line, problem.column) == (3, column)
    assert "line 2" in problem.reason


BAD_FILES = {
    "end before start": ("periods", "1,1,,,09:00,08:00", 2, "end"),
    "no length": ("periods", "1,1,,,09:00,09:00", 2, "end"),
    "one time missing": ("periods", "1,1,,,08:00,08:45\n1,2,,,09:00,", 3, "end"),
    "no clock time": ("periods", "1,1,,,8 o'clock,08:45", 2, "start"),
    "an hour too many": ("periods", "1,1,,,24:00,08:45", 2, "start"),
    "period twice": ("periods", "1,1,,,08:00,08:45\n1,1,,,09:00,09:45", 3, "period"),
    "overlapping periods": ("periods", "1,1,,,08:00,08:45\n1,2,,,08:40,09:25", 3, "start"),
    "bad day": ("periods", "1,1,,,08:00,08:45\n0,1,,,08:00,08:45", 3, "day"),
    "bad period number": ("periods", "1,1,,,08:00,08:45\n1,x,,,08:50,09:00", 3, "period"),
    "a day without periods": ("periods", "1,1,,,08:00,08:45\n3,1,,,08:00,08:45", None, "day"),
    "a day that the main bell lacks": ("periods_late", "1,1,,,08:30,09:15\n9,1,,,08:30,09:15", None, "day"),
    "teacher twice": ("teachers", "ADE,One\nADE,Two", 3, "id"),
    "teacher without id": ("teachers", "ADE,One\n,Two", 3, "id"),
    "two ids in one": ("teachers", "ADE,One\nX|Y,Two", 3, "id"),
    "bad hours": ("teachers", "ADE,One,,,,many", 2, "target_hours"),
    "class twice": ("classes", "7a,One\n7a,Two", 3, "id"),
    "class named like a part": ("classes", "7a,One\n7b:1,Two", 3, "id"),
    "bell without a file": ("classes", "7a,One,\n7b,Two,evening", 3, "bell"),
    "room twice": ("rooms", "R1,One\nR1,Two", 3, "id"),
}
HEADERS = {
    "periods": PERIOD_HEADER,
    "periods_late": PERIOD_HEADER,
    "teachers": "id,name,subjects,qualified_subjects,department,target_hours\n",
    "classes": "id,name,bell\n",
    "rooms": "id,name\n",
}


@pytest.mark.parametrize(("stem", "rows", "line", "column"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_bad_row_of_another_file(stem: str, rows: str, line: int | None, column: str) -> None:
    changes: dict[str, str | None] = {stem: HEADERS[stem] + rows + "\n"}
    problems = problems_of(GOOD, **changes)
    assert [(problem.file, problem.line, problem.column) for problem in problems] == [
        (f"{stem}.csv", line, column)
    ]


def test_all_problems_of_all_files_come_at_once_in_order() -> None:
    problems = problems_of(
        "1,all,1,1,,7a,Maths,R1,lesson\n2,all,9,1,ADE,7a,,R1,lesson\n",
        rooms="id,name\nR1,One\nR1,Two\n",
    )
    assert [(problem.file, problem.line, problem.column) for problem in problems] == [
        ("lessons.csv", 2, "teacher"),
        ("lessons.csv", 3, "day"),
        ("lessons.csv", 3, "subject"),
        ("rooms.csv", 3, "id"),
    ]


def test_a_bad_period_is_not_reported_again_for_each_of_its_lessons() -> None:
    problems = problems_of(
        GOOD, periods=FILES["periods.csv"].replace("1,1,Monday,First,08:00", "1,1,Monday,First,25:00")
    )
    assert [problem.file for problem in problems] == ["periods.csv"]


@pytest.mark.parametrize("stem", ["lessons", "periods"])
def test_a_missing_file(stem: str) -> None:
    (problem,) = problems_in({name: text for name, text in FILES.items() if name != f"{stem}.csv"})
    assert (problem.file, problem.line) == (f"{stem}.csv", None)
    assert "missing" in problem.reason


@pytest.mark.parametrize(
    ("header", "column", "words"),
    [
        (LESSON_HEADER.replace(",room", ""), "room", "missing"),
        (LESSON_HEADER.replace("room", "rooom"), "rooom", "not known"),
        (LESSON_HEADER.replace("subject", "room"), "room", "twice"),
    ],
)
def test_a_bad_first_line(header: str, column: str, words: str) -> None:
    found = {problem.column: problem for problem in problems_in({**FILES, "lessons.csv": header})}
    assert found[column].line == 1
    assert words in found[column].reason


@pytest.mark.parametrize("stem", ["lessons", "periods"])
@pytest.mark.parametrize("empty", ["", "\n"])
def test_an_empty_file(stem: str, empty: str) -> None:
    problems = problems_in({**FILES, f"{stem}.csv": empty})
    assert {problem.file for problem in problems} == {f"{stem}.csv"}


def test_files_without_rows() -> None:
    problems = problems_of("", periods=PERIOD_HEADER)
    assert [problem.file for problem in problems] == ["lessons.csv", "periods.csv"]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"id,name\nR1,Sal\xf3n\n", 2),
        (b"id,name\nR1,One\nR2,T\0wo\n", 3),
        (b'id,name\nR1,"One\nR2,Two\n', 2),
        (b'id,name\nR1,One\nR2,"T"wo\n', 3),
        ("id,name\nR1,One\n".encode("utf-16"), 1),
    ],
    ids=["latin-1", "nul", "open quote", "quote inside", "utf-16"],
)
def test_text_that_cannot_be_read(content: bytes, line: int) -> None:
    with pytest.raises(ImportRefused) as refused:
        read_files({**encoded(FILES), "rooms.csv": content})
    assert [(problem.file, problem.line) for problem in refused.value.problems] == [("rooms.csv", line)]


def test_a_timetable_with_too_many_periods_needs_clock_times() -> None:
    rows = "".join(f"1,{number},,,,\n" for number in range(1, 30))
    problems = problems_of(GOOD, periods=PERIOD_HEADER + rows, periods_late=None, classes=None)
    assert {problem.column for problem in problems} == {"start"}


def test_a_problem_reads_as_a_sentence_with_its_place() -> None:
    (problem,) = problems_of("1,all,1,1,ADE,7a,Maths,R9,lesson\n")
    assert str(problem) == (
        "lessons.csv, line 2, room: “R9” is not in rooms.csv: correct it here or add it there."
    )
