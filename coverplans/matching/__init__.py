"""The planner: one school's day solved as one exact program. Plain Python and HiGHS; knows no database.

    from coverplans.matching import Problem, Need, Candidate, solve

    plan = solve(Problem(date=…, school="north", needs=(…), candidates=(…), existing=(…)))
    plan.choices     # one Choice per need: kind, person or measure
    plan.bookings    # halves of externals to book, with their price
    plan.tiers       # value, bound, gap, proven; in the school's order

    plan, reasons = solve_and_explain(problem)         # reasons[need key].to_dict() is what to store
    candidates(problem, plan, need)                    # the board's ranking, also for a plan changed by hand
    why_not(problem, plan, need, person)               # exact: solves the day once more
    evaluate(problem, {need: (person, measure), …})    # a hand-made plan: tiers, and broken rules as conflicts
    encode(problem), decode(stored), input_hash(problem)
    headline(problem, plan)                            # "proven best"
    HEADINGS[code]                                     # above everybody excluded for the same reason

Fill `Problem` from the database outside any transaction, and remember: `busy`, `caps.used` and `credit_minutes`
leave out assignments to needs of the same problem; those go into `existing`. Everything that isn't in the
problem can't influence the plan, and the same problem gives the same plan byte for byte.
"""

from coverplans.matching.codec import decode, encode, input_hash
from coverplans.matching.explain import Explanation, explain, explain_on
from coverplans.matching.ladder import UnsoundPlanError, climb, evaluate, greedy_plan, solve
from coverplans.matching.panel import Ranked, candidates
from coverplans.matching.plan import Choice, Plan, PlannedBooking, Tier
from coverplans.matching.problem import (
    Busy,
    Candidate,
    Cap,
    CapacityGroup,
    Credential,
    Existing,
    Hire,
    Measure,
    Need,
    Problem,
    Span,
)
from coverplans.matching.rules import HEADINGS
from coverplans.matching.settings import PRIMARY, SECONDARY, Effort, Exchange, Level, Settings, Weights
from coverplans.matching.whynot import WhyNot, why_not
from coverplans.matching.words import headline
from coverplans.matching.workbench import Workbench


def solve_and_explain(problem: Problem) -> tuple[Plan, dict[str, Explanation]]:
    """`solve` and `explain` in one go, working the problem out only once."""
    bench = Workbench.of(problem)
    plan = climb(bench)
    return plan, explain_on(bench, plan)


__all__ = [
    "HEADINGS",
    "PRIMARY",
    "SECONDARY",
    "Busy",
    "Candidate",
    "Cap",
    "CapacityGroup",
    "Choice",
    "Credential",
    "Effort",
    "Exchange",
    "Existing",
    "Explanation",
    "Hire",
    "Level",
    "Measure",
    "Need",
    "Plan",
    "PlannedBooking",
    "Problem",
    "Ranked",
    "Settings",
    "Span",
    "Tier",
    "UnsoundPlanError",
    "Weights",
    "WhyNot",
    "candidates",
    "decode",
    "encode",
    "evaluate",
    "explain",
    "greedy_plan",
    "headline",
    "input_hash",
    "solve",
    "solve_and_explain",
    "why_not",
]
