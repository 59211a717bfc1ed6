"""HiGHS behind three requests: solve the relaxation, solve whole, and keep only what is as cheap as that.

One thread and a fixed seed make it reproducible; costs are small whole numbers. After a relaxation the program
can be narrowed to its best solutions alone: columns with a reduced cost stay at their bound and rows with a
price stay tight. That keeps the network structure, which an added objective row would destroy.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import highspy
import numpy as np
import numpy.typing as npt

from coverplans.matching.model import Floats, Ints, Model
from coverplans.matching.settings import Effort

EPSILON = 1e-5
"""Below this a column counts as whole, a reduced cost or a price as zero."""
SOLVER = f"HiGHS {version('highspy')}"
_OPTIMAL = highspy.HighsModelStatus.kOptimal


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A solved relaxation: its value, point, and what each column and row would cost to move."""

    value: float
    x: Floats
    reduced: Floats
    prices: Floats
    integral: bool

    @property
    def bound(self) -> int:
        """No whole-number solution costs less."""
        return _next_whole(self.value)


@dataclass(frozen=True, slots=True)
class Whole:
    """The outcome of branch and bound: `x` is None when it found nothing better than it was given."""

    x: Floats | None
    bound: int
    finished: bool


class OutOfTimeError(Exception):
    """The wall-clock safety net has been reached."""


class SolverFailedError(Exception):
    """HiGHS ended without an answer although one exists."""


