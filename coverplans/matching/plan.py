"""The planner's answer: one choice per need, what it costs, and how sure we are that nothing is better."""

from dataclasses import dataclass, field
from typing import Literal

from coverplans.matching.problem import Half

ChoiceKind = Literal[
    "internal",
    "standby",
    "supervisor",
    "external",
    "merge",
    "self_study",
    "cancel_lesson",
    "uncovered",
]
Rung = Literal["exact", "bookings_fixed", "greedy", "by_hand"]

TIERS = ("uncovered", "last_resort", "changes", "money", "fairness", "quality")
"""Names of the tiers in their usual order; with an exchange rate the last three become `balance`."""


@dataclass(frozen=True, slots=True, order=True)
class Choice:
    """What happens with one need: a person, a measure (by its key), or neither."""

    need: str
    kind: ChoiceKind
    person: str = ""
    measure: str = ""

    @property
    def taker(self) -> tuple[str, str]:
        """The part that decides whether two choices are the same."""
        return self.person, self.measure


@dataclass(frozen=True, slots=True, order=True)
class PlannedBooking:
    """An external's halves that this plan uses and what they cost beyond bookings already made."""

    person: str
    halves: tuple[Half, ...]
    cents: int


@dataclass(frozen=True, slots=True)
class Tier:
    """One aim, in the order the school ranks them: `value` reached, `bound` that no plan can beat.

    `gap` = value − bound ≥ 0; `proven` when it is zero and every earlier tier is proven too: the bound of a
    tier is the best possible while the earlier tiers stay at the values reached here.
    """

    name: str
    value: int
    bound: int
    gap: int
    proven: bool


@dataclass(frozen=True, slots=True)
class Work:
    """How the answer was found; kept for reproducing it. Only the seconds vary: in all, and in the solver."""

    solver: str = ""
    seed: int = 0
    nodes: int = 0
    programs: int = 0
    seconds: float = 0.0
    solver_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Plan:
    """A complete, checked plan; `choices` has exactly one entry per need, ordered by time and key.

    `totals` has every tier's plain value, also when an exchange rate joins some. `conflicts` are locked or
    accepted rows that break a rule, in words; `notes` say when a lower rung had to answer.
    """

    choices: tuple[Choice, ...]
    bookings: tuple[PlannedBooking, ...]
    tiers: tuple[Tier, ...]
    totals: dict[str, int]
    rung: Rung
    conflicts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    work: Work = field(default_factory=Work)

    @property
    def proven(self) -> bool:
        """Whether no other plan is better in any tier without being worse in an earlier one."""
        return all(tier.proven for tier in self.tiers)

    @property
    def assignments(self) -> tuple[Choice, ...]:
        """Needs that a person takes."""
        return tuple(choice for choice in self.choices if choice.person)

    @property
    def measures(self) -> tuple[Choice, ...]:
        """Needs that end in a typed measure."""
        return tuple(choice for choice in self.choices if choice.measure)

    @property
    def uncovered(self) -> tuple[str, ...]:
        """Keys of needs that nobody takes."""
        return tuple(choice.need for choice in self.choices if choice.kind == "uncovered")

    def choice(self, need: str) -> Choice:
        """The choice for one need. Raises KeyError for a need that isn't in this plan."""
        for choice in self.choices:
            if choice.need == need:
                return choice
        raise KeyError(need)

    def vector(self) -> tuple[int, ...]:
        """The tier values in order: of two plans for one problem the smaller vector is the better plan."""
        return tuple(tier.value for tier in self.tiers)

    def to_dict(self) -> dict[str, object]:
        """Plain data for JSON: the same for the same input, so without the time it took."""
        return {
            "choices": [
                {"need": c.need, "kind": c.kind, "person": c.person, "measure": c.measure}
                for c in self.choices
            ],
            "bookings": [
                {"person": b.person, "halves": list(b.halves), "cents": b.cents} for b in self.bookings
            ],
            "tiers": [
                {"name": t.name, "value": t.value, "bound": t.bound, "gap": t.gap, "proven": t.proven}
                for t in self.tiers
            ],
            "totals": {name: self.totals[name] for name in TIERS},
            "proven": self.proven,
            "rung": self.rung,
            "conflicts": list(self.conflicts),
            "notes": list(self.notes),
            "solver": self.work.solver,
            "seed": self.work.seed,
            "nodes": self.work.nodes,
        }
