"""What was decided stays: locked, accepted and begun rows never move, published ones only for something better."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from coverplans.matching import Busy, Existing, Measure, Problem, solve
from coverplans.matching.checker import Judgement
from tests.coverplans.matching.days import busy, day, lesson, substitute, teacher
from tests.coverplans.matching.strategies import problems

RESTED, TIRED = teacher("Ada"), teacher("Ben", credit_minutes=600)
TO_BEN = Existing("n1", person="ben")


@pytest.mark.parametrize("row", [replace(TO_BEN, locked=True), replace(TO_BEN, accepted=True)])
def test_a_locked_or_accepted_row_stays_although_another_would_be_better(row: Existing) -> None:
    problem = day([lesson(1)], [RESTED, TIRED], existing=(row,))
    assert solve(problem).choice("n1").person == "ben"


def test_a_draft_row_moves_freely() -> None:
    assert solve(day([lesson(1)], [RESTED, TIRED], existing=(TO_BEN,))).choice("n1").person == "ada"


def test_a_published_row_stays_for_fairness_but_moves_for_cover() -> None:
    published = replace(TO_BEN, published=True)
    assert solve(day([lesson(1)], [RESTED, TIRED], existing=(published,))).choice("n1").person == "ben"
    both = day([lesson(1), lesson(1, key="late", priority=3)], [TIRED], existing=(published,))
    plan = solve(both)
    assert plan.choice("late").person == "ben"
    assert plan.totals["changes"] == 1


def test_cancelling_an_external_weighs_twice() -> None:
    published = Existing("n1", person="sub", published=True)
    gone = substitute("Sub", busy=(busy(1),))
    assert solve(day([lesson(1)], [RESTED, gone], existing=(published,))).totals["changes"] == 2


def test_what_has_begun_stays() -> None:
    problem = day([lesson(1)], [RESTED, TIRED], existing=(replace(TO_BEN, published=True),))
    needs_ben = replace(
        problem, needs=(*problem.needs, lesson(1, key="late", priority=9)), candidates=(TIRED,)
    )
    assert solve(needs_ben).choice("n1").person == ""
    assert solve(replace(needs_ben, now=481)).choice("n1").person == "ben"


def test_a_locked_row_that_breaks_a_rule_stays_and_is_reported() -> None:
    ben = replace(TIRED, busy=(busy(1),))
    plan = solve(day([lesson(1)], [RESTED, ben], existing=(replace(TO_BEN, locked=True),)))
    assert plan.choice("n1").person == "ben"
    assert plan.conflicts == ("lesson 1: Ben teaches 8b Maths",)


def test_a_locked_row_of_somebody_who_fell_ill_is_planned_anew() -> None:
    ben = replace(TIRED, busy=(Busy(480, 900, "absent", "is away"),))
    plan = solve(day([lesson(1)], [RESTED, ben], existing=(replace(TO_BEN, locked=True),)))
    assert plan.choice("n1").person == "ada"
    assert plan.conflicts == ("lesson 1: Ben is away",)


def test_a_locked_row_of_somebody_who_left_is_planned_anew() -> None:
    plan = solve(day([lesson(1)], [RESTED], existing=(replace(TO_BEN, locked=True),)))
    assert plan.choice("n1").person == "ada"
    assert plan.conflicts == ("lesson 1: the person it was given to is no longer available",)


@pytest.mark.parametrize(("allowed", "person"), [(True, ""), (False, "ada")])
def test_a_locked_measure_stays_while_the_school_allows_it(allowed: bool, person: str) -> None:
    need = lesson(1, measures=(Measure("self_study", 3),) if allowed else ())
    plan = solve(day([need], [RESTED], existing=(Existing("n1", measure="self_study", locked=True),)))
    assert plan.choice("n1").person == person
    assert bool(plan.conflicts) == (not allowed)


def test_two_locked_rows_may_share_a_person_but_nothing_joins_them() -> None:
    needs = [lesson(1), lesson(1, key="n1b"), lesson(1, key="n1c")]
    locked = tuple(Existing(key, person="ben", locked=True) for key in ("n1", "n1b"))
    plan = solve(day(needs, [TIRED], existing=locked))
    assert [choice.person for choice in plan.choices] == ["ben", "ben", ""]


@settings(max_examples=60, deadline=None)
@given(problems())
def test_settled_rows_never_move(problem: Problem) -> None:
    plan = solve(problem)
    people = {candidate.person: candidate for candidate in problem.candidates}
    needs = {need.key: need for need in problem.needs}
    for row in problem.existing:
        there = people.get(row.person)
        absent = there and any(
            b.code == "absent" and b.starts < needs[row.need].ends and needs[row.need].starts < b.ends
            for b in there.busy
        )
        own = row.person == needs[row.need].absent_person
        if (row.locked or row.accepted) and (row.measure or (there and not absent and not own)):
            assert plan.choice(row.need).taker == (row.person, row.measure)
    assert not [text for text in Judgement(problem, plan.choices).violations() if "was moved" in text]
