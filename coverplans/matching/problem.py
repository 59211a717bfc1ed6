"""The planner's input: one school's day as plain, frozen data.

Times are whole minutes since the Unix epoch in half-open ranges, money is integer cents, credit is minutes.
Keys (needs, persons, sections, …) are opaque strings; texts are what people read and never decide anything.
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from coverplans.matching.settings import Settings

Half = Literal["am", "pm"]
Kind = Literal["internal", "supervisor", "external"]
MeasureKind = Literal["merge", "self_study", "cancel_lesson"]
BusyCode = Literal["teaching", "meeting", "duty", "protected", "absent", "elsewhere", "travel", "other"]
CapPeriod = Literal["day", "week", "year"]
CapUnit = Literal["covers", "minutes"]
Opinion = Literal["excluded", "neutral", "preferred"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of minutes: `ends` itself is free again."""

    starts: int
    ends: int

    def __post_init__(self) -> None:
        if self.starts >= self.ends:
            raise ValueError(f"A range must end after it starts: {self.starts} to {self.ends}.")


@dataclass(frozen=True, slots=True, order=True)
class Busy:
    """A range in which a person can't cover, why (`code`), and how to say it ("teaches 8b Maths")."""

    starts: int
    ends: int
    code: BusyCode
    text: str

    def __post_init__(self) -> None:
        if self.starts >= self.ends:
            raise ValueError(f"A busy range must end after it starts: {self.text!r}.")


@dataclass(frozen=True, slots=True, order=True)
class Measure:
    """A last resort this need allows. `cost` > 0 weighs it against other measures (self-study 3, merge 4, …).

    `into` is the receiving lesson of a merge. Measures with the same `group` share that `CapacityGroup`
    and each uses `size` of it (pupils, or 1): two classes can't both be merged into one full room.
    """

    kind: MeasureKind
    cost: int
    into: str = ""
    group: str = ""
    size: int = 1
    label: str = ""

    def __post_init__(self) -> None:
        if self.cost <= 0 or self.size < 0:
            raise ValueError(f"A measure needs a positive cost and no negative size: {self.kind}.")

    @property
    def key(self) -> str:
        """What tells this measure from the need's other measures."""
        return f"{self.kind}:{self.into}" if self.into else self.kind


@dataclass(frozen=True, slots=True, order=True)
class CapacityGroup:
    """Room for measures: a receiving class, a study hall in one period."""

    key: str
    capacity: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """One lesson or duty that lost its adult.

    `half`: which booking an external needs for it. `priority`: weight of a minute left uncovered, at least 1.
    `required`: credentials without which nobody may take it. `label` reads like "7b Maths, period 3".
    """

    key: str
    starts: int
    ends: int
    half: Half
    priority: int = 1
    sections: tuple[str, ...] = ()
    subject: str = ""
    room: str = ""
    absent_person: str = ""
    required: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    label: str = ""
    subject_label: str = ""

    def __post_init__(self) -> None:
        if self.starts >= self.ends or self.priority < 1:
            raise ValueError(f"Need {self.key!r} must end after it starts and have a priority of 1 or more.")
        if len({measure.key for measure in self.measures}) != len(self.measures):
            raise ValueError(f"Need {self.key!r} lists a measure twice.")

    @property
    def minutes(self) -> int:
        """Length in minutes."""
        return self.ends - self.starts


@dataclass(frozen=True, slots=True, order=True)
class Cap:
    """A limit on covers or cover minutes; `used` counts everything except this problem's needs."""

    period: CapPeriod
    unit: CapUnit
    limit: int
    used: int = 0

    @property
    def remaining(self) -> int:
        """What this problem may still use; never negative."""
        return max(0, self.limit - self.used)


@dataclass(frozen=True, slots=True, order=True)
class Credential:
    """A credential on the lesson's date: the caller has compared the dates; `expired_on` is for the text."""

    key: str
    valid: bool = True
    expired_on: str = ""


