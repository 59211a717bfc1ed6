"""What the upload page shows, step by step."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from schools.calendar_math import DayMapping
from schools.models import School
from staffing.importers.days import days_in_words
from staffing.importers.draft import TimetableDraft
from staffing.importers.findings import Problem
from staffing.importers.words import Words
from staffing.models import Timetable
from staffing.selectors.timetable_diff import TeacherDiff, TimetableDiff
from staffing.selectors.timetable_versions import version_in_short

KINDS = {"lesson": "lessons", "duty": "duties", "standby": "standby duties", "meeting": "meetings"}
MOST_ROWS = 60
"""Rows of one list on the page; the rest is counted."""


def choose(school: School, today: dt.date) -> dict[str, Any]:
    """The empty page, with what is in use now."""
    return {"step": "choose", **_head(school, today)}


def refused(
    school: School, today: dt.date, file_names: Sequence[str], problems: Sequence[Problem]
) -> dict[str, Any]:
    """Every place that has to be corrected."""
    return {
        "step": "refused",
        **_head(school, today),
        "file_names": file_names,
        "problems": [
            {
                "file": problem.file,
                "line": problem.line or "",
                "reason": f"{problem.column}: {problem.reason}" if problem.column else problem.reason,
            }
            for problem in problems
        ],
    }


def check(
    school: School,
    today: dt.date,
    *,
    file_names: Sequence[str],
    starts_on: dt.date,
    draft: TimetableDraft,
    mapping: DayMapping,
    diff: TimetableDiff,
    token: str,
) -> dict[str, Any]:
    """What would change, before anything is written."""
    return {
        "step": "check",
        **_head(school, today),
        "file_names": file_names,
        "starts_on": starts_on,
        "days": days_in_words(mapping),
        "difference": list(_difference(diff)),
        "details": list(_details(diff)),
        "warnings": _bounded([str(notice) for notice in draft.notices]),
        "vacancies": _bounded(Words(draft).vacancies()),
        "token": token,
    }


def done(school: School, today: dt.date, timetable: Timetable) -> dict[str, Any]:
    """What was written, from the report that is kept with the version."""
    report = timetable.report
    difference = [
        {"number": number, "label": KINDS[kind]} for kind, number in sorted(report["counts"].items())
    ]
    return {
        "step": "done",
        **_head(school, today),
        "starts_on": timetable.effective_from,
        "difference": [*difference, {"number": len(report["people_created"]), "label": "new people"}],
        "warnings": _bounded([_placed(notice) for notice in report["notices"]]),
        "vacancies": _bounded(report["vacancies"]),
    }


def _head(school: School, today: dt.date) -> dict[str, Any]:
    version = version_in_short(school, today)
    current = (
        f"Since {version.since:%-d %B %Y}: {_number(version.lessons, 'lesson')}, {_number(version.teachers, 'teacher')}"
        if version
        else ""
    )
    return {"school": school, "current": current}


def _difference(diff: TimetableDiff) -> Iterator[dict[str, Any]]:
    yield {"number": diff.added, "label": "lessons added"}
    if diff.since is not None:
        yield {"number": diff.removed, "label": "lessons gone"}
        yield {"number": diff.changed, "label": "lessons changed"}
    if diff.new_people:
        yield {"number": len(diff.new_people), "label": "new people"}
    if diff.bells:
        yield {"number": len(diff.bells), "label": "periods at other times"}


def _details(diff: TimetableDiff) -> Iterator[dict[str, Any]]:
    if diff.new_people:
        yield {"label": f"New people ({len(diff.new_people)})", "rows": _bounded(diff.new_people)}
    if diff.bells:
        yield {"label": f"Other times ({len(diff.bells)})", "rows": _bounded(diff.bells)}
    if diff.since is None:
        return
    for teacher in diff.teachers[:MOST_ROWS]:
        yield {"label": f"{teacher.name}: {_counts(teacher)}", "rows": _bounded(teacher.sentences)}
    if rest := [teacher.name for teacher in diff.teachers[MOST_ROWS:]]:
        yield {"label": f"And for {len(rest)} more", "rows": _bounded(rest)}


def _counts(teacher: TeacherDiff) -> str:
    counts = ((teacher.added, "new"), (teacher.removed, "gone"), (teacher.changed, "changed"))
    return ", ".join(f"{number} {word}" for number, word in counts if number)


def _bounded(rows: Sequence[str]) -> list[str]:
    shown = list(rows[:MOST_ROWS])
    return [*shown, f"and {len(rows) - MOST_ROWS} more"] if len(rows) > MOST_ROWS else shown


def _placed(notice: dict[str, Any]) -> str:
    place = notice["file"] if notice["line"] is None else f"{notice['file']}, line {notice['line']}"
    return f"{place}: {notice['text']}"


def _number(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"
