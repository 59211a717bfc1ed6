"""Bell schedules: `periods.csv`, and one `periods_NAME.csv` for each further one.

A file without any clock time gets times by rule (`default_times`) and a notice; a single missing time in a
file that has others is a bad row.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import time
from itertools import pairwise

from staffing.importers.csv_sources import BELL_FILE, PERIODS, Files, bell_file
from staffing.importers.csv_tables import Row, read_table, too_long
from staffing.importers.draft import MAIN_BELL, BellDraft, PeriodDraft
from staffing.importers.findings import Findings, NoticeKind

COLUMNS = ("day", "period", "day_name", "period_name", "start", "end")
LONGEST = {"day_name": 40, "period_name": 60}
MOST_DAYS, HIGHEST_PERIOD = 31, 99
CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?::00)?")

FIRST_LESSON = 8 * 60
LESSON_MINUTES, CHANGE_MINUTES = 45, 5
BREAK_AFTER, BREAK_MINUTES = 2, 20
LUNCH_AFTER, LUNCH_MINUTES = 6, 45
DEFAULT_TIMES_IN_WORDS = (
    "no clock times are given; until they are, the first period is taken to start at 08:00, each lasts "
    "45 minutes with 5 minutes between, 20 minutes after the second period and 45 minutes after the sixth."
)


@dataclass(frozen=True, slots=True)
class BellWeek:
    """The bell schedules of one week as their files have them.

    `slots` also holds periods whose other cells are bad, so that lessons in them are not reported as well.
    """

    day_names: tuple[str, ...]
    bells: tuple[BellDraft, ...]
    slots: dict[str, set[tuple[int, int]]]

    def has(self, bell: str, day: int, period: int) -> bool:
        return (day, period) in self.slots[bell]

    def repeated(self, weeks: int) -> tuple[BellDraft, ...]:
        """The schedules for all weeks of the cycle: every week rings alike."""
        days = len(self.day_names)
        return tuple(
            replace(
                bell,
                periods=tuple(
                    replace(period, cycle_day=period.cycle_day + week * days)
                    for week in range(weeks)
                    for period in bell.periods
                ),
            )
            for bell in self.bells
        )


def default_times(position: int) -> tuple[time, time] | None:
    """Start and end of the period in this position (from 0) by rule; None where it would pass midnight."""
    starts = FIRST_LESSON + position * (LESSON_MINUTES + CHANGE_MINUTES)
    if position >= BREAK_AFTER:
        starts += BREAK_MINUTES - CHANGE_MINUTES
    if position >= LUNCH_AFTER:
        starts += LUNCH_MINUTES - CHANGE_MINUTES
    ends = starts + LESSON_MINUTES
    if ends >= 24 * 60:
        return None
    return time(*divmod(starts, 60)), time(*divmod(ends, 60))


def read_bells(files: Files, findings: Findings) -> BellWeek | None:
    """All bell schedules of the source, or None where the main one can't be read."""
    if PERIODS not in files:
        findings.problem(PERIODS, None, "", "this file is missing: it names the days and periods.")
        return None
    day_names: dict[int, str] = {}
    bells: list[BellDraft] = []
    slots: dict[str, set[tuple[int, int]]] = {}
    others = sorted(match["bell"] for name in files if (match := BELL_FILE.fullmatch(name)))
    for bell in [MAIN_BELL, *others]:
        file = bell_file(bell)
        rows = read_table(file, files[file], required=COLUMNS, findings=findings)
        if rows is None:
            if bell == MAIN_BELL:
                return None
            continue
        reader = _BellReader(file, bell, findings)
        bells.append(reader.read(rows))
        slots[bell] = set(reader.lines)
        if bell == MAIN_BELL:
            day_names = _named_days(reader.day_names, findings)
        elif day_names and (extra := sorted({day for day, _number in reader.lines} - set(day_names))):
            findings.problem(file, None, "day", f"day {extra[0]} is not in {PERIODS}.")
    return BellWeek(tuple(day_names.values()), tuple(bells), slots) if day_names else None


def _named_days(names: dict[int, str], findings: Findings) -> dict[int, str]:
    if not names:
        findings.problem(PERIODS, None, "", "there is no period in this file.")
    last = max(names, default=0)
    for day in range(1, last + 1):
        if day not in names:
            findings.problem(PERIODS, None, "day", f"there are {last} days, but day {day} has no periods.")
    return {day: names.get(day) or f"Day {day}" for day in range(1, last + 1)}


