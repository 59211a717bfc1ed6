"""Small random school days that reach every rule and every tier, and every plan there is for one."""

import datetime as dt
import itertools
from collections.abc import Iterator

from hypothesis import strategies as st

from coverplans.matching import (
    Busy,
    Candidate,
    Cap,
    CapacityGroup,
    Choice,
    Credential,
    Exchange,
    Existing,
    Hire,
    Level,
    Measure,
    Need,
    Problem,
    Settings,
    Span,
    Weights,
)
from coverplans.matching.checker import Judgement

SLOTS = [(480, 540), (540, 600), (570, 630), (600, 645), (720, 780), (780, 840)]
PEOPLE = ["ada", "ben", "cem", "dot", "eve"]
CLASSES = ["7a", "7b"]
SUBJECTS = ["Maths", "Art"]
HALVES = st.sampled_from([("am",), ("pm",), ("am", "pm")])

spans = st.sampled_from([Span(*slot) for slot in SLOTS])
levels = st.sampled_from(list(Level))
weights = st.builds(Weights, levels, levels, levels, levels, levels)
exchanges = st.none() | st.builds(Exchange, st.sampled_from([0, 100, 500, 2500]), st.sampled_from([0, 50]))
all_settings = st.builds(Settings, weights, st.booleans(), exchanges)


@st.composite
def measures(draw: st.DrawFn) -> tuple[Measure, ...]:
    kinds = draw(st.sets(st.sampled_from(["self_study", "merge"]), max_size=2))
    group = draw(st.sampled_from(["", "hall"]))
    return tuple(Measure(kind, 3 + len(kind), group=group, size=2) for kind in sorted(kinds))  # type: ignore[arg-type]  # mypy widens the literal


@st.composite
def needs(draw: st.DrawFn, number: int) -> Need:
    starts, ends = draw(st.sampled_from(SLOTS))
    return Need(
        key=f"n{number}",
        starts=starts,
        ends=ends,
        half="am" if starts < 660 else "pm",
        priority=draw(st.integers(1, 3)),
        sections=tuple(draw(st.lists(st.sampled_from(CLASSES), max_size=2, unique=True))),
        subject=draw(st.sampled_from(SUBJECTS)),
        absent_person=draw(st.sampled_from(["ada", "xin"])),
        required=draw(st.sampled_from([(), (), ("licence",)])),
        measures=draw(measures()),
        label=f"lesson {number}",
    )


@st.composite
def hires(draw: st.DrawFn) -> Hire:
    half = draw(st.sampled_from([0, 5000, 6000]))
    return Hire(
        half_cents=half,
        day_cents=draw(st.sampled_from([half, 9000, 11000, 13000])),
        halves=draw(HALVES),
        booked_here=draw(st.sampled_from([(), (), ("am",)])),
        booked_elsewhere=draw(st.sampled_from([(), (), ("pm",)])),
    )


@st.composite
def candidates(draw: st.DrawFn, person: str) -> Candidate:
    kind = draw(st.sampled_from(["internal", "internal", "supervisor", "external"]))
    busy = draw(st.lists(spans, max_size=2, unique=True))
    codes = st.sampled_from(["teaching", "teaching", "protected", "absent", "travel"])
    cap_units = st.sampled_from(["covers", "minutes"])
    return Candidate(
        person=person,
        name=person.title(),
        kind=kind,  # type: ignore[arg-type]  # mypy widens the literal
        fte_percent=draw(st.sampled_from([50, 80, 100])),
        credit_minutes=draw(st.sampled_from([-60, 0, 60, 300])),
        busy=tuple(Busy(span.starts, span.ends, draw(codes), "busy") for span in sorted(busy)),
        standby=tuple(draw(st.lists(spans, max_size=1))),
        hours=draw(st.sampled_from([None, None, (Span(400, 700),), ()])),
        teaching=draw(st.sampled_from([None, Span(480, 600), Span(480, 900)])),
        caps=tuple(
            Cap(period, draw(cap_units), limit, draw(st.integers(0, 2)))  # type: ignore[arg-type]  # as above
            for period in draw(st.sets(st.sampled_from(["day", "week"]), max_size=1))
            for limit in [draw(st.sampled_from([1, 2, 3, 70, 120]))]
        ),
        subjects=tuple(draw(st.sets(st.sampled_from(SUBJECTS), max_size=1))),
        sections=tuple(draw(st.sets(st.sampled_from(CLASSES), max_size=1))),
        credentials=draw(
            st.sampled_from([(), (Credential("licence"),), (Credential("licence", valid=False),)])
        ),
        school_says=draw(st.sampled_from(["neutral", "neutral", "preferred", "excluded"])),  # type: ignore[arg-type]  # as above
        person_says=draw(st.sampled_from(["neutral", "neutral", "preferred"])),  # type: ignore[arg-type]  # as above
        hire=draw(hires()) if kind == "external" else None,
        cover_cents=draw(st.sampled_from([0, 0, 700])),
        max_consecutive=draw(st.sampled_from([None, 60, 120, 130])),
    )


@st.composite
def existing_rows(draw: st.DrawFn, need: Need) -> Existing:
    flags = {name: draw(st.booleans()) for name in ("published", "locked", "accepted")}
    if need.measures and draw(st.booleans()):
        return Existing(need.key, measure=need.measures[0].key, **flags)
    return Existing(need.key, person=draw(st.sampled_from(PEOPLE)), **flags)


@st.composite
def problems(draw: st.DrawFn, *, most_needs: int = 6, most_people: int = 5) -> Problem:
    """A day with up to `most_needs` needs; published and locked rows on some of them."""
    its_needs = [draw(needs(number)) for number in range(draw(st.integers(0, most_needs)))]
    people = PEOPLE[: draw(st.integers(0, most_people))]
    return Problem(
        date=dt.date(2026, 11, 23),
        school="north",
        needs=tuple(its_needs),
        candidates=tuple(draw(candidates(person)) for person in people),
        groups=(CapacityGroup("hall", draw(st.integers(0, 4)), "the hall"),),
        existing=tuple(draw(existing_rows(need)) for need in its_needs if draw(st.integers(0, 3)) == 0),
        settings=draw(all_settings),
        now=draw(st.sampled_from([0, 0, 550])),
    )


def every_sound_plan(problem: Problem) -> Iterator[tuple[tuple[int, ...], list[Choice]]]:
    """Tier vector and choices of every plan the checker accepts."""
    ways = []
    for need in problem.needs:
        takers = [Choice(need.key, "uncovered")]
        takers += [Choice(need.key, "internal", person=who.person) for who in problem.candidates]
        takers += [Choice(need.key, measure.kind, measure=measure.key) for measure in need.measures]
        ways.append(takers)
    for choices in itertools.product(*ways):
        judgement = Judgement(problem, choices)
        if not judgement.violations():
            yield tuple(judgement.vector().values()), list(choices)
