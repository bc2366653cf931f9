"""Polars: a lazy join with the parameters and when/then; from text ids, shifts over each indicator. On all cores."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from bench.peers.columns import Columns, parameters
from bench.peers.duckdb_tables import codes, text_rows, words
from bench.workload import BANDS, DIRECTIONS, LONG_ZONE, SHORT_ZONE, Workload

VALUE, TARGET, TOLERANCE, HIGH = (pl.col(name) for name in ("value", "target", "tolerance", "high"))
KIND = pl.col("kind")
INSIDE = KIND == "range"

NUMBERS = tuple(pl.lit(number, pl.Int8) for number in range(5))


def band(said: Sequence[pl.Expr] = NUMBERS) -> pl.Expr:
    green, amber, red, blue = said[:4]
    return (
        pl.when(KIND.is_in(["higher", "bands"]))
        .then(
            pl.when((KIND == "bands") & (VALUE >= HIGH))
            .then(blue)
            .when(VALUE >= TARGET)
            .then(green)
            .when(VALUE >= TARGET - TOLERANCE)
            .then(amber)
            .otherwise(red)
        )
        .when(KIND == "lower")
        .then(pl.when(VALUE <= TARGET).then(green).when(VALUE <= TARGET + TOLERANCE).then(amber).otherwise(red))
        .when(INSIDE)
        .then(
            pl.when(VALUE.is_between(TARGET, HIGH))
            .then(green)
            .when(VALUE.is_between(TARGET - TOLERANCE, HIGH + TOLERANCE))
            .then(amber)
            .otherwise(red)
        )
        .otherwise(
            pl.when(VALUE.abs() <= TARGET.abs())
            .then(green)
            .when(VALUE.abs() <= TARGET.abs() + TOLERANCE)
            .then(amber)
            .otherwise(red)
        )
    )


def direction(earlier: pl.Expr, zone: float, said: Sequence[pl.Expr] = NUMBERS) -> pl.Expr:
    improved, up, unchanged, down, worsened = said
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
    level = pl.when(change > zone).then(up).when(change < -zone).then(down).otherwise(unchanged)
    return (
        pl.when(earlier.is_null())
        .then(None)
        .when(INSIDE & VALUE.is_between(TARGET, HIGH) & earlier.is_between(TARGET, HIGH))
        .then(level)
        .when(gain > zone)
        .then(improved)
        .when(gain < -zone)
        .then(worsened)
        .otherwise(unchanged)
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
        .select("row", band=band(), short=direction(pl.col("previous"), float(SHORT_ZONE)))
    )
    return Columns(asked.collect, lambda found: codes(found.to_arrow(), ("band", "short")))


def prepare_whole(work: Workload) -> Columns:
    seen = pl.from_arrow(text_rows(work))
    assert isinstance(seen, pl.DataFrame)
    asked = (
        _with_earlier(seen)
        .join(_parameters(work), on="indicator")
        .select(
            "row",
            band=band(),
            short=direction(pl.col("previous"), float(SHORT_ZONE)),
            long=direction(pl.col("last_year"), float(LONG_ZONE)),
        )
    )
    return Columns(asked.collect, lambda found: codes(found.to_arrow(), ("band", "short", "long")))


def prepare_words(work: Workload) -> Columns:
    seen = pl.from_arrow(text_rows(work))
    assert isinstance(seen, pl.DataFrame)
    bands, directions = (tuple(map(pl.lit, words)) for words in (BANDS, DIRECTIONS))
    asked = (
        _with_earlier(seen)
        .join(_parameters(work), on="indicator")
        .select(
            *seen.columns,  # in no order, for nobody has asked for one
            rating=band(bands),
            short=direction(pl.col("previous"), float(SHORT_ZONE), directions),
            long=direction(pl.col("last_year"), float(LONG_ZONE), directions),
        )
    )
    return Columns(asked.collect, lambda found: words(found.to_arrow()))


def _with_earlier(seen: pl.DataFrame) -> pl.LazyFrame:
    return (
        seen.lazy()
        .sort("indicator", "period")
        .with_columns(previous=VALUE.shift(1).over("indicator"), last_year=VALUE.shift(12).over("indicator"))
    )


def _parameters(work: Workload) -> pl.LazyFrame:
    return (
        pl.DataFrame({name: column.tolist() for name, column in parameters(work).items()})
        .lazy()
        .cast({"place": pl.Int32})
    )
