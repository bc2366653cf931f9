"""DuckDB: a join with the parameters and CASE; from text ids, with LAG windows for the earlier values. On all cores."""

from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from bench.peers.columns import Codes, Columns, parameters
from bench.peers.sql import BAND, direction
from bench.workload import LONG_ZONE, SHORT_ZONE, Workload

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
    database = duckdb.connect()
    for name, table in {"seen": seen, "parameters": pa.table(parameters(work))}.items():
        database.register("arrow", table)
        database.execute(f"CREATE TABLE {name} AS SELECT * FROM arrow")
    return Columns(lambda: database.sql(query).to_arrow_table(), lambda found: codes(found, names))


def codes(found: Any, names: tuple[str, ...]) -> Codes:
    """The columns of an Arrow table in the order of its `row`."""
    order = np.argsort(found["row"].to_numpy())
    return tuple(found[name].fill_null(-1).to_numpy()[order].astype(np.int8) for name in names)
