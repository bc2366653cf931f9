"""Columns are rated as the scorecard of the same observations is: every row's rating, reason and travels."""

import csv
from decimal import Decimal
from fractions import Fraction
from unittest.mock import patch

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import kpirules
from kpirules import LibraryError, from_mappings, observe
from kpirules.columns.table import plain
from tests.properties.observed import LIBRARY, PERIODS, SANDWELL, TENTHS, errors, expected, rated, rows, said
from tests.properties.strategies import LAW


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
