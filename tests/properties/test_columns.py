"""Columns are rated as the scorecard of the same observations is: every row's rating, reason and travels."""

import csv
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import inf, nextafter
from pathlib import Path
from random import Random
from unittest.mock import patch

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import kpirules
from kpirules import Library, LibraryError, from_mappings, load_text, observe
from kpirules.assess import Assessment
from kpirules.columns import RatedColumns
from kpirules.columns.table import plain
from kpirules.diagnostics import Diagnostic, Severity
from tests.properties.strategies import LAW

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


@LAW
@given(rows(odd=False) | rows(odd=True))
def test_columns_say_what_the_scorecards_say(table: list[dict[str, object]]) -> None:
    assert said(rated(table)) == expected(LIBRARY, table)


@LAW
@given(rows(odd=False))
def test_every_make_of_column_says_the_same(table: list[dict[str, object]]) -> None:
    table = [row for row in table if not isinstance(row["value"], str)]
    values = [row["value"] for row in table]
    floats = np.array([np.nan if value is None else value for value in values], dtype=np.float64)
    names = [str(row["indicator"]) for row in table]
    as_lists = said(rated(table))
    assert said(rated(table, value=floats, indicator=np.array(names, dtype=str))) == as_lists
    arrow = pa.array(floats, from_pandas=True)
    assert said(rated(table, value=arrow, indicator=pa.array(names, pa.string()).dictionary_encode())) == as_lists
    assert said(rated(table, value=pa.chunked_array([arrow]), indicator=pa.array(names, pa.string()))) == as_lists


@LAW
@given(rows(odd=False))
def test_a_float32_is_its_own_shortest_decimal(table: list[dict[str, object]]) -> None:
    table = [row for row in table if isinstance(row["value"], float) and abs(row["value"]) < 1e30]
    short = np.array([row["value"] for row in table], dtype=np.float32)
    meant = [{**row, "value": Decimal(str(each))} for row, each in zip(table, short, strict=True)]
    assert said(rated(table, value=short)) == expected(LIBRARY, meant)
    assert said(rated(table, value=pa.array(short, pa.float32()))) == expected(LIBRARY, meant)


@LAW
@example(0.015625)
@given(st.floats(width=32) | st.integers(-149, 127).map(lambda power: 2.0**power) | st.floats(width=16))
def test_an_item_of_short_arrow_floats_is_its_own_shortest_decimal(number: float) -> None:
    for kind, arrow in ((np.float32, pa.float32()), (np.float16, pa.float16())):
        with np.errstate(over="ignore"):
            short = kind(number)
        assert str(plain(pa.array([short], arrow)[0])) == str(float(str(short)))


WRITTEN = (
    "10", " 7 ", "007", "-0", "+5", "5.", ".5", "1e3", "1,200", "0.1", "0.10", "12%", "-12.25", "−5", "٣", "NA", "",
    "12345678901234567", "0.123456789012345", "123456789.123456789", "1000000000000000", "large", "over 7", "x",
)  # fmt: skip


@LAW
@given(rows(odd=False), st.data())
def test_texts_say_what_is_written_in_them(table: list[dict[str, object]], data: st.DataObject) -> None:
    written = st.sampled_from(WRITTEN) | TENTHS.map(str) | st.none()
    table = [{**row, "value": data.draw(written)} for row in table]
    _, faults = observe(from_mappings(table), LIBRARY.definitions)
    if errors(faults):
        with pytest.raises(LibraryError) as caught:
            rated(table)
        told = errors(caught.value.diagnostics)
        assert [fault.code for fault in told] == [fault.code for fault in errors(faults)]
        table = [row for row in table if not errors(observe(from_mappings([row]), LIBRARY.definitions)[1])]
    assert said(rated(table)) == expected(LIBRARY, table)
    texts = pa.array([row["value"] for row in table], pa.string())
    assert said(rated(table, value=texts)) == expected(LIBRARY, table)


@LAW
@given(rows(odd=True))
def test_without_numpy_the_same_call_says_the_same(table: list[dict[str, object]]) -> None:
    by_arrays = said(rated(table))
    with patch("kpirules.columns.find_spec", return_value=None):
        assert said(rated(table)) == by_arrays


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"indicator": "nobody"}, "unknown-indicator"),
        ({"component": "floor"}, "unknown-component"),
        ({"period": "2023"}, "bad-period"),
        ({"value": inf}, "unreadable-value"),
        ({"value": "seven"}, "unreadable-value"),
        ({"value": True}, "unreadable-value"),
        ({"indicator": "count", "value": 7.5}, "unreadable-value"),
        ({"indicator": "limited", "value": 100.1}, "unreadable-value"),
        ({"indicator": "limited", "value": 0.05}, "unreadable-value"),
        ({}, "duplicate-observation"),
    ],
)
def test_faulty_rows_are_told_with_their_number(row: Mapping[str, object], code: str) -> None:
    good: dict[str, object] = {"indicator": "higher", "component": None, "period": "2023/24 Q2", "value": 79.0}
    other = {**good, "period": "2023/24 Q1"}
    with pytest.raises(LibraryError) as raised:
        rated([good, other, {**good, **row}])
    assert [(fault.code, fault.span.line) for fault in raised.value.diagnostics] == [(code, 3)]


