"""What comes before what: the strict order, the school's swap, its exchange rate and its weights."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from coverplans.matching import Exchange, Hire, Level, Measure, Problem, Settings, Span, Weights, solve
from tests.coverplans.matching.days import NO_WEIGHTS, busy, day, during, lesson, substitute, teacher
from tests.coverplans.matching.strategies import problems

TIRED = teacher("Ada", credit_minutes=1200, fte_percent=100)
RESTED = teacher("Ben", busy=tuple(busy(n) for n in range(1, 9)))
SUB = substitute("Sub")


def test_priority_decides_who_goes_without() -> None:
    plan = solve(day([lesson(1, priority=1), lesson(1, key="exam", priority=3)], [teacher("Ada")]))
    assert plan.uncovered == ("n1",)
    assert plan.totals["uncovered"] == 60


def test_money_is_spent_before_a_last_resort() -> None:
    plan = solve(day([lesson(1, measures=(Measure("self_study", 3),))], [SUB]))
    assert plan.choice("n1").person == "sub"
    assert plan.totals["money"] == 6000


def test_a_whole_day_is_booked_at_its_price() -> None:
    plan = solve(day([lesson(1), lesson(6)], [SUB]))
    assert [(b.person, b.halves, b.cents) for b in plan.bookings] == [("sub", ("am", "pm"), 11000)]


def test_a_booking_already_made_is_free_to_use() -> None:
    booked = replace(SUB, hire=Hire(6000, 11000, booked_here=("am",)))
    plan = solve(day([lesson(1), lesson(6)], [booked]))
    assert plan.bookings[0].cents == 5000


def test_money_comes_before_fairness_unless_the_school_swaps_them() -> None:
    problem = day([lesson(1)], [TIRED, RESTED, SUB])
    assert solve(problem).choice("n1").person == "ada"
    swapped = replace(problem, settings=Settings(weights=NO_WEIGHTS, fairness_first=True))
    plan = solve(swapped)
    assert plan.choice("n1").person == "sub"
    assert [tier.name for tier in plan.tiers][3:] == ["fairness", "money", "quality"]


def test_an_exchange_rate_buys_fairness_where_it_is_worth_it() -> None:
    """Ada is 20 covers ahead; a substitute costs 60.00: worth it from about 3.00 per cover."""
    problem = day([lesson(1)], [TIRED, RESTED, SUB])
    cheap = solve(replace(problem, settings=Settings(NO_WEIGHTS, exchange=Exchange(cover_cents=200))))
    dear = solve(replace(problem, settings=Settings(NO_WEIGHTS, exchange=Exchange(cover_cents=400))))
    assert cheap.choice("n1").person == "ada"
    assert dear.choice("n1").person == "sub"
    assert dear.tiers[-1].name == "balance"
    assert dear.tiers[-1].value == dear.totals["money"] == 6000


def test_the_least_loaded_colleague_is_asked() -> None:
    problem = day([lesson(1)], [teacher("Ada", credit_minutes=120), teacher("Ben", credit_minutes=60)])
    assert solve(problem).choice("n1").person == "ben"


def test_load_is_weighed_by_fte() -> None:
    half_time = teacher("Ada", credit_minutes=90, fte_percent=50)
    assert (
        solve(day([lesson(1)], [half_time, teacher("Ben", credit_minutes=120)])).choice("n1").person == "ben"
    )


def test_two_covers_are_shared() -> None:
    plan = solve(day([lesson(1), lesson(3)], [teacher("Ada"), teacher("Ben")]))
    assert {choice.person for choice in plan.assignments} == {"ada", "ben"}


def test_standby_first_then_a_gap_then_the_edge_of_the_day() -> None:
    weights = replace(NO_WEIGHTS, free_time=Level.LOW)
    edge = teacher("Ada", teaching=during(3, 4))
    gap = teacher("Ben", teaching=during(1, 4), credit_minutes=50)
    duty = teacher("Cem", standby=(Span(480, 660),), credit_minutes=100)
    choices = [
        solve(day([lesson(2)], people, settings=Settings(weights))).choice("n2")
        for people in ([edge, gap, duty], [edge, gap])
    ]
    assert [(choice.person, choice.kind) for choice in choices] == [("cem", "standby"), ("ben", "internal")]


def test_supervisors_are_there_for_it() -> None:
    supervisor = replace(teacher("Zoe", credit_minutes=6000), kind="supervisor")
    plan = solve(day([lesson(1)], [teacher("Ada"), supervisor]))
    assert (plan.choice("n1").person, plan.choice("n1").kind) == ("zoe", "supervisor")


def test_weights_decide_between_subject_and_class() -> None:
    need = lesson(1, subject="Maths", sections=("7b",))
    mathematician = teacher("Ada", subjects=("Maths",))
    form_teacher = teacher("Ben", sections=("7b",))
    for subject, known_class, who in ((Level.HIGH, Level.LOW, "ada"), (Level.LOW, Level.MEDIUM, "ben")):
        weights = replace(NO_WEIGHTS, subject=subject, known_class=known_class)
        plan = solve(day([need], [mathematician, form_teacher], settings=Settings(weights)))
        assert plan.choice("n1").person == who


def test_a_class_meets_few_people() -> None:
    needs = [lesson(1, sections=("7b",)), lesson(2, sections=("7b",))]
    people = [substitute(name, hire=Hire(0, 0)) for name in ("Ada", "Ben", "Cem")]
    plan = solve(day(needs, people, settings=Settings(Weights(continuity=Level.HIGH))))
    assert len({choice.person for choice in plan.assignments}) == 1


@settings(max_examples=60, deadline=None)
@given(problems(), st.booleans())
def test_the_school_may_swap_or_price_but_never_give_up_cover(problem: Problem, fairness_first: bool) -> None:
    other = replace(problem.settings, fairness_first=fairness_first, exchange=None)
    first, second = solve(problem), solve(replace(problem, settings=other))
    assert first.vector()[:3] == second.vector()[:3]
