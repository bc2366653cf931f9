"""What is handed in as a column is taken for what it means, or refused by its name."""

from typing import Any

import numpy as np
import pytest

import kpirules

LIBRARY = kpirules.load("indicators/sandwell-2023-24")
COLUMNS = {"indicator": ["B3d", "B3d", "B6b"], "period": ["2023/24 Q2", "2023/24 Q1", "2023/24 Q2"]}


@pytest.mark.parametrize("kind", ["float64", "float32", "int8", "object"])
def test_what_is_masked_is_missing(kind: str) -> None:
    values = np.ma.array(np.array([79, 78, 15], dtype=kind), mask=[False, True, False])  # type: ignore[no-untyped-call]
    rated = LIBRARY.rate_columns(**COLUMNS, value=values)
    assert rated.rating.to_list() == ["amber", None, "green"]
    assert rated.reason[1] is kpirules.Reason.NO_VALUE
    assert rated.no_directions["short"][0] is kpirules.Reason.NO_COMPARATOR


def test_a_masked_short_float_keeps_its_shortest_decimal() -> None:
    text = 'indicator A "A" {\n unit percent\n polarity higher is better\n target 53.35%\n tolerance none\n}'
    values = np.ma.array(np.array([53.35], dtype="float32"), mask=[False])  # type: ignore[no-untyped-call]
    rated = kpirules.load_text(text).rate_columns(indicator=["A"], period=["2023"], value=values)
    assert rated.rating.to_list() == ["green"]


@pytest.mark.parametrize("value", [79.0, "79%", (each for each in (79, 78, 15)), np.ones((3, 1)), np.float64(1)])
def test_what_is_no_column_is_refused(value: Any) -> None:
    with pytest.raises(kpirules.ColumnsError, match="value must be a list or an array of one dimension, not"):
        LIBRARY.rate_columns(**COLUMNS, value=value)


def test_each_period_has_the_rule_of_its_day() -> None:
    lines = ["unit percent", "polarity higher is better", "tolerance none", "frequency monthly"]
    lines += ["target 50% until 2023-02", "target 60% from 2023-03 until 2023-06", "target 50% from 2023-07"]
    library = kpirules.load_text('indicator A "A" {\n' + "\n".join(lines) + "\n}")
    periods = [f"{year}-{month:02}" for year in (2022, 2023, 2024) for month in range(1, 13)]
    for value in (49.9, 50, 59.9, 60):
        rated = library.rate_columns(indicator=["A"] * 36, period=periods, value=[value] * 36)
        assert rated.rating.to_list() == [library["A"].rate(value, period=each).band for each in periods]
