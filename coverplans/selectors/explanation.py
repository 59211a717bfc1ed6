"""What can be said about one need: who takes it and why, who came next, who cannot and for which reason."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, QuerySet, Value, When

from coverplans.matching import WhyNot, why_not
from coverplans.models import Assignment, AssignmentState, CoverNeed, CoverPlan, Explanation, PlanState
from schools.errors import Refused
from staffing.models import Person

from .stored import Stored, stored

_NEWEST_FIRST = (
    Case(
        When(plan__state=PlanState.DRAFT, then=Value(0)),
        When(plan__state=PlanState.PUBLISHED, then=Value(1)),
        default=Value(2),
    ),
    "-plan__version",
)


@dataclass(frozen=True, slots=True)
class Excluded:
    """Somebody of the school's own staff who cannot take it. `reasons` are codes with their texts."""

    person: str
    name: str
    reasons: list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class NeedExplained:
    """`taker` is who takes it now; the rest is what the planner said when it made `plan`, None before the first.

    Where the two differ, `taker` was chosen by hand afterwards.
    """

    need: CoverNeed
    taker: Assignment | None
    plan: CoverPlan | None
    sentence: str
    terms: list[dict[str, Any]]
    uncovered_because: list[dict[str, Any]]
    alternatives: list[dict[str, Any]]
    excluded: list[Excluded]


def explain_need(need: CoverNeed) -> NeedExplained:
    """The newest explanation of a need: of the draft, else of what is published, else of the last version. Three queries."""
    kept = _explanations(need).select_related("plan").defer("plan__problem", "plan__result").first()
    chosen: dict[str, Any] = kept.chosen if kept else {}
    return NeedExplained(
        need=need,
        taker=current_taker(need),
        plan=kept.plan if kept else None,
        sentence=chosen.get("sentence", ""),
        terms=chosen.get("terms", []),
        uncovered_because=chosen.get("uncovered_because", []),
        alternatives=kept.alternatives if kept else [],
        excluded=_excluded(kept.excluded) if kept else [],
    )


def current_taker(need: CoverNeed) -> Assignment | None:
    """Who takes the need in the draft, or in what is published where there is no draft. One query."""
    rows = Assignment.objects.filter(need=need, to_version__isnull=True)
    return rows.exclude(state=AssignmentState.ENDED).select_related("person").first()


def planned_with(need: CoverNeed) -> Stored:
    """The planner's newest question and answer that had this need. Raises Refused when there is none. One query."""
    kept = _explanations(need).select_related("plan").first()
    found = stored(kept.plan) if kept else None
    if found is None:
        raise Refused("This lesson has not been planned yet: plan the day first.")
    return found


def why_not_person(found: Stored, need: CoverNeed, person: Person) -> WhyNot:
    """What it would mean if this person took the need: solves the day once more, so leave every door before.

    Raises Refused for somebody who was no candidate on that day.
    """
    try:
        return why_not(found.problem, found.plan, str(need.uuid), str(person.uuid))
    except KeyError as unknown:
        raise Refused(
            f"{person.name} had no post at the school and was not in the district's pool when the day was planned.",
            field="person",
        ) from unknown


def _explanations(need: CoverNeed) -> "QuerySet[Explanation]":
    return Explanation.objects.filter(need=need).order_by(*_NEWEST_FIRST)


def _excluded(kept: dict[str, list[dict[str, str]]]) -> list[Excluded]:
    people = Person.objects.filter(uuid__in=list(kept)).values_list("uuid", "name")
    names = {str(key): name for key, name in people}
    rows = [
        Excluded(person, names.get(person, "somebody no longer here"), reasons)
        for person, reasons in kept.items()
    ]
    return sorted(rows, key=lambda row: (row.name, row.person))
