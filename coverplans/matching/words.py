"""How the planner speaks to a cover manager: no word of solvers, everything as lessons, money and covers."""

from collections.abc import Mapping, Sequence

from coverplans.matching.plan import Plan
from coverplans.matching.problem import Problem
from coverplans.matching.settings import COVER_TICKS


def money(problem: Problem, cents: int) -> str:
    """110.00 EUR."""
    sign = "−" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d} {problem.settings.currency}"


def count(number: int, one: str, many: str = "") -> str:
    """1 lesson, 2 lessons."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def hours(minutes: int) -> str:
    """2 h 05 min; credit may be negative."""
    sign, minutes = ("−" if minutes < 0 else ""), abs(minutes)
    whole, rest = divmod(minutes, 60)
    if not whole:
        return f"{sign}{rest} min"
    return f"{sign}{whole} h {rest:02d} min" if rest else f"{sign}{whole} h"


def listed(items: Sequence[str]) -> str:
    """a, b and c."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""


def amount(problem: Problem, tier: str, units: int) -> str:
    """An amount of one tier as people measure it, rounded up so that it is never understated."""
    if tier == "uncovered":
        shortest = min((need.minutes for need in problem.needs), default=1)
        return count(_up(units, shortest), "lesson")
    if tier in ("money", "balance"):
        return money(problem, units)
    if tier == "fairness":
        return count(_up(units, COVER_TICKS**2), "cover")
    return count(units, "change" if tier == "changes" else "point")


_FROM_BEST = {
    "uncovered": "at most {} from best",
    "last_resort": "at most {} of self-study and merging from best",
    "changes": "at most {} from best",
    "money": "at most {} from best",
    "balance": "at most {} from best",
    "fairness": "at most {} from fairest",
    "quality": "at most {} from the best fit",
}
_WORSE = {
    "uncovered": "{} more uncovered",
    "last_resort": "{} more self-study and merging",
    "changes": "{} more",
    "money": "{} dearer",
    "balance": "{} worse in cost, fairness and fit together",
    "fairness": "less fair by up to {}",
    "quality": "a worse fit by {}",
}
_BETTER = {
    "uncovered": "{} fewer uncovered",
    "last_resort": "{} less self-study and merging",
    "changes": "{} fewer",
    "money": "{} cheaper",
    "balance": "{} better in cost, fairness and fit together",
    "fairness": "fairer by up to {}",
    "quality": "a better fit by {}",
}


def headline(problem: Problem, plan: Plan) -> str:
    """How good the plan is, in one line: "proven best" or "at most 1 lesson from best"."""
    if plan.rung == "by_hand":
        return "changed by hand"
    first = next((tier for tier in plan.tiers if tier.gap), None)
    if first is None:
        return "proven best"
    text = _FROM_BEST[first.name].format(amount(problem, first.name, first.gap))
    return text if first.name == "uncovered" else f"as many lessons covered as possible, {text}"


def worse(problem: Problem, tier: str, units: int) -> str:
    """What it means that a tier rises by this much: "60.00 EUR dearer"."""
    return _WORSE[tier].format(amount(problem, tier, units))


def difference(problem: Problem, changes: Mapping[str, int]) -> list[str]:
    """What gets worse and what better, tier by tier, most important first."""
    return [
        worse(problem, tier, change) if change > 0 else _BETTER[tier].format(amount(problem, tier, -change))
        for tier, change in changes.items()
        if change
    ]


def _up(value: int, unit: int) -> int:
    return -(-value // unit)
