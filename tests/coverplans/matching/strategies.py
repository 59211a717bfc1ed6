"""Small random school days that reach every rule and every tier, and every plan there is for one."""

import datetime as dt
import itertools
from collections.abc import Iterator
from typing import Literal

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
Halves = tuple[Literal["am", "pm"], ...]
HALVES: list[Halves] = [("am",), ("pm",), ("am", "pm")]
BOOKED: list[tuple[Halves, Halves]] = [((), ()), ((), ()), (("am",), ()), ((), ("pm",))]

spans = st.sampled_from([Span(*slot) for slot in SLOTS])
levels = st.sampled_from(list(Level))
weights = st.builds(Weights, levels, levels, levels, levels, levels)
exchanges = st.none() | st.builds(Exchange, st.sampled_from([0, 100, 500, 2500]), st.sampled_from([0, 50]))
all_settings = st.builds(Settings, weights, st.booleans(), exchanges)


@st.composite
def measures(draw: st.DrawFn) -> tuple[Measure, ...]:
    group = draw(st.sampled_from(["", "hall"]))
    possible = [Measure("self_study", 3, group=group, size=2), Measure("merge", 4, "8b", group=group, size=2)]
    return tuple(measure for measure in possible if draw(st.booleans()))


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
    day = draw(st.sampled_from([half, 9000, 11000, 13000]))
    here, elsewhere = draw(st.sampled_from(BOOKED))
    return Hire(half, day, draw(st.sampled_from(HALVES)), here, elsewhere)


BusyCodes = Literal["teaching", "protected", "absent", "travel"]
busy_codes: st.SearchStrategy[BusyCodes] = st.sampled_from(["teaching", "protected", "absent", "travel"])
kinds: st.SearchStrategy[Literal["internal", "supervisor", "external"]] = st.sampled_from(
    ["internal", "internal", "supervisor", "external"]
)
opinions: st.SearchStrategy[Literal["neutral", "preferred", "excluded"]] = st.sampled_from(
    ["neutral", "neutral", "neutral", "preferred", "excluded"]
)
caps = st.builds(
    Cap,
    st.sampled_from(["day", "week", "year"]),
    st.sampled_from(["covers", "minutes"]),
    st.sampled_from([1, 2, 3, 70, 120]),
    st.integers(0, 2),
)


@st.composite
def candidates(draw: st.DrawFn, person: str) -> Candidate:
    kind = draw(kinds)
    busy = draw(st.lists(spans, max_size=2, unique=True))
    return Candidate(
        person=person,
        name=person.title(),
        kind=kind,
        fte_percent=draw(st.sampled_from([50, 80, 100])),
        credit_minutes=draw(st.sampled_from([-60, 0, 60, 300])),
        busy=tuple(Busy(span.starts, span.ends, draw(busy_codes), "busy") for span in sorted(busy)),
        standby=tuple(draw(st.lists(spans, max_size=1))),
        hours=draw(st.sampled_from([None, None, (Span(400, 700),), ()])),
        teaching=draw(st.sampled_from([None, Span(480, 600), Span(480, 900)])),
        caps=tuple(draw(st.lists(caps, max_size=1))),
        subjects=tuple(sorted(draw(st.sets(st.sampled_from(SUBJECTS), max_size=1)))),
        sections=tuple(sorted(draw(st.sets(st.sampled_from(CLASSES), max_size=1)))),
        credentials=draw(st.sampled_from([(), (Credential("licence"),), (Credential("licence", False),)])),
        school_says=draw(opinions),
        person_says=draw(opinions),
        hire=draw(hires()) if kind == "external" else None,
        cover_cents=draw(st.sampled_from([0, 0, 700])),
        max_consecutive=draw(st.sampled_from([None, 60, 120, 130])),
    )


@st.composite
def existing_rows(draw: st.DrawFn, need: Need) -> Existing:
    flags = draw(st.tuples(st.booleans(), st.booleans(), st.booleans(), st.booleans()))
    measure = need.measures[0].key if need.measures and flags[0] else ""
    return Existing(
        need.key,
        person="" if measure else draw(st.sampled_from(PEOPLE)),
        measure=measure,
        published=flags[1],
        locked=flags[2],
        accepted=flags[3],
    )


@st.composite
def problems(draw: st.DrawFn, *, most_needs: int = 6, most_people: int = 5, fewest: int = 0) -> Problem:
    """A day with `fewest` to `most_needs` needs; published and locked rows on some of them."""
    its_needs = [draw(needs(number)) for number in range(draw(st.integers(fewest, most_needs)))]
    people = PEOPLE[: draw(st.integers(fewest, most_people))]
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
