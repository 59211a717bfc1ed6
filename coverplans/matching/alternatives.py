"""What every other option would cost at least: reduced costs of the day with its bookings as they are.

One relaxation per tier answers for all options at once. "At least" is meant: the true price of putting somebody
somewhere else can be higher, never lower, as long as the bookings stay.
"""

from dataclasses import dataclass

import numpy as np

from coverplans.matching.engine import tier_cost, tier_order
from coverplans.matching.instance import Instance
from coverplans.matching.model import Ints, Model
from coverplans.matching.plan import Plan
from coverplans.matching.problem import Half
from coverplans.matching.solver import OutOfTimeError, Solver, SolverFailedError
from coverplans.matching.workbench import Workbench

Prices = dict[int, tuple[str, int]]
"""By option: the most important tier that gets worse, and by how much at least. Missing: none is known to."""


@dataclass(frozen=True, slots=True)
class Priced:
    """`at_least` by option, and the options that need a booking the plan doesn't have."""

    at_least: Prices
    unbooked: frozenset[int]


def price_alternatives(bench: Workbench, plan: Plan, deadline: float) -> Priced:
    """Prices every option against the plan."""
    instance, model = bench.instance, bench.model
    solver = Solver(model, instance.problem.settings.effort, deadline)
    booked = {(b.person, half) for b in plan.bookings for half in b.halves}
    unbooked = _hold_bookings(instance, model, solver, booked)
    values = {tier.name: tier.value for tier in plan.tiers}
    at_least: Prices = {}
    try:
        for name in tier_order(instance.problem.settings):
            rises = _rises(model, solver, tier_cost(model, name), values[name])
            for k in np.flatnonzero(rises[: len(instance.options)] > 0).tolist():
                if k not in unbooked:
                    at_least.setdefault(k, (name, int(rises[k])))
    except (OutOfTimeError, SolverFailedError):
        # A plan changed by hand may break limits, so that nothing as cheap exists; what is known still holds.
        pass
    return Priced(at_least, frozenset(unbooked))


def _rises(model: Model, solver: Solver, cost: Ints, value: int) -> Ints:
    """By how much at least a tier rises when a column is taken that isn't; then keeps the tier where it is."""
    floor, excess = model.cheapest(cost)
    if value == floor:
        solver.forbid(excess > 0)
        return excess
    relaxed = solver.relax(cost)
    solver.keep_cheapest(relaxed, cost, value)
    rises = np.ceil(relaxed.value + relaxed.reduced - value - 1e-4)
    return np.where(relaxed.x < 0.5, rises, 0).astype(np.int64)


def _hold_bookings(
    instance: Instance, model: Model, solver: Solver, booked: set[tuple[str, Half]]
) -> set[int]:
    """Fixes every booking as in the plan; returns the options that would need another one."""
    columns = list(model.booking.values())
    fixed = [float((instance.candidates[i].person, half) in booked) for i, half in model.booking]
    solver.settle(columns, fixed)
    closed = {key for key, value in zip(model.booking, fixed, strict=True) if not value}
    return {
        k
        for k, option in enumerate(instance.options)
        if (option.candidate, instance.needs[option.need].half) in closed
    }
