"""How good the plan is, as one line of the board."""

import json
import zlib
from typing import Any

from coverplans.matching import Plan, Tier, decode, headline
from coverplans.models import CoverPlan, NeedState, PlanState

from .day_problem.read import measure_key
from .day_rows import DayRows


def quality_of(rows: DayRows) -> str:
    """`proven best`, `at most 1 lesson from best`, with what was changed since it was planned; "" before the first plan.

    One query, and another one where a better plan may exist.
    """
    planned = [plan for plan in rows.plans if plan.input_hash and plan.state != PlanState.DISCARDED]
    if not planned:
        return ""
    plan = planned[-1]
    answer = _answer_of(plan)
    words = "proven best" if plan.is_proven else _headline(plan, answer)
    changed = _changed_since(rows, answer)
    if not changed:
        return words
    return f"{words}, {changed} {'lesson' if changed == 1 else 'lessons'} changed since"


def _answer_of(plan: CoverPlan) -> dict[str, Any]:
    stored = CoverPlan.objects.filter(pk=plan.pk).values_list("result", flat=True)[0]
    answer: dict[str, Any] = json.loads(zlib.decompress(bytes(stored))) if stored else {"choices": []}
    return answer


def _headline(plan: CoverPlan, answer: dict[str, Any]) -> str:
    stored = CoverPlan.objects.filter(pk=plan.pk).values_list("problem", flat=True)[0]
    if stored is None:
        return ""
    tiers = tuple(Tier(**tier) for tier in plan.tiers)
    return headline(decode(bytes(stored)), Plan((), (), tiers, {}, answer.get("rung", "exact")))


def _changed_since(rows: DayRows, answer: dict[str, Any]) -> int:
    """How many lessons stand differently from what the planner answered, new ones included."""
    planned = {choice["need"]: (choice["person"], choice["measure"]) for choice in answer["choices"]}
    changed = 0
    for need in rows.needs:
        row = rows.current.get(need.pk)
        stands = (
            ("", "") if row is None else (str(row.person.uuid), "") if row.person else ("", measure_key(row))
        )
        required = need.state in (NeedState.OPEN, NeedState.COVERED)
        changed += required and planned.get(str(need.uuid)) != stands
    return changed
