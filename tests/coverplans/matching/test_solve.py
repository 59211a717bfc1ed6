"""The exact planner against every plan there is, against greedy, and against itself."""

from dataclasses import replace
from random import Random
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from coverplans.matching import Effort, Problem, greedy_plan, solve
from coverplans.matching.checker import Judgement
from tests.coverplans.matching.strategies import every_sound_plan, problems

Thing = TypeVar("Thing")


@settings(max_examples=150, deadline=None)
@given(problems(most_needs=3, most_people=4))
def test_no_plan_is_better_than_the_solved_one(problem: Problem) -> None:
    plan = solve(problem)
    assert plan.rung == "exact"
    assert plan.notes == ()
    assert plan.proven
    assert plan.vector() == min(vector for vector, _ in every_sound_plan(problem))


@settings(max_examples=120, deadline=None)
@given(problems())
def test_every_plan_is_sound_bounded_and_no_worse_than_greedy(problem: Problem) -> None:
    plan, greedy = solve(problem), greedy_plan(problem)
    assert Judgement(problem, plan.choices).violations() == []
    assert Judgement(problem, greedy.choices).violations() == []
    assert plan.notes == ()
    assert all(tier.bound <= tier.value for tier in plan.tiers)
    assert plan.vector() <= greedy.vector()


@settings(max_examples=60, deadline=None)
@given(problems(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(problem: Problem, random: Random) -> None:
    shuffled = replace(
        problem,
        needs=_shuffled(problem.needs, random),
        candidates=_shuffled(problem.candidates, random),
        existing=_shuffled(problem.existing, random),
    )
    assert solve(shuffled).to_dict() == solve(problem).to_dict()


@settings(max_examples=100, deadline=None)
@given(problems(), st.sampled_from([Effort(nodes=1), Effort(milliseconds=0)]))
def test_without_effort_the_plan_is_still_sound_and_its_gap_honest(problem: Problem, effort: Effort) -> None:
    hurried = solve(replace(problem, settings=replace(problem.settings, effort=effort)))
    best = solve(problem)
    assert Judgement(problem, hurried.choices).violations() == []
    assert best.vector() <= hurried.vector()
    if hurried.proven:
        assert hurried.vector() == best.vector()
    elif hurried.tiers[0].value == best.tiers[0].value:
        assert hurried.tiers[1].bound <= best.tiers[1].value
    assert hurried.tiers[0].bound <= best.tiers[0].value


def _shuffled(items: tuple[Thing, ...], random: Random) -> tuple[Thing, ...]:
    mixed = list(items)
    random.shuffle(mixed)
    return tuple(mixed)
