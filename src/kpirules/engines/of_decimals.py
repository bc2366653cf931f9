"""Raters of two decimals: sums of decimals are exact, or told not to be."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from attrs import frozen

from kpirules.core import Cut
from kpirules.engines.asked import Rater
from kpirules.engines.decimals import DECIMALS, DoubtError, decimal_cuts, decimal_number
from kpirules.engines.trees import CHANGE, EARLIER, TOTAL, VALUE, Branch, Factors, Tree
from kpirules.engines.written_trees import ByZone, Rows, by_each

_LESS: Final = DECIMALS.subtract
_NEVER: Final = Decimal("Infinity")

# Two numbers whose change passes `DECIMALS` may be so large that they are refused. With so many figures they are not.
_MOST_FIGURES: Final = 100


@frozen(eq=False)
class DecimalsByChange:
    """At most two edges of the value and a dead zone of its change, given by its two ends."""

    first: Decimal
    second: Decimal
    zone: tuple[Decimal, ...]
    lower: ByZone
    same: ByZone
    higher: ByZone
    slowly: Rater

    def rate(self, value: Decimal, previous: Decimal) -> object:
        """The answer for two decimals."""
        try:
            change = _LESS(value, previous)
        except DoubtError:
            return self.slowly(value, previous)
        if not change.is_finite() or value.adjusted() > _MOST_FIGURES:
            return self.slowly(value, previous)
        down, up = self.zone
        answers = self.higher if change >= up else self.same if change >= down else self.lower
        return answers[2] if value >= self.second else answers[1] if value >= self.first else answers[0]


@frozen(eq=False)
class DecimalsByTree:
    """Whatever two decimals there are: by the zones of each alone first, then by their sums."""

    ends: tuple[Decimal, ...]
    rows: Rows
    slowly: Rater

    def rate(self, value: Decimal, previous: Decimal) -> object:
        """The answer for two decimals."""
        try:
            change = _LESS(value, previous)
            if change.is_finite() and value.adjusted() <= _MOST_FIGURES:
                ends, nexts = self.rows[bisect_right(self.ends, value)]
                node = nexts[bisect_right(ends, previous)]
                while type(node) is tuple:
                    summed, cuts, nexts = node
                    node = nexts[bisect_right(cuts, change if summed is None else summed(value, previous))]
                return node
        except DoubtError:
            pass
        return self.slowly(value, previous)


def by_change(
    cuts: Sequence[Cut], zone: tuple[Cut, Cut], answers: tuple[ByZone, ByZone, ByZone], slowly: Rater
) -> Rater:
    """The function for at most two edges and a dead zone. The answers are those of a fall, no change and a rise."""
    ends, within = decimal_cuts(cuts), _ends(zone)
    if ends is None or within is None:
        return slowly
    first, second = (*ends, _NEVER, _NEVER)[:2]
    return DecimalsByChange(first, second, within, *answers, slowly).rate


# Most dead zones are those of other indicators too.
_ends = lru_cache(maxsize=256)(decimal_cuts)


def by_tree(tree: Tree, slowly: Rater) -> Rater:
    """The function of any two decimals."""
    written = in_decimals(tree)
    return slowly if written is None else DecimalsByTree(*by_each(tree, written), slowly).rate


def in_decimals(tree: Tree) -> Any:
    """The tree for decimals that pass `DECIMALS`; None where a cut or a factor is no decimal.

    Its branches are how to come by the sum, the cuts and what is behind them. How is None for the change.
    """
    if not isinstance(tree, Branch):
        return tree
    nexts = tuple(map(in_decimals, tree.nexts))
    cuts = decimal_cuts(tree.cuts)
    how = _HOW.get(tree.factors) or _added(tree.factors)
    if None in nexts or cuts is None or how is None:
        return None
    return None if tree.factors == CHANGE else how, cuts, nexts


def _added(factors: Factors) -> Callable[[Decimal, Decimal], Decimal] | None:
    """How to come by the sum of an axis, exactly or not at all."""
    one, two = map(decimal_number, factors)
    if one is None or two is None:
        return None
    add, multiply = DECIMALS.add, DECIMALS.multiply
    return lambda value, earlier: add(multiply(one, value), multiply(two, earlier))


_HOW: Final[Mapping[Factors, Callable[[Decimal, Decimal], Decimal]]] = {
    VALUE: lambda value, _: value,
    EARLIER: lambda _, earlier: earlier,
    CHANGE: DECIMALS.subtract,
    TOTAL: DECIMALS.add,
}
