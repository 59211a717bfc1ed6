"""How a day's needs end in a version of its plan, in numbers."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count

from coverplans.models import Assignment, AssignmentState, CoverNeed, CoverPlan, NeedState, PlanState
from coverplans.models.assignment import TYPED_MEASURES

_REQUIRED = (NeedState.OPEN, NeedState.COVERED)
_LIVE = (PlanState.DRAFT, PlanState.PUBLISHED)
_Day = tuple[int, dt.date]


@dataclass(frozen=True, slots=True)
class PlanCounts:
    """`covered` by a person, ended in one of the `measures`, or `uncovered`: together they are the `needs`."""

    needs: int = 0
    covered: int = 0
    measures: int = 0
    uncovered: int = 0


@dataclass(frozen=True, slots=True)
class _Group:
    """Assignments of one day that belong to the same versions and are of one kind."""

    from_version: int
    to_version: int | None
    kind: str
    number: int

    def belongs(self, version: int) -> bool:
        return self.from_version <= version and (self.to_version is None or self.to_version > version)


def count_plans(plans: Sequence[CoverPlan]) -> dict[int, PlanCounts]:
    """Plan → its numbers, in two queries. A draft and what is published count as they stand, an older version as planned."""
    live = [plan for plan in plans if plan.state in _LIVE]
    needs, groups = _needs(live), _groups(live)
    found = {plan.pk: _as_planned(plan) for plan in plans}
    for plan in live:
        day = (plan.school_id, plan.date)
        mine = [group for group in groups[day] if group.belongs(plan.version)]
        measures = _sum(group for group in mine if group.kind in TYPED_MEASURES)
        covered = _sum(mine) - measures
        found[plan.pk] = PlanCounts(needs[day], covered, measures, needs[day] - covered - measures)
    return found


def _as_planned(plan: CoverPlan) -> PlanCounts:
    kinds: dict[str, int] = plan.measures
    measures = sum(number for kind, number in kinds.items() if kind in TYPED_MEASURES)
    uncovered, needs = kinds.get("uncovered", 0), sum(kinds.values())
    return PlanCounts(needs, needs - measures - uncovered, measures, uncovered)


def _sum(groups: Iterable[_Group]) -> int:
    return sum(group.number for group in groups)


def _needs(plans: list[CoverPlan]) -> dict[_Day, int]:
    rows = CoverNeed.objects.filter(
        school__in={plan.school_id for plan in plans},
        date__in={plan.date for plan in plans},
        state__in=_REQUIRED,
    )
    counted = rows.order_by().values_list("school_id", "date").annotate(number=Count("id"))
    return defaultdict(int, {(school_id, date): number for school_id, date, number in counted})


def _groups(plans: list[CoverPlan]) -> dict[_Day, list[_Group]]:
    rows = Assignment.objects.filter(
        school__in={plan.school_id for plan in plans},
        date__in={plan.date for plan in plans},
        need__state__in=_REQUIRED,
    ).exclude(state=AssignmentState.ENDED)
    found: dict[_Day, list[_Group]] = defaultdict(list)
    counted = rows.order_by().values_list("school_id", "date", "from_version", "to_version", "kind")
    for school_id, date, first, last, kind, number in counted.annotate(number=Count("id")):
        found[school_id, date].append(_Group(first, last, kind, number))
    return found
