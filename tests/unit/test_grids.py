"""Rows in any order stand in a grid as what they are: in four bytes where these hold them, else as doubles."""

from collections.abc import Iterable
from fractions import Fraction
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from kpirules.columns.grids import Grid, grid_of

NAN = float("nan")


def laid(numbers: list[float], cells: list[int], shape: tuple[int, int]) -> Grid:
    column = np.array(numbers)

    def blocks() -> Iterable[tuple[slice, NDArray[np.intp]]]:
        half = len(numbers) // 2
        for some in (slice(0, half), slice(half, None)):
            yield some, np.array(cells[some], dtype=np.intp)

    there = np.abs(column[~np.isnan(column)])
    return grid_of(column, blocks, shape, float(there.max()) if len(there) else 0.0)


FEW_DECIMALS = st.builds(
    lambda whole, places: float(Fraction(whole, 10**places)), st.integers(-(10**9), 10**9), st.integers(0, 7)
)
NUMBERS = (
    FEW_DECIMALS
    | st.floats(allow_infinity=False)
    | st.sampled_from([NAN, 0.1 + 0.2, -0.0, 2147483646.0, -2147483648.0])
)


@given(st.lists(FEW_DECIMALS | st.just(NAN)) | st.lists(NUMBERS), st.integers(0, 3), st.randoms(use_true_random=False))
def test_every_number_comes_back_as_it_went_in(numbers: list[float], empty: int, chance: Random) -> None:
    shape = 2, -(-(len(numbers) + empty) // 2)
    cells = chance.sample(range(shape[0] * shape[1]), len(numbers))
    grid = laid(numbers, cells, shape)
    assert grid.whole
    expected = np.full(shape[0] * shape[1], NAN)
    expected[cells] = numbers
    np.testing.assert_array_equal(grid.rows(slice(None)).ravel(), expected)
    series, periods = np.divmod(np.array(cells, dtype=np.intp), max(shape[1], 1))
    np.testing.assert_array_equal(grid.at(series, periods), np.array(numbers, dtype=np.float64))


@pytest.mark.parametrize(
    ("numbers", "scale"),
    [
        ([0.1, 2147.25], 1e6),
        ([0.1, 2148.25], 1e5),
        ([0.1, NAN, 2e6], 1e3),
        ([0.001, 2e7], None),
        ([0.1 + 0.2], None),
        ([3e9], None),
        ([NAN, NAN], 1e6),
    ],
)
def test_few_decimals_take_four_bytes(numbers: list[float], scale: float | None) -> None:
    grid = laid(numbers, list(range(len(numbers))), (1, len(numbers)))
    assert grid.scale == scale
    assert grid.values.itemsize == (8 if scale is None else 4)


@pytest.mark.parametrize("numbers", [[1.0, 2.0, NAN], [0.1 + 0.2, 2.0, NAN]])
def test_rows_that_share_a_cell_are_noticed(numbers: list[float]) -> None:
    assert laid(numbers, [0, 1, 2], (1, 4)).whole
    assert not laid(numbers, [0, 1, 1], (1, 4)).whole
    assert not laid(numbers, [2, 1, 2], (1, 4)).whole
