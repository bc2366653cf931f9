"""Rows laid out by series and period: which each is of, in what order they stand, and where another slot is found."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from kpirules.columns.grids import BLOCK, Grid, grid_of
from kpirules.columns.slots import Series
from kpirules.periods import Period

Array: TypeAlias = NDArray[Any]
Bools: TypeAlias = NDArray[np.bool_]
Floats: TypeAlias = NDArray[np.float64]

# A grid may have so many cells for each row before it is too thin to be worth its memory.
_CELLS_A_ROW = 4


@frozen(eq=False, slots=False)
class LaidOut:
    """Every row's series and period by number, and its value; `odd` are rows that only the reference reads, if any."""

    series: tuple[Series, ...]
    periods: tuple[Period, ...]
    of_series: Array
    of_period: Array
    numbers: Floats
    odd: Bools | None

    @property
    def size(self) -> int:
        """How many rows there are."""
        return len(self.numbers)

    @cached_property
    def width(self) -> int:
        """How many periods a series has cells for: all that there are, and one for those that are not there."""
        return len(self.periods) + 1

    @cached_property
    def dense(self) -> bool:
        """Whether the rows fill a grid of series and periods well."""
        return len(self.series) * self.width <= _CELLS_A_ROW * self.size + 1024

    @cached_property
    def cells(self) -> Array:
        """The cell of each row."""
        return cell_of(self.of_series, self.of_period, len(self.series), len(self.periods))

    @cached_property
    def in_order(self) -> bool:
        """Whether there is a row for every series and period, one series after another and each in order of time."""
        shape = len(self.series), len(self.periods)
        if self.size != shape[0] * shape[1] or not self.size or self.of_series[0] != self.of_series[shape[1] - 1]:
            return False
        series, periods = self.of_series.reshape(shape), self.of_period.reshape(shape)
        every, time = np.arange(shape[0], dtype=series.dtype)[:, None], np.arange(shape[1], dtype=periods.dtype)
        many = max(BLOCK // shape[1], 1)
        blocks = [slice(start, start + many) for start in range(0, shape[0], many)]
        return all(bool((series[some] == every[some]).all() and (periods[some] == time).all()) for some in blocks)

    @property
    def most(self) -> float:
        """How far the number furthest from nought is from it."""
        return self._reach[0]

    @property
    def gaps(self) -> bool:
        """Whether some numbers are missing: among the rows, or where a grid has no row."""
        return self._reach[1] or not self.in_order

    @cached_property
    def _reach(self) -> tuple[float, bool]:
        most, gaps = 0.0, False
        for start in range(0, self.size, BLOCK):
            some = self.numbers[start : start + BLOCK]
            low, high = float(some.min()), float(some.max())
            if low != low:  # NaN, if there is one
                low, high, gaps = float(np.fmin.reduce(some)), float(np.fmax.reduce(some)), True
            most = max(most, high, -low)
        return most, gaps

    @cached_property
    def _sorted(self) -> tuple[Array, Array]:
        order = np.argsort(self.cells, kind="stable")
        return self.cells[order], order

    def rows_at(self, cells: Array) -> Array:
        """The row of each cell; -1 where there is none."""
        known, order = self._sorted
        if not len(known):
            return np.full(len(cells), -1)
        at = np.minimum(np.searchsorted(known, cells), len(known) - 1)
        return np.where(known[at] == cells, order[at], -1)

    def numbers_at(self, cells: Array) -> Floats:
        """The value of each cell; NaN where there is none."""
        rows = self.rows_at(cells)
        return np.where(rows < 0, np.nan, self.numbers[rows])

    @cached_property
    def grid(self) -> Grid:
        """The values by series and period; of dense rows only."""
        shape = len(self.series), len(self.periods)
        if self.in_order:
            return Grid(self.numbers.reshape(shape), self.most)
        return grid_of(self.numbers, self.blocks, shape, self.most)

    def blocks(self) -> Iterator[tuple[slice, Array]]:
        """The rows in blocks, and for each row its place in the grid."""
        many = np.intp(len(self.periods))
        for start in range(0, self.size, BLOCK):
            some = slice(start, start + BLOCK)
            yield some, self.of_series[some] * many + self.of_period[some]

    @cached_property
    def twice(self) -> Bools | None:
        """The rows whose cell has another row too; None if there are none."""
        if self.dense and self.grid.whole:
            return None
        known, order = self._sorted
        same = known[1:] == known[:-1]
        if not same.any():
            return None
        found: Bools = np.zeros(self.size, dtype=bool)
        found[order[1:][same]] = found[order[:-1][same]] = True
        return found


def cell_of(series: Array, periods: Array, many_series: int, many_periods: int) -> Array:
    """The cells of some slots: their series times the width, plus their period; nobody's where the series is -1."""
    width = many_periods + 1
    cells: Array = series.astype(np.int64 if many_series * width >= 2**31 else np.int32)
    cells *= width
    cells += periods
    cells[series < 0] = width - 1
    return cells
