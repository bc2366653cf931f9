"""What is asked of columns beside ratings, some travels and not others, and what is told of faulty ones."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from math import inf
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kpirules
from kpirules import Library, LibraryError, load_text
from tests.properties.observed import LIBRARY, PERIODS, YEARLY, expected, rated, rows, said
from tests.properties.strategies import LAW


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
