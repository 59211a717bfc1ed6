"""Everything worked out from one problem before anything is decided: options, limits, prices, and the program."""

from dataclasses import dataclass
from functools import cached_property

from coverplans.matching.costs import Prices
from coverplans.matching.greedy import Greedy
from coverplans.matching.instance import Instance, prepare
from coverplans.matching.joint import Limit, limits
from coverplans.matching.model import Model
from coverplans.matching.plan import Plan
from coverplans.matching.problem import Problem


@dataclass(frozen=True)
class Workbench:
    """One instance with what greedy, the exact search, the panel and the explanations share."""

    instance: Instance

    @classmethod
    def of(cls, problem: Problem) -> "Workbench":
        """The workbench for a problem."""
        return cls(prepare(problem))

    @cached_property
    def limits(self) -> list[Limit]:
        """Every limit over several needs."""
        return limits(self.instance)

    @cached_property
    def prices(self) -> Prices:
        """Every option's costs."""
        return Prices(self.instance)

    @cached_property
    def model(self) -> Model:
        """The whole-number program."""
        return Model(self.instance, self.limits, self.prices)

    def greedy(self) -> Greedy:
        """An empty plan, ready to be filled."""
        return Greedy(self.instance, self.limits, self.prices)

    def standing(self, plan: Plan, *, without: int = -1) -> Greedy:
        """The plan's picks with every limit counted, leaving out one need."""
        state = self.greedy()
        taken = {choice.need: choice.taker for choice in plan.choices}
        for j, need in enumerate(self.instance.needs):
            option = self.instance.option_for(j, taken.get(need.key, ("", "")))
            if j != without and option is not None:
                state.take(option)
        return state