class Solver:
    """One program, solved again and again with other costs and ever tighter bounds."""

    def __init__(self, model: Model, effort: Effort, deadline: float) -> None:
        self.deadline = deadline
        self.nodes_left = effort.nodes
        self.nodes = 0
        self.programs = 0
        self.seconds = 0.0
        self.lower = np.array(model.lower)
        self.upper = np.array(model.upper)
        self.row_lower = np.array(model.rows.lower)
        self.row_upper = np.array(model.rows.upper)
        self.whole = np.array(model.whole, dtype=np.bool_)
        self.every_column = np.arange(model.width, dtype=np.int32)
        self.highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # it carries no annotations
        for option, value in _OPTIONS.items():
            self.highs.setOptionValue(option, value)
        self.highs.setOptionValue("random_seed", effort.seed)
        self._pass(model)

    def _pass(self, model: Model) -> None:
        rows = model.rows
        self.highs.passModel(
            model.width,
            len(rows.lower),
            len(rows.columns),
            int(highspy.MatrixFormat.kRowwise),
            int(highspy.ObjSense.kMinimize),
            0.0,
            np.zeros(model.width),
            self.lower,
            self.upper,
            self.row_lower,
            self.row_upper,
            np.array(rows.starts, dtype=np.int32),
            np.array(rows.columns, dtype=np.int32),
            np.array(rows.values, dtype=np.float64),
            np.zeros(model.width, dtype=np.int32),
        )

    def relax(self, cost: Ints) -> Relaxed:
        """Solves without whole-number conditions. Raises OutOfTimeError or SolverFailedError."""
        self._price(cost)
        if self._run() != _OPTIMAL:
            # A warm start can end in numerical trouble that a fresh start doesn't have.
            self.highs.clearSolver()
            if self._run() != _OPTIMAL:
                raise SolverFailedError(str(self.highs.getModelStatus()))
        solution = self.highs.getSolution()
        x = np.array(solution.col_value)
        fractions = np.abs(x - np.round(x))[self.whole]
        return Relaxed(
            value=float(self.highs.getInfo().objective_function_value),
            x=x,
            reduced=np.array(solution.col_dual),
            prices=np.array(solution.row_dual),
            integral=bool((fractions < EPSILON).all()),
        )

    def solve_whole(self, cost: Ints, start: Floats) -> Whole:
        """Branch and bound from a known solution, as far as nodes and time allow."""
        basis = self.highs.getBasis()
        self._price(cost)
        self._declare_whole(self.whole)
        self.highs.setOptionValue("mip_max_nodes", max(1, self.nodes_left))
        self.highs.setSolution(len(start), self.every_column, start)
        try:
            status = self._run(whole=True)
        except OutOfTimeError:
            return Whole(None, _next_whole(-np.inf), finished=False)
        else:
            info = self.highs.getInfo()
            self.nodes += max(0, int(info.mip_node_count))
            self.nodes_left -= max(1, int(info.mip_node_count))
            better = info.primal_solution_status == highspy.kSolutionStatusFeasible
            return Whole(
                x=np.array(self.highs.getSolution().col_value) if better else None,
                bound=_next_whole(info.mip_dual_bound),
                finished=status == _OPTIMAL,
            )
        finally:
            self._declare_whole(np.zeros_like(self.whole))
            self.highs.setBasis(basis)

    def keep_cheapest(self, relaxed: Relaxed, cost: Ints, value: int) -> None:
        """From now on only solutions that cost at most `value`, given the relaxation's own prices."""
        slack = max(0.0, value - relaxed.value)
        if slack < 1e-4 + 1e-9 * abs(value):
            self._pin(relaxed)
            return
        self._hold(cost, value)
        too_dear = self.whole & (relaxed.x < EPSILON) & (relaxed.reduced > slack + EPSILON)
        self.upper[too_dear] = self.lower[too_dear]
        self._bounds()

    def forbid(self, columns: npt.NDArray[np.bool_]) -> None:
        """Keeps the columns marked true at their lower bound."""
        self.upper[columns] = self.lower[columns]
        self._bounds()

    def settle(self, columns: list[int], values: list[float]) -> None:
        """Keeps these columns at these values from now on."""
        self.lower[columns] = self.upper[columns] = values
        self._bounds()

    @contextmanager
    def held(self, columns: list[int], x: Floats) -> Iterator[None]:
        """For a while these columns stay where they are in `x`."""
        index = np.array(columns, dtype=np.int32)
        self.highs.changeColsBounds(len(index), index, x[index], x[index])
        try:
            yield
        finally:
            self._bounds()

    def _pin(self, relaxed: Relaxed) -> None:
        moved = np.abs(relaxed.reduced) > EPSILON
        self.lower[moved] = self.upper[moved] = np.round(relaxed.x[moved])
        for row in np.flatnonzero(np.abs(relaxed.prices) > EPSILON):
            side = self.row_upper if relaxed.prices[row] < 0 else self.row_lower
            if np.isfinite(side[row]):
                self.row_lower[row] = self.row_upper[row] = side[row]
        self._bounds()
        rows = np.arange(len(self.row_lower), dtype=np.int32)
        self.highs.changeRowsBounds(len(rows), rows, self.row_lower, self.row_upper)

    def _hold(self, cost: Ints, value: int) -> None:
        columns = np.flatnonzero(cost).astype(np.int32)
        divisor = max(1, int(np.gcd.reduce(cost)))
        limit = float(value // divisor)
        self.highs.addRow(
            -np.inf, limit, len(columns), columns, (cost[columns] // divisor).astype(np.float64)
        )
        self.row_lower = np.append(self.row_lower, -np.inf)
        self.row_upper = np.append(self.row_upper, limit)

    def _price(self, cost: Ints) -> None:
        self.highs.changeColsCost(len(cost), self.every_column, cost.astype(np.float64))

    def _bounds(self) -> None:
        self.highs.changeColsBounds(len(self.lower), self.every_column, self.lower, self.upper)

    def _declare_whole(self, whole: npt.NDArray[np.bool_]) -> None:
        self.highs.changeColsIntegrality(len(whole), self.every_column, whole.astype(np.uint8))

    def _run(self, *, whole: bool = False) -> highspy.HighsModelStatus:
        started = time.monotonic()
        left = self.deadline - started
        if left <= 0:
            raise OutOfTimeError
        self.highs.setOptionValue("time_limit", left)
        self.programs += 1
        self.highs.run()
        self.seconds += time.monotonic() - started
        status: highspy.HighsModelStatus = self.highs.getModelStatus()
        if status == highspy.HighsModelStatus.kTimeLimit and not whole:
            raise OutOfTimeError
        return status


_OPTIONS: dict[str, bool | int | float | str] = {
    "output_flag": False,
    "threads": 1,
    "parallel": "off",
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.9,
}


def _next_whole(value: float) -> int:
    """The smallest whole number that isn't below `value`, forgiving rounding errors of the solver."""
    return int(np.ceil(value - 1e-4 - 1e-9 * abs(value))) if np.isfinite(value) else -(2**62)
