"""The whole day as one integer program: columns, rows and one cost vector per tier.

Columns, in this order: every option of the instance, "uncovered" for each need that may stay so, bookings of
externals, load steps of colleagues, and "this person meets this class". Without bookings and classes the
program is a network flow with convex costs, which is why its relaxation is nearly always whole.
"""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from coverplans.matching import costs
from coverplans.matching.greedy import Picks
from coverplans.matching.instance import Instance
from coverplans.matching.joint import Limit
from coverplans.matching.problem import Half

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(slots=True)
class Rows:
    """Rows of a sparse matrix, written one after the other."""

    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    starts: list[int] = field(default_factory=lambda: [0])
    columns: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)

    def add(self, lower: float, upper: float, entries: list[tuple[int, float]]) -> None:
        """One row: lower ≤ sum of value · column ≤ upper."""
        self.lower.append(lower)
        self.upper.append(upper)
        self.columns.extend([column for column, _ in entries])
        self.values.extend([value for _, value in entries])
        self.starts.append(len(self.columns))


class Model:
    """Built once per solve; `costs` maps tier names to whole-number cost vectors over the columns."""

    def __init__(self, instance: Instance, limits: list[Limit], prices: costs.Prices) -> None:
        self.instance = instance
        self.limits = limits
        self.mine = instance.options_by_candidate()
        self.prices = prices
        self.steps = prices.steps
        self.lower: list[float] = [0.0] * len(instance.options)
        self.upper: list[float] = [1.0] * len(instance.options)
        self.whole: list[bool] = [True] * len(instance.options)
        self.entries: dict[str, dict[int, int]] = {}
        self.rows = Rows()
        self.uncovered: dict[int, int] = {}
        self.booking: dict[tuple[int, Half], int] = {}
        self.whole_day: dict[int, int] = {}
        self.load: dict[int, list[int]] = {}
        self.meets: dict[tuple[str, int], int] = {}
        self._cover_every_need()
        self._price_options()
        self._book_externals()
        self._keep_limits()
        self._spread_load()
        self._meet_classes()

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.lower)

    def cost(self, tier: str) -> Ints:
        """The tier's cost of every column."""
        vector = np.zeros(self.width, dtype=np.int64)
        for column, value in self.entries.get(tier, {}).items():
            vector[column] = value
        return vector

    def cheapest(self, cost: Ints) -> tuple[int, Ints]:
        """What no plan can go below (every need in its cheapest way, nothing booked or loaded), and by how much
        each column alone exceeds that."""
        floor, excess = 0, np.maximum(cost, 0)
        for j, options in enumerate(self.instance.options_of):
            columns = [*options, self.uncovered[j]] if j in self.uncovered else options
            least = int(cost[columns].min())
            excess[columns] = cost[columns] - least
            floor += least
        return floor, excess

    def _column(self, *, upper: float = 1.0, whole: bool = True) -> int:
        self.lower.append(0.0)
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.lower) - 1

    def _charge(self, tier: str, column: int, amount: int) -> None:
        if amount:
            charged = self.entries.setdefault(tier, {})
            charged[column] = charged.get(column, 0) + amount

    def _cover_every_need(self) -> None:
        for j, need in enumerate(self.instance.needs):
            columns = list(self.instance.options_of[j])
            if self.instance.must_be_taken(j):
                self.lower[columns[0]] = 1.0
            else:
                self.uncovered[j] = self._column()
                columns.append(self.uncovered[j])
                self._charge("uncovered", self.uncovered[j], costs.uncovered(need))
                self._charge("changes", self.uncovered[j], costs.changed(self.instance, None, j))
            self.rows.add(1.0, 1.0, [(column, 1.0) for column in columns])

    def _price_options(self) -> None:
        settings = self.instance.problem.settings
        for k, option in enumerate(self.instance.options):
            self._charge("changes", k, costs.changed(self.instance, option, option.need))
            if option.measure is not None:
                self._charge("last_resort", k, option.measure.cost)
                continue
            self._charge("money", k, self.instance.candidates[option.candidate].cover_cents)
            self._charge("quality", k, self.prices.quality[k])
            self._charge("fairness", k, self.prices.free_time[k])
            self._charge("fairness_cents", k, costs.in_cents(self.prices.free_time[k], settings))

    def _book_externals(self) -> None:
        for i in self.mine:
            hire = self.instance.candidates[i].hire
            if hire is None:
                continue
            halves: list[Half] = sorted({self._half(k) for k in self.mine[i]})
            for half in halves:
                self.booking[i, half] = self._column()
                self._charge("money", self.booking[i, half], hire.cents(frozenset({half})))
            saved = sum(hire.cents(frozenset({half})) for half in halves) - hire.cents(frozenset(halves))
            if saved > 0:
                self.whole_day[i] = self._column(whole=False)
                self._charge("money", self.whole_day[i], -saved)
                for half in halves:
                    self.rows.add(-np.inf, 0.0, [(self.whole_day[i], 1.0), (self.booking[i, half], -1.0)])

    def _half(self, option: int) -> Half:
        return self.instance.needs[self.instance.options[option].need].half

    def _keep_limits(self) -> None:
        booked: set[int] = set()
        for limit in self.limits:
            halves = {self._half(k) for k in limit.options} if limit.candidate >= 0 else set()
            entries = [(k, float(w)) for k, w in zip(limit.options, limit.weights, strict=True)]
            key = (limit.candidate, min(halves)) if len(halves) == 1 else None
            if limit.code == "busy" and limit.at_most == 1 and key in self.booking:
                booked.update(limit.options)
                self.rows.add(-np.inf, 0.0, [*entries, (self.booking[key], -1.0)])
            else:
                self.rows.add(-np.inf, float(limit.at_most), entries)
        for i, options in self.mine.items():
            for k in options:
                if (i, self._half(k)) in self.booking and k not in booked:
                    self.rows.add(-np.inf, 0.0, [(k, 1.0), (self.booking[i, self._half(k)], -1.0)])

    def _spread_load(self) -> None:
        settings = self.instance.problem.settings
        for i, options in self.mine.items():
            candidate = self.instance.candidates[i]
            if not costs.counts_for_fairness(candidate):
                continue
            amounts = [self.prices.amount[k] for k in options]
            most = self._most_covers(i) * max(amounts)
            if most <= self.steps.step:
                for k, amount in zip(options, amounts, strict=True):
                    price = self.steps.price(candidate, 0)
                    self._charge("fairness", k, price * amount)
                    self._charge("fairness_cents", k, costs.in_cents(price, settings) * amount)
                continue
            self.load[i] = []
            for n in range(-(-most // self.steps.step)):
                column = self._column(upper=float(self.steps.step), whole=False)
                self.load[i].append(column)
                self._charge("fairness", column, self.steps.price(candidate, n))
                self._charge(
                    "fairness_cents", column, costs.in_cents(self.steps.price(candidate, n), settings)
                )
            taken = [(k, float(amount)) for k, amount in zip(options, amounts, strict=True)]
            self.rows.add(0.0, 0.0, taken + [(column, -1.0) for column in self.load[i]])

    def _most_covers(self, i: int) -> int:
        """At most so many needs can go to this candidate: disjoint ones within the caps, besides settled ones."""
        needs = [self.instance.options[k].need for k in self.mine[i]]
        disjoint, free_from = 0, 0
        for need in sorted((self.instance.needs[j] for j in needs), key=lambda need: need.ends):
            if need.starts >= free_from:
                disjoint, free_from = disjoint + 1, need.ends
        caps = [cap.remaining for cap in self.instance.candidates[i].caps if cap.unit == "covers"]
        return min([disjoint, *caps]) + sum(j in self.instance.settled for j in needs)

    def _meet_classes(self) -> None:
        points = self.instance.problem.settings.weights.continuity.points
        for section, js in costs.continuity_needs(self.instance.problem).items():
            for i, options in self.mine.items():
                here = [k for k in options if self.instance.options[k].need in js]
                if not here:
                    continue
                if self._all_overlap(here):
                    for k in here:
                        self._charge("quality", k, points)
                    continue
                column = self._column(whole=False)
                self.meets[section, i] = column
                self._charge("quality", column, points)
                for k in here:
                    self.rows.add(-np.inf, 0.0, [(k, 1.0), (column, -1.0)])

    def _all_overlap(self, options: list[int]) -> bool:
        needs = [self.instance.needs[self.instance.options[k].need] for k in options]
        together = max(need.starts for need in needs) < min(need.ends for need in needs)
        return together and not any(self.instance.options[k].need in self.instance.settled for k in options)

    def point(self, picks: Picks) -> Floats:
        """The whole-number solution that these picks stand for, at its cheapest."""
        x = np.zeros(self.width)
        amount: dict[int, int] = {}
        for j, pick in enumerate(picks):
            if pick is None:
                x[self.uncovered[j]] = 1.0
                continue
            x[pick] = 1.0
            i = self.instance.options[pick].candidate
            need = self.instance.needs[j]
            amount[i] = amount.get(i, 0) + self.prices.amount[pick]
            if (i, need.half) in self.booking:
                x[self.booking[i, need.half]] = 1.0
            for section in need.sections:
                if (section, i) in self.meets:
                    x[self.meets[section, i]] = 1.0
        for i, column in self.whole_day.items():
            x[column] = min(x[self.booking[i, half]] for half in ("am", "pm"))
        for i, columns in self.load.items():
            left = amount.get(i, 0)
            for column in columns:
                x[column] = min(left, self.steps.step)
                left -= int(x[column])
        return x

    def picks(self, x: Floats) -> Picks:
        """The picks of a whole-number solution."""
        return [
            next((k for k in self.instance.options_of[j] if x[k] > 0.5), None)
            for j in range(len(self.instance.needs))
        ]
