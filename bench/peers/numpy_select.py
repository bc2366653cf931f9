"""NumPy: parameters gathered by the indicator's number, then `np.select`."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.peers.columns import Columns, parameters
from bench.workload import SHORT_ZONE, Workload

GREEN, AMBER, RED, BLUE = range(4)
IMPROVED, UP, UNCHANGED, DOWN, WORSENED = range(5)


def prepare(work: Workload) -> Columns:
    table, rows = parameters(work), work.rows()
    kinds = table["kind"].astype("U6")
    target, tolerance, high = table["target"], table["tolerance"], table["high"]

    def run() -> tuple[NDArray[Any], NDArray[Any]]:
        place, value, previous = rows.place, rows.value, rows.previous
        return _rated(kinds[place], target[place], tolerance[place], high[place], value, previous)

    return Columns(run, lambda found: tuple(column.astype(np.int8) for column in found))


def _rated(
    kind: NDArray[Any],
    target: NDArray[Any],
    tolerance: NDArray[Any],
    high: NDArray[Any],
    value: NDArray[Any],
    previous: NDArray[Any],
) -> tuple[NDArray[Any], NDArray[Any]]:
    higher, lower, inside, bands = (kind == name for name in ("higher", "lower", "range", "bands"))
    zero = kind == "zero"
    off, was_off = _distance(value, target, high), _distance(previous, target, high)
    size = np.abs(value)
    band = np.select(
        [
            bands & (value >= high),
            (higher | bands) & (value >= target),
            (higher | bands) & (value >= target - tolerance),
            lower & (value <= target),
            lower & (value <= target + tolerance),
            inside & (off == 0),
            inside & (off <= tolerance),
            zero & (size <= np.abs(target)),
            zero & (size <= np.abs(target) + tolerance),
        ],
        [BLUE, GREEN, AMBER, GREEN, AMBER, GREEN, AMBER, GREEN, AMBER],
        RED,
    )
    zone, change = float(SHORT_ZONE), value - previous
    level = inside & (off == 0) & (was_off == 0)
    gain = np.select([lower, inside, zero], [-change, was_off - off, np.abs(previous) - size], change)
    direction = np.select(
        [np.isnan(previous), level & (change > zone), level & (change < -zone), level, gain > zone, gain < -zone],
        [-1, UP, DOWN, UNCHANGED, IMPROVED, WORSENED],
        UNCHANGED,
    )
    return band, direction


def _distance(value: NDArray[Any], low: NDArray[Any], high: NDArray[Any]) -> NDArray[Any]:
    return np.where(value < low, low - value, np.where(value > high, value - high, 0.0))
