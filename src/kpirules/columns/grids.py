"""Values by series and period: a view of rows that are in order, and of any others a copy in as little as holds them.

Printed figures have few decimals. Where all are whole numbers of tenths, hundredths … that four bytes can hold, they
are kept as these, in half the room; divided by a power of ten, which is rounded once, each is the double that it was.
"""

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from kpirules.engines.axes import in_millionths

Array: TypeAlias = NDArray[Any]
Floats: TypeAlias = NDArray[np.float64]
Blocks: TypeAlias = Callable[[], Iterable[tuple[slice, Array]]]
"""The rows in blocks, and for each row its place in the grid."""

# The least whole numbers stand for a cell that has no row, and for one whose row has no value.
_EMPTY = np.iinfo(np.int32).min
_NO_VALUE = _EMPTY + 1
_MOST_PLACES = 6

# Among doubles an empty cell has a NaN that is unlike that of anybody's sums; were it found in a column, it would only
# be asked again more slowly whether every row has a cell of its own.
_EMPTY_DOUBLE = np.uint64(0x7FF8_6B70_6972_756C)

# So many rows at a time, so that what is worked out by the way stays in the cache.
BLOCK = 32_768


@frozen(eq=False)
class Grid:
    """A row for each series, a place for each period. `scale` is how many to one, if the values are whole numbers.

    `whole` says that every row of the table surely has a cell of its own.
    """

    values: Array
    most: float
    scale: float | None = None
    whole: bool = True

    def rows(self, series: Any) -> Floats:
        """The values of some series, NaN where missing; no copy is made of a slice of doubles."""
        return self._doubles(self.values[series])

    def at(self, series: Array, periods: Array) -> Floats:
        """The values of some slots, NaN where missing."""
        return self._doubles(self.values[series, periods])

    def millionths(self, block: Floats, *, gaps: bool) -> bool:
        """Whether some of the values are all whole millionths, as `Numbers` calls them."""
        return in_millionths(block, self.most, gaps=gaps, known=self.scale is not None)

    def _doubles(self, values: Array) -> Floats:
        if self.scale is None:
            return values
        found: Floats = values / self.scale
        missing = values <= _NO_VALUE
        if missing.any():
            found[missing] = np.nan
        return found


def grid_of(numbers: Floats, blocks: Blocks, shape: tuple[int, int], most: float) -> Grid:
    """The grid of numbers in any order, none of them further from nought than `most`; NaN where there is none."""
    places = [place for place in range(_MOST_PLACES + 1) if most * 10**place < -_NO_VALUE]
    if places:
        scale = 10.0 ** places[-1]
        found = _wholes(numbers, blocks, shape[0] * shape[1], scale)
        if found is not None:
            return Grid(found.reshape(shape), most, scale, _filled(found, _EMPTY) == len(numbers))
    doubles = np.full(shape[0] * shape[1], _EMPTY_DOUBLE, dtype=np.uint64)
    for some, cells in blocks():
        doubles[cells] = numbers.view(np.uint64)[some]
    whole = _filled(doubles, _EMPTY_DOUBLE) == len(numbers)
    return Grid(doubles.view(np.float64).reshape(shape), most, None, whole)


def _wholes(numbers: Floats, blocks: Blocks, size: int, scale: float) -> Array | None:
    """The grid in whole numbers, so many to one; None if a number is none of them."""
    found = np.full(size, _EMPTY, dtype=np.int32)
    for some, cells in blocks():
        each = numbers[some]
        scaled = np.rint(each * scale)
        same = scaled / scale == each
        if not same.all():
            missing = np.isnan(each)
            if not (same | missing).all():
                return None
            scaled[missing] = _NO_VALUE
        found[cells] = scaled.astype(np.int32)
    return found


def _filled(grid: Array, empty: Any) -> int:
    """How many cells are not empty."""
    starts = range(0, len(grid), BLOCK)
    return sum(int(np.count_nonzero(grid[start : start + BLOCK] != empty)) for start in starts)
