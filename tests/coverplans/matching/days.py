"""A school day small enough to read: lesson 1 from 8:00, lesson 2 from 9:00, …, one hour each, no pauses."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from coverplans.matching import Busy, Candidate, Hire, Need, Problem, Settings, Span, Weights
from coverplans.matching.problem import BusyCode
from coverplans.matching.settings import Level

NO_WEIGHTS = Weights(*[Level.OFF] * 5)


def start(lesson: int) -> int:
    """Minute at which a lesson begins."""
    return 480 + 60 * (lesson - 1)


def lesson(number: int, **changes: Any) -> Need:
    """A need in the given lesson, called n1, n2, …"""
    plain = Need(
        key=f"n{number}",
        starts=start(number),
        ends=start(number + 1),
        half="am" if number <= 4 else "pm",
        absent_person="xin",
        label=f"lesson {number}",
    )
    return replace(plain, **changes)


def teacher(name: str, **changes: Any) -> Candidate:
    """A colleague who is free all day and has covered nothing yet."""
    return replace(Candidate(person=name.lower(), name=name, kind="internal", post=name), **changes)


def substitute(name: str, half: int = 6000, day: int = 11000, **changes: Any) -> Candidate:
    """An external who can be had all day."""
    hire = Hire(half, day)
    return replace(Candidate(person=name.lower(), name=name, kind="external", hire=hire), **changes)


def busy(number: int, code: BusyCode = "teaching", text: str = "teaches 8b Maths") -> Busy:
    """Something that takes one whole lesson."""
    return Busy(start(number), start(number + 1), code, text)


def during(first: int, last: int) -> Span:
    """From the start of one lesson to the end of another."""
    return Span(start(first), start(last + 1))


def day(needs: Sequence[Need], candidates: Sequence[Candidate] = (), **changes: Any) -> Problem:
    """A problem in which only what the test sets plays a part: all weights are off."""
    plain: dict[str, Any] = {
        "date": dt.date(2026, 11, 23),
        "school": "north",
        "needs": tuple(needs),
        "candidates": tuple(candidates),
        "settings": Settings(weights=NO_WEIGHTS),
    }
    return Problem(**(plain | changes))
