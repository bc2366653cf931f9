"""pandas: a merge with the parameters and NumPy's `select`; from text ids, sorted, with shifts of each group."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bench.peers.columns import Codes, Columns, parameters
from bench.peers.duckdb_tables import text_rows
from bench.workload import LONG_ZONE, SHORT_ZONE, Workload


def prepare(work: Workload) -> Columns:
    rows = work.rows()
    seen = pd.DataFrame({"place": rows.place, "value": rows.value, "previous": rows.previous})
    table = pd.DataFrame(parameters(work))

    def run() -> pd.DataFrame:
        joined = seen.merge(table, on="place", how="left")
        return joined.assign(band=band(joined), short=direction(joined, "previous", float(SHORT_ZONE)))

    return Columns(run, lambda found: _codes(found, ("band", "short")))


def prepare_whole(work: Workload) -> Columns:
    seen: pd.DataFrame = text_rows(work).to_pandas().drop(columns="row")
    table = pd.DataFrame(parameters(work))

    def run() -> pd.DataFrame:
        ordered = seen.sort_values(["indicator", "period"])
        values = ordered.groupby("indicator")["value"]
        ordered = ordered.assign(previous=values.shift(1), last_year=values.shift(12)).sort_index()
        joined = ordered.merge(table, on="indicator", how="left")
        return joined.assign(
            band=band(joined),
            short=direction(joined, "previous", float(SHORT_ZONE)),
            long=direction(joined, "last_year", float(LONG_ZONE)),
        )

    return Columns(run, lambda found: _codes(found, ("band", "short", "long")))


def band(rows: pd.DataFrame) -> NDArray[Any]:
    kind, value, target, tolerance, high = (rows[name] for name in ("kind", "value", "target", "tolerance", "high"))
    upwards, lower, inside = kind.isin(["higher", "bands"]), kind == "lower", kind == "range"
    zero = kind == "zero"
    return np.select(
        [
            (kind == "bands") & (value >= high),
            upwards & (value >= target),
            upwards & (value >= target - tolerance),
            lower & (value <= target),
            lower & (value <= target + tolerance),
            inside & value.between(target, high),
            inside & value.between(target - tolerance, high + tolerance),
            zero & (value.abs() <= target.abs()),
            zero & (value.abs() <= target.abs() + tolerance),
        ],
        [3, 0, 1, 0, 1, 0, 1, 0, 1],
        2,
    )


def direction(rows: pd.DataFrame, earlier: str, zone: float) -> NDArray[Any]:
    kind, value, low, high, before = (rows[name] for name in ("kind", "value", "target", "high", earlier))
    change = value - before
    off, was_off = (np.maximum(np.maximum(low - each, each - high), 0.0) for each in (value, before))
    gain = np.select(
        [kind == "lower", kind == "range", kind == "zero"],
        [-change, was_off - off, before.abs() - value.abs()],
        change,
    )
    level = (kind == "range") & (off == 0) & (was_off == 0)
    return np.select(
        [before.isna(), level & (change > zone), level & (change < -zone), level, gain > zone, gain < -zone],
        [-1, 1, 3, 2, 0, 4],
        2,
    )


def _codes(found: pd.DataFrame, names: tuple[str, ...]) -> Codes:
    return tuple(found[name].to_numpy().astype(np.int8) for name in names)
