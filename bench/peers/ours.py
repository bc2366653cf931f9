"""Ourselves: `rate_columns` on Arrow columns, encoded ones or plain text, and `rate_frame` on frames of text ids."""

from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa

from bench.peers.columns import Codes, Columns
from bench.peers.duckdb_tables import connected, text_rows, words
from bench.workload import BANDS, DIRECTIONS, Rows, Workload
from kpirules import Library

# What hand-written expressions would not give either.
_INTO = {"reason": None, "short_reason": None, "long_reason": None}


def prepare(library: Library, work: Workload, rows: Rows, travels: tuple[str, ...]) -> Columns:
    """Columns that are ready: ids as numbers with their dictionaries."""
    references = pa.array([spec.reference for spec in work.specs])
    indicator = pa.DictionaryArray.from_arrays(pa.array(rows.place), references)
    period = pa.DictionaryArray.from_arrays(pa.array(rows.month), pa.array(work.periods))
    value = rows.value
    return Columns(
        lambda: library.rate_columns(indicator=indicator, period=period, value=value, travels=travels), codes
    )


def prepare_whole(library: Library, work: Workload) -> Columns:
    """Columns of text."""
    seen = text_rows(work)
    indicator, period, value = (seen[name].combine_chunks() for name in ("indicator", "period", "value"))
    return Columns(lambda: library.rate_columns(indicator=indicator, period=period, value=value), codes)


def prepare_polars(library: Library, work: Workload) -> Columns:
    """A lazy frame of Polars with text ids."""
    seen = pl.from_arrow(text_rows(work))
    assert isinstance(seen, pl.DataFrame)
    lazy = seen.lazy()
    return Columns(lambda: library.rate_frame(lazy, into=_INTO).collect(), lambda found: words(found.to_arrow()))


def prepare_duckdb(library: Library, work: Workload) -> Columns:
    """A table in DuckDB with text ids."""
    seen = connected({"seen": text_rows(work)}).table("seen")
    return Columns(lambda: library.rate_frame(seen, into=_INTO).to_arrow_table(), words)


def codes(found: Any) -> Codes:
    """The codes that all peers use."""
    columns = ((found.rating, BANDS), *((each, DIRECTIONS) for each in found.directions.values()))
    return tuple(_coded(column, names) for column, names in columns)


def _coded(column: Any, names: tuple[str, ...]) -> Any:
    known = [-1 if meaning is None else names.index(str(meaning)) for meaning in column.meanings]
    return np.array(known, dtype=np.int8)[column.codes]
