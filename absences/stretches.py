"""Half-open stretches of time: when somebody is away, compared by the clock and never by period numbers. Plain Python."""

import datetime as dt
from collections.abc import Iterable

Stretch = tuple[dt.datetime, dt.datetime]


def merged(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """The same time in as few stretches as possible, in order; stretches that touch become one."""
    found: list[Stretch] = []
    for start, end in sorted(stretches):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def overlap(some: Iterable[Stretch], others: Iterable[Stretch]) -> bool:
    """True when there is a moment that lies in both."""
    theirs = list(others)
    return any(start < end_2 and start_2 < end for start, end in some for start_2, end_2 in theirs)


def within(some: Iterable[Stretch], others: Iterable[Stretch]) -> bool:
    """True when every moment of the first lies in the second."""
    whole = merged(others)
    return all(any(outer[0] <= start and end <= outer[1] for outer in whole) for start, end in some)


def minutes_lost(lesson: Stretch, away: Iterable[Stretch]) -> int:
    """How many minutes of a lesson lie in the time away."""
    start, end = lesson
    seconds = sum(
        (min(end, away_end) - max(start, away_start)).total_seconds()
        for away_start, away_end in merged(away)
        if away_start < end and start < away_end
    )
    return int(seconds // 60)
