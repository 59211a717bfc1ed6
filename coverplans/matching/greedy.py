"""One need after the other, least loaded colleague first: the first plan, the last rung, and the yardstick."""

from coverplans.matching import costs
from coverplans.matching.instance import Instance
from coverplans.matching.joint import Limit
from coverplans.matching.problem import Half

Picks = list[int | None]
"""For each need the index of the option taken, or None where it stays uncovered."""


class NoRoomError(Exception):
    """A forced option breaks a limit together with rows that must stay; `texts` say which."""

    def __init__(self, texts: list[str]) -> None:
        super().__init__("; ".join(texts))
        self.texts = texts


class Greedy:
    """A plan in the making; every step keeps all hard rules."""

    def __init__(self, instance: Instance, limits: list[Limit], prices: costs.Prices) -> None:
        self.instance = instance
        self.prices = prices
        self.picks: Picks = [None] * len(instance.needs)
        self.used = [0] * len(limits)
        self.limits = limits
        self.limits_of: dict[int, list[tuple[int, int]]] = {}
        for number, limit in enumerate(limits):
            for option, weight in zip(limit.options, limit.weights, strict=True):
                self.limits_of.setdefault(option, []).append((number, weight))
        self.amount: dict[int, int] = {}
        self.halves: dict[int, frozenset[Half]] = {}

    def run(self) -> Picks:
        """Settled rows, then published rows that still hold, then the rest by priority and time.

        Raises NoRoomError when a forced option doesn't fit beside the settled rows.
        """
        for j in sorted(self.instance.settled):
            self.take(self.instance.options_of[j][0])
        if self.instance.forced is not None:
            self._take_forced(self.instance.options_of[self.instance.forced][0])
        for j, row in self.instance.existing.items():
            kept = self.instance.option_for(j, (row.person, row.measure)) if row.published else None
            if kept is not None and self.picks[j] is None and self.fits(kept):
                self.take(kept)
        for j in sorted(range(len(self.picks)), key=lambda j: (-self.instance.needs[j].priority, j)):
            if self.picks[j] is None:
                fitting = [k for k in self.instance.options_of[j] if self.fits(k)]
                if fitting:
                    self.take(min(fitting, key=self.wish))
        return self.picks

    def _take_forced(self, option: int) -> None:
        if full := self.full_for(option):
            raise NoRoomError([limit.text for limit in full])
        self.take(option)

    def full_for(self, option: int) -> list[Limit]:
        """The limits that have no room left for this option."""
        return [
            self.limits[number]
            for number, weight in self.limits_of.get(option, [])
            if self.used[number] + weight > self.limits[number].at_most
        ]

    def fits(self, option: int) -> bool:
        """Whether every limit has room for this option."""
        return not self.full_for(option)

    def take(self, option: int) -> None:
        """Gives the option's need to it."""
        taken = self.instance.options[option]
        self.picks[taken.need] = option
        for number, weight in self.limits_of.get(option, []):
            self.used[number] += weight
        if taken.candidate >= 0:
            need = self.instance.needs[taken.need]
            self.amount[taken.candidate] = self.amount.get(taken.candidate, 0) + self.prices.amount[option]
            self.halves[taken.candidate] = self.halves.get(taken.candidate, frozenset()) | {need.half}

    def wish(self, option: int) -> tuple[int, int, int, int, int]:
        """Sort key: people before measures, then cheapest, least burdened, best suited, first in the list."""
        taken = self.instance.options[option]
        if taken.measure is not None:
            return 1, taken.measure.cost, 0, 0, option
        candidate, i = self.instance.candidates[taken.candidate], taken.candidate
        money, burden = self.price(option), 0
        if costs.counts_for_fairness(candidate):
            before_ticks = self.amount.get(i, 0)
            after_ticks = before_ticks + self.prices.amount[option]
            steps = self.prices.steps
            burden = steps.cost(candidate, after_ticks) - steps.cost(candidate, before_ticks)
            burden += self.prices.free_time[option]
        return 0, money, burden, self.prices.quality[option], option

    def price(self, option: int) -> int:
        """Cents that taking this option adds: the cover itself and what has to be booked for it."""
        taken = self.instance.options[option]
        candidate = self.instance.candidates[taken.candidate]
        if candidate.hire is None:
            return candidate.cover_cents
        before = self.halves.get(taken.candidate, frozenset())
        after = before | {self.instance.needs[taken.need].half}
        return candidate.cover_cents + candidate.hire.cents(after) - candidate.hire.cents(before)
