"""What stands in the rows, read as far as a number says it all, and which of it cannot be observed."""

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from attrs import evolve
from numpy.typing import NDArray

from kpirules.columns.incoming import printed
from kpirules.columns.laid_out import LaidOut
from kpirules.columns.slots import Series
from kpirules.columns.table import Table, plain
from kpirules.engines import Door
from kpirules.marks import UNRELIABLE
from kpirules.model import Terms
from kpirules.reading import Reading
from kpirules.reasons import Reason

Array: TypeAlias = NDArray[Any]
Bools: TypeAlias = NDArray[np.bool_]


def read_values(laid_out: LaidOut, table: Table) -> tuple[LaidOut, Bools | None]:
    """The rows with their texts read as far as they are plain, and those whose value cannot be (None: no row)."""
    faulty = np.isinf(laid_out.numbers) if np.isinf(laid_out.most) else None
    suspect: Bools | None = None
    if not all(series.open for series in laid_out.series):
        suspect = _suspect(laid_out, [series.door for series in laid_out.series])
    looked_at = laid_out.odd if suspect is None or not suspect.any() else either(laid_out.odd, suspect)
    if looked_at is None:
        return laid_out, faulty
    nowhere = np.zeros(laid_out.size, dtype=bool)
    faulty = nowhere if faulty is None else faulty
    numbers, odd = laid_out.numbers.copy(), either(laid_out.odd, nowhere)
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


def either(one: Bools | None, other: Bools) -> Bools:
    """The rows of both; one may have none."""
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
