"""When time runs out or a plan fails the check, a lower rung answers, and says so."""

from dataclasses import replace
from math import inf

import pytest
from hypothesis import given, settings

from coverplans.matching import Cap, Effort, Problem, Settings, UnsoundPlanError, greedy_plan, ladder, solve
from coverplans.matching.checker import Judgement
from coverplans.matching.engine import Found, Search, day_ranks
from coverplans.matching.solver import Solver, SolverFailedError, Whole
from coverplans.matching.words import headline
from coverplans.matching.workbench import Workbench
from tests.coverplans.matching.days import NO_WEIGHTS, busy, day, lesson, substitute, teacher
from tests.coverplans.matching.strategies import problems


def tricky() -> Problem:
    """Greedy gives Ada the first lesson; then only a substitute is left for the second."""
    ada = teacher("Ada", caps=(Cap("day", "covers", 1),))
    ben = teacher("Ben", credit_minutes=60, busy=(busy(2),))
    return day([lesson(1), lesson(2)], [ada, ben, substitute("Sub")])


def test_the_exact_plan_sees_what_greedy_does_not() -> None:
    assert greedy_plan(tricky()).totals["money"] == 6000
    assert solve(tricky()).totals["money"] == 0


def test_without_time_greedy_answers_with_an_honest_gap() -> None:
    problem = replace(tricky(), settings=Settings(NO_WEIGHTS, effort=Effort(milliseconds=0)))
    plan = solve(problem)
    assert plan.rung == "greedy"
    assert plan.notes == ("Time ran out before everything was proven.",)
    assert not plan.proven
    assert headline(problem, plan).startswith("as many lessons covered as possible, at most ")


def fractional() -> Problem:
    """Each of three substitutes can take two of three lessons: half of each would do, but two are needed."""
    subs = [
        substitute(name, busy=(busy(taken, "elsewhere"),)) for name, taken in (("A", 1), ("B", 2), ("C", 3))
    ]
    return day([lesson(1), lesson(2), lesson(3)], subs)


def test_where_halves_would_be_cheaper_whole_people_are_still_proven_best() -> None:
    plan = solve(fractional())
    assert (plan.proven, plan.totals["money"], plan.work.programs > 1) == (True, 12000, True)


def test_a_search_that_reaches_its_limit_tells_the_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Solver, "solve_whole", lambda self, cost, start: Whole(None, 0, finished=False))
    plan = solve(fractional())
    assert (plan.tiers[3].value, plan.tiers[3].bound, plan.tiers[3].gap) == (12000, 9000, 3000)
    assert plan.notes == ("The search reached its limit; bookings were kept from there on.",)
    assert headline(fractional(), plan) == "as many lessons covered as possible, at most 30.00 EUR from best"


def test_a_solver_that_fails_leaves_a_sound_plan_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: Solver, cost: object) -> None:
        raise SolverFailedError("trouble")

    monkeypatch.setattr(Solver, "relax", fail)
    plan = solve(fractional())
    assert (plan.rung, plan.notes) == ("greedy", ("The solver gave up on one step (trouble).",))


@settings(max_examples=60, deadline=None)
@given(problems(most_needs=4, most_people=3))
def test_with_bookings_fixed_the_plan_is_sound_and_its_bounds_are_true(problem: Problem) -> None:
    bench = Workbench.of(problem)
    ties = day_ranks(bench.instance)
    search = Search(bench.model, bench.greedy().run(), ties=ties, deadline=inf, bookings_fixed=True)
    found, best = search.run(), solve(problem)
    assert ladder._faults(bench.instance, found) == []
    assert best.vector() <= tuple(found.values.values())
    for tier in best.tiers:
        assert found.bounds[tier.name] <= tier.value
        if found.values[tier.name] != tier.value:
            break


def test_a_plan_that_fails_the_check_falls_back_one_rung_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def doubting(problem: Problem, choices: object) -> Judgement:
        judgement = Judgement(problem, solve_choices)
        if next(doubts):
            judgement.choices = ()
        return judgement

    problem = tricky()
    solve_choices = solve(problem).choices
    doubts = iter([True, False, False])
    monkeypatch.setattr(ladder, "Judgement", doubting)
    plan = solve(problem)
    assert plan.rung == "bookings_fixed"
    assert plan.notes[0].startswith("The exact plan failed the check: ")


def test_a_claim_below_its_own_bound_fails_the_check() -> None:
    bench = Workbench.of(tricky())
    picks = bench.greedy().run()
    honest = Found(picks, bounds={"money": 0}, rung="greedy")
    assert ladder._faults(bench.instance, honest) == []
    lying = Found(picks, values={"money": 1}, bounds={"fairness": 10**6}, rung="greedy")
    first, second = ladder._faults(bench.instance, lying)
    assert first.startswith("money is ")
    assert second.startswith("fairness can't be ")


def test_when_no_rung_passes_the_planner_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Judgement, "violations", lambda self: ["broken"])
    with pytest.raises(UnsoundPlanError, match="greedy plan failed the check: broken"):
        solve(tricky())
