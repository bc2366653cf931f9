"""Columns rated by arrays: comparators found by series and period, and groups of rules asked.

Where the data is dense it is rated in a grid, whole rows with one rule at once; where it is not, in
blocks of rows, each with the cuts of its own rule. What an array cannot say exactly is settled exactly, and what it
cannot say at all is left to the reference.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias

import numpy as np
from attrs import field, frozen
from numpy.typing import DTypeLike, NDArray

from kpirules.assess import Indicator
from kpirules.columns.cells import rate_cells
from kpirules.columns.finder import Finder
from kpirules.columns.gridded import rate_grid
from kpirules.columns.grids import BLOCK
from kpirules.columns.laid_out import LaidOut, cell_of
from kpirules.columns.last import Last
from kpirules.columns.layout import lay_out
from kpirules.columns.plainly import Collected, Plainly
from kpirules.columns.results import RatedColumns
from kpirules.columns.ruled import Assigned, Rules, Ruling
from kpirules.columns.slots import Series
from kpirules.columns.table import Table
from kpirules.model import Definitions
from kpirules.periods import Period

Array: TypeAlias = NDArray[Any]
Bools: TypeAlias = NDArray[np.bool_]
Floats: TypeAlias = NDArray[np.float64]

# The codes of as many answers are single bytes.
_SMALL = 256


@frozen(eq=False)
class Plan:
    """How some series are rated in some periods: their rules, and where what these read is found."""

    assigned: Assigned
    rules: Rules
    finder: Finder
    collected: Collected


@frozen(eq=False)
class ArrayRater:
    """A library made ready to rate by arrays; it keeps what it has worked out of the rules for the next columns."""

    indicators: Mapping[str, Indicator]
    definitions: Definitions
    ruling: Ruling = field(factory=Ruling)
    last: Last[Plan] = field(factory=Last)

    def rate(self, table: Table, names: tuple[str, ...]) -> RatedColumns:
        """Columns rated, with the travels of these names. Raises `FaultyRowsError` for rows that are faulty."""
        with _short_buffers():
            laid_out = lay_out(table, self.definitions, self.ruling.known)
            plan = self._plan(laid_out.series, laid_out.periods, names)
            answers = _answers(laid_out, plan)
            left = _left_to_reference(laid_out, plan, answers)
            overall = answers.codes[0]
            if left is None and not plan.assigned.beside.any():
                return plan.collected.columns(overall, overall, answers.codes[1:])
            left = np.zeros(laid_out.size, dtype=bool) if left is None else left.copy()
            overall = _overall(laid_out, answers, left)
            seen = np.flatnonzero(_looked_at(np.flatnonzero(left), laid_out, plan))
        plain = Plainly(self.indicators, table.observations(seen.tolist(), self.definitions), names)
        collected = plan.collected.copied()
        columns = [each.astype(np.uint16) for each in (*answers.codes, overall)]
        _by_reference(left, laid_out, plain, collected, columns)
        return collected.columns(columns[0], columns[-1], columns[1:-1])

    def _plan(self, series: tuple[Series, ...], periods: tuple[Period, ...], names: tuple[str, ...]) -> Plan:
        with self.ruling.lock:
            return self.last.of((series, periods, names), lambda: self._planned(series, periods, names))

    def _planned(self, series: tuple[Series, ...], periods: tuple[Period, ...], names: tuple[str, ...]) -> Plan:
        ruling = self.ruling
        assigned = ruling.assigned([(self.indicators[one.whole.reference], one.rated) for one in series], periods)
        rules = ruling.rules(names)
        reads = {number: read for read, number in ruling.reads.numbers.items()}
        collected = Collected(ruling.ratings.copied(), ruling.travels.copied(), names)
        return Plan(assigned, rules, Finder(series, periods, reads, ruling.known), collected)


@contextmanager
def _short_buffers() -> Iterator[None]:
    """Without longer ones NumPy compares a row with its own threshold at once, instead of with many copies of it."""
    before = np.setbufsize(512)
    try:
        yield
    finally:
        np.setbufsize(before)


@frozen(eq=False)
class Answers:
    """The codes by question and row, and the rows that arrays cannot answer (None if there are none)."""

    codes: list[Array]
    unanswered: Bools | None


def _answers(laid_out: LaidOut, plan: Plan) -> Answers:
    most = max(len(plan.collected.ratings.pairs), len(plan.collected.travels.pairs))
    by_arrays = rate_grid if laid_out.dense and laid_out.size else _by_rows
    code = np.uint8 if most <= _SMALL else np.uint16
    return Answers(*by_arrays(laid_out, plan.assigned, plan.rules, plan.finder, code))


def _by_rows(
    laid_out: LaidOut, assigned: Assigned, rules: Rules, finder: Finder, code: DTypeLike
) -> tuple[list[Array], Bools | None]:
    """The codes of rows that are not dense, and which of them have none to be had (None: there is no such row)."""
    codes: list[Array] = [np.zeros(laid_out.size, dtype=code) for _ in rules.groups]
    unanswered: Bools | None = None
    asked = np.flatnonzero(assigned.asked[laid_out.of_series])
    for start in range(0, len(asked), BLOCK):
        rows = asked[start : start + BLOCK]
        series, periods = laid_out.of_series[rows], laid_out.of_period[rows]

        def numbers(
            column: int, some: Array, rows: Array = rows, series: Array = series, periods: Array = periods
        ) -> Floats:
            if not column:
                return laid_out.numbers[rows[some]]
            return laid_out.numbers_at(finder.cells(column, series[some], periods[some]))

        found = [np.zeros(len(rows), dtype=each.dtype) for each in codes]
        none = rate_cells(assigned.rules(series, periods), rules, numbers, found, laid_out.most)
        for column, each in zip(codes, found, strict=True):
            column[rows] = each
        if none is not None:
            unanswered = np.zeros(laid_out.size, dtype=bool) if unanswered is None else unanswered
            unanswered[rows] = none
    return codes, unanswered


# --- what is left to the reference ---


def _left_to_reference(laid_out: LaidOut, plan: Plan, answers: Answers) -> Bools | None:
    """The rows that the reference must answer: the odd ones, those that look at one, and those without a rule here.

    None if there are none.
    """
    left, assigned, finder = answers.unanswered, plan.assigned, plan.finder
    if assigned.complicated.any():
        complicated = assigned.complicated[laid_out.of_series]
        left = complicated if left is None else left | complicated
    if laid_out.odd is not None and laid_out.odd.any():
        left = laid_out.odd if left is None else left | laid_out.odd
        odd = np.sort(laid_out.cells[laid_out.odd])
        for column in finder.reads:
            cells = finder.cells(column, laid_out.of_series, laid_out.of_period)
            at = np.minimum(np.searchsorted(odd, cells), len(odd) - 1)
            left = left | (odd[at] == cells)
    return left


def _looked_at(rows: Array, laid_out: LaidOut, plan: Plan) -> Bools:
    """The rows that the reference looks at to answer some: of complicated series all that belong together."""
    assigned, finder = plan.assigned, plan.finder
    looked_at = np.zeros(laid_out.size, dtype=bool)
    looked_at[rows] = True
    owner = _owners(laid_out)[laid_out.of_series[rows]]
    together = assigned.complicated[laid_out.of_series[rows]] | (owner < 0)
    if together.any():
        wholes = {laid_out.series[each].whole.reference for each in laid_out.of_series[rows[together]]}
        looked_at |= np.array([each.whole.reference in wholes for each in laid_out.series])[laid_out.of_series]
    alone, periods = owner[~together], laid_out.of_period[rows[~together]]
    own = cell_of(alone, periods, len(laid_out.series), len(laid_out.periods))
    for cells in (own, *(finder.cells(column, alone, periods) for column in finder.reads)):
        found = laid_out.rows_at(cells)
        looked_at[found[found >= 0]] = True
    if laid_out.twice is not None:
        looked_at |= laid_out.twice
    return looked_at


def _owners(laid_out: LaidOut) -> Array:
    """For each series that of its indicator's own values; -1 where there is none."""
    wholes = {each.whole.reference: number for number, each in enumerate(laid_out.series) if each.component is None}
    return np.array([wholes.get(each.whole.reference, -1) for each in laid_out.series])


