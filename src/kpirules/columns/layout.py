"""A table laid out: its names and periods as numbers of series and periods, its values read."""

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from attrs import evolve
from numpy.typing import NDArray

from kpirules.columns.grids import BLOCK
from kpirules.columns.incoming import Texts, texts, values
from kpirules.columns.laid_out import LaidOut
from kpirules.columns.slots import Known, Series
from kpirules.columns.table import Table
from kpirules.columns.values_read import either, read_values
from kpirules.model import Definitions
from kpirules.periods import Period

Array: TypeAlias = NDArray[Any]
Bools: TypeAlias = NDArray[np.bool_]

# With so many rows a name, one that is in a dictionary and has no row may have a place in the grid all the same.
_ROWS_A_NAME = 64


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
        odd = either(odd, given.text & np.array([not each.bare for each in series], dtype=bool)[of_series])
    laid_out = LaidOut(series, periods, of_series, of_period, given.numbers, odd)
    faulty: Bools | None = None
    if not (named and dated):
        faulty = (of_series < 0) | (of_period < 0)
    else:
        laid_out, faulty = read_values(laid_out, table)
        twice = laid_out.twice
        if twice is not None:
            laid_out = evolve(laid_out, odd=either(laid_out.odd, twice))
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
