"""Explanations: the chosen person's terms, alternatives that never overstate, reasons per person, open needs."""

from dataclasses import replace

from hypothesis import given, settings

from coverplans.matching import (
    Existing,
    Measure,
    Problem,
    Settings,
    Span,
    evaluate,
    explain,
    solve,
    solve_and_explain,
    why_not,
)
from tests.coverplans.matching.days import busy, day, during, lesson, substitute, teacher
from tests.coverplans.matching.strategies import problems

MATHS = {"subject": "Maths", "sections": ("7b",)}


def test_the_chosen_person_is_explained_in_words() -> None:
    ada = teacher("Ada", subjects=("Maths",), sections=("7b",), teaching=during(1, 4), credit_minutes=120)
    _, reasons = solve_and_explain(day([lesson(2, **MATHS)], [ada, teacher("Ben", credit_minutes=600)]))
    assert reasons["n2"].sentence == (
        "Ada: free between own lessons, 2 h of cover this term, 3 h after this day (the mean is 6 h), "
        "teaches Maths and knows the class."
    )
    (other,) = reasons["n2"].alternatives
    assert (other.name, other.tier) == ("Ben", "fairness")
    assert other.text.startswith("at least less fair by up to ")


def test_an_external_is_explained_with_the_price() -> None:
    sub = substitute("Sub", person_says="preferred")
    _, reasons = solve_and_explain(day([lesson(1, **MATHS)], [sub]))
    assert reasons["n1"].sentence == "Sub: free, 60.00 EUR for a half day and prefers this school."
    assert "doesn't teach Maths" in [term.text for term in reasons["n1"].terms]


def test_a_substitute_who_would_have_to_be_booked_comes_with_the_price() -> None:
    problem = day([lesson(1)], [teacher("Ada"), substitute("Sub")])
    (other,) = explain(problem, solve(problem))["n1"].alternatives
    assert (other.tier, other.at_least, other.text) == ("money", 6000, "needs a booking: 60.00 EUR more")


def test_at_most_five_alternatives_best_first() -> None:
    people = [teacher(f"T{n}", credit_minutes=n * 60) for n in range(9)]
    problem = day([lesson(1, measures=(Measure("self_study", 3),))], people)
    alternatives = explain(problem, solve(problem))["n1"].alternatives
    assert [each.name for each in alternatives] == ["T1", "T2", "T3", "T4", "T5"]


def test_a_measure_says_what_it_is() -> None:
    problem = day([lesson(1, measures=(Measure("self_study", 3, label="study in the hall"),))])
    found = explain(problem, solve(problem))["n1"]
    assert found.sentence == "Study in the hall: nobody could take lesson 1 at a lower price."
    assert found.terms[0].amount == 3


def test_an_uncovered_need_groups_the_reasons() -> None:
    people = [teacher("Ada", busy=(busy(1),)), teacher("Ben", busy=(busy(1, text="teaches 9a Art"),))]
    people += [teacher("Cem", hours=()), teacher("Dot")]
    problem = day([lesson(1, priority=2), lesson(1, key="low")], people)
    found = explain(problem, solve(problem))["low"]
    assert found.sentence == "Nobody can take lesson 1."
    assert [(group.text, group.people) for group in found.uncovered_because] == [
        ("busy at this time", ("Ada", "Ben", "Dot")),
        ("not on site", ("Cem",)),
    ]


def test_the_school_s_own_staff_are_listed_with_their_rules() -> None:
    problem = day([lesson(1)], [teacher("Ada", busy=(busy(1),)), substitute("Sub", school_says="excluded")])
    assert {
        person: [reason.text for reason in reasons]
        for person, reasons in explain(problem, solve(problem))["n1"].excluded.items()
    } == {"ada": ["teaches 8b Maths"]}


def test_what_was_published_or_locked_is_part_of_the_story() -> None:
    published = Existing("n1", person="ada", published=True)
    problem = day([lesson(1)], [teacher("Ada"), teacher("Ben")], existing=(published,))
    assert "as published" in explain(problem, solve(problem))["n1"].sentence
    locked = replace(problem, existing=(replace(published, locked=True),))
    assert "locked, accepted or already begun" in explain(locked, solve(locked))["n1"].sentence
    ill = replace(problem, candidates=(teacher("Ada", busy=(busy(1, "absent"),)), teacher("Ben")))
    assert "instead of Ada" in explain(ill, solve(ill))["n1"].sentence


def test_a_plan_changed_by_hand_can_be_explained_too() -> None:
    problem = day([lesson(1), lesson(1, key="n1b")], [teacher("Ada")])
    both = evaluate(problem, {"n1": ("ada", ""), "n1b": ("ada", "")})
    assert both.conflicts
    assert explain(problem, both)["n1b"].sentence.startswith("Ada: ")


@settings(max_examples=60, deadline=None)
@given(problems(most_needs=4, most_people=4))
def test_at_least_is_never_more_than_the_exact_price(problem: Problem) -> None:
    """Without externals: their bookings stay in the estimate, and are let loose in the exact answer."""
    staff = tuple(candidate for candidate in problem.candidates if candidate.kind != "external")
    problem = replace(problem, candidates=staff)
    plan, reasons = solve_and_explain(problem)
    order = [tier.name for tier in plan.tiers]
    for need, explanation in reasons.items():
        for other in explanation.alternatives:
            if not other.person or not other.tier:
                continue
            exact = why_not(problem, plan, need, other.person)
            if exact.changes:
                assert [exact.changes[name] for name in order] >= _at_least(order, other.tier, other.at_least)


def _at_least(order: list[str], tier: str, amount: int) -> list[int]:
    """The smallest tier changes that "at least so much in this tier" allows."""
    place = order.index(tier)
    return [0] * place + [amount] + [-(10**9)] * (len(order) - place - 1)


def test_credit_and_mean_read_as_hours() -> None:
    on_duty = teacher("Ada", credit_minutes=-45, standby=(Span(480, 540),))
    problem = day([lesson(1)], [on_duty], settings=Settings())
    assert explain(problem, solve(problem))["n1"].sentence == (
        "Ada: on standby duty and −45 min of cover this term, 15 min after this day (the mean is −45 min)."
    )
