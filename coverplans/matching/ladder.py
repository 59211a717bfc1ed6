"""From a problem to a checked plan: exact, else with bookings fixed, else greedy; each with its honest gap."""

import time
from collections.abc import Mapping

from coverplans.matching import engine
from coverplans.matching.checker import Judgement
from coverplans.matching.engine import Found, Search
from coverplans.matching.greedy import Picks
from coverplans.matching.instance import Instance, kind_of_cover, prepare
from coverplans.matching.plan import Choice, ChoiceKind, Plan, Rung, Tier, Work
from coverplans.matching.problem import Need, Problem
from coverplans.matching.solver import SOLVER
from coverplans.matching.workbench import Workbench

Anchor = Mapping[str, tuple[str, str]]


class UnsoundPlanError(Exception):
    """Not even the lowest rung passed the independent check: a defect of the planner."""


def solve(problem: Problem) -> Plan:
    """The best plan for this day, proven where time allows, and passed by the independent checker.

    Raises UnsoundPlanError when no rung passes the checker, which would be a defect.
    """
    return climb(Workbench.of(problem))


def greedy_plan(problem: Problem) -> Plan:
    """The plan that per-need greedy makes (least loaded first), judged like any other: the yardstick."""
    started = time.monotonic()
    bench = Workbench.of(problem)
    return _judged(bench.instance, Found(bench.greedy().run(), rung="greedy"), started, [])


def evaluate(problem: Problem, takers: Mapping[str, tuple[str, str]]) -> Plan:
    """A plan made by hand: need → (person, measure), a missing need or two empty strings = uncovered.

    Its tiers have their values and no useful bounds; every broken rule is among its `conflicts`.
    """
    instance = prepare(problem)
    choices = tuple(_by_hand(instance, need, *takers.get(need.key, ("", ""))) for need in instance.needs)
    judgement = Judgement(problem, choices)
    return Plan(
        choices=choices,
        bookings=tuple(judgement.bookings()),
        tiers=_tiers(judgement.vector(), {}),
        totals=judgement.totals(),
        rung="by_hand",
        conflicts=(*instance.conflicts, *judgement.violations()),
    )


def _by_hand(instance: Instance, need: Need, person: str, measure: str) -> Choice:
    kind: ChoiceKind = "internal" if person else "uncovered"
    for candidate in instance.candidates:
        if candidate.person == person:
            kind = kind_of_cover(need, candidate)
    for allowed in need.measures:
        if allowed.key == measure:
            kind = allowed.kind
    return Choice(need.key, kind, person, measure)


def climb(bench: Workbench, anchor: Anchor | None = None) -> Plan:
    """Like `solve`; among equal plans the one nearest to `anchor` (need → person, measure) when given.

    Raises NoRoomError when a forced option can't be had beside rows that must stay.
    """
    started = time.monotonic()
    instance = bench.instance
    effort = instance.problem.settings.effort
    first = bench.greedy().run()
    ties = engine.day_ranks(instance) if anchor is None else engine.moves_from(instance, anchor)
    notes: list[str] = []
    for rung in ("exact", "bookings_fixed", "greedy"):
        found = Found(first, rung="greedy")
        if rung != "greedy":
            deadline = started + effort.milliseconds / 1000
            fixed = rung == "bookings_fixed"
            found = Search(bench.model, first, ties=ties, deadline=deadline, bookings_fixed=fixed).run()
        if not (faults := _faults(instance, found)):
            return _judged(instance, found, started, notes)
        notes.append(f"The {rung.replace('_', ' ')} plan failed the check: {'; '.join(faults)}.")
    raise UnsoundPlanError(" ".join(notes))


def _choices(instance: Instance, picks: Picks) -> tuple[Choice, ...]:
    return tuple(instance.choice(j, pick) for j, pick in enumerate(picks))


def _faults(instance: Instance, found: Found) -> list[str]:
    """What the checker says against this plan or against the claims made with it."""
    judgement = Judgement(instance.problem, _choices(instance, found.picks))
    faults = judgement.violations()
    if not faults:
        vector = judgement.vector()
        for name, value in found.values.items():
            if vector[name] != value:
                faults.append(f"{name} is {vector[name]}, not {value}")
        for name, bound in found.bounds.items():
            if bound > vector[name]:
                faults.append(f"{name} can't be {vector[name]} with a bound of {bound}")
    return faults


def _judged(instance: Instance, found: Found, started: float, notes: list[str]) -> Plan:
    choices = _choices(instance, found.picks)
    judgement = Judgement(instance.problem, choices)
    rung: Rung = found.rung
    return Plan(
        choices=choices,
        bookings=tuple(judgement.bookings()),
        tiers=_tiers(judgement.vector(), found.bounds),
        totals=judgement.totals(),
        rung=rung,
        conflicts=tuple(instance.conflicts),
        notes=(*notes, found.note) if found.note else tuple(notes),
        work=Work(
            solver=SOLVER,
            seed=instance.problem.settings.effort.seed,
            nodes=found.nodes,
            programs=found.programs,
            seconds=time.monotonic() - started,
            solver_seconds=found.solver_seconds,
        ),
    )


def _tiers(values: Mapping[str, int], bounds: Mapping[str, int]) -> tuple[Tier, ...]:
    tiers: list[Tier] = []
    for name, value in values.items():
        bound = min(value, bounds.get(name, 0))
        proven = value == bound and all(tier.proven for tier in tiers)
        tiers.append(Tier(name, value, bound, value - bound, proven))
    return tuple(tiers)