def test_a_revised_value_takes_the_place_of_another() -> None:
    table = [
        {"indicator": "higher", "component": None, "period": "2023/24 Q2", "value": value, "note": note}
        for value, note in ((70.0, None), (90.0, "revised in May"))
    ]
    columns = rated(table, note=[row["note"] for row in table])
    assert columns.rating.to_list() == ["green", "green"]


def test_inputs_out_of_step_are_told_with_all_other_faults() -> None:
    library = load_text("""
indicator X "X" {
  unit       count
  polarity   lower is better
  frequency  yearly
  inputs     done count, due count
  value      done - due
  target     5
  tolerance  none
}
""")
    with pytest.raises(LibraryError) as raised:
        library.rate_columns(indicator=["X"] * 3, component=["done", "due", None], period=["2020", "2020", "2021"],
                             value=[2.5, 2.0, inf])  # fmt: skip
    assert [(fault.code, fault.span.line) for fault in raised.value.diagnostics] == [
        ("unreadable-value", 1),
        ("unreadable-value", 3),
    ]


def test_an_empty_text_is_missing_whatever_numbers_stand_before_it() -> None:
    values = (Fraction(10**40), "", Decimal("0.30000000000000000001"), "")
    table: list[dict[str, object]] = [
        {"indicator": "higher", "component": None, "period": period, "value": value}
        for period, value in zip(PERIODS, values, strict=False)
    ]
    assert said(rated(table)) == expected(LIBRARY, table)
    assert rated(table).rating.to_list() == ["green", None, "red", None]


MILLIONTHS = (
    st.sampled_from([0, 500_000, 100_000, -500_000, 499_999, 500_001, 1])
    | st.integers(-30, 300).map(lambda tenths: tenths * 100_000)
    | st.integers(2**29 * 10**6 - 3, 2**29 * 10**6 + 3)
    | st.integers(-(10**15), 10**15)
)


@st.composite
def grids(draw: st.DrawFn) -> list[dict[str, object]]:
    """A value for every series and period, in order: whole millionths, many of them just a dead zone apart."""
    names = draw(
        st.lists(st.sampled_from(["higher", "lower", "range", "zero", "count", "floors"]), min_size=1, unique=True)
    )
    periods = PERIODS[draw(st.integers(0, 8)) : draw(st.integers(9, 16))]
    table: list[dict[str, object]] = []
    for name in sorted(names):
        millionths = draw(MILLIONTHS)
        for period in periods:
            step = draw(st.sampled_from([0, 500_000, -500_000, 100_000, 499_999, -500_001]) | st.none())
            millionths = draw(MILLIONTHS) if step is None else millionths + step
            value: object = Fraction(millionths, 10**6) if name != "count" else abs(millionths) // 10**6
            table.append({"indicator": name, "component": None, "period": period, "value": float(value)})  # type: ignore[arg-type]
    return table


@LAW
@given(grids(), st.booleans())
def test_a_whole_grid_in_order_says_what_the_scorecards_say(table: list[dict[str, object]], nasty: bool) -> None:
    if nasty:  # not a millionth, so that no cell of the block is known to be one
        table[-1]["value"] = 0.1 + 0.2 if table[-1]["indicator"] != "count" else 1.0
    assert said(rated(table)) == expected(LIBRARY, table)
    backwards = table[::-1]
    assert said(rated(backwards)) == expected(LIBRARY, backwards)


@LAW
@given(rows(odd=True), st.lists(st.sampled_from(LIBRARY.travels), unique=True))
def test_travels_that_are_asked_for_are_the_same_without_the_others(
    table: list[dict[str, object]], travels: list[str]
) -> None:
    wanted = [
        (band, reason, {name: each for name, each in found.items() if name in travels}, *overall)
        for band, reason, found, *overall in said(rated(table))
    ]
    some = rated(table, travels=travels)
    assert list(some.directions) == list(some.no_directions) == travels
    assert said(some) == wanted
    with patch("kpirules.columns.find_spec", return_value=None):
        plainly = rated(table, travels=travels)
    assert list(plainly.directions) == travels
    assert said(plainly) == wanted


