"""The planner: one school's day solved as one exact program. Plain Python and HiGHS; knows no database.

    from coverplans.matching import Problem, Need, Candidate, solve

    plan = solve(Problem(date=…, school="north", needs=(…), candidates=(…), existing=(…)))
    plan.choices     # one Choice per need: kind, person or measure
    plan.bookings    # halves of externals to book, with their price
    plan.tiers       # value, bound, gap, proven; in the school's order

Fill `Problem` from the database outside any transaction, and remember: `busy`, `caps.used` and `credit_minutes`
leave out assignments to needs of the same problem; those go into `existing`. Everything that isn't in the
problem can't influence the plan, and the same problem gives the same plan byte for byte.
"""

from coverplans.matching.ladder import UnsoundPlanError, evaluate, greedy_plan, solve
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
from coverplans.matching.settings import PRIMARY, SECONDARY, Effort, Exchange, Level, Settings, Weights

__all__ = [
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
    "Hire",
    "Level",
    "Measure",
    "Need",
    "Plan",
    "PlannedBooking",
    "Problem",
    "Settings",
    "Span",
    "Tier",
    "UnsoundPlanError",
    "Weights",
    "evaluate",
    "greedy_plan",
    "solve",
]
