"""Columns rated by arrays: comparators found by series and period, and groups of rules asked.

Where the data is dense, the observations stand in a grid, a row for each series and a column for each period, and a
whole row of the grid has one rule: its cuts are compared with the row at once. Rows of series whose rule changes in
time, or of data that is not dense, are taken in blocks, each row with the cuts of its own rule.

What an array cannot say exactly is settled exactly, and what it cannot say at all is left to the reference.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from kpirules.assess import Indicator
from kpirules.columns.layout import LaidOut, lay_out
from kpirules.columns.plainly import Collected, Plainly
from kpirules.columns.results import RatedColumns
from kpirules.columns.ruled import BY_REFERENCE, NO_SUCH, Read, Rules, Ruling
from kpirules.columns.table import Table
from kpirules.model import Definitions
from kpirules.periods import Period, PeriodError
from kpirules.vocabulary.comparators import periods_of

Array: TypeAlias = NDArray[Any]
Bools: TypeAlias = NDArray[np.bool_]
Floats: TypeAlias = NDArray[np.float64]

_BLOCK = 32_768


def rate_arrays(
    indicators: Mapping[str, Indicator], definitions: Definitions, ruling: Ruling, table: Table
) -> RatedColumns:
    """Columns rated by arrays. Raises `FaultyRowsError` for rows that are faulty."""
    names = ruling.names
    laid_out = lay_out(table, definitions)
    with ruling.lock:
        assigned = _assigned(laid_out, indicators, ruling)
        rules, reads = ruling.rules(), dict(ruling.reads.numbers)
        collected = Collected(ruling.ratings.copied(), ruling.travels.copied(), names)
    finder = Finder(laid_out, {number: read for read, number in reads.items()})
    answers = _answers(laid_out, assigned, rules, finder, names)
    left = _left_to_reference(laid_out, assigned, finder, answers)
    overall = answers.codes[0]
    if left.any() or not all(series.rated for series in laid_out.series):
        overall = _overall(laid_out, answers, left)
        seen = np.flatnonzero(_looked_at(np.flatnonzero(left), laid_out, assigned, finder))
        plain = Plainly(indicators, table.observations(seen.tolist(), definitions))
        _by_reference(left, laid_out, plain, collected, answers.codes, overall)
    return collected.columns(answers.codes[0], overall, answers.codes[1:])


# --- which rule ---


@frozen(eq=False)
class Assigned:
    """The rule of each series: one number, or (where it is negative) a row of `changing` by period.

    `complicated` are series that are left to the reference altogether, `beside` those of figures and inputs, which
    are not rated.
    """

    constant: Array
    changing: Array
    complicated: Bools
    beside: Bools

    def rules(self, series: Array, periods: Array) -> Array:
        """The rules of some rows."""
        found = self.constant[series]
        if len(self.changing):
            changes = found < 0
            found[changes] = self.changing[-1 - found[changes], periods[changes]]
        return found


def _assigned(laid_out: LaidOut, indicators: Mapping[str, Indicator], ruling: Ruling) -> Assigned:
    constant = np.zeros(len(laid_out.series), dtype=np.int32)
    complicated, beside = np.zeros(len(constant), dtype=bool), np.zeros(len(constant), dtype=bool)
    changing: list[list[int]] = []
    for number, series in enumerate(laid_out.series):
        whole = indicators[series.whole.reference]
        complicated[number] = ruling.complicated(whole, laid_out.periods[0])
        beside[number] = not series.rated
        if complicated[number] or beside[number]:
            continue
        always = ruling.always(whole, laid_out.periods[0])
        constant[number] = -1 - len(changing) if always is None else always
        if always is None:
            changing.append([ruling.rule(whole, period) for period in laid_out.periods])
    return Assigned(constant, np.array(changing, dtype=np.int32), complicated, beside)


# --- what stands beside ---


@frozen(eq=False, slots=False)
class Finder:
    """Where the columns that rules read are found: by comparator in another period, by name in another series."""

    laid_out: LaidOut
    reads: Mapping[int, Read]

    @cached_property
    def _periods(self) -> Mapping[int, Array]:
        """For each comparator the number of the period that it looks at from each; one too many where there is none."""
        numbers = {period: number for number, period in enumerate(self.laid_out.periods)}
        nowhere = len(numbers)

        def seen(read: Read, period: Period) -> int:
            if isinstance(read, str):
                return numbers[period]
            try:
                [found] = periods_of(read, period)
            except PeriodError:
                return nowhere
            return numbers.get(found, nowhere)

        return {
            number: np.array([seen(read, period) for period in self.laid_out.periods], dtype=np.int32)
            for number, read in self.reads.items()
        }

    @cached_property
    def _back(self) -> Mapping[int, int | None]:
        """By how many periods a comparator looks back, where that is the same for each and none lies in between."""
        found: dict[int, int | None] = {}
        many = len(self.laid_out.periods)
        for number, seen in self._periods.items():
            back = int((seen == many).sum())
            found[number] = (
                back if (seen[back:] == np.arange(many - back)).all() and (seen[:back] == many).all() else None
            )
        return found

    @cached_property
    def _series(self) -> Mapping[int, Array]:
        """For each figure the series that has it beside each series; -1 where there is none."""
        numbers = {(each.whole.reference, each.component): number for number, each in enumerate(self.laid_out.series)}
        return {
            number: np.array([numbers.get((each.whole.reference, read), -1) for each in self.laid_out.series])
            for number, read in self.reads.items()
            if isinstance(read, str)
        }

    def cells(self, column: int, series: Array, periods: Array) -> Array:
        """The cells in which a column stands, seen from some rows; cells that are nobody's where it stands nowhere."""
        width = self.laid_out.width
        if column in self._series:
            beside = self._series[column][series]
            return np.where(beside < 0, width - 1, beside * width + periods)
        return series.astype(self.laid_out.cells.dtype) * width + self._periods[column][periods]

    def block(self, column: int, rows: Any) -> Floats:
        """A column for whole rows of the grid, with a place for each period."""
        grid = self.laid_out.grid
        if not column:
            return grid[rows, :-1]
        if column in self._series:
            beside = self._series[column][rows]
            found = grid[beside, :-1]
            found[beside < 0] = np.nan
            return found
        back = self._back[column]
        if back is None:
            earlier: Floats = grid[rows].take(self._periods[column], axis=1)
            return earlier
        there = grid[rows]
        found = np.full((len(there), len(self.laid_out.periods)), np.nan)
        found[:, back:] = there[:, : len(self.laid_out.periods) - back]
        return found


