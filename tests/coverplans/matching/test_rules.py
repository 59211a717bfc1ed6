"""Every hard rule of one person and one need: its code, its words, and that nothing else is excluded."""

from typing import Any

import pytest

from coverplans.matching import Candidate, Cap, Credential, Hire, Need, solve
from coverplans.matching.checker import Judgement
from coverplans.matching.instance import prepare
from coverplans.matching.plan import Choice
from coverplans.matching.rules import HEADINGS, RULES
from tests.coverplans.matching.days import busy, day, during, lesson, substitute, teacher

OLD_LICENCE = Credential("licence", valid=False, expired_on="2025-03-01")

CASES: list[tuple[str, str, dict[str, Any], Candidate]] = [
    ("own_lesson", "is the absent teacher", {}, teacher("Xin")),
    ("absent", "is ill", {}, teacher("Ada", busy=(busy(1, "absent", "is ill"),))),
    ("busy", "teaches 8b Maths", {}, teacher("Ada", busy=(busy(1),))),
    ("busy", "in a meeting", {}, teacher("Ada", busy=(busy(1, "meeting", "in a meeting"),))),
    ("protected", "planning time", {}, teacher("Ada", busy=(busy(1, "protected", "planning time"),))),
    ("travel", "on the way", {}, teacher("Ada", busy=(busy(1, "travel", "on the way"),))),
    ("outside_hours", "not on site at this time", {}, teacher("Ada", hours=(during(2, 6),))),
    ("outside_hours", "not on site this day", {}, teacher("Ada", hours=())),
    ("blocked", "blocked by the school", {}, substitute("Sub", school_says="excluded")),
    ("declined_school", "doesn't work at this school", {}, substitute("Sub", person_says="excluded")),
    ("credential_missing", "no licence", {"required": ("licence",)}, teacher("Ada")),
    (
        "credential_expired",
        "licence expired 2025-03-01",
        {"required": ("licence",)},
        teacher("Ada", credentials=(OLD_LICENCE,)),
    ),
    ("over_cap", "daily limit: 2 of 2 covers used", {}, teacher("Ada", caps=(Cap("day", "covers", 2, 2),))),
    (
        "over_cap",
        "weekly limit: 150 of 180 minutes used",
        {},
        teacher("Ada", caps=(Cap("week", "minutes", 180, 150),)),
    ),
    ("over_cap", "yearly limit: 9 of 9 covers used", {}, teacher("Ada", caps=(Cap("year", "covers", 9, 9),))),
    (
        "no_break",
        "more than 120 minutes without a break",
        {},
        teacher("Ada", max_consecutive=120, busy=(busy(2), busy(3))),
    ),
    (
        "not_available",
        "not available in the morning",
        {},
        substitute("Sub", hire=Hire(6000, 11000, halves=("pm",))),
    ),
    (
        "booked_elsewhere",
        "booked elsewhere in the morning",
        {},
        substitute("Sub", hire=Hire(6000, 11000, booked_elsewhere=("am",))),
    ),
]


@pytest.mark.parametrize(("code", "text", "changes", "candidate"), CASES)
def test_rule_excludes_with_its_own_code_and_words(
    code: str, text: str, changes: dict[str, Any], candidate: Candidate
) -> None:
    need = lesson(1, **changes)
    problem = day([need], [candidate])
    (reason,) = prepare(problem).excluded[0][0]
    assert (reason.code, reason.text) == (code, text)
    assert solve(problem).uncovered == ("n1",)
    assert Judgement(problem, [_given(need, candidate)]).violations()


@pytest.mark.parametrize(
    ("need", "candidate"),
    [
        (lesson(2), teacher("Ada", busy=(busy(1), busy(3)), hours=(during(1, 3),))),
        (lesson(2), teacher("Ada", max_consecutive=120, busy=(busy(1),))),
        (lesson(2), teacher("Ada", caps=(Cap("day", "covers", 2, 1), Cap("week", "minutes", 60)))),
        (
            lesson(2, required=("licence",)),
            teacher("Ada", credentials=(OLD_LICENCE, Credential("licence"))),
        ),
        (lesson(2), substitute("Sub", hire=Hire(6000, 11000, halves=("am",), booked_elsewhere=("pm",)))),
        (lesson(2), substitute("Sub", hire=Hire(6000, 11000, halves=(), booked_here=("am",)))),
    ],
)
def test_what_only_touches_a_rule_is_allowed(need: Need, candidate: Candidate) -> None:
    problem = day([need], [candidate])
    plan = solve(problem)
    assert plan.choice(need.key).person == candidate.person
    assert Judgement(problem, plan.choices).violations() == []


def test_all_failing_rules_are_listed() -> None:
    ada = teacher("Ada", busy=(busy(1, "absent", "is ill"), busy(1)), school_says="excluded")
    reasons = prepare(day([lesson(1)], [ada])).excluded[0][0]
    assert [reason.code for reason in reasons] == ["absent", "busy", "blocked"]


def test_every_rule_has_a_case() -> None:
    assert {rule.code for rule in RULES} == {code for code, *_ in CASES}
    assert all(HEADINGS[rule.code] for rule in RULES)


def _given(need: Need, candidate: Candidate) -> Choice:
    return Choice(need.key, candidate.kind, person=candidate.person)
