"""Dense columns rated in a grid: a row for each series, a place for each period, whole rows with one rule."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import DTypeLike, NDArray

from kpirules.columns.cells import rate_cells
from kpirules.columns.finder import Finder
from kpirules.columns.laid_out import LaidOut
from kpirules.columns.ruled import BY_REFERENCE, NO_SUCH, Assigned, Rules
from kpirules.engines.arrays import Group
from kpirules.engines.axes import Numbers

Array: TypeAlias = NDArray[Any]
Bools: TypeAlias = NDArray[np.bool_]
Floats: TypeAlias = NDArray[np.float64]

# So many cells at a time: as large as the cache allows, because each step costs as much again as a thousand cells.
_CELLS = 49_152


def rate_grid(
    laid_out: LaidOut, assigned: Assigned, rules: Rules, finder: Finder, code: DTypeLike
) -> tuple[list[Array], Bools | None]:
    """The codes of dense rows by question, and which rows have none to be had (None: there is no such row)."""
    grids: list[Array] = [np.zeros(laid_out.grid.values.shape, dtype=code) for _ in rules.groups]
    none = _rated(laid_out, assigned, rules, finder, grids)
    if laid_out.in_order:
        return [grid.ravel() for grid in grids], None if none is None else none.ravel()
    codes: list[Array] = []
    while grids:  # each is let go when its answers stand in the order of the rows
        codes.append(_by_row(grids.pop(0), laid_out))
    return codes, None if none is None else _by_row(none, laid_out)


def _by_row(grid: Array, laid_out: LaidOut) -> Array:
    found: Array = np.empty(laid_out.size, dtype=grid.dtype)
    for some, cells in laid_out.blocks():
        grid.ravel().take(cells, out=found[some], mode="clip")
    return found


# --- asking ---


def _rated(laid_out: LaidOut, assigned: Assigned, rules: Rules, finder: Finder, codes: Sequence[Array]) -> Bools | None:
    """Enter the codes of the grid; where there are none to be had."""
    alike = assigned.classes(rules)
    none: Bools | None = None
    for number in np.unique(alike[alike >= 0]).tolist():
        members = np.flatnonzero(alike == number)
        if _by_class(members, laid_out, assigned, rules, finder, codes):
            none = np.zeros(laid_out.grid.values.shape, dtype=bool) if none is None else none
            none[members] = True
    changing = np.flatnonzero(assigned.changes)
    many = len(laid_out.periods)
    for start in range(0, len(changing), max(_CELLS // many, 1)):
        rows = changing[start : start + max(_CELLS // many, 1)]
        series, periods = np.repeat(rows, many), np.tile(np.arange(many), len(rows))

        def numbers(column: int, some: Array, series: Array = series, periods: Array = periods) -> Floats:
            seen, when = finder.look(column, series[some], periods[some])
            found = laid_out.grid.at(seen, when)
            return np.where(seen < 0, np.nan, found)

        found = [np.zeros(len(series), dtype=each.dtype) for each in codes]
        missing = rate_cells(assigned.rules(series, periods), rules, numbers, found, laid_out.most)
        for column, each in zip(codes, found, strict=True):
            column[rows] = each.reshape(len(rows), many)
        if missing is not None:
            none = np.zeros(laid_out.grid.values.shape, dtype=bool) if none is None else none
            none[rows] = missing.reshape(len(rows), many)
    return none


def _by_class(
    members: Array,
    laid_out: LaidOut,
    assigned: Assigned,
    rules: Rules,
    finder: Finder,
    codes: Sequence[Array],
) -> bool:
    """Enter the codes of rows whose rules are in the same groups; whether there are none to be had of some question."""
    rule = assigned.constant[members]
    asked: list[tuple[int, Group, Array]] = []
    for question, groups in enumerate(rules.groups):
        number = int(rules.group_of[question, rule[0]])
        if number == BY_REFERENCE:
            return True
        if number != NO_SUCH:
            asked.append((question, groups[number], rules.place_of[question, rule]))
    sums = any(group.sums for _, group, _ in asked)
    doubts: list[list[Doubt]] = [[] for _ in asked]
    grid = laid_out.grid
    many = max(_CELLS // grid.values.shape[1], 1)
    for start in range(0, len(members), many):
        rows = members[start : start + many]
        one_after_another = rows[-1] - rows[0] == len(rows) - 1
        here: Any = slice(int(rows[0]), int(rows[-1]) + 1) if one_after_another else rows
        block = grid.rows(here)

        def figure(column: int, rows: Array = rows) -> Floats:
            beside = finder.beside(column, rows)
            found = grid.rows(beside).copy()
            found[beside < 0] = np.nan
            return found

        gaps = laid_out.gaps and bool(np.isnan(block).any())
        millionths = sums and grid.millionths(block, gaps=gaps)
        for (question, group, places), doubtful in zip(asked, doubts, strict=True):
            own, at = finder.own(group.handed), places[start : start + many]
            found = codes[question][here] if here is not rows else np.empty(block.shape, dtype=codes[question].dtype)
            for span, columns, partly in finder.spans(group.handed, block, figure):
                numbers = Numbers(columns, laid_out.most, gaps or partly, millionths and own)
                doubt = group.rate(at[:, None], numbers, found[:, span])
                if doubt is not None:
                    row, column = np.divmod(np.flatnonzero(doubt), doubt.shape[1])
                    there = {number: each[row, column] for number, each in columns.items()}
                    doubtful.append(Doubt(rows[row], column + span.start, at[row], there))
            if here is rows:
                codes[question][rows] = found
    for (question, group, _), doubtful in zip(asked, doubts, strict=True):
        if doubtful:
            each = _together(doubtful)
            codes[question][each.rows, each.columns] = group.settled(each.places, each.numbers)
    return False


@frozen(eq=False)
class Doubt:
    """Cells that must be settled: their rows and columns, the places of their rules, and what these read."""

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
