"""Time arithmetic shared by the rules: runs without a break, and ranges that meet."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol, TypeVar

from coverplans.matching.problem import Candidate


class Timed(Protocol):
    """Anything with a half-open range of minutes."""

    @property
    def starts(self) -> int: ...
    @property
    def ends(self) -> int: ...


TimedThing = TypeVar("TimedThing", bound=Timed)


class Run(NamedTuple):
    """Teaching and cover in one go, with how many covers are in it."""

    starts: int
    ends: int
    covers: int


def runs(candidate: Candidate, covers: Iterable[Timed], break_minutes: int) -> list[Run]:
    """The person's day with these covers, cut at every pause of at least `break_minutes`."""
    pieces = [(cover.starts, cover.ends, 1) for cover in covers]
    pieces += [(busy.starts, busy.ends, 0) for busy in candidate.busy if busy.code == "teaching"]
    found: list[Run] = []
    for starts, ends, cover in sorted(pieces):
        if found and starts - found[-1].ends < break_minutes:
            last = found[-1]
            found[-1] = Run(last.starts, max(last.ends, ends), last.covers + cover)
        else:
            found.append(Run(starts, ends, cover))
    return found


def longest_run(candidate: Candidate, covers: Iterable[Timed], break_minutes: int) -> int:
    """Minutes of the longest run with a cover in it; own lessons alone are the timetable's affair."""
    lengths = [run.ends - run.starts for run in runs(candidate, covers, break_minutes) if run.covers]
    return max(lengths, default=0)


def overlapping_sets(items: Sequence[TimedThing]) -> list[list[TimedThing]]:
    """Every largest set of items that share a moment; an item that meets no other comes alone.

    One person can have at most one item of each set.
    """
    sets: list[list[TimedThing]] = []
    active: list[TimedThing] = []
    for item in sorted(items, key=lambda item: (item.starts, item.ends)):
        still_running = [other for other in active if other.ends > item.starts]
        if len(still_running) < len(active):
            sets.append(active)
        active = [*still_running, item]
    return [*sets, active] if active else sets
