"""Wide tables and JSON say the same as long tables."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpirules.observations import Row, read_csv, read_json
from kpirules.source import Source

LONG = (
    "indicator,component,period,value,note\nB3d,,2023/24 Q2,79%,x\nB3d,,2023/24 Q1,78%,x\nC14,litter,2023/24 Q2,4%,\n"
)
LONG += "C14,litter,2023/24 Q1,,\n"
WIDE = "indicator,component,2023/24 Q2,2023/24 q1,note\nB3d,,79%,78%,x\nC14,litter,4%,,\n"


def rows(source: Source) -> list[Row]:
    found, faults = read_csv(source)
    assert faults == ()
    return list(found)


def test_a_wide_table_is_a_long_one() -> None:
    long, wide = rows(Source("long.csv", LONG)), rows(Source("wide.csv", WIDE))
    assert [(row.indicator, row.component, row.period.upper(), row.value, row.note) for row in wide] == [
        (row.indicator, row.component, row.period, row.value, row.note) for row in long
    ]


def test_the_place_of_a_value_is_its_own_cell_and_that_of_its_period_the_header() -> None:
    row = rows(Source("wide.csv", WIDE))[1]
    assert (row.place("value").text, row.place("value").line) == ("78%", 2)
    assert (row.place("period").text, row.place("period").line) == ("2023/24 q1", 1)


def test_a_row_with_too_many_cells_is_told_and_the_others_load() -> None:
    found, faults = read_csv(Source("wide.csv", WIDE + "B3e,,1%,2%,x,y\n"))
    assert [fault.code for fault in faults] == ["too-many-cells"]
    assert len(found) == 4


def test_json_reads_as_the_table_does() -> None:
    long = rows(Source("long.csv", LONG))
    columns = ("indicator", "component", "period", "value", "note")
    text = json.dumps([{column: getattr(row, column) for column in columns} for row in long])
    found, faults = read_json(Source("long.json", text))
    assert faults == ()
    assert list(found) == long


def test_numbers_in_json_are_the_decimals_that_are_written() -> None:
    [row], _ = read_json(Source("x.json", '[{"indicator": "a", "period": "2023", "value": 53.35}]'))
    assert row.value == Decimal("53.35")


@pytest.mark.parametrize(
    ("text", "rows_read"),
    [
        ("", 0),
        ("{}", 0),
        ('[{"indicator": "a", "period": "2023", "value": 1}, {"indicator": "b", ]', 1),
        ('[{"indicator": "a", "period": "2023"}, {"indicator": "a", "period": "2023", "value": 1}]', 1),
        ("[1, 2]", 0),
        ("[" * 100_000, 0),
    ],
)
def test_what_is_no_list_of_rows_is_told_and_the_rest_loads(text: str, rows_read: int) -> None:
    found, faults = read_json(Source("x.json", text))
    assert len(found) == rows_read
    assert {fault.code for fault in faults} == {"bad-json"}


@given(st.text())
def test_no_text_makes_reading_raise_and_spans_lie_inside(text: str) -> None:
    for start in ("", "[", "[{", "indicator,2023/24 Q2\n"):
        for read in (read_json, read_csv):
            _, faults = read(Source("x", start + text))
            assert all(0 <= fault.span.start <= fault.span.end <= len(start + text) for fault in faults)
