"""Every way to rate a table, beside the plain reference.

The reference is `core.decide` by way of the scorecard: it is asked with numbers that have been read, never with plain
ones, for which `Indicator.rate` has a rater. While it answers, raters are out of bounds.
"""

import csv
import io
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeAlias
from unittest.mock import patch

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
from attrs import evolve, field, frozen

from bench.hard_tables import Cell, Column, Row, Table, mapping
from kpirules import Library, LibraryError, RatedColumns, from_mappings, observe
from kpirules.assess import Assessment, Indicator
from kpirules.assess.scorecard import assessed
from kpirules.assess.slots import given_at, reading_at
from kpirules.columns.laid_out import LaidOut
from kpirules.diagnostics import Severity
from kpirules.exact import exact
from kpirules.model.reads import against_declared, parts_read
from kpirules.observations import Observations
from kpirules.periods import Period, parse_period
from kpirules.reading import Reading
from kpirules.units import Milestone, OnScale

Answer: TypeAlias = tuple[object, object]
"""A band or a direction, and the reason why there is none."""

RATING, OVERALL = "the rating", "the overall rating"
"""Names that no travel can have."""


@frozen
class Difference:
    """An answer that is not that of the reference."""

    engine: str
    row: Row | None
    question: str
    said: object
    wanted: object

    def __str__(self) -> str:
        return f"{self.engine}: {self.question} of {self.row}: {self.said}, not {self.wanted}"


# --- the reference ---


def _out_of_bounds(*_: object, **__: object) -> object:
    raise AssertionError("the reference must not ask the engines that are compared with it")


@frozen(slots=False)
class Reference:
    """What `core.decide` says of each row of a table."""

    library: Library
    observations: Observations
    rows: Mapping[tuple[str, Period], Assessment] = field(factory=dict)

    @staticmethod
    def of(table: Table) -> "Reference":
        """The answers of a table."""
        library = table.library
        observations, faults = observe(from_mappings(map(mapping, table.rows)), library.definitions)
        if errors := [fault for fault in faults if fault.severity is Severity.ERROR]:
            raise AssertionError(f"every row can be observed, but {errors[0]}")
        found: dict[tuple[str, Period], Assessment] = {}
        with ExitStack() as stack:
            for place in ("kpirules.assess.indicator.rater_for", "kpirules.engines.asked.Asked.place"):
                stack.enter_context(patch(place, _out_of_bounds))
            stack.enter_context(patch.object(Indicator, "_made_ready", _out_of_bounds))
            for row in table.rows:
                key = row.indicator, when(library, row)
                if key not in found:
                    found[key] = assessed(library[row.indicator], observations, key[1])
        return Reference(library, observations, found)

    def row(self, row: Row) -> tuple[Assessment | None, Assessment]:
        """The row itself, which is None for an input or a figure, and that of its indicator as a whole."""
        whole = self.rows[row.indicator, when(self.library, row)]
        if row.component is None:
            return whole, whole
        return next((part for part in whole.parts if part.component == row.component), None), whole

    def answers(self, row: Row) -> dict[str, Answer]:
        """Everything that is said of a row."""
        own, whole = self.row(row)
        found: dict[str, Answer] = {OVERALL: (whole.rating.band, whole.rating.reason)}
        if own is not None:
            found[RATING] = own.rating.band, own.rating.reason
            found |= {name: (travel.direction, travel.reason) for name, travel in own.travels.items()}
        return found


def when(library: Library, row: Row) -> Period:
    """The period of a row."""
    return parse_period(row.period, library[row.indicator].definition.calendar)


# --- columns ---


def by_columns(table: Table) -> Iterator[tuple[str, RatedColumns]]:
    """The table rated as columns, in every way that its values can be held."""
    library, columns, values = table.library, _columns(table), [row.value for row in table.rows]
    as_array: Any = np.array(values, dtype=_DTYPES[table.column])
    for dense in (True, False):
        with patch.object(LaidOut, "dense", dense):
            how = "in a grid" if dense else "row by row"
            yield f"arrays, {how}, {table.column}", library.rate_columns(**columns, value=as_array)
    yield f"lists, {table.column}", library.rate_columns(**columns, value=values)
    if table.column is not Column.DOUBLES:  # which are among anything
        with patch("kpirules.columns.find_spec", return_value=None):
            yield f"without NumPy, {table.column}", library.rate_columns(**columns, value=values)
    if table.column is not Column.MIXED:
        encoded = {name: pa.array(column, pa.string()).dictionary_encode() for name, column in columns.items()}
        yield f"Arrow, {table.column}", library.rate_columns(**encoded, value=pa.array(values, _ARROW[table.column]))


_DTYPES = {
    Column.DOUBLES: np.float64,
    Column.FIGURES: np.float64,
    Column.SHORT: np.float32,
    Column.TEXTS: object,
    Column.MIXED: object,
}
_ARROW = {
    Column.DOUBLES: pa.float64(),
    Column.FIGURES: pa.float64(),
    Column.SHORT: pa.float32(),
    Column.TEXTS: pa.string(),
}


