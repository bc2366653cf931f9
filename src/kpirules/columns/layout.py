"""Rows laid out by series and period: which they are of, what may stand there, and where to find another slot."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from kpirules.assess.raters import door_of
from kpirules.columns.incoming import Texts, printed, texts, values
from kpirules.columns.slots import Series, period_of, series_of
from kpirules.columns.table import Table, plain
from kpirules.engines import Door
from kpirules.marks import UNRELIABLE
from kpirules.model import Definitions, Terms
from kpirules.periods import Period
from kpirules.reading import Reading
from kpirules.reasons import Reason
from kpirules.units import Milestone, OnScale, Unit

Array: TypeAlias = NDArray[Any]
Bools: TypeAlias = NDArray[np.bool_]
Floats: TypeAlias = NDArray[np.float64]

_NO_ROWS = np.zeros(0, dtype=np.int64)
# A grid may have so many cells for each row before it is too thin to be worth its memory.
_CELLS_A_ROW = 4


@frozen(eq=False, slots=False)
class LaidOut:
    """Every row's series and period by number, and its value; `odd` are rows that only the reference can read."""

    series: tuple[Series, ...]
    periods: tuple[Period, ...]
    of_series: Array
    of_period: Array
    numbers: Floats
    odd: Bools

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
        """The cell of each row: its series times the width, plus its period."""
        wide = np.int64 if len(self.series) * self.width >= 2**31 else np.int32
        cells: Array = self.of_series.astype(wide)
        cells *= self.width
        cells += self.of_period
        return cells

    @cached_property
    def grid(self) -> Floats:
        """The values by series and period, NaN where there is none; of dense rows only."""
        grid = np.full((len(self.series), self.width), np.nan)
        grid.ravel()[self.cells] = self.numbers
        return grid

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
        if self.dense:
            return self.grid.ravel().take(cells)
        rows = self.rows_at(cells)
        return np.where(rows < 0, np.nan, self.numbers[rows])

    @cached_property
    def twice(self) -> Bools | None:
        """The rows whose cell has another row too; None if there are none."""
        filled = np.zeros(len(self.series) * self.width, dtype=bool) if self.dense else None
        if filled is not None:
            filled[self.cells] = True
            if np.count_nonzero(filled) == self.size:
                return None
        known, order = self._sorted
        same = known[1:] == known[:-1]
        if not same.any():
            return None
        found = np.zeros(self.size, dtype=bool)
        found[order[1:][same]] = found[order[:-1][same]] = True
        return found


def lay_out(table: Table, library: Definitions) -> LaidOut:
    """The rows of a table, laid out. Raises `FaultyRowsError` if any is faulty."""
    names, written = texts(table.columns["indicator"]), texts(table.columns["period"])
    parts = texts(table.columns["component"]) if "component" in table.columns else None
    series, of_series = _series(names, parts, library)
    periods, of_period = _periods(series, of_series, written)
    nowhere = (of_series < 0) | (of_period < 0)
    given = values(table.columns["value"])
    odd = np.zeros(table.size, dtype=bool) if given.odd is None else given.odd
    if given.text is not None and series:
        # The same figures in a text may be a label, or one of the indicator's own words.
        odd |= given.text & np.array([not _bare(each) for each in series], dtype=bool)[of_series]
    laid_out = LaidOut(series, periods, of_series, of_period, given.numbers, odd)
    if not nowhere.any():
        read, faulty = _read(laid_out, table)
        laid_out = evolve(laid_out, numbers=read.numbers, odd=read.odd)
        nowhere |= faulty
        twice = laid_out.twice
        if twice is not None:
            laid_out = evolve(laid_out, odd=laid_out.odd | twice)
            nowhere |= twice
    if nowhere.any():
        # All of them, because whether a slot may have several values hangs on what else there is.
        table.observations(np.flatnonzero(nowhere).tolist(), library)
    return laid_out


def _series(names: Texts, parts: Texts | None, library: Definitions) -> tuple[tuple[Series, ...], Array]:
    """The series that there are, and for each row the number of its own; -1 where there is none."""
    components: tuple[object, ...] = (None,) if parts is None else parts.different
    many = len(components)
    combined: Array = names.codes if parts is None else names.codes.astype(np.int64) * many + parts.codes
    there = np.zeros(len(names.different) * many, dtype=bool)
    there[combined] = True
    numbered: dict[tuple[str, str | None], int] = {}
    found: list[Series] = []
    table = np.full(max(len(there), 1), -1, dtype=np.int32)
    for place in np.flatnonzero(there).tolist():
        name, part = divmod(place, many)
        one = series_of(names.different[name], components[part], library)
        if one is not None:
            key = one.whole.reference, one.component
            if key not in numbered:
                numbered[key] = len(found)
                found.append(one)
            table[place] = numbered[key]
    return tuple(found), table.take(combined)


