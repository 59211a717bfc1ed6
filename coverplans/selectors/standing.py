"""The plan as it stands now, by hand or by the planner, in the planner's own words."""

from coverplans.matching import Plan, evaluate
from coverplans.matching.panel import Ranked, candidates
from coverplans.matching.plan import Choice
from coverplans.models import Assignment, AssignmentState
from coverplans.selectors.day_problem import DayProblem
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
    return evaluate(day.problem, [_choice(key, rows.get(need.pk), known) for key, need in day.needs.items()])


def _choice(key: str, row: Assignment | None, known: set[str]) -> Choice:
    if row is None:
        return Choice(key, "uncovered")
    if row.person is None:
        return Choice(key, row.kind, measure=measure_key(row))  # type: ignore[arg-type]  # the kinds are the same words
    person = str(row.person.uuid)
    if person not in known:
        return Choice(key, "uncovered")
    return Choice(key, row.kind, person=person)  # type: ignore[arg-type]  # the kinds are the same words


def ranked_candidates(day: DayProblem, need_key: str) -> list[Ranked]:
    """Everybody for one need beside the plan as it stands: who could take it, best first, then who cannot and why."""
    return candidates(day.problem, standing_plan(day), need_key)