def _columns(table: Table) -> dict[str, list[Any]]:
    rows = table.rows
    return {name: [getattr(row, name) for row in rows] for name in ("indicator", "component", "period")}


def said(columns: RatedColumns, row: int, names: Sequence[str]) -> dict[str, Answer]:
    """What columns say of a row."""
    found: dict[str, Answer] = {OVERALL: (columns.overall[row], columns.overall_reason[row])}
    both = {name: (columns.directions[name][row], columns.no_directions[name][row]) for name in names}
    found |= {name: pair for name, pair in both.items() if pair != (None, None)}
    own = columns.rating[row], columns.reason[row]
    return found if own == (None, None) else {**found, RATING: own}


# --- dataframes and files ---


def by_frames(table: Table) -> Iterator[tuple[str, Mapping[str, Sequence[Any]]]]:
    """The table as a frame of each kind, and the columns with the answers that come back."""
    if table.column is Column.MIXED:
        return
    library = table.library
    into = {"overall": OVERALL, "rating": RATING}
    values = [row.value for row in table.rows]
    columns = _columns(table)
    held = np.array(values, dtype=_DTYPES[table.column])
    there = pd.DataFrame({**columns, "value": held})
    rated = library.rate_frame(there, into=into)
    yield f"pandas, {table.column}", {name: _no_nan(rated[name].tolist()) for name in rated.columns}
    series = pl.Series(values if table.column is Column.TEXTS else held, dtype=_POLARS[table.column])
    strings = dict.fromkeys(columns, pl.String)
    frame = pl.DataFrame(columns, schema=strings).with_columns(series.alias("value"))
    yield f"Polars, {table.column}", library.rate_frame(frame, into=into).to_dict(as_series=False)
    lazy = library.rate_frame(frame.lazy(), into=into)
    yield f"Polars, lazy, {table.column}", lazy.collect().to_dict(as_series=False)


_POLARS = {
    Column.DOUBLES: pl.Float64(),
    Column.FIGURES: pl.Float64(),
    Column.SHORT: pl.Float32(),
    Column.TEXTS: pl.String(),
}


def _no_nan(values: Sequence[Any]) -> list[Any]:
    return [None if value != value else value for value in values]


def by_file(table: Table) -> Iterator[tuple[str, Mapping[str, Sequence[Any]]]]:
    """The table as a CSV file, and the columns that are read back; nothing where a number has too many figures."""
    if table.column is Column.MIXED:
        return
    written = [_written(row.value) for row in table.rows]
    if any(len(text) > _LONGEST for text in written):
        return
    columns = _columns(table) | {"value": written}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            lines = csv.writer(file)
            lines.writerow(columns)
            lines.writerows(zip(*columns.values(), strict=True))
        table.library.rate_file(path, path, into={"overall": OVERALL, "rating": RATING})
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    yield f"CSV, {table.column}", {name: [row[name] or None for row in rows] for name in rows[0]} if rows else {}


_LONGEST = 20


def _written(value: Cell) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return "" if value != value else f"{Decimal(str(value)):f}"


def in_words(answer: Answer) -> Answer:
    """The answer as it stands in a frame or a file."""
    band, reason = answer
    return None if band is None else str(band), None if reason is None else str(reason)


def words_said(columns: Mapping[str, Sequence[Any]], row: int, names: Sequence[str]) -> dict[str, Answer]:
    """What the columns of a frame say of a row; of an overall rating they have no reason."""
    found: dict[str, Answer] = {}
    for name in (RATING, *names):
        pair = columns[name][row], columns["reason" if name == RATING else f"{name}_reason"][row]
        if pair != (None, None):
            found[name] = pair
    return found | {OVERALL: (columns[OVERALL][row], None)}


# --- one value at a time ---


