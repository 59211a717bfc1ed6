"""The plan as it stands now, by hand or by the planner, in the planner's own words."""

import datetime as dt

from coverplans.matching import Plan, evaluate
from coverplans.matching.panel import Ranked, candidates
from coverplans.models import Assignment, AssignmentState, CoverNeed, NeedState
from coverplans.selectors.day_problem import DayProblem, read_day_problem
from coverplans.selectors.day_problem.read import measure_key


def current_assignments(day: DayProblem) -> dict[int, Assignment]:
    """Need → who takes it in the draft, or in what is published where there is no draft. One query."""
    rows = Assignment.objects.filter(
        need__in=[need.pk for need in day.needs.values()], to_version__isnull=True
    )
    rows = rows.exclude(state=AssignmentState.ENDED).select_related("person", "booking", "into_lesson")
    return {row.need_id: row for row in rows}


def standing_plan(day: DayProblem) -> Plan:
    """The current choices as a plan, with their tier values and broken rules."""
    rows = current_assignments(day)
    known = {candidate.person for candidate in day.problem.candidates}
    takers = {key: _taker(rows[need.pk], known) for key, need in day.needs.items() if need.pk in rows}
    return evaluate(day.problem, takers)


def _taker(row: Assignment, known: set[str]) -> tuple[str, str]:
    """Person and measure; neither where the person is no candidate any more."""
    if row.person is None:
        return "", measure_key(row)
    person = str(row.person.uuid)
    return (person if person in known else ""), ""


def ranked_candidates(day: DayProblem, need_key: str) -> list[Ranked]:
    """Everybody for one need beside the plan as it stands: who could take it, best first, then who cannot and why."""
    return candidates(day.problem, standing_plan(day), need_key)


def candidates_for(need: CoverNeed, now: dt.datetime) -> list[Ranked]:
    """The same for a need by itself; nobody for one that needs nobody any more. The need carries its school."""
    if need.state not in (NeedState.OPEN, NeedState.COVERED):
        return []
    day = read_day_problem(school=need.school, date=need.date, now=now)
    return ranked_candidates(day, str(need.uuid))
