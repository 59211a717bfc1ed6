"""`import-timetable SCHOOL PATH`: read a school's timetable and load it as a new version, or say what that would change."""

import datetime as dt
import json
from argparse import ArgumentParser, ArgumentTypeError
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from schools.calendar_math import BadMappingError, DayMapping
from schools.errors import Refused
from schools.management.schools import school_door
from schools.models import School
from schools.selectors.calendar import today_at
from staffing.importers.csv_folder import read_folder
from staffing.importers.days import days_in_words, parse_weekdays
from staffing.importers.draft import TimetableDraft
from staffing.importers.findings import ImportRefused, Problem
from staffing.importers.words import Words
from staffing.management.import_words import diff_lines, report_lines, worth_a_look
from staffing.selectors.timetable_days import mapping_for
from staffing.selectors.timetable_diff import timetable_diff
from staffing.services.load_timetable import load_timetable, notices_as_json, report_as_json

FORMATS = {"csv": read_folder}


class Command(BaseCommand):
    """Everything is loaded or nothing: bad rows are all printed, with file, line, column and reason, and the exit code is 1."""

    help = (
        "Load a school's timetable as a new version. PATH is a folder with lessons.csv, periods.csv and, where there are "
        "any, teachers.csv, classes.csv and rooms.csv, or a zip of it (docs/timetables.md). fet, asc and untis files "
        "cannot be read yet: export them as CSV."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("school", metavar="SCHOOL", help="the school's slug")
        parser.add_argument("path", metavar="PATH", type=Path, help="a folder, or a zip of it")
        parser.add_argument("--format", choices=sorted(FORMATS), default="csv", help="how PATH is written")
        parser.add_argument(
            "--effective-from",
            type=_date,
            metavar="DATE",
            help="first date on which it counts; today at the school unless given",
        )
        parser.add_argument("--dry-run", action="store_true", help="print what would change; write nothing")
        parser.add_argument(
            "--days",
            type=_weekdays,
            metavar="DAYS",
            help="weekdays of the timetable's days in order, as sun,mon,tue,wed,thu",
        )
        parser.add_argument(
            "--rotate",
            action="store_true",
            help="let the days rotate over the open days; --days are then those on which the school can be open",
        )
        parser.add_argument(
            "--anchor", type=_date, metavar="DATE", help="a date that is day 1, or lies in a week A"
        )
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        with school_door(options["school"]) as school:
            draft = self._read(options["path"], options["format"], as_json=options["json"])
            effective_from = options["effective_from"] or today_at(school, timezone.now())
            try:
                mapping = mapping_for(
                    school=school,
                    draft=draft,
                    effective_from=effective_from,
                    weekdays=options["days"],
                    rotate=options["rotate"],
                    anchor=options["anchor"],
                )
                work = self._compare if options["dry_run"] else self._load
                work(school, draft, effective_from, mapping, as_json=options["json"])
            except (BadMappingError, Refused) as refused:
                raise CommandError(str(refused)) from refused

    def _read(self, path: Path, form: str, *, as_json: bool) -> TimetableDraft:
        try:
            return FORMATS[form](path)
        except ImportRefused as refused:
            for problem in refused.problems:
                self.stderr.write(str(problem))
            if as_json:
                self._print({"problems": [_problem(problem) for problem in refused.problems]})
            number = len(refused.problems)
            bad = "one place is" if number == 1 else f"{number} places are"
            raise CommandError(f"Nothing was written: {bad} wrong.") from refused

    def _compare(
        self,
        school: School,
        draft: TimetableDraft,
        effective_from: dt.date,
        mapping: DayMapping,
        *,
        as_json: bool,
    ) -> None:
        diff = timetable_diff(school=school, draft=draft, effective_from=effective_from)
        vacancies = Words(draft).vacancies()
        if as_json:
            more = {"vacancies": vacancies, "notices": notices_as_json(draft.notices)}
            self._print({"effective_from": effective_from, "dry_run": True, **asdict(diff), **more})
            return
        found = worth_a_look(vacancies, draft.notices)
        self._say([*diff_lines(diff, effective_from), *found, days_in_words(mapping), "Nothing was written."])

    def _load(
        self,
        school: School,
        draft: TimetableDraft,
        effective_from: dt.date,
        mapping: DayMapping,
        *,
        as_json: bool,
    ) -> None:
        report = load_timetable(
            school=school,
            draft=draft,
            effective_from=effective_from,
            mapping=mapping,
            actor=None,
        )
        if as_json:
            self._print(
                {
                    "timetable": report.timetable.uuid,
                    "effective_from": effective_from,
                    **report_as_json(report),
                }
            )
            return
        self._say([*report_lines(report), days_in_words(mapping)])

    def _say(self, lines: list[str]) -> None:
        self.stdout.write("\n".join(lines))

    def _print(self, value: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(value, default=str, ensure_ascii=False, indent=1))


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "reason": problem.reason,
    }


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"“{text}” is not a date: write it like 2026-09-01.") from error


def _weekdays(text: str) -> tuple[int, ...]:
    try:
        return parse_weekdays(text)
    except BadMappingError as error:
        raise ArgumentTypeError(str(error)) from error
