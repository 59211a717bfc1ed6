"""When time runs out or a plan fails the check, a lower rung answers, and says so."""

from dataclasses import replace
from math import inf

import pytest
from hypothesis import given, settings

from coverplans.matching import Cap, Effort, Problem, Settings, UnsoundPlanError, greedy_plan, ladder, solve
from coverplans.matching.checker import Judgement
from coverplans.matching.engine import Found, Search, day_ranks
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
