"""A library and tables of it for the laws of columns: every kind of rule, and values on its edges and beside them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import inf, nextafter
from pathlib import Path
from random import Random

import numpy as np
from hypothesis import strategies as st

from kpirules import Library, from_mappings, load_text, observe
from kpirules.assess import Assessment
from kpirules.columns import RatedColumns
from kpirules.diagnostics import Diagnostic, Severity

LIBRARY = load_text("""
calendar council "Council year" { year starts 1 April }
scale sizes "Sizes" { "large" > "middling" > "small" }
travel short { against previous quarter }
travel long {
  against same quarter last year
  unchanged within 0.5
}
travel share {
  against same quarter last year
  unchanged within 5% of previous
}
travel under {
  against previous quarter
  unchanged under 0.1
}
travel first { against baseline 2020/21 Q1 }
travel years { against 2 years earlier }
travel average { against mean of last 2 quarters }
scheme recovering {
  green when at or better than target, less 10% of target
  amber when long improved or long unchanged
  red   when long not comparable
  red   otherwise
}
scheme floored {
  not rated as no-standard "No standard set" when no floor
  green when at or better than target
  amber when at or better than floor
  red   otherwise
}
defaults for library {
  calendar   council
  frequency  quarterly
  unit       "points of ours"
  polarity   higher is better
  travel     short, long
}
indicator higher "H" {
  target     80
  tolerance  5% of target
}
indicator lower "L" {
  polarity   lower is better
  target     below 53.352
  tolerance  0.05
  travel     short, long, under
}
indicator range "R" {
  polarity   inside is better
  target     9.5 to 10.5
  tolerance  5% of range width below, 10% of range width above
}
indicator zero "Z" {
  polarity   closer to zero is better
  target     0.3
  tolerance  0.1
  travel     short, share
}
indicator count "C" {
  unit       count
  travel     short, first, years
  target     10
  tolerance  3
}
indicator limited "Li" {
  values     0 to 100
  precision  0.1
  target     33.3
  tolerance  none
}
indicator rounded "Ro" {
  rated to 1 decimal place
  target     0.3
  tolerance  0.1
}
indicator even "Ev" {
  rated to 0 decimal places, half even
  target     2
  tolerance  1
}
indicator dated "D" {
  target 10 until 2022/23 Q2
  target 20 from 2022/23 Q3
  tolerance 10% of target
}
indicator yearend "Y" {
  target     20 at year end
  tolerance  5% of target
}
indicator running "Ru" {
  accumulates over council year
  target     10
  tolerance  2
}
indicator broken "B" {
  break at 2022/23 "new definition"
  target     10
  tolerance  2
}
indicator moving "M" {
  target     same quarter last year
  tolerance  5% of target
}
indicator recovers "Re" {
  scheme     recovering
  target     10
  tolerance  none
}
indicator floors "F" {
  figure     floor
  scheme     floored
  target     20
  tolerance  none
}
indicator untargeted "U" {
  polarity   none
  target pending "TBC"
  tolerance  none
}
indicator sized "S" {
  unit       scale sizes
  travel     short
  target     "middling"
  tolerance  none
}
indicator done "Do" {
  unit       milestone
  target     completed by 2022-09-30
  tolerance  none
  travel     short
}
indicator averaged "A" {
  target     10
  tolerance  none
  travel     average, short
}
indicator shares "Sh" {
  inputs     part "p", whole "p"
  value      part / whole
  target     0.5
  tolerance  0.1
}
indicator parted "P" {
  overall    worst component
  target     10
  tolerance  2
  component  a "A" { target 10 }
  component  b "B" {
    polarity lower is better
    target 5
    tolerance 1
  }
}
""")
"""A library with an indicator for every kind of rule."""

SANDWELL = Path(__file__).parents[2] / "indicators" / "sandwell-2023-24"
PERIODS = tuple(f"{year}/{year % 100 + 1} Q{quarter}" for year in range(2020, 2024) for quarter in range(1, 5))
PARTS: Mapping[str, Sequence[str | None]] = {
    "floors": (None, "floor"),
    "shares": (None, "part", "whole"),
    "parted": (None, "a", "b"),
}
EDGES = (
    80,
    76,
    53.352,
    53.402,
    9.5,
    10.5,
    9.45,
    10.6,
    0.3,
    0.4,
    10,
    7,
    33.3,
    0.2,
    0.25,
    2,
    1,
    20,
    18,
    8,
    12,
    9,
    11,
    0.5,
)


def doubles(edge: float) -> list[float]:
    return [edge, nextafter(edge, inf), nextafter(edge, -inf), round(edge + 0.5, 3), round(edge - 0.1, 3), -edge]


NASTY = (0.0, -0.0, 5e-324, -5e-324, 1e22, -1e300, 1.7976931348623157e308, 0.1 + 0.2, 1e15 + 0.5, float("nan"))
FLOATS = (*NASTY, *(number for edge in EDGES for number in doubles(edge)), 0.25, 0.35, 1.5, 2.5, 0.05, 16.95)
WHOLE = (*range(-3, 25), 2**53 + 1, 10**20)
OTHERS = (None, Fraction(1, 3), Decimal("0.30"), Decimal("0.30000000000000000001"), np.float32(0.3), np.int64(7))
TEXTS = (
    "",
    "NA",
    "TBC",
    "10",
    "0.3",
    "10*",
    "over 7",
    "under 400",
    "12 (revised)",
    "New PI",
    "0.300000000000000000001",
)
LABELS = ("large", "middling", "small", None, "NA", "at least middling", "small*")
DONE = ("completed", "completed late", "not completed", "completed 2022-10-02", None, "TBC")
TENTHS = st.integers(-30, 300).map(lambda n: n / 10)


def a_value(reference: str, *, odd: bool) -> st.SearchStrategy[object]:
    """A value that can be observed of an indicator; `odd` ones are more than a number."""
    match reference:
        case "sized":
            return st.sampled_from(LABELS)
        case "done":
            return st.sampled_from(DONE)
        case "count":
            return st.sampled_from(WHOLE if odd else [*map(float, WHOLE), float("nan")])
        case "limited":
            return st.integers(0, 1000).map(lambda n: n / 10)
    floats = st.sampled_from(FLOATS) | TENTHS
    return floats | st.sampled_from((*WHOLE, *OTHERS, *TEXTS)) if odd else floats


@st.composite
def rows(draw: st.DrawFn, *, odd: bool) -> list[dict[str, object]]:
    """Observations in any order, some slots missing; no slot twice."""
    names = draw(st.lists(st.sampled_from(list(LIBRARY.indicators)), min_size=1, max_size=6, unique=True))
    periods = draw(st.lists(st.sampled_from(PERIODS), min_size=1, max_size=10, unique=True))
    chance = Random(draw(st.integers(0, 2**32)))
    made: list[dict[str, object]] = []
    for name in names:
        for part in PARTS.get(name, (None,)):
            values = draw(st.lists(a_value(name, odd=odd), min_size=len(periods), max_size=len(periods)))
            made += [
                {"indicator": name, "component": part, "period": period, "value": value}
                for period, value in zip(periods, values, strict=True)
                if chance.random() < 0.85
            ]
    chance.shuffle(made)
    return made


def errors(faults: Sequence[Diagnostic]) -> list[Diagnostic]:
    return [fault for fault in faults if fault.severity is Severity.ERROR]


def expected(library: Library, table: Sequence[Mapping[str, object]]) -> list[tuple[object, ...]]:
    """What the scorecards of the same observations say of each row."""
    observations, faults = observe(from_mappings(table), library.definitions)
    assert not errors(faults)
    cards = {period: library.score(observations, period=str(period)) for period in {row["period"] for row in table}}
    said = []
    for row in table:
        whole = cards[row["period"]][str(row["indicator"])]
        own = next((part for part in whole.parts if part.component == row["component"]), whole)
        rated = row["component"] is None or own is not whole
        said.append((*(answers(own) if rated else (None, None, {})), whole.rating.band, whole.rating.reason))
    return said


def answers(row: Assessment) -> tuple[object, ...]:
    travels = {name: (travel.direction, travel.reason) for name, travel in row.travels.items()}
    return row.rating.band, row.rating.reason, travels


def said(columns: RatedColumns) -> list[tuple[object, ...]]:
    """What the columns say of each row."""
    found = []
    for row in range(len(columns)):
        both = {name: (columns.directions[name][row], columns.no_directions[name][row]) for name in columns.directions}
        travels = {name: pair for name, pair in both.items() if pair != (None, None)}
        overall = columns.overall[row], columns.overall_reason[row]
        found.append((columns.rating[row], columns.reason[row], travels, *overall))
    return found


def rated(table: Sequence[Mapping[str, object]], **columns: object) -> RatedColumns:
    lists = {name: [row[name] for row in table] for name in ("indicator", "component", "period", "value")}
    return LIBRARY.rate_columns(**{**lists, **columns})


YEARLY = """
defaults for library {
  unit       count
  polarity   lower is better
  frequency  yearly
  tolerance  none
}
indicator X "X" { target 5 }
indicator Y "Y" { target 5 }
"""
