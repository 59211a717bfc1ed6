"""The checker finds each kind of breach in an otherwise sound plan, and stands on its own feet."""

import ast
from pathlib import Path

import pytest

import coverplans.matching.checker
from coverplans.matching import Choice, Existing, Measure, evaluate, solve
from coverplans.matching.checker import Judgement
from tests.coverplans.matching.days import day, lesson, substitute, teacher

PROBLEM = day(
    [lesson(1), lesson(2, measures=(Measure("self_study", 3),))],
    [teacher("Ada"), substitute("Sub")],
    existing=(Existing("n1", person="ada", locked=True),),
)
FIRST = Choice("n1", "internal", person="ada")
SECOND = Choice("n2", "external", person="sub")


def test_a_sound_plan_has_no_violations() -> None:
    assert Judgement(PROBLEM, [FIRST, SECOND]).violations() == []


@pytest.mark.parametrize(
    ("choices", "text"),
    [
        ([FIRST], "n2 has 0 choices"),
        ([FIRST, SECOND, SECOND], "n2 has 2 choices"),
        ([FIRST, SECOND, Choice("n9", "uncovered")], "n9 isn't a need of this day"),
        (
            [Choice("n1", "external", person="sub"), SECOND],
            "n1 is locked, accepted or has begun, and was moved",
        ),
        ([FIRST, Choice("n2", "merge", measure="merge")], "n2 may not end in merge"),
        ([FIRST, Choice("n2", "internal", person="zoe")], "zoe isn't a candidate"),
        (
            [FIRST, Choice("n2", "external", person="sub", measure="self_study")],
            "n2 has both a person and a measure",
        ),
        ([FIRST, Choice("n2", "uncovered", person="sub")], "n2 has a kind that doesn't fit what was chosen"),
        ([FIRST, Choice("n2", "external")], "n2 has a kind that doesn't fit what was chosen"),
    ],
)
def test_a_broken_plan_is_refused(choices: list[Choice], text: str) -> None:
    assert text in Judgement(PROBLEM, choices).violations()


def test_a_plan_made_by_hand_is_valued_and_judged() -> None:
    plan = evaluate(PROBLEM, {"n2": ("sub", ""), "n1": ("ada", "")})
    assert plan.choices == (FIRST, SECOND)
    assert plan.vector() == (*solve(PROBLEM).vector()[:3], 6000, plan.totals["fairness"], 0)
    assert (plan.rung, plan.conflicts) == ("by_hand", ())
    other = evaluate(PROBLEM, {"n1": ("zoe", ""), "n2": ("", "self_study")})
    assert [choice.kind for choice in other.choices] == ["internal", "self_study"]
    assert "zoe isn't a candidate" in other.conflicts


def test_the_checker_shares_no_code_with_what_it_checks() -> None:
    tree = ast.parse(Path(coverplans.matching.checker.__file__).read_text())
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    ours = {name for name in imported if name and name.startswith("coverplans")}
    assert ours == {"coverplans.matching.plan", "coverplans.matching.problem"}
