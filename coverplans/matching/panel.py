"""The ranking a cover manager sees for one need, beside the plan as it stands now."""

from dataclasses import dataclass, replace

from coverplans.matching import costs
from coverplans.matching.engine import tier_order
from coverplans.matching.facts import short_facts
from coverplans.matching.greedy import Greedy
from coverplans.matching.plan import Plan
from coverplans.matching.problem import Problem
from coverplans.matching.rules import Exclusion
from coverplans.matching.workbench import Workbench


@dataclass(frozen=True, slots=True)
class Ranked:
    """One person for the panel: available ones carry a rank from 1 and facts, the others their reasons."""

    person: str
    name: str
    available: bool
    rank: int | None
    terms: tuple[str, ...]
    excluded_by: tuple[Exclusion, ...]

    def to_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        reasons = [{"code": reason.code, "text": reason.text} for reason in self.excluded_by]
        return {
            "person": self.person,
            "available": self.available,
            "rank": self.rank,
            "terms": list(self.terms),
            "excluded_by": reasons,
        }


def candidates(problem: Problem, plan: Plan, need: str) -> list[Ranked]:
    """Everybody for this need: who can take it in order of what it costs now, then who can't and why.

    Everything else in the plan stays as it is, also a plan changed by hand; locks on this very need are left
    aside. Raises KeyError for a need that isn't in the problem.
    """
    bench = Workbench.of(_unlocked(problem, need))
    instance = bench.instance
    j = instance.need_index(need)
    state = bench.standing(plan, without=j)
    options = {instance.options[k].candidate: k for k in instance.options_of[j]}
    able: list[tuple[tuple[int, ...], int]] = []
    unable: list[Ranked] = []
    for i, candidate in enumerate(instance.candidates):
        reasons = instance.excluded[j].get(i) or full_reasons(state, options[i])
        if reasons:
            unable.append(Ranked(candidate.person, candidate.name, False, None, (), reasons))
        else:
            able.append((_wish(state, options[i]), i))
    ranked = [
        Ranked(c.person, c.name, True, rank, tuple(_facts(state, options[i])), ())
        for rank, (_, i) in enumerate(sorted(able), start=1)
        for c in [instance.candidates[i]]
    ]
    return ranked + sorted(unable, key=lambda each: (each.name, each.person))


def full_reasons(state: Greedy, option: int) -> tuple[Exclusion, ...]:
    """Why this option has no room beside the rest of the plan."""
    return tuple(sorted({Exclusion(limit.code, limit.text) for limit in state.full_for(option)}))


def _unlocked(problem: Problem, need: str) -> Problem:
    return replace(problem, existing=tuple(row for row in problem.existing if row.need != need))


def _wish(state: Greedy, option: int) -> tuple[int, ...]:
    """What taking this option costs now, in the school's order of tiers."""
    _, money, burden, quality, _ = state.wish(option)
    settings = state.instance.problem.settings
    if settings.exchange is not None:
        rate = settings.exchange
        return (money + costs.in_cents(burden, settings) + quality * rate.quality_cents, quality, option)
    prices = {"money": money, "fairness": burden, "quality": quality}
    return (*[prices[name] for name in tier_order(settings) if name in prices], option)


def _facts(state: Greedy, option: int) -> list[str]:
    taken = state.instance.options[option]
    need, candidate = state.instance.needs[taken.need], state.instance.candidates[taken.candidate]
    return short_facts(state.instance.problem, need, candidate, state.price(option))
