"""The hard rules about several needs together, in the plan and for the checker."""

from dataclasses import replace

import pytest

from coverplans.matching import Cap, CapacityGroup, Measure, Need, Problem, solve
from coverplans.matching.checker import Judgement
from coverplans.matching.plan import Choice
from tests.coverplans.matching.days import busy, day, lesson, teacher

TWO_AT_ONCE = [lesson(1), lesson(1, key="n1b")]
HALF_OVER = [lesson(1), lesson(1, key="n1b", starts=510, ends=570)]
ADA = teacher("Ada")


@pytest.mark.parametrize("needs", [TWO_AT_ONCE, HALF_OVER])
def test_nobody_is_in_two_places(needs: list[Need]) -> None:
    _only_so_many(day(needs, [ADA]), 1)


def test_lessons_that_only_touch_can_go_to_one_person() -> None:
    _only_so_many(day([lesson(1), lesson(2)], [ADA]), 2)


@pytest.mark.parametrize(
    ("cap", "most"),
    [
        (Cap("day", "covers", 2), 2),
        (Cap("week", "covers", 4, 3), 1),
        (Cap("year", "minutes", 200, 60), 2),
        (Cap("day", "covers", 3), 3),
    ],
)
def test_caps_hold_for_the_whole_day(cap: Cap, most: int) -> None:
    ada = replace(ADA, caps=(cap,))
    _only_so_many(day([lesson(1), lesson(3), lesson(5)], [ada]), most)


def test_two_covers_beside_own_lessons_leave_a_break() -> None:
    ada = replace(ADA, max_consecutive=180, busy=(busy(2),))
    _only_so_many(day([lesson(1), lesson(3)], [ada]), 2)
    _only_so_many(day([lesson(1), lesson(3), lesson(4)], [ada]), 2)
    _only_so_many(day([lesson(1), lesson(3)], [replace(ada, max_consecutive=150)]), 1)


def test_a_hall_takes_only_so_many() -> None:
    measure = Measure("self_study", 3, group="hall", size=25)
    needs = [lesson(1, measures=(measure,)), lesson(1, key="n1b", measures=(measure,))]
    hall = CapacityGroup("hall", 40, "the hall")
    problem = day(needs, groups=(hall,))
    plan = solve(problem)
    assert len(plan.measures) == 1
    both = [Choice(need.key, "self_study", measure="self_study") for need in needs]
    assert Judgement(problem, both).violations() == ["the hall is over its capacity"]
    assert len(solve(replace(problem, groups=(replace(hall, capacity=50),))).measures) == 2


def _only_so_many(problem: Problem, most: int) -> None:
    """Ada covers exactly `most` needs, and the checker refuses that she takes all when that is more."""
    plan = solve(problem)
    assert len(plan.assignments) == most
    everything = [Choice(need.key, "internal", person="ada") for need in problem.needs]
    assert bool(Judgement(problem, everything).violations()) == (most < len(problem.needs))
