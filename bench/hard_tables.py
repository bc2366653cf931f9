"""Libraries of every kind with tables of the numbers that go wrong: on edges and beside them, subnormal, huge, odd.

Hypothesis draws the library, and which rows there are with sound values. The hard numbers are then put among them by a
generator of random numbers with a drawn seed, because drawing each would take longer than all that is compared.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import islice
from math import inf, nan, nextafter
from random import Random
from sys import float_info
from typing import Any, TypeAlias, assert_never

import numpy as np
from attrs import evolve, frozen
from hypothesis import strategies as st

from kpirules import Library, from_mappings, observe
from kpirules.assess import Indicator
from kpirules.core.conditions import AtLeast
from kpirules.diagnostics import Severity
from kpirules.exact import decimal_text, exact
from kpirules.model import Terms
from kpirules.periods import Frequency, Period
from kpirules.testing import libraries, observations
from kpirules.units import Milestone, OnScale

Cell: TypeAlias = object

ODD = (0.0, -0.0, 5e-324, -5e-324, 1e-310, 1e22, -1e300, 1.7976931348623157e308, 0.1 + 0.2, 1e15 + 0.5)
NEVER = (inf, -inf)
TEXTS = ("", "NA", "TBC", "over 7", "under 400", "12 (revised)", "7*", "-0", "007", "1,200", "12%", "−5", "1e3")
CLOSE = (Decimal("1e-15"), Decimal("-1e-15"), Decimal("1e-27"))
# A quarter and what is longer has a row in each of six years, a month in one of two.
_YEARS = {Frequency.MONTHLY: (2022, 2)}


class Column(StrEnum):
    """Of what the values of a table are."""

    DOUBLES = "doubles"
    FIGURES = "printed figures"
    SHORT = "short floats"
    TEXTS = "texts"
    MIXED = "anything"


@frozen
class Row:
    """An observation as it is handed in."""

    indicator: str
    component: str | None
    period: str
    value: Cell

    @property
    def series(self) -> tuple[str, str | None]:
        """Of what it is one."""
        return self.indicator, self.component


@frozen(repr=False)
class Table:
    """Observations of a library in any order, all of which can be observed, and rows that cannot."""

    library: Library
    column: Column
    rows: tuple[Row, ...]
    refused: tuple[Row, ...] = ()

    def __repr__(self) -> str:
        return f"<{len(self.rows)} rows of {self.column} for {self.library!r}>"

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:  # what Hypothesis asks for
        printer.text(repr(self))


@st.composite
def tables(draw: st.DrawFn, count: int = 1) -> list[Table]:
    """A library with so many tables of its observations."""
    library = draw(libraries())
    sound = [
        Row(row["indicator"], row.get("component"), row["period"], row["value"])
        for indicator in library.indicators.values()
        for row in draw(observations(indicator, periods=periods_of(indicator)))
    ]
    chance = Random(draw(st.integers(0, 2**32)))
    edges = {name: edges_of(indicator) for name, indicator in library.indicators.items()}
    return [
        _grid(library, edges, chance) if column is Column.FIGURES else _table(library, sound, edges, chance, column)
        for column in islice(_columns(chance), count)
    ]


def _columns(chance: Random) -> Iterator[Column]:
    while True:
        columns = [*Column, Column.DOUBLES]  # twice as often as any other, for they are what most people have
        chance.shuffle(columns)
        yield from columns


def periods_of(indicator: Indicator) -> list[Period]:
    """The periods that may be observed, about all the years in which something changes."""
    often = indicator.definition.frequency or Frequency.QUARTERLY
    first, years = _YEARS.get(often, (2018, 6))
    start = Period(indicator.definition.calendar, often, first, 1)
    return [start.before(-place) for place in range(years * often.parts)]


def edges_of(indicator: Indicator) -> list[Fraction]:
    """Where ratings and dead zones of an indicator or its components turn, or the amounts that lead there."""
    found = {Fraction(0)}
    for each in (indicator, *indicator.components.values()):
        for period in periods_of(each)[:: 5 if len(each.definition.versions) == 1 else 2]:
            force = each.in_force(period)
            for rule in (force.rule, *force.travel_rules.values()):
                for test in rule.tests:
                    if isinstance(test, AtLeast):
                        found |= {test.form.constant, *(test.form.constant / factor for _, factor in test.form.terms)}
    return sorted({sign * edge for edge in found for sign in (1, -1)})


def _table(
    library: Library, sound: Sequence[Row], edges: Mapping[str, Sequence[Fraction]], chance: Random, column: Column
) -> Table:
    """The rows, with hard numbers in the place of most."""
    rows: list[Row] = []
    before: dict[tuple[str, str | None], Fraction] = {}
    odd = ODD if chance.random() < 0.5 else (0.0, -0.0, 0.1 + 0.2)
    for row in sound:
        terms = terms_of(library, row)
        labelled = isinstance(terms.unit, OnScale | Milestone)
        if chance.random() < 0.1 or (labelled and column not in (Column.TEXTS, Column.MIXED)):
            continue
        reading = terms.read(row.value)
        drawn = reading.number or Fraction(0)
        number = drawn if labelled else _hard(drawn, before.get(row.series), edges[row.indicator], odd, chance)
        if chance.random() < 0.9:  # the others are most often such as cannot occur
            number = _occurring(number, terms)
        before[row.series] = number
        as_drawn = labelled or (column in (Column.TEXTS, Column.MIXED) and chance.random() < 0.2)
        rows.append(evolve(row, value=row.value if as_drawn else _cell(number, column, chance)))
    chance.shuffle(rows)
    _, faults = observe(from_mappings(map(mapping, rows)), library.definitions)
    faulty = {fault.span.line for fault in faults if fault.severity is Severity.ERROR}
    kept = [row for number, row in enumerate(rows, start=1) if number not in faulty]
    refused = [row for number, row in enumerate(rows, start=1) if number in faulty]
    return Table(library, column, tuple(kept), tuple(refused))


def _grid(library: Library, edges: Mapping[str, Sequence[Fraction]], chance: Random) -> Table:
    """Figures of few decimals, as reports print them, for every series and period: in order, or in any.

    Of the library those that are observed as often as its first are in it, and of these all that take plain numbers.
    """
    kinds = {name: (each.definition.calendar, each.definition.frequency) for name, each in library.indicators.items()}
    whole: list[Row] = []
    for name in (each for each in kinds if kinds[each] == next(iter(kinds.values()))):
        rows: list[Row] = []
        before: Fraction | None = None
        places = chance.choice((0, 1, 2, 6))
        for period in periods_of(library[name]):
            row = Row(name, None, str(period), None)
            hard = _hard(Fraction(chance.randint(0, 100)), before, edges[name], (0.0, -0.0, 2.0**29), chance)
            before = Fraction(round(_occurring(hard, terms_of(library, row)), places))
            rows.append(evolve(row, value=_double(before)))
        _, faults = observe(from_mappings(map(mapping, rows)), library.definitions)
        whole += rows if not faults else []
    if chance.random() < 0.3:
        chance.shuffle(whole)
    return Table(library, Column.FIGURES, tuple(whole))


def mapping(row: Row) -> dict[str, Cell]:
    """The row as `from_mappings` takes it; a short float is the decimal that it prints."""
    value = row.value
    if isinstance(value, np.float32):
        value = Decimal(str(value)) if np.isfinite(value) else float(value)
    return {"indicator": row.indicator, "component": row.component, "period": row.period, "value": value}


def terms_of(library: Library, row: Row) -> Terms:
    """The terms by which a row is read: an input and a figure have no limits."""
    indicator = library[row.indicator]
    if row.component is None:
        return indicator.in_force(row.period).terms
    if row.component in indicator.components:
        return indicator.components[row.component].in_force(row.period).terms
    terms = indicator.in_force(row.period).terms
    return Terms(terms.scheme, terms.inputs.get(row.component, terms.unit))


def _hard(
    drawn: Fraction, before: Fraction | None, edges: Sequence[Fraction], odd: Sequence[float], chance: Random
) -> Fraction:
    """A number on which something may go wrong."""
    edge, kind = chance.choice(edges), chance.random()
    earlier = Fraction(0) if before is None else before
    if kind < 0.3:
        return edge
    if kind < 0.45:
        return earlier + chance.choice((1, -1)) * edge
    if kind < 0.6:
        return earlier * (1 + chance.choice((1, -1)) * Fraction(chance.randint(0, 40), 100))
    if kind < 0.8:
        places = chance.choice((0, 1, 2, 3, 6, 9, 14))
        return Fraction(round(float(edge) + chance.uniform(-2, 2) * (abs(float(edge)) or 1), places)).limit_denominator(
            10**places
        )
    return exact(chance.choice(odd)) if kind < 0.9 else drawn


def _occurring(number: Fraction, terms: Terms) -> Fraction:
    """The nearest number that can occur, roughly."""
    inside = number if terms.low is None else max(number, terms.low)
    inside = inside if terms.high is None else min(inside, terms.high)
    step = None if terms.rounding else terms.step
    return inside if step is None else round(inside / step) * step


def _cell(number: Fraction, column: Column, chance: Random) -> Cell:
    """The number as a column holds it, or a number just beside it, or something odd."""
    if chance.random() < 0.05:
        return _missing(column, chance)
    match column:
        case Column.DOUBLES | Column.FIGURES:
            return _beside(_double(number), chance)
        case Column.SHORT:
            with np.errstate(over="ignore", under="ignore"):
                short = np.float32(_double(number))
            return np.nextafter(short, np.float32(chance.choice(NEVER))) if chance.random() < 0.3 else short
        case Column.TEXTS:
            written = decimal_text(number, most_places=20)
            return chance.choice(TEXTS) if chance.random() < 0.1 or written.startswith("≈") else written
        case Column.MIXED:
            written = decimal_text(number, most_places=40)
            kinds: list[Cell] = [number, _double(number), _beside(_double(number), chance), chance.choice(TEXTS)]
            kinds += [int(number)] if number.denominator == 1 else []
            if not written.startswith("≈"):
                kinds += [written, Decimal(written), Decimal(written) + chance.choice(CLOSE)]
            return chance.choice(kinds)
        case _:
            assert_never(column)


def _missing(column: Column, chance: Random) -> Cell:
    match column:
        case Column.DOUBLES | Column.FIGURES:
            return chance.choice((nan, nan, nan, *NEVER))
        case Column.SHORT:
            return np.float32("nan")
        case Column.TEXTS | Column.MIXED:
            return None
        case _:
            assert_never(column)


def _double(number: Fraction) -> float:
    try:
        return float(number)
    except OverflowError:
        return float_info.max


def _beside(double: float, chance: Random) -> float:
    for _ in range(chance.choice((0, 0, 0, 1, 1, 2))):
        double = nextafter(double, chance.choice(NEVER))
    return double
