"""Polars: a lazy join with the parameters and when/then; from text ids, shifts over each indicator. On all cores."""

import numpy as np
import polars as pl

from bench.peers.columns import Columns, parameters
from bench.peers.duckdb_tables import codes, text_rows
from bench.workload import LONG_ZONE, SHORT_ZONE, Workload

VALUE, TARGET, TOLERANCE, HIGH = (pl.col(name) for name in ("value", "target", "tolerance", "high"))
KIND = pl.col("kind")
INSIDE = KIND == "range"

BAND = (
    pl.when(KIND.is_in(["higher", "bands"]))
    .then(
        pl.when((KIND == "bands") & (VALUE >= HIGH))
        .then(3)
        .when(VALUE >= TARGET)
        .then(0)
        .when(VALUE >= TARGET - TOLERANCE)
        .then(1)
        .otherwise(2)
    )
    .when(KIND == "lower")
    .then(pl.when(VALUE <= TARGET).then(0).when(VALUE <= TARGET + TOLERANCE).then(1).otherwise(2))
    .when(INSIDE)
    .then(
        pl.when(VALUE.is_between(TARGET, HIGH))
        .then(0)
        .when(VALUE.is_between(TARGET - TOLERANCE, HIGH + TOLERANCE))
        .then(1)
        .otherwise(2)
    )
    .otherwise(
        pl.when(VALUE.abs() <= TARGET.abs()).then(0).when(VALUE.abs() <= TARGET.abs() + TOLERANCE).then(1).otherwise(2)
    )
    .cast(pl.Int8)
)


def direction(earlier: pl.Expr, zone: float) -> pl.Expr:
    change = VALUE - earlier
    off, was_off = (pl.max_horizontal(TARGET - each, each - HIGH, 0.0) for each in (VALUE, earlier))
    gain = (
        pl.when(KIND == "lower")
        .then(-change)
        .when(INSIDE)
        .then(was_off - off)
        .when(KIND == "zero")
        .then(earlier.abs() - VALUE.abs())
        .otherwise(change)
    )
    level = pl.when(change > zone).then(1).when(change < -zone).then(3).otherwise(2)
    return (
        pl.when(earlier.is_null())
        .then(None)
        .when(INSIDE & VALUE.is_between(TARGET, HIGH) & earlier.is_between(TARGET, HIGH))
        .then(level)
        .when(gain > zone)
        .then(0)
        .when(gain < -zone)
        .then(4)
        .otherwise(2)
        .cast(pl.Int8)
    )


def prepare(work: Workload) -> Columns:
    rows = work.rows()
    seen = pl.DataFrame(
        {
            "row": np.arange(work.size, dtype=np.int32),
            "place": rows.place,
            "value": rows.value,
            "previous": pl.Series(rows.previous).fill_nan(None),
        }
    )
    asked = (
        seen.lazy()
        .join(_parameters(work), on="place")
        .select("row", band=BAND, short=direction(pl.col("previous"), float(SHORT_ZONE)))
    )
    return Columns(asked.collect, lambda found: codes(found.to_arrow(), ("band", "short")))


def prepare_whole(work: Workload) -> Columns:
    seen = pl.from_arrow(text_rows(work))
    assert isinstance(seen, pl.DataFrame)
    asked = (
        seen.lazy()
        .sort("indicator", "period")
        .with_columns(previous=VALUE.shift(1).over("indicator"), last_year=VALUE.shift(12).over("indicator"))
        .join(_parameters(work), on="indicator")
        .select(
            "row",
            band=BAND,
            short=direction(pl.col("previous"), float(SHORT_ZONE)),
            long=direction(pl.col("last_year"), float(LONG_ZONE)),
        )
    )
    return Columns(asked.collect, lambda found: codes(found.to_arrow(), ("band", "short", "long")))


def _parameters(work: Workload) -> pl.LazyFrame:
    return (
        pl.DataFrame({name: column.tolist() for name, column in parameters(work).items()})
        .lazy()
        .cast({"place": pl.Int32})
    )