@dataclass(frozen=True, slots=True)
class Hire:
    """What an external costs and when one can be had.

    `half_cents` buys one half, `day_cents` both (two halves when that is cheaper). `halves`: can be offered.
    `booked_here`: already paid for at this school, so free to use. `booked_elsewhere`: not to be had.
    """

    half_cents: int
    day_cents: int
    halves: tuple[Half, ...] = ("am", "pm")
    booked_here: tuple[Half, ...] = ()
    booked_elsewhere: tuple[Half, ...] = ()

    def __post_init__(self) -> None:
        if self.half_cents < 0 or self.day_cents < 0:
            raise ValueError("A booking can't have a negative price.")

    def cents(self, halves: frozenset[Half]) -> int:
        """Price of having these halves, over what is already booked here."""
        return self._price(halves | set(self.booked_here)) - self._price(frozenset(self.booked_here))

    def _price(self, halves: frozenset[Half]) -> int:
        whole_day = min(self.day_cents, 2 * self.half_cents)
        return whole_day if len(halves) == 2 else min(self.half_cents, self.day_cents) * len(halves)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who might cover: one entry per person, the post at this school before the pool's profile.

    `busy`, `caps.used` and `credit_minutes` must leave out every assignment to a need of this problem: those
    are in `Problem.existing`. `hours`: when the person is on site, None when nothing is known and any time will
    do. `teaching`: from first to last own lesson, None on a day without. `credit_minutes`: cover done so far
    this term. `sections`: classes the person teaches or has covered lately. `max_consecutive`: minutes of
    teaching and cover without a break. `cover_cents`: what the school pays for each cover on top.
    """

    person: str
    name: str
    kind: Kind
    post: str = ""
    fte_percent: int = 100
    credit_minutes: int = 0
    covers_this_term: int = 0
    busy: tuple[Busy, ...] = ()
    standby: tuple[Span, ...] = ()
    hours: tuple[Span, ...] | None = None
    teaching: Span | None = None
    caps: tuple[Cap, ...] = ()
    subjects: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    credentials: tuple[Credential, ...] = ()
    school_says: Opinion = "neutral"
    person_says: Opinion = "neutral"
    hire: Hire | None = None
    cover_cents: int = 0
    max_consecutive: int | None = None

    def __post_init__(self) -> None:
        if (self.kind == "external") != (self.hire is not None):
            raise ValueError(f"Only an external, and every external, has a hire: {self.name!r}.")
        if self.fte_percent < 1 or self.cover_cents < 0:
            raise ValueError(
                f"FTE must be at least 1 % and the price of a cover not negative: {self.name!r}."
            )


@dataclass(frozen=True, slots=True)
class Existing:
    """What a need has now: a person or a measure (by `Measure.key`).

    `published`: moving it counts as a change. `locked` (by the manager) and `accepted` (by a substitute): it
    never moves.
    """

    need: str
    person: str = ""
    measure: str = ""
    published: bool = False
    locked: bool = False
    accepted: bool = False

    def __post_init__(self) -> None:
        if bool(self.person) == bool(self.measure):
            raise ValueError(f"Need {self.need!r} has either a person or a measure.")


@dataclass(frozen=True, slots=True)
class Problem:
    """One school's day. `now`: what has begun stays as it is (0: nothing has begun).

    Keys must be lasting ids: among equal plans they and the date decide. Raises ValueError when a key comes
    twice, or a row names a need or capacity group that isn't here.
    """

    date: dt.date
    school: str
    needs: tuple[Need, ...]
    candidates: tuple[Candidate, ...] = ()
    groups: tuple[CapacityGroup, ...] = ()
    existing: tuple[Existing, ...] = ()
    settings: Settings = field(default_factory=Settings)
    now: int = 0

    def __post_init__(self) -> None:
        _refuse_twice("need", [need.key for need in self.needs])
        _refuse_twice("person", [candidate.person for candidate in self.candidates])
        _refuse_twice("existing row for need", [row.need for row in self.existing])
        _refuse_twice("capacity group", [group.key for group in self.groups])
        known = {group.key for group in self.groups} | {""}
        for need in self.needs:
            if any(measure.group not in known for measure in need.measures):
                raise ValueError(f"Need {need.key!r} names an unknown capacity group.")
        if unknown := {row.need for row in self.existing} - {need.key for need in self.needs}:
            raise ValueError(f"Existing rows for unknown needs: {sorted(unknown)}.")

    @property
    def usual_minutes(self) -> int:
        """The most frequent length of a need (the shortest of several): fairness climbs in steps of it."""
        counts = Counter(need.minutes for need in self.needs)
        return min(counts, key=lambda minutes: (-counts[minutes], minutes)) if counts else 60


def _refuse_twice(what: str, keys: list[str]) -> None:
    if len(set(keys)) != len(keys):
        twice = sorted(key for key, count in Counter(keys).items() if count > 1)
        raise ValueError(f"The same {what} is listed twice: {', '.join(twice)}.")
