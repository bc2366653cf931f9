"""Measures ways to do the same work in turns, so that whatever else the machine does falls on all of them alike."""

import gc
from collections.abc import Callable, Iterable, Sequence
from statistics import median
from time import perf_counter

from attrs import field, frozen

from bench.goals import Way


@frozen
class Contender:
    """A way to do the work. One run does so many `pieces` of it; `wrong` of `checked` answers were not right."""

    way: Way
    run: Callable[[], object] = field(repr=False)
    pieces: int = 1
    wrong: int | None = None
    checked: int = 0


@frozen
class Measured:
    """The median time of one piece, in seconds; or an amount of something else, if a `unit` is given."""

    way: Way
    amount: float
    wrong: int | None = None
    checked: int = 0
    unit: str = "s"


def race(contenders: Iterable[Contender], rounds: int) -> Sequence[Measured]:
    """The median of so many rounds for each contender; every round runs each of them once."""
    entered = list(contenders)
    times: dict[Way, list[float]] = {each.way: [] for each in entered}
    for _ in range(rounds):
        for each in entered:
            gc.collect()  # nobody pays for what another left behind
            start = perf_counter()
            each.run()
            times[each.way].append((perf_counter() - start) / each.pieces)
    return [Measured(each.way, median(times[each.way]), each.wrong, each.checked) for each in entered]
