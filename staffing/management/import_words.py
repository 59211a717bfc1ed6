"""What the import command prints, line by line."""

import datetime as dt
from collections.abc import Iterator, Sequence

from staffing.importers.findings import Notice
from staffing.selectors.timetable_diff import TimetableDiff
from staffing.services.load_timetable import LoadReport


def diff_lines(diff: TimetableDiff, effective_from: dt.date) -> Iterator[str]:
    """The difference, teacher by teacher."""
    if diff.since is None:
        yield f"From {effective_from}: the first timetable; lessons: {diff.lessons_after}."
    else:
        now = f"now {diff.lessons_before} since {diff.since}, then {diff.lessons_after}"
        yield f"From {effective_from}: {now} lessons."
        yield f"{diff.added} added, {diff.removed} gone, {diff.changed} changed."
    if diff.new_people:
        yield f"People made with a post ({len(diff.new_people)}): {', '.join(diff.new_people)}."
    if diff.bells:
        yield f"Other times ({len(diff.bells)}):"
        yield from (f"  {sentence}" for sentence in diff.bells)
    if diff.since is not None:
        for teacher in diff.teachers:
            yield f"{teacher.name}: {teacher.added} new, {teacher.removed} gone, {teacher.changed} changed"
            yield from (f"  {sentence}" for sentence in teacher.sentences)


def report_lines(report: LoadReport) -> Iterator[str]:
    """What was loaded, and what is worth a look."""
    kinds = ", ".join(f"{number} {kind}" for kind, number in sorted(report.counts.items()))
    yield f"Loaded from {report.timetable.effective_from}: {kinds}."
    if report.people_created:
        yield f"People made with a post ({len(report.people_created)}): {', '.join(report.people_created)}."
    yield from worth_a_look(report.vacancies, report.notices)


def worth_a_look(vacancies: Sequence[str], notices: Sequence[Notice]) -> Iterator[str]:
    """What is loaded all the same."""
    if vacancies:
        yield f"Standing vacancies ({len(vacancies)}), which need no cover:"
        yield from (f"  {vacancy}" for vacancy in vacancies)
    if notices:
        yield f"Worth a look ({len(notices)}):"
        yield from (f"  {notice}" for notice in notices)
