"""Dense columns rated in grids: a row for each series, a place for each period, and whole rows with one rule at once.

Rows in the order of the grid are one already. Others are put into a grid strip by strip: the series whose rules are
alike, as many as an eighth of the data has, in one buffer. So no copy of all the data is ever made.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from kpirules.columns.cells import rate_cells
from kpirules.columns.finder import Finder
from kpirules.columns.layout import BLOCK, LaidOut
from kpirules.columns.ruled import BY_REFERENCE, NO_SUCH, Assigned, Rules
from kpirules.engines.arrays import Group

Array: TypeAlias = NDArray[Any]
Bools: TypeAlias = NDArray[np.bool_]
Floats: TypeAlias = NDArray[np.float64]

# Into so many strips the data is cut at most, and each has at least so many cells.
_STRIPS, _CELLS = 8, 131_072


def rate_grid(
    laid_out: LaidOut, assigned: Assigned, rules: Rules, finder: Finder, codes: Sequence[Array]
) -> Bools | None:
    """Enter the codes of dense rows by question; which rows have none to be had (None: there is no such row)."""
    series, periods = len(laid_out.series), len(laid_out.periods)
    if laid_out.in_order:
        strip = Strip(np.arange(series), np.arange(series), laid_out.numbers.reshape(series, periods))
        none = _rated(strip, laid_out, assigned, rules, finder, [each.reshape(series, periods) for each in codes])
        return None if none is None else none.ravel()
    unanswered: Bools | None = None
    for strip, rows, cells in _strips(laid_out, assigned, rules):
        grids = [np.zeros(strip.grid.shape, dtype=each.dtype) for each in codes]
        none = _rated(strip, laid_out, assigned, rules, finder, grids)
        for column, grid in zip(codes, grids, strict=True):
            column[rows] = grid.ravel().take(cells)
        if none is not None:
            unanswered = np.zeros(laid_out.size, dtype=bool) if unanswered is None else unanswered
            unanswered[rows] = none.ravel().take(cells)
    return unanswered


# --- strips ---


@frozen(eq=False)
class Strip:
    """Some series as rows of a grid, NaN where there is no value. `position` is the row of each series that is here."""

    series: Array
    position: Array
    grid: Floats

    def at(self, series: Array, periods: Array) -> Floats:
        """The values of some series in some periods; NaN for series below nought, which are none."""
        found: Floats = np.where(series < 0, np.nan, self.grid[self.position[series], periods])
        return found


def _strips(laid_out: LaidOut, assigned: Assigned, rules: Rules) -> Iterator[tuple[Strip, Array, Array]]:
    """The strips, each with its rows and the cell of each of them. The grids share a buffer."""
    order, ends = _ordered(laid_out, assigned, rules)
    many = len(laid_out.periods)
    position = np.empty(len(order), dtype=np.int32)
    which = np.empty(len(order), dtype=np.uint8)
    for number, (start, stop) in enumerate(pairwise(ends)):
        position[order[start:stop]] = np.arange(stop - start)
        which[order[start:stop]] = number
    strip_of = np.empty(laid_out.size, dtype=np.uint8)
    for start in range(0, laid_out.size, BLOCK):
        strip_of[start : start + BLOCK] = which.take(laid_out.of_series[start : start + BLOCK])
    buffer = np.empty(max(stop - start for start, stop in pairwise(ends)) * many)
    for number, (start, stop) in enumerate(pairwise(ends)):
        rows = np.flatnonzero(strip_of == number)
        cells = position.take(laid_out.of_series.take(rows)) * np.intp(many)
        cells += laid_out.of_period.take(rows)
        grid = buffer[: (stop - start) * many]
        grid.fill(np.nan)
        grid[cells] = laid_out.numbers.take(rows)
        yield Strip(order[start:stop], position, grid.reshape(stop - start, many)), rows, cells


def _ordered(laid_out: LaidOut, assigned: Assigned, rules: Rules) -> tuple[Array, list[int]]:
    """The series in the order of their classes, and where strips end; what belongs to one indicator stays together."""
    wholes: dict[int, int] = {}
    whole = np.array([wholes.setdefault(id(each.whole), len(wholes)) for each in laid_out.series])
    alike = assigned.classes(rules)
    first = np.full(len(wholes), -1)
    np.maximum.at(first, whole, alike)
    order = np.lexsort((whole, first[whole]))
    begins = np.flatnonzero(np.diff(whole[order], prepend=-1))
    size = max(_CELLS // len(laid_out.periods), -(-len(order) // _STRIPS), 1)
    ends = [0]
    for begin in begins.tolist():
        if begin - ends[-1] >= size:
            ends.append(begin)
    return order, [*ends, len(order)]


# --- asking ---


def _rated(
    strip: Strip, laid_out: LaidOut, assigned: Assigned, rules: Rules, finder: Finder, codes: Sequence[Array]
) -> Bools | None:
    """Enter the codes of a strip; where there are none to be had."""
    alike = assigned.classes(rules)[strip.series]
    none: Bools | None = None
    for number in np.unique(alike[alike >= 0]).tolist():
        members = np.flatnonzero(alike == number)
        if _by_class(members, strip, laid_out, assigned, rules, finder, codes):
            none = np.zeros(strip.grid.shape, dtype=bool) if none is None else none
            none[members] = True
    changing = np.flatnonzero(assigned.changes[strip.series])
    many = len(laid_out.periods)
    for start in range(0, len(changing), max(BLOCK // many, 1)):
        rows = changing[start : start + max(BLOCK // many, 1)]
        series, periods = np.repeat(strip.series[rows], many), np.tile(np.arange(many), len(rows))

        def numbers(column: int, some: Array, series: Array = series, periods: Array = periods) -> Floats:
            return strip.at(*finder.look(column, series[some], periods[some]))

        found = [np.zeros(len(series), dtype=each.dtype) for each in codes]
        missing = rate_cells(assigned.rules(series, periods), rules, numbers, found, laid_out.most)
        for column, each in zip(codes, found, strict=True):
            column[rows] = each.reshape(len(rows), many)
        if missing is not None:
            none = np.zeros(strip.grid.shape, dtype=bool) if none is None else none
            none[rows] = missing.reshape(len(rows), many)
    return none


def _by_class(
    members: Array,
    strip: Strip,
    laid_out: LaidOut,
    assigned: Assigned,
    rules: Rules,
    finder: Finder,
    codes: Sequence[Array],
) -> bool:
    """Enter the codes of rows whose rules are in the same groups; whether there are none to be had of some question."""
    rule = assigned.constant[strip.series[members]]
    asked: list[tuple[int, Group, Array]] = []
    for question, groups in enumerate(rules.groups):
        number = int(rules.group_of[question, rule[0]])
        if number == BY_REFERENCE:
            return True
        if number != NO_SUCH:
            asked.append((question, groups[number], rules.place_of[question, rule]))
    doubts: list[list[Doubt]] = [[] for _ in asked]
    many = max(BLOCK // strip.grid.shape[1], 1)
    for start in range(0, len(members), many):
        rows = members[start : start + many]
        one_after_another = rows[-1] - rows[0] == len(rows) - 1
        here: Any = slice(int(rows[0]), int(rows[-1]) + 1) if one_after_another else rows
        block = strip.grid[here]  # of a slice no copy is made

        def figure(column: int, rows: Array = rows) -> Floats:
            beside = finder.beside(column, strip.series[rows])
            found = strip.grid[strip.position[beside]]
            found[beside < 0] = np.nan
            return found

        for (question, group, places), doubtful in zip(asked, doubts, strict=True):
            at = places[start : start + many]
            found = codes[question][here]
            for span, columns in finder.spans(group.handed, block, figure):
                doubt = group.rate(at[:, None], columns, found[:, span], laid_out.most)
                if doubt is not None:
                    row, column = np.divmod(np.flatnonzero(doubt), doubt.shape[1])
                    numbers = {number: each[row, column] for number, each in columns.items()}
                    doubtful.append(Doubt(rows[row], column + span.start, at[row], numbers))
            if here is rows:
                codes[question][rows] = found
    for (question, group, _), doubtful in zip(asked, doubts, strict=True):
        if doubtful:
            each = _together(doubtful)
            codes[question][each.rows, each.columns] = group.settled(each.places, each.numbers)
    return False


@frozen(eq=False)
class Doubt:
    """Cells of a strip that must be settled: their rows and columns, the places of their rules, and what these read."""

    rows: Array
    columns: Array
    places: Array
    numbers: Mapping[int, Floats]


def _together(doubts: Sequence[Doubt]) -> Doubt:
    numbers = {column: np.concatenate([each.numbers[column] for each in doubts]) for column in doubts[0].numbers}
    return Doubt(
        np.concatenate([each.rows for each in doubts]),
        np.concatenate([each.columns for each in doubts]),
        np.concatenate([each.places for each in doubts]),
        numbers,
    )