# --- asking ---


@frozen(eq=False)
class Answers:
    """The codes by question and row, and the rows that arrays cannot answer (None if there are none)."""

    codes: list[Array]
    unanswered: Bools | None


def _answers(laid_out: LaidOut, assigned: Assigned, rules: Rules, finder: Finder, names: Sequence[str]) -> Answers:
    questions = range(1 + len(names))
    codes: list[Array] = [np.zeros(laid_out.size, dtype=np.uint16) for _ in questions]
    unanswered = np.zeros(laid_out.size, dtype=bool)
    asked = ~(assigned.complicated | assigned.beside)
    on_grid = asked & (assigned.constant >= 0) if laid_out.dense else np.zeros(len(asked), dtype=bool)
    if on_grid.any():
        for question in questions:
            found, none = _by_grid(question, np.flatnonzero(on_grid), laid_out, assigned, rules, finder)
            codes[question] = found.ravel().take(laid_out.cells)
            if none is not None:
                unanswered |= none.ravel().take(laid_out.cells)
    if not on_grid.all():
        rest = np.flatnonzero((asked & ~on_grid)[laid_out.of_series])
        for start in range(0, len(rest), _BLOCK):
            rows = rest[start : start + _BLOCK]
            for question in questions:
                found, none = _by_rows(question, rows, laid_out, assigned, rules, finder)
                codes[question][rows] = found
                if none is not None:
                    unanswered[rows] |= none
    return Answers(codes, unanswered if unanswered.any() else None)