def _overall(laid_out: LaidOut, answers: Answers, left: Bools) -> Array:
    """The codes of the rating of each row's indicator; a figure's row has that of the indicator's row beside it."""
    overall = answers.codes[0].copy()
    beside = np.array([not each.rated for each in laid_out.series])
    rows = np.flatnonzero(beside[laid_out.of_series] & ~left)
    if len(rows):
        owner = _owners(laid_out)[laid_out.of_series[rows]]
        at = laid_out.rows_at(cell_of(owner, laid_out.of_period[rows], len(laid_out.series), len(laid_out.periods)))
        there = (owner >= 0) & (at >= 0) & ~left[at]
        overall[rows[there]] = answers.codes[0][at[there]]
        left[rows[~there]] = True
    return overall


def _by_reference(left: Bools, laid_out: LaidOut, plain: Plainly, collected: Collected, codes: Sequence[Array]) -> None:
    """Enter the codes of the rows that are left: of the rating, the travels, and the overall rating."""
    for row in np.flatnonzero(left).tolist():
        series, period = laid_out.series[laid_out.of_series[row]], laid_out.periods[laid_out.of_period[row]]
        rating, whole, travels = collected.of(plain.answers(series.whole.reference, period), series.component)
        for column, code in zip(codes, (rating, *travels, whole), strict=True):
            column[row] = code
