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