@pytest.mark.parametrize("numpy", [True, False])
def test_travels_that_are_not_asked_for_are_not_worked_out(*, numpy: bool) -> None:
    library = load_text("""
travel short { against previous quarter }
travel band {
  against same quarter last year
  by band
}
defaults for library {
  polarity  higher is better
  tolerance none
  travel    short, band
}
indicator A "A" {
  unit   percent
  target 5%
}
indicator P "P" {
  unit      percent
  overall   worst component
  component a "a" { target 5% }
}
""")
    columns = {"indicator": ["A", "P"], "component": [None, "a"], "period": ["2023 Q1"] * 2, "value": [7.0, 3.0]}
    wrong = AssertionError("nobody has asked for a travel")
    there = patch("kpirules.columns.find_spec", return_value=numpy or None)
    with there, patch("kpirules.assess.Indicator.travel", side_effect=wrong):
        with patch("kpirules.in_force.lower_travel", side_effect=wrong):
            found = library.rate_columns(**columns, travels=())
        with pytest.raises(AssertionError, match="nobody has asked"):
            library.rate_columns(**columns)
    assert found.rating.to_list() == ["green", "red"]
    assert (found.directions, found.no_directions) == ({}, {})


def test_unknown_travels_are_told_with_those_that_there_are() -> None:
    columns: dict[str, object] = {"indicator": ["higher"], "period": ["2023/24 Q1"], "value": [1.0]}
    with pytest.raises(kpirules.AskingError, match="no indicator has a travel 'shrt', 'lng'; there is 'short', 'long'"):
        LIBRARY.rate_columns(**columns, travels=("shrt", "short", "lng"))
    assert list(LIBRARY.rate_columns(**columns, travels="short").directions) == ["short"]


def test_rules_found_for_one_travel_are_there_for_others() -> None:
    library = load_text("""
travel short { against previous quarter }
travel long { against same quarter last year }
defaults for library {
  unit      percent
  polarity  higher is better
  tolerance none
  travel    short, long
}
indicator A "A" { target 5% }
indicator B "B" { target 6% }
""")
    periods = ["2022 Q2", "2023 Q1", "2023 Q2"]
    for names, travels in (("A", ("short",)), ("B", ("long", "short")), ("B", ("short",)), ("AB", ())):
        rows = [(name, period) for name in names for period in periods]
        found = library.rate_columns(
            indicator=[name for name, _ in rows],
            period=[period for _, period in rows],
            value=[1.0, 3.0, 6.0] * len(names),
            travels=travels,
        )
        assert found.rating.to_list() == [*["red"] * 2, "green"] * len(names)
        assert {name: coded.to_list()[-1] for name, coded in found.directions.items()} == dict.fromkeys(
            travels, kpirules.Direction.IMPROVED
        )


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


@pytest.mark.parametrize("numpy", [True, False])
def test_a_year_may_be_a_number_but_not_a_broken_one(*, numpy: bool) -> None:
    library = load_text(YEARLY)
    with patch("kpirules.columns.find_spec", return_value=numpy or None):
        found = library.rate_columns(indicator=["X"] * 3, period=[2020, "2021", np.int64(2022)], value=[4, 5, 6])
        assert found.rating.to_list() == ["green", "green", "red"]
        # These are equal in Python, and so is what stands for them in a dictionary.
        with pytest.raises(LibraryError) as raised:
            library.rate_columns(indicator=["X", "Y"], period=[2020, 2020.0], value=[4, 5])
    assert [(fault.code, fault.span.line) for fault in raised.value.diagnostics] == [("bad-period", 2)]


def test_there_may_be_more_answers_than_a_byte_has_numbers() -> None:
    each = """
scheme s{n} {{
  not rated as why-{n} "Why {n}" when better than target
  green when target met
  red   otherwise
}}
indicator I{n} {{
  scheme s{n}
  unit percent
  polarity higher is better
  target 50%
  tolerance none
}}
"""
    many = range(300)
    found = load_text("".join(each.format(n=n) for n in many)).rate_columns(
        indicator=[f"I{n}" for n in many for _ in range(3)],
        period=["2023 Q1", "2023 Q2", "2023 Q3"] * len(many),
        value=[49.0, 50.0, 51.0] * len(many),
    )
    assert found.rating.codes.dtype == np.uint16
    assert found.rating.to_list() == ["red", "green", None] * len(many)
    assert [str(why) for why in found.reason.to_list()[2::3]] == [f"why-{n}" for n in many]


def test_columns_of_other_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="indicator has 2, period has 1, value has 2"):
        LIBRARY.rate_columns(indicator=["higher"] * 2, period=["2023/24 Q1"], value=[1.0, 2.0])


def test_no_rows_are_no_answers() -> None:
    assert len(LIBRARY.rate_columns(indicator=[], period=[], value=[])) == 0
    assert isinstance(kpirules.load_text(""), Library)


def test_the_council_report_comes_out_the_same_in_columns() -> None:
    library = kpirules.load(SANDWELL)
    table: list[dict[str, object]] = [
        {**row, "component": row["component"] or None}
        for path in sorted((SANDWELL / "observations").glob("*.csv"))
        for row in csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines())
    ]
    columns = library.rate_columns(**{name: [row[name] for row in table] for name in table[0]})
    assert len(table) > 300
    assert said(columns) == expected(library, table)
