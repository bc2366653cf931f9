"""Single slots rated, each with the cuts of its own rule: where rules change in time, and where data is not dense."""

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from kpirules.columns.ruled import BY_REFERENCE, NO_SUCH, Rules
from kpirules.engines.axes import Numbers as Given
from kpirules.engines.axes import in_millionths

Array: TypeAlias = NDArray[Any]
Bools: TypeAlias = NDArray[np.bool_]
Numbers: TypeAlias = Callable[[int, Array], NDArray[np.float64]]


def rate_cells(rule: Array, rules: Rules, numbers: Numbers, codes: Sequence[Array], most: float) -> Bools | None:
    """Enter the codes of some slots by question; which of them have none to be had (None: there is no such slot).

    `rule` is the rule of each, and `numbers` gives what a column holds for some of them.
    """
    none: Bools | None = None
    for groups, group_of, place_of, entered in zip(rules.groups, rules.group_of, rules.place_of, codes, strict=True):
        which, places = group_of[rule], place_of[rule]
        for number in (np.flatnonzero(np.bincount(which - NO_SUCH)) + NO_SUCH).tolist():
            if number == NO_SUCH:
                continue
            here = np.flatnonzero(which == number)
            if number == BY_REFERENCE:
                none = np.zeros(len(rule), dtype=bool) if none is None else none
                none[here] = True
                continue
            group, at = groups[number], places[here]
            columns = {column: numbers(column, here) for column in group.handed}
            millionths = group.sums and all(in_millionths(each, most, gaps=True) for each in columns.values())
            found = np.empty(len(here), dtype=entered.dtype)
            doubt = group.rate(at, Given(columns, most, millionths=millionths), found)
            if doubt is not None:
                there = np.flatnonzero(doubt)
                found[there] = group.settled(at[there], {column: each[there] for column, each in columns.items()})
            entered[here] = found
    return none