def _by_grid(
    question: int, series: Array, laid_out: LaidOut, assigned: Assigned, rules: Rules, finder: Finder
) -> tuple[Array, Bools | None]:
    """The codes for whole rows of the grid, and where there is none to be had."""
    shape = len(laid_out.series), laid_out.width
    codes = np.zeros(shape, dtype=np.uint16)
    none: Bools | None = None
    rule = assigned.constant[series]
    group_of, place_of = rules.group_of[question][rule], rules.place_of[question][rule]
    for number in np.unique(group_of).tolist():
        members = series[group_of == number]
        if number == NO_SUCH:
            continue
        if number == BY_REFERENCE:
            none = np.zeros(shape, dtype=bool) if none is None else none
            none[members] = True
            continue
        group, places = rules.groups[question][number], place_of[group_of == number]
        many = max(_BLOCK // laid_out.width, 1)
        for start in range(0, len(members), many):
            rows: Any = members[start : start + many]
            at = places[start : start + many]
            if rows[-1] - rows[0] == len(rows) - 1:
                rows = slice(int(rows[0]), int(rows[-1]) + 1)  # a view rather than a copy
            columns = {column: finder.block(column, rows) for column in group.shape.columns if column is not None}
            found, doubt = group.rate(at[:, None], columns)
            if doubt is not None:
                there = np.unravel_index(np.flatnonzero(doubt), found.shape)
                found[there] = group.settled(at[there[0]], {c: each[there] for c, each in columns.items()})
            codes[rows, :-1] = found
    return codes, none


def _by_rows(
    question: int, rows: Array, laid_out: LaidOut, assigned: Assigned, rules: Rules, finder: Finder
) -> tuple[Array, Bools | None]:
    """The codes for some rows, and which of them have none to be had."""
    series, periods = laid_out.of_series[rows], laid_out.of_period[rows]
    rule = assigned.rules(series, periods)
    group_of, place_of = rules.group_of[question][rule], rules.place_of[question][rule]
    codes = np.zeros(len(rows), dtype=np.uint16)
    none: Bools | None = None
    for number in (np.flatnonzero(np.bincount(group_of - NO_SUCH)) + NO_SUCH).tolist():
        if number == NO_SUCH:
            continue
        some = group_of == number
        if number == BY_REFERENCE:
            none = some
            continue
        group, here = rules.groups[question][number], np.flatnonzero(some)
        columns = {
            column: laid_out.numbers_at(finder.cells(column, series[here], periods[here]))
            if column
            else laid_out.numbers[rows[here]]
            for column in group.shape.columns
            if column is not None
        }
        found, doubt = group.rate(place_of[here], columns)
        if doubt is not None:
            there = np.flatnonzero(doubt)
            found[there] = group.settled(place_of[here][there], {c: each[there] for c, each in columns.items()})
        codes[here] = found
    return codes, none


# --- what is left to the reference ---


def _left_to_reference(laid_out: LaidOut, assigned: Assigned, finder: Finder, answers: Answers) -> Bools:
    """The rows that the reference must answer: the odd ones, those that look at one, and those without a rule here."""
    left = assigned.complicated[laid_out.of_series]
    if answers.unanswered is not None:
        left |= answers.unanswered
    if laid_out.odd.any():
        left |= laid_out.odd
        odd = np.sort(laid_out.cells[laid_out.odd])
        for column in finder.reads:
            cells = finder.cells(column, laid_out.of_series, laid_out.of_period)
            at = np.minimum(np.searchsorted(odd, cells), len(odd) - 1)
            left |= odd[at] == cells
    return left


def _looked_at(rows: Array, laid_out: LaidOut, assigned: Assigned, finder: Finder) -> Bools:
    """The rows that the reference looks at to answer some: of complicated series all that belong together."""
    looked_at = np.zeros(laid_out.size, dtype=bool)
    looked_at[rows] = True
    owner = _owners(laid_out)[laid_out.of_series[rows]]
    together = assigned.complicated[laid_out.of_series[rows]] | (owner < 0)
    if together.any():
        wholes = {laid_out.series[each].whole.reference for each in laid_out.of_series[rows[together]]}
        looked_at |= np.array([each.whole.reference in wholes for each in laid_out.series])[laid_out.of_series]
    alone, periods = owner[~together], laid_out.of_period[rows[~together]]
    own = alone * laid_out.width + periods
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
        at = laid_out.rows_at(owner * laid_out.width + laid_out.of_period[rows])
        there = (owner >= 0) & (at >= 0) & ~left[at]
        overall[rows[there]] = answers.codes[0][at[there]]
        left[rows[~there]] = True
    return overall


def _by_reference(
    left: Bools, laid_out: LaidOut, plain: Plainly, collected: Collected, codes: Sequence[Array], overall: Array
) -> None:
    """Fill in the codes of the rows that are left."""
    for row in np.flatnonzero(left).tolist():
        series, period = laid_out.series[laid_out.of_series[row]], laid_out.periods[laid_out.of_period[row]]
        rating, whole, travels = collected.of(plain.answers(series.whole.reference, period), series.component)
        codes[0][row], overall[row] = rating, whole
        for column, code in zip(codes[1:], travels, strict=True):
            column[row] = code
