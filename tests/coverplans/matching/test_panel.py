"""The ranking beside a cell: who can take it now, in order and with facts; who can't, and why."""

import pytest

from coverplans.matching import Cap, Exchange, Existing, Settings, candidates, evaluate, solve
from tests.coverplans.matching.days import NO_WEIGHTS, busy, day, during, lesson, substitute, teacher

ADA = teacher("Ada", credit_minutes=60, covers_this_term=1, teaching=during(1, 4), subjects=("Maths",))
BEN = teacher("Ben", credit_minutes=120, covers_this_term=2, sections=("7b",))
SUB = substitute("Sub")
NEED = lesson(2, subject="Maths", sections=("7b",))


def test_people_come_in_the_order_of_what_they_cost_with_the_facts_that_matter() -> None:
    problem = day([NEED], [SUB, BEN, ADA])
    ranked = candidates(problem, solve(problem), "n2")
    assert [(each.rank, each.name, each.terms) for each in ranked] == [
        (1, "Ada", ("free between own lessons", "teaches Maths", "1 cover this term")),
        (2, "Ben", ("on site without own lessons", "knows the class", "2 covers this term")),
        (3, "Sub", ("60.00 EUR to book",)),
    ]


def test_with_an_exchange_rate_money_and_fairness_are_weighed_together() -> None:
    tired = teacher("Tia", credit_minutes=1200)
    ill = teacher("Ill", busy=(busy(1),))
    for cover_cents, first in ((100, "Tia"), (500, "Sub")):
        settings = Settings(NO_WEIGHTS, exchange=Exchange(cover_cents))
        problem = day([lesson(1)], [tired, ill, SUB], settings=settings)
        assert candidates(problem, solve(problem), "n1")[0].name == first


def test_a_booked_substitute_is_free_to_use() -> None:
    problem = day([lesson(1), lesson(2)], [SUB])
    ranked = candidates(problem, solve(problem), "n2")
    assert ranked[0].terms == ("already booked",)


def test_who_can_not_take_it_comes_last_with_the_reasons() -> None:
    problem = day([NEED], [ADA, teacher("Cem", busy=(busy(2),)), teacher("Bob", hours=())])
    ranked = candidates(problem, solve(problem), "n2")
    assert [each.to_dict() for each in ranked[1:]] == [
        {
            "person": "bob",
            "available": False,
            "rank": None,
            "terms": [],
            "excluded_by": [{"code": "outside_hours", "text": "not on site this day"}],
        },
        {
            "person": "cem",
            "available": False,
            "rank": None,
            "terms": [],
            "excluded_by": [{"code": "busy", "text": "teaches 8b Maths"}],
        },
    ]


def test_the_rest_of_a_plan_changed_by_hand_counts() -> None:
    capped = teacher("Cap", caps=(Cap("day", "covers", 1),))
    problem = day([lesson(1), lesson(1, key="n1b"), lesson(3)], [ADA, capped])
    by_hand = evaluate(problem, {"n1": ("ada", ""), "n3": ("cap", "")})
    reasons = {
        each.name: [why.text for why in each.excluded_by] for each in candidates(problem, by_hand, "n1b")
    }
    assert reasons == {
        "Ada": ["covers another lesson at this time"],
        "Cap": ["reaches the day's limit of 1 cover"],
    }


def test_a_locked_cell_can_be_ranked_as_if_it_were_open() -> None:
    problem = day([lesson(1)], [ADA, BEN], existing=(Existing("n1", person="ben", locked=True),))
    assert [each.name for each in candidates(problem, solve(problem), "n1")] == ["Ada", "Ben"]


def test_an_unknown_need_is_a_key_error() -> None:
    problem = day([lesson(1)])
    with pytest.raises(KeyError):
        candidates(problem, solve(problem), "n9")
