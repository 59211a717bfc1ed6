"""The headline and the amounts speak of lessons, money and covers."""

from dataclasses import replace

import pytest

from coverplans.matching import Plan, evaluate, headline, solve
from coverplans.matching.words import difference, hours, listed, money
from tests.coverplans.matching.days import day, lesson, teacher

PROBLEM = day([lesson(1), lesson(2)], [teacher("Ada")])


def _with_gap(name: str, gap: int) -> Plan:
    plan = solve(PROBLEM)
    tiers = [replace(t, gap=gap, proven=False) if t.name == name else t for t in plan.tiers]
    return replace(plan, tiers=tuple(tiers))


@pytest.mark.parametrize(
    ("tier", "gap", "text"),
    [
        ("uncovered", 60, "at most 1 lesson from best"),
        ("uncovered", 61, "at most 2 lessons from best"),
        ("money", 6000, "as many lessons covered as possible, at most 60.00 EUR from best"),
        ("changes", 2, "as many lessons covered as possible, at most 2 changes from best"),
        ("fairness", 1, "as many lessons covered as possible, at most 1 cover from fairest"),
        ("quality", 3, "as many lessons covered as possible, at most 3 points from the best fit"),
    ],
)
def test_a_gap_reads_as_what_it_is_about(tier: str, gap: int, text: str) -> None:
    assert headline(PROBLEM, _with_gap(tier, gap)) == text


def test_a_proven_plan_and_one_changed_by_hand() -> None:
    plan = solve(PROBLEM)
    assert headline(PROBLEM, plan) == "proven best"
    assert headline(PROBLEM, evaluate(PROBLEM, {"n1": ("ada", "")})) == "changed by hand"


def test_differences_say_worse_and_better() -> None:
    changes = {"uncovered": -60, "last_resort": 0, "changes": 1, "money": -550, "fairness": 300, "quality": 2}
    assert difference(PROBLEM, changes) == [
        "1 lesson fewer uncovered",
        "1 change more",
        "5.50 EUR cheaper",
        "less fair by up to 3 covers",
        "a worse fit by 2 points",
    ]


def test_small_words() -> None:
    assert money(PROBLEM, -105) == "−1.05 EUR"
    assert (listed([]), listed(["a"]), listed(["a", "b", "c"])) == ("", "a", "a, b and c")
    assert (hours(0), hours(59), hours(60), hours(-125)) == ("0 min", "59 min", "1 h", "−2 h 05 min")