class _BellReader:
    """Reads one file of periods; `lines` is where each period stands."""

    def __init__(self, file: str, bell: str, findings: Findings) -> None:
        self.file = file
        self.bell = bell
        self.findings = findings
        self.lines: dict[tuple[int, int], int] = {}
        self.day_names: dict[int, str] = {}

    def read(self, rows: list[Row]) -> BellDraft:
        placed = [(slot, row) for row in rows if (slot := self._slot(row)) is not None]
        if placed and not any(row["start"] or row["end"] for _slot, row in placed):
            periods = self._with_default_times(placed)
            self.findings.notice(NoticeKind.DEFAULT_TIMES, self.file, None, DEFAULT_TIMES_IN_WORDS)
        else:
            periods = [period for slot, row in placed if (period := self._timed(slot, row)) is not None]
        self._report_overlaps(periods)
        return BellDraft(
            self.bell, tuple(sorted(periods, key=lambda period: (period.cycle_day, period.number)))
        )

    def _slot(self, row: Row) -> tuple[int, int] | None:
        day = whole_number(row["day"], 1, MOST_DAYS)
        number = whole_number(row["period"], 0, HIGHEST_PERIOD)
        if day is None:
            self._problem(row, "day", f"“{row['day']}” is not a day: write a number from 1 to {MOST_DAYS}.")
        if number is None:
            reason = f"“{row['period']}” is not a period: write a number from 0 to {HIGHEST_PERIOD}."
            self._problem(row, "period", reason)
        if day is None or number is None:
            return None
        if too_long(self.file, row, LONGEST, self.findings):
            return None
        slot = (day, number)
        if slot in self.lines:
            reason = f"period {number} of day {day} is already on line {self.lines[slot]}: delete one."
            self._problem(row, "period", reason)
            return None
        self.lines[slot] = row.line
        self.day_names[day] = self.day_names.get(day) or row["day_name"]
        return slot

    def _timed(self, slot: tuple[int, int], row: Row) -> PeriodDraft | None:
        times: list[time] = []
        for column in ("start", "end"):
            clock = clock_time(row[column])
            if clock is None:
                self._problem(row, column, f"“{row[column]}” is not a clock time: write it like 08:15.")
            else:
                times.append(clock)
        if len(times) < 2:
            return None
        if times[1] <= times[0]:
            self._problem(
                row, "end", f"the period ends at {row['end']}, not after its start at {row['start']}."
            )
            return None
        return PeriodDraft(*slot, row["period_name"] or str(slot[1]), *times)

    def _with_default_times(self, placed: list[tuple[tuple[int, int], Row]]) -> list[PeriodDraft]:
        # A number has the same times on every day, also on a day that begins with the second period.
        numbers = sorted({number for (_day, number), _row in placed})
        periods: list[PeriodDraft] = []
        for slot, row in placed:
            times = default_times(numbers.index(slot[1]))
            if times is None:
                self._problem(row, "start", "so many periods need clock times: fill in start and end.")
            else:
                periods.append(PeriodDraft(*slot, row["period_name"] or str(slot[1]), *times))
        return periods

    def _report_overlaps(self, periods: Iterable[PeriodDraft]) -> None:
        by_day: dict[int, list[PeriodDraft]] = defaultdict(list)
        for period in periods:
            by_day[period.cycle_day].append(period)
        for of_day in by_day.values():
            of_day.sort(key=lambda period: (period.starts, period.ends))
            for earlier, later in pairwise(of_day):
                if later.starts < earlier.ends:
                    line = self.lines[later.cycle_day, later.number]
                    reason = (
                        f"period {later.number} starts at {later.starts:%H:%M}, before period "
                        f"{earlier.number} of the same day ends at {earlier.ends:%H:%M}."
                    )
                    self.findings.problem(self.file, line, "start", reason)

    def _problem(self, row: Row, column: str, reason: str) -> None:
        self.findings.problem(self.file, row.line, column, reason)


def whole_number(text: str, lowest: int, highest: int) -> int | None:
    """The number that a cell holds, or None if it is none or out of bounds."""
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(highest)) + 2):
        return None
    number = int(text)
    return number if lowest <= number <= highest else None


def clock_time(text: str) -> time | None:
    """A clock time like 08:15, 8.15 or 08:15:00, or None."""
    match = CLOCK.fullmatch(text)
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        return None
    return time(int(match[1]), int(match[2]))
