"""One need with everything a manager decides by: who covers and why, who could, who cannot. See _panel.html."""

import datetime as dt
from dataclasses import dataclass

from coverplans.models import Assignment, CoverNeed, Explanation, NeedState, WhyNotRequired
from schools.models import School
from staffing.models import LessonPost

from .cells import Cell, cell_of
from .day_problem import DayProblem, read_day_problem
from .day_rows import DayRows, read_day_rows
from .panel_people import Group, MergeOption, Offered, Other, excluded, merge_options, offered, others
from .standing import ranked_candidates

HOW = {
    "internal": "colleague",
    "standby": "standby duty",
    "supervisor": "cover supervisor",
    "external": "substitute",
}
SHOWN_AT_ONCE = 6


@dataclass(frozen=True, slots=True)
class Work:
    """What the class does. `text` is empty for those who may not read what the absent teacher wrote."""

    is_ready: bool
    text: str


@dataclass(frozen=True, slots=True)
class Cover:
    name: str
    how: str
    phone: str
    why: str


@dataclass(frozen=True, slots=True)
class Panel:
    need: Cell
    others_there: tuple[str, ...]
    work: Work
    cover: Cover | None
    uncovered_why: str
    candidates: tuple[Offered, ...] = ()
    more_candidates: tuple[Offered, ...] = ()
    excluded: tuple[Group, ...] = ()
    others: tuple[Other, ...] = ()
    merge_options: tuple[MergeOption, ...] = ()
    allows_self_study: bool = False
    allows_cancelling: bool = False
    allows_not_needed: bool = False
    allows_needed_again: bool = False
    can_edit: bool = False


def read_panel(
    *, school: School, need: CoverNeed, now: dt.datetime, can_edit: bool, sees_absences: bool
) -> Panel:
    """The panel of one need, in a fixed number of queries. Who may only look sees no candidates and no phone numbers."""
    rows = read_day_rows(school, need.date)
    row = rows.current.get(need.pk)
    cell = cell_of(need, rows, school.zone, now)
    told = _explanation(need)
    work, staying = _work(need, sees_absences), _others_there(need)
    is_required = need.state in (NeedState.OPEN, NeedState.COVERED)
    if not (can_edit and is_required):
        return Panel(
            need=cell,
            others_there=staying,
            work=work,
            cover=_cover(row, rows, _why(row, told, ()), with_phone=False) if is_required else None,
            uncovered_why=_uncovered(row, told) if is_required else cell.why_not,
            allows_needed_again=can_edit and need.why_not_required == WhyNotRequired.WAIVED,
            can_edit=can_edit,
        )
    day = read_day_problem(school=school, date=need.date, now=now)
    return _editable(need, cell, rows, told, work, staying, day)


def _editable(
    need: CoverNeed,
    cell: Cell,
    rows: DayRows,
    told: Explanation | None,
    work: Work,
    staying: tuple[str, ...],
    day: DayProblem,
) -> Panel:
    row, key = rows.current.get(need.pk), str(need.uuid)
    ranked = ranked_candidates(day, key)
    measures = next(found.measures for found in day.problem.needs if found.key == key)
    people = offered(ranked, row)
    facts = next((found.facts for found in people if found.is_current), ())
    return Panel(
        need=cell,
        others_there=staying,
        work=work,
        cover=_cover(row, rows, _why(row, told, facts), with_phone=True),
        uncovered_why=_uncovered(row, told),
        candidates=people[:SHOWN_AT_ONCE],
        more_candidates=people[SHOWN_AT_ONCE:],
        excluded=excluded(ranked),
        others=others(ranked),
        merge_options=merge_options(measures),
        allows_self_study=any(measure.kind == "self_study" for measure in measures),
        allows_cancelling=need.kind == "lesson",
        allows_not_needed=True,
        can_edit=True,
    )


def _explanation(need: CoverNeed) -> Explanation | None:
    return Explanation.objects.filter(need=need).order_by("-plan__version").first()


def _cover(row: Assignment | None, rows: DayRows, why: str, *, with_phone: bool) -> Cover | None:
    if row is None:
        return None
    if row.person is None:
        into = rows.classes.get(row.into_lesson_id or 0, "")
        return Cover(f"with {into}" if into else "", "", "", why)
    return Cover(row.person.name, HOW[row.kind], row.person.phone if with_phone else "", why)


def _why(row: Assignment | None, told: Explanation | None, facts: tuple[str, ...]) -> str:
    """The planner's sentence where the choice is the planner's; for a choice by hand, what speaks for it now."""
    if row is None:
        return ""
    if row.by_hand:
        return f"Chosen by hand: {', '.join(facts)}." if facts else "Chosen by hand."
    sentence: str = told.chosen.get("sentence", "") if told else ""
    return sentence if row.person is None or sentence.startswith(row.person.name) else ""


def _uncovered(row: Assignment | None, told: Explanation | None) -> str:
    """The planner's sentence about a lesson that nobody takes."""
    if row is not None or told is None or not told.chosen.get("uncovered_because"):
        return ""
    return str(told.chosen["sentence"])


def _work(need: CoverNeed, sees_absences: bool) -> Work:
    text = need.absence_day.absence.note_for_cover if need.absence_day else ""
    return Work(bool(text), text if sees_absences else "")


def _others_there(need: CoverNeed) -> tuple[str, ...]:
    """Co-teachers who stay with the class. One query."""
    gone = CoverNeed.objects.filter(lesson=need.lesson_id, date=need.date).exclude(state=NeedState.WITHDRAWN)
    staying = LessonPost.objects.filter(lesson=need.lesson_id).exclude(post__in=gone.values("post_id"))
    return tuple(staying.order_by("post__person__name").values_list("post__person__name", flat=True))