def by_raters(
    reference: Reference, row: Row, raters: dict[object, Callable[..., Any]]
) -> Iterator[tuple[str, str, Answer]]:
    """What raters say of a row: the way, the question, and the answer."""
    own, _ = reference.row(row)
    whole = reference.library[row.indicator]
    if own is None or (own.component is None and own.definition is not whole.definition):
        return
    indicator = whole if own.component is None else whole.components[own.component]
    period = when(reference.library, row)
    force = indicator.in_force(period)
    terms = force.terms
    if parts_read(terms) or (terms.overall is not None and terms.overall.rests_on_components):
        return  # what reads components is asked the plain way by raters too
    reading = reading_at(indicator, whole.definition, reference.observations, period)
    seen = given_at(force, indicator, whole.definition, reference.observations, period)
    unfair = tuple(indicator.unfair(force, period).items())
    plainly = isinstance(terms.unit, Milestone) or any(travel.by_band for travel in terms.travels)
    ways = (
        {"labels": lambda given: _plain(given, terms.show)} if isinstance(terms.unit, OnScale | Milestone) else _HANDED
    )
    for travel in (None, *(each for each in terms.travels if not each.by_band)):
        earlier = None if travel is None or against_declared(terms, travel) else travel.earlier
        same = {each.name for each in terms.travels if each.earlier == earlier} | {earlier}
        names = tuple(name for name in seen if name not in same)
        key = indicator.reference, row.indicator, id(force), unfair, travel, period if plainly else None
        if key not in raters:
            raters[key] = indicator.rater(travel=None if travel is None else travel.name, given=names, period=period)
        handed = [reading, *([] if earlier is None else [seen[earlier]]), *(seen[name] for name in names)]
        for way, hand in ways.items():
            said = raters[key](*map(hand, handed))
            yield f"rater, {way}", RATING, (said.band, said.reason)
            if travel is not None:
                yield f"rater, {way}", travel.name, (said.direction, said.no_direction)
        if travel is None and not any(map(_known, seen.values())):
            for way, hand in ways.items():
                rating = indicator.rate(hand(reading), period=period)
                yield f"Indicator.rate, {way}", RATING, (rating.band, rating.reason)


def _known(given: object) -> bool:
    return not isinstance(given, Reading) or given != Reading(None, given.reason) or str(given.reason) != "no-value"


def _as_float(given: object) -> object:
    return _plain(given, lambda number: found if exact(found := _near(number)) == number else number)


def _as_decimal(given: object) -> object:
    return _plain(given, _decimal)


def _as_whole_or_fraction(given: object) -> object:
    return _plain(given, lambda number: int(number) if number.denominator == 1 else number)


def _plain(given: object, kind: Callable[[Fraction], object]) -> object:
    """What was read as a plain number, or as it is where there is more to it than a number."""
    if not isinstance(given, Reading) or given.number is None or given != Reading(given.number):
        return given
    return kind(given.number)


def _near(number: Fraction) -> float:
    try:
        return float(number)
    except OverflowError:
        return 0.0


def _decimal(number: Fraction) -> Cell:
    twos_and_fives = number.denominator
    for prime in (2, 5):
        while twos_and_fives % prime == 0:
            twos_and_fives //= prime
    if twos_and_fives > 1:
        return number
    places = number.denominator.bit_length()
    return Decimal(f"{number.numerator * 10**places // number.denominator}E-{places}")


_HANDED: Mapping[str, Callable[[object], object]] = {
    "floats": _as_float,
    "decimals": _as_decimal,
    "whole numbers and fractions": _as_whole_or_fraction,
}


# --- all of them ---


def differences(table: Table, tally: Counter[str]) -> Iterator[Difference]:
    """Every answer that is not that of the reference; `tally` counts the answers that were compared, by engine."""
    reference = Reference.of(table)
    wanted = [reference.answers(row) for row in table.rows]
    names = table.library.travels
    for engine, columns in by_columns(table):
        for place, row in enumerate(table.rows):
            yield from _compared(engine, row, said(columns, place, names), wanted[place], tally)
    in_frames = [{name: in_words(answer) for name, answer in each.items()} for each in wanted]
    in_frames = [{**each, OVERALL: (each[OVERALL][0], None)} for each in in_frames]
    for engine, frame in (*by_frames(table), *by_file(table)):
        for place, row in enumerate(table.rows):
            yield from _compared(engine, row, words_said(frame, place, names), in_frames[place], tally)
    raters: dict[object, Callable[..., Any]] = {}
    for place, row in enumerate(table.rows):
        for engine, question, answer in by_raters(reference, row, raters):
            yield from _compared(engine, row, {question: answer}, {question: wanted[place][question]}, tally)
    yield from _refusals(table, tally)


def _compared(
    engine: str, row: Row, said: Mapping[str, Answer], wanted: Mapping[str, Answer], tally: Counter[str]
) -> Iterator[Difference]:
    tally[engine] += len(wanted)
    if said != wanted:
        for question in dict.fromkeys((*wanted, *said)):
            if said.get(question) != wanted.get(question):
                yield Difference(engine, row, question, said.get(question), wanted.get(question))


def _refusals(table: Table, tally: Counter[str]) -> Iterator[Difference]:
    """Rows that cannot be observed must be refused by columns as `observe` refuses them."""
    if not table.refused:
        return
    whole = evolve(table, rows=(*table.rows, *table.refused))
    _, faults = observe(from_mappings(map(mapping, whole.rows)), table.library.definitions)
    wanted = [(fault.code, fault.span.line) for fault in faults if fault.severity is Severity.ERROR]
    try:
        for _ in by_columns(whole):
            break
        found: list[tuple[str, int]] = []
    except LibraryError as refused:
        errors = [fault for fault in refused.diagnostics if fault.severity is Severity.ERROR]
        found = [(fault.code, fault.span.line) for fault in errors]
    tally["refused rows"] += len(wanted)
    if found != wanted:
        yield Difference("arrays", None, "what is refused", found, wanted)
