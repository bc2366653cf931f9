"""Many observations at once: columns in, columns of small numbers out, each row rated as `Library.score` would."""

from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

from kpirules.assess import Indicator
from kpirules.columns.plainly import rate_plainly
from kpirules.columns.results import Coded, RatedColumns
from kpirules.columns.table import ColumnsError, FaultyRowsError, table_of
from kpirules.model import Definitions

__all__ = ["Coded", "ColumnsError", "FaultyRowsError", "RatedColumns", "rate_columns"]


def rate_columns(
    indicators: Mapping[str, Indicator], definitions: Definitions, columns: Mapping[str, Any]
) -> RatedColumns:
    """The answers for columns of observations; by arrays where NumPy is there.

    Raises `ColumnsError` for columns of different lengths, and `FaultyRowsError` for rows that `observe` would refuse.
    """
    table = table_of(columns)
    if find_spec("numpy") is None:
        return rate_plainly(indicators, definitions, table)
    from kpirules.columns.arrays import rate_arrays

    return rate_arrays(indicators, definitions, table)
