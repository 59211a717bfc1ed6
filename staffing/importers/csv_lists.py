"""The lists of a CSV timetable: teachers, classes and rooms.

Each list may be left out; then everybody and everything that the lessons name is taken from there, with one
notice. A list that is there is complete for classes and rooms: a code that it lacks is a bad row in the
lessons, most often a slip of the pen, and for a class it would guess the wrong bell. Teachers it lacks are
made, each with a notice.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from staffing.importers.csv_sources import CLASSES, ROOMS, TEACHERS, Files, bell_file
from staffing.importers.csv_tables import LONGEST_CODE, LONGEST_NAME, Row, names_in, read_table, too_long
from staffing.importers.draft import RoomDraft, SectionDraft, TeacherDraft
from staffing.importers.findings import Findings

LONGEST_TEACHER_CODE, LONGEST_BELL = 40, 24
HOURS = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?")

Listed = TypeVar("Listed", TeacherDraft, SectionDraft, RoomDraft)


@dataclass(frozen=True, slots=True)
class _Format:
    """What a list looks like; ids can't hold its `separators`, by which lessons join and split them."""

    file: str
    separators: str
    optional: tuple[str, ...]
    longest: dict[str, int]


_TEACHERS = _Format(
    TEACHERS,
    "|",
    ("subjects", "qualified_subjects", "department", "target_hours"),
    {
        "id": LONGEST_TEACHER_CODE,
        "name": LONGEST_NAME,
        "subjects": LONGEST_CODE,
        "qualified_subjects": LONGEST_CODE,
        "department": LONGEST_CODE,
    },
)
_CLASSES = _Format(CLASSES, "|:", ("bell",), {"id": LONGEST_CODE, "name": LONGEST_NAME, "bell": LONGEST_BELL})
_ROOMS = _Format(ROOMS, "|", (), {"id": LONGEST_CODE, "name": LONGEST_NAME})


def read_teachers(files: Files, findings: Findings) -> dict[str, TeacherDraft] | None:
    """Teachers by code, or None where there is no list."""

    def teacher(row: Row) -> TeacherDraft:
        return TeacherDraft(
            code=row["id"],
            name=row["name"] or row["id"],
            subjects=names_in(row["subjects"]),
            qualified_subjects=names_in(row["qualified_subjects"]),
            department=row["department"],
            target_hours=_hours(row, findings),
        )

    return _read_list(_TEACHERS, files, teacher, findings)


def read_sections(files: Files, findings: Findings) -> dict[str, SectionDraft] | None:
    """Classes by code, or None where there is no list."""

    def section(row: Row) -> SectionDraft:
        bell = row["bell"]
        if bell and bell_file(bell) not in files:
            reason = f"there is no {bell_file(bell)}: add it, or leave the bell of this class empty."
            findings.problem(CLASSES, row.line, "bell", reason)
        return SectionDraft(row["id"], row["name"] or row["id"], bell)

    return _read_list(_CLASSES, files, section, findings)


def read_rooms(files: Files, findings: Findings) -> dict[str, RoomDraft] | None:
    """Rooms by code, or None where there is no list."""

    def room(row: Row) -> RoomDraft:
        return RoomDraft(row["id"], row["name"] or row["id"])

    return _read_list(_ROOMS, files, room, findings)


def _read_list(
    form: _Format, files: Files, make: Callable[[Row], Listed], findings: Findings
) -> dict[str, Listed] | None:
    file = form.file
    if file not in files:
        return None
    rows = read_table(file, files[file], required=("id", "name"), optional=form.optional, findings=findings)
    if rows is None:
        return None
    listed: dict[str, Listed] = {}
    lines: dict[str, int] = {}
    for row in rows:
        code = row["id"]
        if not code:
            findings.problem(file, row.line, "id", "the id is empty.")
        elif code in listed:
            findings.problem(file, row.line, "id", f"“{code}” is already on line {lines[code]}: delete one.")
        else:
            # Also a row with other faults is kept: the lessons that name it are not to blame.
            listed[code], lines[code] = make(row), row.line
            too_long(file, row, form.longest, findings)
            if bad := [separator for separator in form.separators if separator in code]:
                reason = f"an id can't hold “{bad[0]}”, because lessons.csv uses it to join or split ids."
                findings.problem(file, row.line, "id", reason)
    return listed


def _hours(row: Row, findings: Findings) -> Decimal:
    text = row["target_hours"]
    if not text:
        return Decimal(0)
    if HOURS.fullmatch(text) is None:
        findings.problem(TEACHERS, row.line, "target_hours", f"“{text}” is not a number of lessons a week.")
        return Decimal(0)
    return Decimal(text.replace(",", "."))
