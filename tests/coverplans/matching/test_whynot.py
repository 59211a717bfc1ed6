"""The counterfactual is exact: it agrees with looking at every plan in which the person has the need."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coverplans.matching import Cap, Existing, Problem, solve, why_not
from tests.coverplans.matching.days import busy, day, lesson, substitute, teacher
from tests.coverplans.matching.strategies import every_sound_plan, problems


@settings(max_examples=80, deadline=None)
@given(problems(most_needs=3, most_people=3, fewest=1), st.integers(0, 2), st.integers(0, 2))
def test_it_agrees_with_every_plan_there_is(problem: Problem, need_at: int, person_at: int) -> None:
    need = problem.needs[need_at % len(problem.needs)].key
    person = problem.candidates[person_at % len(problem.candidates)].person
    plan = solve(problem)
    answer = why_not(problem, plan, need, person)
    with_person = [
        vector
        for vector, choices in every_sound_plan(problem)
        if any(choice.need == need and choice.person == person for choice in choices)
    ]
    settled = any(reason.code == "settled" for reason in answer.excluded_by)
    if answer.possible:
        assert answer.changes is not None
        after = tuple(tier.value + answer.changes[tier.name] for tier in plan.tiers)
        assert after == min(with_person)
        assert answer.proven
    elif not settled and not any(row.need == need for row in problem.existing):
        assert with_person == []


def test_it_tells_the_chain_of_changes() -> None:
    once = Cap("day", "covers", 1)
    ben = teacher("Ben", credit_minutes=60, busy=(busy(2),))
    problem = day([lesson(1), lesson(2)], [teacher("Ada", caps=(once,)), ben, substitute("Sub")])
    plan = solve(problem)
    assert plan.choice("n1").person == "ben"
    answer = why_not(problem, plan, "n1", "ada")
    assert answer.possible
    assert [move.text for move in answer.moves] == [
        "lesson 1: Ada instead of Ben",
        "lesson 2: Sub instead of Ada",
    ]
    assert answer.texts[0] == "60.00 EUR dearer"
    assert answer.to_dict()["moves"] == [{"need": move.need, "text": move.text} for move in answer.moves]


def test_an_unknown_person_or_need_is_a_key_error() -> None:
    problem = day([lesson(1)], [teacher("Ada")])
    for need, person in (("n9", "ada"), ("n1", "zoe")):
        with pytest.raises(KeyError):
            why_not(problem, solve(problem), need, person)


def test_it_names_the_rules_that_forbid_it() -> None:
    problem = day([lesson(1)], [teacher("Ada", busy=(busy(1),)), teacher("Ben")])
    answer = why_not(problem, solve(problem), "n1", "ada")
    assert (answer.possible, [reason.text for reason in answer.excluded_by]) == (False, ["teaches 8b Maths"])


def test_it_names_a_locked_row_that_stands_in_the_way() -> None:
    locked = (Existing("n1", person="ada", locked=True),)
    problem = day([lesson(1), lesson(1, key="n1b")], [teacher("Ada"), teacher("Ben")], existing=locked)
    plan = solve(problem)
    same_time = why_not(problem, plan, "n1b", "ada")
    assert [reason.text for reason in same_time.excluded_by] == ["covers another lesson at this time"]
    settled = why_not(problem, plan, "n1", "ben")
    assert [reason.code for reason in settled.excluded_by] == ["settled"]


def test_who_already_has_it_changes_nothing() -> None:
    problem = day([lesson(1)], [teacher("Ada")])
    answer = why_not(problem, solve(problem), "n1", "ada")
    assert (answer.texts, answer.moves) == (("just as good",), ())
