"""Tier after tier: solve one aim, keep only the plans that are best in it, go on with the next.

Every tier begins with the cheapest proof: nothing can be below the sum of each need's cheapest way; then the
relaxation; and only when that is fractional and below the best known plan, branch and bound. Once a tier had to
end unproven, the bookings stay fixed for the tiers after it, while their bounds are still taken with free ones.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from coverplans.matching.greedy import Picks
from coverplans.matching.instance import Instance
from coverplans.matching.model import Floats, Ints, Model
from coverplans.matching.plan import TIERS, Rung
from coverplans.matching.settings import Settings
from coverplans.matching.solver import OutOfTimeError, Relaxed, Solver, SolverFailedError

TIE_RANKS = 8


def tier_order(settings: Settings) -> tuple[str, ...]:
    """The school's tiers, most important first."""
    if settings.exchange is not None:
        return (*TIERS[:3], "balance")
    if settings.fairness_first:
        return (*TIERS[:3], "fairness", "money", "quality")
    return TIERS


def tier_cost(model: Model, name: str) -> Ints:
    """A tier's cost of every column."""
    exchange = model.instance.problem.settings.exchange
    if name != "balance" or exchange is None:
        return model.cost(name)
    quality = model.cost("quality") * exchange.quality_cents
    return model.cost("money") + model.cost("fairness_cents") + quality


def day_ranks(instance: Instance) -> list[int]:
    """A small rank per option that changes from day to day: among equal plans it picks one, and not by name."""
    day = instance.problem.date.isoformat()
    ranks = []
    for option in instance.options:
        taker = option.measure.key if option.measure else instance.candidates[option.candidate].person
        ranks.append(zlib.crc32(f"{day}|{instance.needs[option.need].key}|{taker}".encode()) % TIE_RANKS)
    return ranks


def moves_from(instance: Instance, anchor: Mapping[str, tuple[str, str]]) -> list[int]:
    """1 for each option that differs from the anchor's taker for its need: among equal plans, the nearest."""
    return [
        int(instance.choice(option.need, k).taker != anchor[instance.needs[option.need].key])
        for k, option in enumerate(instance.options)
    ]


@dataclass(slots=True)
class Found:
    """The picks, each tier's value and bound by name, and how they were reached; `note` when it stopped early."""

    picks: Picks
    values: dict[str, int] = field(default_factory=dict)
    bounds: dict[str, int] = field(default_factory=dict)
    rung: Rung = "exact"
    note: str = ""
    nodes: int = 0
    programs: int = 0
    solver_seconds: float = 0.0


class Search:
    """One descent through the tiers from `start`, which already keeps every hard rule.

    `ties` ranks the options within the last tier: its total is kept below one unit of that tier.
    """

    def __init__(
        self, model: Model, start: Picks, *, ties: list[int], deadline: float, bookings_fixed: bool = False
    ) -> None:
        settings = model.instance.problem.settings
        self.model = model
        self.start = start
        self.best = model.point(start)
        self.bookings_fixed = bookings_fixed
        self.limit_reached = ""
        self.bookings = list(model.booking.values())
        self.costs = {name: tier_cost(model, name) for name in tier_order(settings)}
        self.ties = np.zeros(model.width, dtype=np.int64)
        self.ties[: len(ties)] = ties
        self.most_ties = len(model.instance.needs) * max(ties, default=0)
        self.bounds = {name: model.cheapest(cost)[0] for name, cost in self.costs.items()}
        self.solver = Solver(model, settings.effort, deadline)

    def run(self) -> Found:
        """Solves every tier; what the time doesn't allow keeps the best known value and an honest bound."""
        *earlier, last = self.costs
        note = ""
        try:
            for name in earlier:
                self.bounds[name] = self._settle(self.costs[name])
            unit = self.most_ties + 1
            bound = self._settle(self.costs[last] * unit + self.ties)
            self.bounds[last] = max(self.bounds[last], -(-(bound - self.most_ties) // unit))
        except OutOfTimeError:
            note = "Time ran out before everything was proven."
        except SolverFailedError as failure:
            note = f"The solver gave up on one step ({failure})."
        picks = self.model.picks(self.best)
        rung: Rung = "bookings_fixed" if note or self.bookings_fixed else "exact"
        return Found(
            picks=picks,
            values={name: self._value(cost) for name, cost in self.costs.items()},
            bounds=self.bounds,
            rung="greedy" if rung != "exact" and picks == self.start else rung,
            note=note or self.limit_reached,
            nodes=self.solver.nodes,
            programs=self.solver.programs,
            solver_seconds=self.solver.seconds,
        )

    def _settle(self, cost: Ints) -> int:
        """Brings one cost down as far as it goes, keeps it there, and returns its bound."""
        floor, excess = self.model.cheapest(cost)
        if self._value(cost) == floor:
            self.solver.forbid(excess > 0)
            return floor
        relaxed = self.solver.relax(cost)
        bound = max(relaxed.bound, floor)
        if self.bookings_fixed:
            with self.solver.held(self.bookings, self.best):
                self._improve(cost, self.solver.relax(cost))
        else:
            bound = max(bound, self._improve(cost, relaxed))
        value = self._value(cost)
        self.solver.keep_cheapest(relaxed, cost, value)
        if bound < value and not self.bookings_fixed:
            self.bookings_fixed = True
            self.limit_reached = "The search reached its limit; bookings were kept from there on."
        return bound

    def _improve(self, cost: Ints, relaxed: Relaxed) -> int:
        """Replaces the best known point by a better one where there is one; returns the bound."""
        if relaxed.integral:
            self._adopt(relaxed.x, cost)
        value = self._value(cost)
        if relaxed.bound >= value:
            return value
        whole = self.solver.solve_whole(cost, self.best)
        if whole.x is not None:
            self._adopt(whole.x, cost)
        return (
            self._value(cost) if whole.finished else min(max(whole.bound, relaxed.bound), self._value(cost))
        )

    def _adopt(self, x: Floats, cost: Ints) -> None:
        point = self.model.point(self.model.picks(x))
        if cost @ point < cost @ self.best:
            self.best = point

    def _value(self, cost: Ints) -> int:
        return round(float(cost @ self.best))
