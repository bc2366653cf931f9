"""Raters of a value alone: the zone that it lies in is looked up among exact thresholds."""

from bisect import bisect_right
from collections.abc import Callable
from decimal import Decimal
from functools import cached_property
from math import inf, nextafter

from attrs import frozen

from kpirules.core import Cut
from kpirules.engines.asked import Rater
from kpirules.engines.decimals import DECIMALS, DoubtError, decimal_cuts
from kpirules.engines.doors import Door
from kpirules.engines.thresholds import threshold
from kpirules.engines.trees import Branch, Tree


def of_value(tree: Tree, door: Door, slowly: Rater) -> Rater:
    """A function of the value, which chooses among the answers of its zones. The tree reads nothing but the value."""
    cuts, answers = (tree.cuts, tree.nexts) if isinstance(tree, Branch) else ((), (tree,))
    ends = ends_of(cuts, door)
    otherwise = NotADouble(cuts, ends, answers, door, slowly).rate
    if len(ends) > 2 or door.step is not None:
        return Edges(ends, answers, door.least, door.greatest, door.on_step, otherwise).rate
    first, second = (*ends, *[nextafter(door.greatest, inf)] * 2)[:2]
    low, middle, high = (*answers, None, None)[:3]
    return TwoEdges(first, second, low, middle, high, door.least, door.greatest, otherwise).rate


def ends_of(cuts: tuple[Cut, ...], door: Door) -> tuple[float, ...]:
    """The thresholds of the cuts; those beyond what may come in are drawn to its ends."""
    least, beyond = door.least, nextafter(door.greatest, inf)
    return tuple(min(max(threshold(cut), least), beyond) for cut in cuts)


@frozen(eq=False)
class TwoEdges:
    """At most two edges, in numbers without steps: what most indicators have."""

    first: float
    second: float
    low: object
    middle: object
    high: object
    least: float
    greatest: float
    otherwise: Rater

    def rate(self, value: object) -> object:
        """The answer for a value."""
        if type(value) is float:
            if value >= self.second:
                if value <= self.greatest:
                    return self.high
            elif value >= self.first:
                return self.middle
            elif value >= self.least:
                return self.low
        return self.otherwise(value)


@frozen(eq=False)
class Edges:
    """As many edges as there may be."""

    ends: tuple[float, ...]
    answers: tuple[object, ...]
    least: float
    greatest: float
    surely: Callable[[float], bool]
    otherwise: Rater

    def rate(self, value: object) -> object:
        """The answer for a value."""
        if type(value) is float and self.least <= value <= self.greatest and self.surely(value):
            return self.answers[bisect_right(self.ends, value)]
        return self.otherwise(value)


@frozen(eq=False)
class NotADouble:
    """For whatever is no double that surely may come in."""

    cuts: tuple[Cut, ...]
    ends: tuple[float, ...]
    answers: tuple[object, ...]
    door: Door
    slowly: Rater

    def rate(self, value: object) -> object:
        """The answer for a value."""
        if type(value) is Decimal and self.decimals is not None:
            try:
                plain = DECIMALS.plus(value).is_finite()
            except DoubtError:
                return self.slowly(value)
            return self.answers[bisect_right(self.decimals, value)] if plain else self.slowly(value)
        if type(value) is int and self.door.surely_lets_in(value):
            return self.answers[bisect_right(self.ends, value)]
        return self.slowly(value)

    @cached_property
    def decimals(self) -> tuple[Decimal, ...] | None:
        """The cuts for decimals that pass `DECIMALS`; None where not every one of these may come in or be compared."""
        return decimal_cuts(self.cuts) if self.door.open else None
