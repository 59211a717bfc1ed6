"""What a school may decide about its planner: the order of the last three tiers, weights, time."""

from dataclasses import dataclass, field
from enum import StrEnum

TICK_MINUTES = 5
"""Fairness counts time in ticks of five minutes, so that lessons of odd lengths stay whole numbers."""

COVER_TICKS = 12
"""One hour of cover: the unit in which weights and exchange rates speak of "a cover"."""


class Level(StrEnum):
    """How much something matters to a school."""

    OFF = "off"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def points(self) -> int:
        """Quality points at this level: each level outweighs two of the level below."""
        return _POINTS[self]


_POINTS = {Level.OFF: 0, Level.LOW: 1, Level.MEDIUM: 3, Level.HIGH: 9}


@dataclass(frozen=True, slots=True)
class Weights:
    """What makes a cover good, each as a level.

    `subject`: the person teaches the lesson's subject. `known_class`: the person teaches one of the classes.
    `continuity`: a class meets few different cover teachers on one day. `preference`: school and person chose
    each other. `free_time` belongs to fairness: how strongly standby duty is used before anybody's free
    period, and a free period between own lessons before time at the edge of the person's day.
    """

    subject: Level = Level.MEDIUM
    known_class: Level = Level.MEDIUM
    continuity: Level = Level.LOW
    preference: Level = Level.LOW
    free_time: Level = Level.MEDIUM


PRIMARY = Weights(
    subject=Level.LOW,
    known_class=Level.HIGH,
    continuity=Level.HIGH,
    preference=Level.LOW,
    free_time=Level.MEDIUM,
)
"""Young pupils: a familiar face, and the same one all day, matters more than the subject."""

SECONDARY = Weights(
    subject=Level.HIGH,
    known_class=Level.MEDIUM,
    continuity=Level.LOW,
    preference=Level.LOW,
    free_time=Level.MEDIUM,
)
"""Older pupils: a lesson that goes on in its subject matters most."""

GAP_COVERS_PER_POINT = 2
EDGE_COVERS_PER_POINT = 3
"""`free_time` in covers: at Medium (3 points) a person on standby is chosen before a colleague in a gap until
the person on standby is six covers ahead, and before one at the edge of the day until nine covers ahead."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A rate among money, fairness and quality instead of a strict order.

    `cover_cents`: what it is worth, in cents, to spare somebody one cover above the least loaded colleague.
    `quality_cents`: what one quality point is worth, in cents.
    """

    cover_cents: int
    quality_cents: int = 0

    def __post_init__(self) -> None:
        if self.cover_cents < 0 or self.quality_cents < 0:
            raise ValueError("An exchange rate can't be negative.")


@dataclass(frozen=True, slots=True)
class Effort:
    """Where the search stops. `nodes` is reproducible; `milliseconds` is only a safety net for the request."""

    nodes: int = 20_000
    milliseconds: int = 10_000
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Settings:
    """A school's choices for the planner.

    `fairness_first` swaps money and fairness. `exchange`, when given, replaces the strict order of money,
    fairness and quality. `break_minutes`: a pause at least this long ends a run of consecutive lessons.
    """

    weights: Weights = SECONDARY
    fairness_first: bool = False
    exchange: Exchange | None = None
    break_minutes: int = 15
    currency: str = "EUR"
    effort: Effort = field(default_factory=Effort)
