"""Ourselves: `rate_columns` on Arrow columns, encoded ones or plain text. It always gives all travels and overalls."""

from typing import Any

import numpy as np
import pyarrow as pa

from bench.peers.columns import Codes, Columns
from bench.peers.duckdb_tables import text_rows
from bench.workload import BANDS, DIRECTIONS, Rows, Workload
from kpirules import Library


def prepare(library: Library, work: Workload, rows: Rows) -> Columns:
    """Columns that are ready: ids as numbers with their dictionaries."""
    references = pa.array([spec.reference for spec in work.specs])
    indicator = pa.DictionaryArray.from_arrays(pa.array(rows.place), references)
    period = pa.DictionaryArray.from_arrays(pa.array(rows.month), pa.array(work.periods))
    value = rows.value
    return Columns(lambda: library.rate_columns(indicator=indicator, period=period, value=value), codes)


def prepare_whole(library: Library, work: Workload) -> Columns:
    """Columns of text."""
    seen = text_rows(work)
    indicator, period, value = (seen[name].combine_chunks() for name in ("indicator", "period", "value"))
    return Columns(lambda: library.rate_columns(indicator=indicator, period=period, value=value), codes)


def codes(found: Any) -> Codes:
    """The codes that all peers use."""
    columns = (found.rating, found.directions["short"], found.directions["long"])
    places = (BANDS, DIRECTIONS, DIRECTIONS)
    return tuple(_coded(column, names) for column, names in zip(columns, places, strict=True))


def _coded(column: Any, names: tuple[str, ...]) -> Any:
    known = [-1 if meaning is None else names.index(str(meaning)) for meaning in column.meanings]
    return np.array(known, dtype=np.int8)[column.codes]
