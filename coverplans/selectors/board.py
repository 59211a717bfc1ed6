"""The cover manager's day: counts, grid and what was not published yet. See templates/coverplans/_board.html."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from absences.models import AbsenceDay, AbsenceState
from absences.words import moment_text
from schools.models import School
from schools.selectors.calendar import next_open_day, today_at
from schools.selectors.settings import settings_of
from schools.settings_registry import UNDO_MINUTES

from .cells import Cell, cell_of
from .changes import Untold, last_change, untold
from .columns import Column, read_columns
from .day_rows import DayRows, read_day_rows
from .days import day_words, previous_open_day
from .quality import quality_of
from .texts import away_text, clock_text

ALWAYS_COUNTED = ("open", "awaiting", "covered")
ALSO_COUNTED = ("planned", "typed")


@dataclass(frozen=True, slots=True)
class Tally:
    state: str
    measure: str
    number: int
    first_id: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """One box of the grid; usually with one need or none."""

    is_break: bool
    needs: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One absent post. `absence_id` only for those who may read absences."""

    name: str
    away: str
    absence_id: str | None
    open_count: int
    cells: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Board:
    school: School
    date: dt.date
    iso: str
    previous_iso: str
    next_iso: str
    today_iso: str
    is_today: bool
    day_note: str
    closed_reason: str
    tallies: tuple[Tally, ...]
    quality: str
    changed_at: str
    changed_by: str
    untold: tuple[Untold, ...]
    changes: int
    draft: str
    published: str
    undo_until: str
    can_edit: bool
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @property
    def next_step(self) -> str:
        """What comes next: `plan` while lessons are open that no plan was made for, then `publish`, otherwise nothing."""
        has_open = self.tallies[0].number > 0
        if has_open and not (self.quality and self.changes):
            return "plan"
        return "publish" if self.changes else ""


def read_board(
    *, school: School, date: dt.date, now: dt.datetime, can_edit: bool, sees_absences: bool
) -> Board:
    """Everything of the day in a number of queries that does not depend on how many needs or people there are."""
    words, rows = day_words(school, date), read_day_rows(school, date)
    columns = read_columns(school, words.calendar, rows.needs)
    cells = _cells(rows, columns, school, now)
    change = last_change(school, rows)
    today = today_at(school, now)
    return Board(
        school=school,
        date=date,
        iso=date.isoformat(),
        previous_iso=(previous_open_day(school, date) or date - dt.timedelta(days=1)).isoformat(),
        next_iso=(next_open_day(school, date) or date + dt.timedelta(days=1)).isoformat(),
        today_iso=today.isoformat(),
        is_today=date == today,
        day_note=words.note,
        closed_reason=words.closed_reason,
        tallies=_tallies(cells.values()),
        quality=quality_of(rows),
        changed_at=moment_text(change.at, school.zone, today) if change else "",
        changed_by=change.by if change else "",
        untold=untold(rows),
        changes=len(rows.changed),
        draft=str(rows.draft_plan.uuid) if rows.draft_plan else "",
        published=str(rows.published_plan.uuid) if rows.published_plan else "",
        undo_until=_undo_until(school, rows, now) if can_edit else "",
        can_edit=can_edit,
        columns=tuple(columns),
        rows=_rows(rows, columns, cells, _away(school, date), sees_absences),
    )


def _cells(rows: DayRows, columns: list[Column], school: School, now: dt.datetime) -> dict[int, Cell]:
    """Need → its cell."""
    usual = {column.number: column.times[0] for column in columns if column.times}
    return {
        need.pk: cell_of(need, rows, school.zone, now, usual.get(need.period_number)) for need in rows.needs
    }


def _tallies(cells: Iterable[Cell]) -> tuple[Tally, ...]:
    """Open, awaiting and covered always, planned and the measures where there is one; what needs nobody is not counted."""
    ids: dict[tuple[str, str], list[str]] = {(state, ""): [] for state in ALWAYS_COUNTED}
    order = (*ALWAYS_COUNTED, *ALSO_COUNTED)
    for cell in cells:
        if cell.state in order:
            ids.setdefault((cell.state, cell.measure), []).append(cell.id)
    return tuple(
        Tally(state, measure, len(found), found[0] if found else None)
        for (state, measure), found in sorted(
            ids.items(), key=lambda item: (order.index(item[0][0]), item[0][1])
        )
    )


def _rows(
    rows: DayRows,
    columns: list[Column],
    cells: dict[int, Cell],
    away: dict[int, list[AbsenceDay]],
    sees_absences: bool,
) -> tuple[Row, ...]:
    """Absent posts, those with open or endangered lessons first."""
    places: dict[int, dict[int | None, list[Cell]]] = defaultdict(lambda: defaultdict(list))
    names = {days[0].post_id: days[0].post.person.name for days in away.values()}
    for need in rows.needs:
        places[need.post_id][need.period_number].append(cells[need.pk])
        names.setdefault(need.post_id, need.absent_name)
    found = []
    for post_id, name in names.items():
        mine, days = places[post_id], away.get(post_id, [])
        urgent = sum(cell.state == "open" or cell.at_risk for needs in mine.values() for cell in needs)
        absence_id = str(days[0].absence.uuid) if days and sees_absences else None
        boxes = tuple(Place(column.is_break, tuple(mine.get(column.number, ()))) for column in columns)
        found.append(Row(name, away_text(days), absence_id, urgent, boxes))
    return tuple(sorted(found, key=lambda row: (row.open_count == 0, row.name)))


def _away(school: School, date: dt.date) -> dict[int, list[AbsenceDay]]:
    """Post → when it is away on the date. One query."""
    rows = AbsenceDay.objects.filter(school=school, date=date, absence__state=AbsenceState.ACTIVE)
    found: dict[int, list[AbsenceDay]] = defaultdict(list)
    for row in rows.select_related("absence", "post__person").order_by("starts_at", "id"):
        found[row.post_id].append(row)
    return found


def _undo_until(school: School, rows: DayRows, now: dt.datetime) -> str:
    """Until when the publication can be taken back: only while nothing newer is being prepared."""
    plan = rows.published_plan
    if plan is None or plan.published_at is None or rows.draft_plan is not None:
        return ""
    until = plan.published_at + dt.timedelta(minutes=settings_of(school)[UNDO_MINUTES])
    return clock_text(until, school.zone) if now <= until else ""
