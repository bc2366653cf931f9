"""What all peers that rate columns are given and must give back."""

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from bench.workload import Workload

# Per column of answers, in the order of the rows: the place in `BANDS` or `DIRECTIONS`, or -1 where there is none.
Codes: TypeAlias = tuple[NDArray[np.int8], ...]


@frozen
class Columns:
    """A way to rate columns: what is measured, and how its result is read afterwards."""

    run: Callable[[], Any]
    codes: Callable[[Any], Codes]


def parameters(work: Workload) -> dict[str, NDArray[Any]]:
    """The indicators as the table of parameters that users of dataframes and databases would keep, in floats."""
    specs = work.specs
    return {
        "indicator": np.array([spec.reference for spec in specs], dtype=object),
        "place": np.arange(len(specs), dtype=np.int32),
        "kind": np.array([spec.kind for spec in specs], dtype=object),
        "target": np.array([float(spec.target) for spec in specs]),
        "tolerance": np.array([float(spec.tolerance) for spec in specs]),
        "high": np.array([float(spec.high) for spec in specs]),
    }