def _periods(series: Sequence[Series], of_series: Array, written: Texts) -> tuple[tuple[Period, ...], Array]:
    """The periods that there are in order of time, and for each row the number of its own; -1 where there is none."""
    calendars = list(dict.fromkeys(each.owner.calendar for each in series))
    numbered: dict[Period, int] = {}
    table = np.full((max(len(calendars), 1), max(len(written.different), 1)), -1, dtype=np.int32)
    for row, calendar in enumerate(calendars):
        for column, text in enumerate(written.different):
            period = period_of(text, calendar)
            if period is not None:
                table[row, column] = numbered.setdefault(period, len(numbered))
    order = sorted(numbered, key=lambda each: (each.frequency.parts, each.calendar.name, each.year, each.index))
    places = np.full(len(order) + 1, -1, dtype=np.int32)  # the last stands for none
    places[[numbered[period] for period in order]] = range(len(order))
    table = places[table]
    if len(calendars) <= 1:
        return tuple(order), table[0].take(written.codes)
    which = np.array([calendars.index(each.owner.calendar) for each in series], dtype=np.int32)
    return tuple(order), table[which[of_series], written.codes]


# --- what may stand there ---


def _read(laid_out: LaidOut, table: Table) -> tuple[LaidOut, Bools]:
    """The rows with their texts read as far as they are plain, and those whose value cannot be."""
    faulty = np.isinf(laid_out.numbers)
    suspect = np.zeros(laid_out.size, dtype=bool)
    doors = [_door(series) for series in laid_out.series]
    if any(door is None or not door.open for door in doors):
        suspect = _suspect(laid_out, doors)
    if not laid_out.odd.any() and not suspect.any():
        return laid_out, faulty
    numbers, odd = laid_out.numbers.copy(), laid_out.odd.copy()
    kept: dict[tuple[int, int, str], Reading | None] = {}
    column = table.columns["value"]
    for row in np.flatnonzero(odd | suspect).tolist():
        series, period = laid_out.series[laid_out.of_series[row]], laid_out.periods[laid_out.of_period[row]]
        terms = series.owner.terms(period)
        item = plain(column[row])
        key = id(series), id(terms), item if isinstance(item, str) else ""
        if not isinstance(item, str) or key not in kept:
            kept[key] = _reading(item, series, terms)
        reading = kept[key]
        if reading is None:
            faulty[row] = True
        elif odd[row]:
            number = _plain_number(reading)
            numbers[row], odd[row] = (np.nan, True) if number is None else (number, False)
    return evolve(laid_out, numbers=numbers, odd=odd), faulty


def _door(series: Series) -> Door | None:
    """What may come in for a series at any time; None if that is not the same at all times."""
    if not series.rated:
        every = all(_unit(series, version.terms) is not None for version in series.owner.versions)
        return Door() if every else None
    doors = {door_of(version.terms) for version in series.owner.versions}
    return doors.pop() if len(doors) == 1 else None


def _bare(series: Series) -> bool:
    """Whether a number in a text is, at any time, just that number."""
    every = [(_unit(series, version.terms), version.terms.reasons) for version in series.owner.versions]
    return not any(isinstance(unit, OnScale | Milestone | None) or reasons for unit, reasons in every)


def _unit(series: Series, terms: Terms) -> Unit | None:
    """The unit of what is observed; None if nothing of this name is."""
    name = series.component
    if series.rated or name is None:
        return terms.unit
    if name in terms.inputs:
        return terms.inputs[name]
    return terms.unit if name in terms.figures and terms.figures[name] is None else None


def _suspect(laid_out: LaidOut, doors: Sequence[Door | None]) -> Bools:
    """The rows whose value may not come in, as far as doubles can tell."""
    least = np.array([np.inf if door is None else door.least for door in doors])
    greatest = np.array([-np.inf if door is None else door.greatest for door in doors])
    parts = np.array([0.0 if door is None or door.step is None else door.steps_a_unit or np.nan for door in doors])
    numbers, series = laid_out.numbers, laid_out.of_series
    out = ~((numbers >= least[series]) & (numbers <= greatest[series]))
    if parts.any():
        steps = parts[series]
        with np.errstate(all="ignore"):
            scaled = np.rint(numbers * steps)
            surely = (scaled / steps == numbers) & (np.abs(scaled) < 1e15)
        out |= (steps != 0) & ~surely
    return out & ~np.isnan(numbers)


def _reading(item: object, series: Series, terms: Terms) -> Reading | None:
    """What a value says, None if it cannot be read or cannot be."""
    unit = _unit(series, terms)
    if unit is None:
        return None
    try:
        reading = terms.read(item, unit)
    except (ValueError, TypeError):
        return None
    bare = series.rated and reading.bound is None and reading.number is not None
    return None if bare and reading.number is not None and terms.impossible(reading.number) else reading


def _plain_number(reading: Reading) -> float | None:
    """The double that says all that a reading does, NaN if it says that there is no value; None if it says more."""
    if reading.bound is not None or UNRELIABLE in reading.marks:
        return None
    if reading.number is None:
        return float("nan") if reading.reason is Reason.NO_VALUE else None
    return printed(reading.number)
