"""A stored version in the planner's own words: the day it was asked about, and its answer."""

import json
import zlib
from dataclasses import dataclass
from typing import Any

from coverplans.matching import Choice, Plan, PlannedBooking, Problem, Tier, decode, headline
from coverplans.matching.plan import Work
from coverplans.models import CoverPlan


@dataclass(frozen=True, slots=True)
class Stored:
    """What the planner was asked and what it answered."""

    problem: Problem
    plan: Plan

    @property
    def headline(self) -> str:
        """How good the answer is: `proven best`, `at most 1 lesson from best`."""
        return headline(self.problem, self.plan)


def stored(version: CoverPlan) -> Stored | None:
    """Problem and answer of a version; None for one that was made by hand."""
    if version.problem is None or version.result is None:
        return None
    return Stored(decode(bytes(version.problem)), _plan(json.loads(zlib.decompress(bytes(version.result)))))


def _plan(kept: dict[str, Any]) -> Plan:
    """The plan that `Plan.to_dict` wrote down."""
    return Plan(
        choices=tuple(Choice(**choice) for choice in kept["choices"]),
        bookings=tuple(
            PlannedBooking(booking["person"], tuple(booking["halves"]), booking["cents"])
            for booking in kept["bookings"]
        ),
        tiers=tuple(Tier(**tier) for tier in kept["tiers"]),
        totals=kept["totals"],
        rung=kept["rung"],
        conflicts=tuple(kept["conflicts"]),
        notes=tuple(kept["notes"]),
        work=Work(solver=kept["solver"], seed=kept["seed"], nodes=kept["nodes"]),
    )
