"""What an absence asks for and what it means on one date: plain values that selectors, services and pages share."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from .stretches import Stretch, merged, minutes_lost

NEEDS_COVER = frozenset({"lesson", "duty"})
"""Kinds of lessons that somebody must take over; a standby or a meeting simply goes without."""


@dataclass(frozen=True, slots=True)
class TaughtLesson:
    """A lesson of one post on one date."""

    number: int
    kind: str
    starts_at: dt.datetime
    ends_at: dt.datetime

    def is_lost(self, away: Iterable[Stretch], still_taught: int) -> bool:
        """True when the time away leaves less than `still_taught` minutes of it."""
        lost = minutes_lost((self.starts_at, self.ends_at), away)
        length = int((self.ends_at - self.starts_at).total_seconds() // 60)
        return lost > 0 and (length - lost == 0 or length - lost < still_taught)


@dataclass(frozen=True, slots=True)
class Clock:
    """One open date as it runs for one post: midnight to midnight, the bells, and the post's own lessons.

    `bells` is from the school's first bell to its last, None where no bell rings that day.
    """

    date: dt.date
    midnights: Stretch
    bells: Stretch | None = None
    periods: dict[int, Stretch] = field(default_factory=dict)
    lessons: tuple[TaughtLesson, ...] = ()

    @property
    def taught(self) -> Stretch | None:
        """From the first to the last lesson of the post, None on a day without one."""
        if not self.lessons:
            return None
        return min(found.starts_at for found in self.lessons), max(found.ends_at for found in self.lessons)

    def stretches_of(self, numbers: Iterable[int]) -> tuple[Stretch, ...]:
        """The time these periods take; the break between two neighbours belongs to it. Unknown numbers count for nothing."""
        known = sorted(set(numbers) & set(self.periods))
        breaks = [
            (self.periods[number][0], self.periods[number + 1][1])
            for number in known
            if number + 1 in known and self.periods[number][0] < self.periods[number + 1][1]
        ]
        return merged([*(self.periods[number] for number in known), *breaks])


@dataclass(frozen=True, slots=True)
class Extent:
    """What was asked for. Both dates are inclusive. `start_time` counts on the first date and `end_time` on the last;
    `periods` count on every date. Neither: whole days.
    """

    start_date: dt.date
    end_date: dt.date
    start_time: dt.time | None = None
    end_time: dt.time | None = None
    periods: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DaySpan:
    """What an absence is on one date: the columns of an AbsenceDay, and its stretches."""

    date: dt.date
    kind: str
    start_time: dt.time | None
    end_time: dt.time | None
    periods: tuple[int, ...]
    stretches: tuple[Stretch, ...]

    @property
    def starts_at(self) -> dt.datetime:
        return self.stretches[0][0]

    @property
    def ends_at(self) -> dt.datetime:
        return self.stretches[-1][1]

    def columns(self) -> dict[str, object]:
        """The values of the row, by column."""
        return {
            "kind": self.kind,
            "start_time": self.start_time,
            "end_time": self.end_time,
            "periods": list(self.periods),
            "starts_at": self.starts_at,
            "ends_at": self.ends_at,
        }
