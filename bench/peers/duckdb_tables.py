"""DuckDB: a join with the parameters and CASE; from text ids, with LAG windows for the earlier values. On all cores."""

from collections.abc import Mapping
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bench.peers.columns import Codes, Columns, parameters
from bench.peers.sql import BAND, direction, in_words
from bench.workload import BANDS, DIRECTIONS, LONG_ZONE, SHORT_ZONE, Workload

JOINED = f"""
SELECT row, ({BAND})::TINYINT AS band, ({direction("previous", SHORT_ZONE)})::TINYINT AS short
FROM seen JOIN parameters USING (place)
"""

# Every month has its row, so the same month last year is twelve rows before.
FROM_TEXT = f"""
SELECT row, ({BAND})::TINYINT AS band,
  ({direction("previous", SHORT_ZONE)})::TINYINT AS short, ({direction("last_year", LONG_ZONE)})::TINYINT AS long
FROM (
  SELECT *, lag(value) OVER months AS previous, lag(value, 12) OVER months AS last_year
  FROM seen WINDOW months AS (PARTITION BY indicator ORDER BY period)
) JOIN parameters USING (indicator)
"""

# What `rate_frame` puts beside a frame's own columns; in no order, for nobody has asked for one.
IN_WORDS = f"""
SELECT row, indicator, period, value, {in_words(BAND, BANDS)} AS rating,
  {in_words(direction("previous", SHORT_ZONE), DIRECTIONS)} AS short,
  {in_words(direction("last_year", LONG_ZONE), DIRECTIONS)} AS long
FROM (
  SELECT *, lag(value) OVER months AS previous, lag(value, 12) OVER months AS last_year
  FROM seen WINDOW months AS (PARTITION BY indicator ORDER BY period)
) JOIN parameters USING (indicator)
"""


def prepare(work: Workload) -> Columns:
    rows = work.rows()
    seen = pa.table(
        {
            "row": np.arange(work.size, dtype=np.int32),
            "place": rows.place,
            "value": rows.value,
            "previous": pa.array(rows.previous, from_pandas=True),
        }
    )
    return _over(seen, work, JOINED, ("band", "short"))


def prepare_whole(work: Workload) -> Columns:
    return _over(text_rows(work), work, FROM_TEXT, ("band", "short", "long"))


def prepare_words(work: Workload) -> Columns:
    database = connected({"seen": text_rows(work), "parameters": pa.table(parameters(work))})
    return Columns(lambda: database.sql(IN_WORDS).to_arrow_table(), words)


def text_rows(work: Workload) -> pa.Table:
    """The rows with indicator and month as text."""
    rows = work.rows()
    references = np.array([spec.reference for spec in work.specs])
    return pa.table(
        {
            "row": np.arange(work.size, dtype=np.int32),
            "indicator": references[rows.place],
            "period": np.array(work.periods)[rows.month],
            "value": rows.value,
        }
    )


def _over(seen: pa.Table, work: Workload, query: str, names: tuple[str, ...]) -> Columns:
    database = connected({"seen": seen, "parameters": pa.table(parameters(work))})
    return Columns(lambda: database.sql(query).to_arrow_table(), lambda found: codes(found, names))


def connected(tables: Mapping[str, pa.Table]) -> duckdb.DuckDBPyConnection:
    """A database in memory that has these tables."""
    database = duckdb.connect()
    for name, table in tables.items():
        database.register("arrow", table)
        database.execute(f"CREATE TABLE {name} AS SELECT * FROM arrow")
    return database


def words(found: Any) -> Codes:
    """The codes of an Arrow table's answers in words, in the order of its `row`."""
    order = np.argsort(found["row"].to_numpy())
    columns = (("rating", BANDS), ("short", DIRECTIONS), ("long", DIRECTIONS))
    coded = (pc.fill_null(pc.index_in(found[name], pa.array(names, found[name].type)), -1) for name, names in columns)
    return tuple(each.to_numpy()[order].astype(np.int8) for each in coded)


def codes(found: Any, names: tuple[str, ...]) -> Codes:
    """The columns of an Arrow table in the order of its `row`."""
    order = np.argsort(found["row"].to_numpy())
    return tuple(found[name].fill_null(-1).to_numpy()[order].astype(np.int8) for name in names)
