"""Rows laid out by series and period: which they are of, what may stand there, and where to find another slot."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from kpirules.columns.grids import Grid, grid_of
from kpirules.columns.incoming import Texts, printed, texts, values
from kpirules.columns.slots import Known, Series
from kpirules.columns.table import Table, plain
from kpirules.engines import Door
from kpirules.marks import UNRELIABLE
from kpirules.model import Definitions, Terms
from kpirules.periods import Period
from kpirules.reading import Reading
from kpirules.reasons import Reason

Array: TypeAlias = NDArray[Any]
Bools: TypeAlias = NDArray[np.bool_]
Floats: TypeAlias = NDArray[np.float64]

# A grid may have so many cells for each row before it is too thin to be worth its memory.
_CELLS_A_ROW = 4

# With so many rows a name, one that is in a dictionary and has no row may have a place in the grid all the same.
_ROWS_A_NAME = 64

# So many rows at a time, so that what is worked out by the way stays in the cache.
BLOCK = 32_768


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


def lay_out(table: Table, library: Definitions, known: Known) -> LaidOut:
    """The rows of a table, laid out. Raises `FaultyRowsError` if any is faulty."""
    names, written = texts(table.columns["indicator"]), texts(table.columns["period"])
    parts = texts(table.columns["component"]) if "component" in table.columns else None
    series, of_series, named = _series(names, parts, library, known)
    periods, of_period, dated = _periods(series, of_series, written, known)
    del names, parts, written
    given = values(table.columns["value"])
    odd = given.odd
    if given.text is not None and not all(each.bare for each in series):
        # The same figures in a text may be a label, or one of the indicator's own words.
        odd = _either(odd, given.text & np.array([not each.bare for each in series], dtype=bool)[of_series])
    laid_out = LaidOut(series, periods, of_series, of_period, given.numbers, odd)
    faulty: Bools | None = None
    if not (named and dated):
        faulty = (of_series < 0) | (of_period < 0)
    else:
        laid_out, faulty = _read(laid_out, table)
        twice = laid_out.twice
        if twice is not None:
            laid_out = evolve(laid_out, odd=_either(laid_out.odd, twice))
            faulty = twice if faulty is None else faulty | twice
    if faulty is not None and faulty.any():
        # All of them, because whether a slot may have several values hangs on what else there is.
        table.observations(np.flatnonzero(faulty).tolist(), library)
    return laid_out


def _series(
    names: Texts, parts: Texts | None, library: Definitions, known: Known
) -> tuple[tuple[Series, ...], Array, bool]:
    """The series that there are, for each row the number of its own (-1 where there is none), and if all have one."""
    components = (None,) if parts is None else parts.different
    many = len(components)
    combined: Array = names.codes if parts is None else names.codes.astype(np.int64) * many + parts.codes
    known_series = known.all_series(names.different, components, library)
    places = range(len(known_series))
    # What is in a dictionary without any row of its own does no harm while there are few such names, all of them known.
    there: Sequence[int] = places
    if len(places) * _ROWS_A_NAME > len(combined) or None in known_series:
        marked = np.zeros(len(places), dtype=bool)
        for start in range(0, len(combined), BLOCK):
            marked[combined[start : start + BLOCK]] = True
        there = np.flatnonzero(marked).tolist()
    numbered: dict[int, int] = {}
    found: list[Series] = []
    table = [-1] * max(len(places), 1)
    for place in there:
        one = known_series[place]
        if one is not None:
            number = table[place] = numbered.setdefault(id(one), len(found))
            if number == len(found):
                found.append(one)
    every = all(known_series[place] is not None for place in there)
    return tuple(found), _mapped(np.array(table, dtype=np.int32), combined), every


def _periods(
    series: tuple[Series, ...], of_series: Array, written: Texts, known: Known
) -> tuple[tuple[Period, ...], Array, bool]:
    """The periods that there are in order of time, for each row the number of its own (-1: none), and if all have one.

    A text that is no period may be in a dictionary without any row that has it.
    """
    by_id, calendars = known.calendars_of(series)
    by_calendar = known.all_periods(written.different, calendars)
    different = {id(period): period for row in by_calendar for period in row if period is not None}
    order = known.in_order(tuple(different.values()))
    places = {id(period): place for place, period in enumerate(order)}
    table = np.full((max(len(calendars), 1), max(len(written.different), 1)), -1, dtype=np.int32)
    for row, found in enumerate(by_calendar):
        table[row, : len(found)] = [-1 if period is None else places[id(period)] for period in found]
    if len(calendars) <= 1:
        of_period = _mapped(table[0], written.codes)
    else:
        which = {number: calendars.index(calendar) for number, calendar in by_id.items()}
        by_series = np.array([which[id(one.owner.calendar)] for one in series], dtype=np.int32)
        of_period = table[by_series[of_series], written.codes]
    return order, of_period, bool((table >= 0).all() or (of_period >= 0).all())


def _mapped(table: Array, codes: Array) -> Array:
    """What a table has for each code, in as few bytes as it takes; the codes themselves where that is the same."""
    if (table == np.arange(len(table))).all():
        return codes
    short = table.astype(np.int16) if table.max() < 2**15 else table
    found: Array = np.empty(len(codes), dtype=short.dtype)
    for start in range(0, len(codes), BLOCK):
        found[start : start + BLOCK] = short.take(codes[start : start + BLOCK])
    return found


# --- what may stand there ---


def _read(laid_out: LaidOut, table: Table) -> tuple[LaidOut, Bools | None]:
    """The rows with their texts read as far as they are plain, and those whose value cannot be (None: no row)."""
    faulty = np.isinf(laid_out.numbers) if np.isinf(laid_out.most) else None
    suspect: Bools | None = None
    if not all(series.open for series in laid_out.series):
        suspect = _suspect(laid_out, [series.door for series in laid_out.series])
    looked_at = laid_out.odd if suspect is None or not suspect.any() else _either(laid_out.odd, suspect)
    if looked_at is None:
        return laid_out, faulty
    nowhere = np.zeros(laid_out.size, dtype=bool)
    faulty = nowhere if faulty is None else faulty
    numbers, odd = laid_out.numbers.copy(), _either(laid_out.odd, nowhere)
    kept: dict[tuple[int, int, str], Reading | None] = {}
    column = table.columns["value"]
    for row in np.flatnonzero(looked_at).tolist():
        series, period = laid_out.series[laid_out.of_series[row]], laid_out.periods[laid_out.of_period[row]]
        terms = series.owner.terms(period)
        item = plain(column[row])
        if isinstance(item, str):
            key = id(series), id(terms), item
            if key not in kept:
                kept[key] = _reading(item, series, terms)
            reading = kept[key]
        else:
            reading = _reading(item, series, terms)
        if reading is None:
            faulty[row] = True
        elif odd[row]:
            number = _plain_number(reading)
            numbers[row], odd[row] = (np.nan, True) if number is None else (number, False)
    return evolve(laid_out, numbers=numbers, odd=odd), faulty


def _either(one: Bools | None, other: Bools) -> Bools:
    return other.copy() if one is None else one | other


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
    unit = series.unit(terms)
    if unit is None:
        return None
    try:
        reading = terms.read(item, unit)
    except (ValueError, TypeError):
        return None
    if reading.bound is not None or reading.number is None:
        return reading
    name = series.component
    if series.rated or name is None:
        return None if terms.impossible(reading.number) else reading
    return None if name in terms.inputs and terms.impossible_input(name, reading.number) else reading


def _plain_number(reading: Reading) -> float | None:
    """The double that says all that a reading does, NaN if it says that there is no value; None if it says more."""
    if reading.bound is not None or UNRELIABLE in reading.marks:
        return None
    if reading.number is None:
        return float("nan") if reading.reason is Reason.NO_VALUE else None
    return printed(reading.number)
