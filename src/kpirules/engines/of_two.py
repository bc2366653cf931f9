"""Raters of a value and of what it is compared with: plain doubles are settled at once, or by a tree of sums."""

from bisect import bisect_right
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from math import inf
from typing import Final

from attrs import frozen

from kpirules.core import Cut
from kpirules.engines import of_decimals
from kpirules.engines.asked import Rater
from kpirules.engines.differences import Sure
from kpirules.engines.doors import Door
from kpirules.engines.otherwise import Otherwise
from kpirules.engines.thresholds import first_whole, threshold
from kpirules.engines.trees import CHANGE, VALUE, Branch, Tree
from kpirules.engines.written_trees import ByZone, Rows, by_each, in_floats, shared

# Up to here a change of two doubles is told as exactly as everyday dead zones need, and a double of at most six
# decimals is told to be a whole number of millionths.
_FAR: Final = 1e9

# Added to a double of up to a thousand million millions and taken off again, it leaves the nearest whole number.
_TO_WHOLE: Final = 1.5 * 2.0**52


def of_two(tree: Tree, doors: tuple[Door, Door], of_alone: Callable[[], Rater], slowly: Rater) -> Rater:
    """A function of the value and what it is compared with: `of_alone` gives the one where there is no such thing."""
    otherwise = Otherwise(tree, doors, of_alone, slowly)
    first_look = (_by_change(tree, otherwise) if otherwise.open else None) or _by_tree(tree, otherwise)
    return otherwise.rate if first_look is None else first_look.rate


def _by_change(tree: Tree, otherwise: Otherwise) -> "FirstLook | None":
    """For a rating with at most two edges and a travel by change; None where it is not as plain as that."""
    if not isinstance(tree, Branch) or tree.factors is not VALUE or len(tree.cuts) > 2:
        return None
    changes = [each for each in tree.nexts if isinstance(each, Branch) and each.factors is CHANGE]
    cuts = changes[0].cuts if len(changes) == len(tree.nexts) else ()
    if len(cuts) != 2 or any(each.cuts != cuts for each in changes):
        return None
    if any(isinstance(then, Branch) for each in changes for then in each.nexts):
        return None  # more is asked than the change
    zone = cuts[0], cuts[1]
    bounds = _bounds(*zone)
    if bounds is None:
        return None
    first, second = (*map(threshold, tree.cuts), inf)[:2]
    lower, same, higher = map(shared, zip(*(each.nexts for each in changes), strict=True))
    decimals = of_decimals.by_change(tree.cuts, zone, (lower, same, higher), otherwise.slowly)
    return FirstLook(otherwise.rate, decimals, None, first, second, *bounds, lower, same, higher)


@lru_cache(maxsize=256)
def _bounds(lower: Cut, upper: Cut) -> tuple[float, float, float, float, float, float] | None:
    """The ends of a dead zone as bounds of doubles, and in whole millionths; None if not good for everyday numbers."""
    down, up = Sure.about(lower), Sure.about(upper)
    if min(down.greatest, up.greatest) < _FAR:
        return None
    wholes = float(first_whole(lower, 10**6)), float(first_whole(upper, 10**6))
    return down.not_passed, down.passed, up.not_passed, up.passed, *wholes


def _by_tree(tree: Tree, otherwise: Otherwise) -> "FirstLook | None":
    """For any two arguments; None where no bounds of doubles can be told."""
    found = in_floats(tree)
    if found is None:
        return None
    written, far = found
    ends, rows = by_each(tree, written)
    lets_in = None if otherwise.open and far >= _FAR else otherwise.doubles_within(far)
    return FirstLook(otherwise.rate, otherwise.of_decimals, ByTree(ends, rows, lets_in, otherwise.settled))


@frozen(eq=False)
class ByTree:
    """Whatever two arguments there are: by the zones of each alone first, then by their sums.

    `lets_in` is None where every double up to a thousand million may come in.
    """

    ends: tuple[float, ...]
    rows: Rows
    lets_in: Callable[[float, float], bool] | None
    settled: Rater


@frozen(eq=False)
class FirstLook:
    """The first look at two doubles: by their tree, or by the rest of this where there is none.

    The rest is for at most two edges of the value and a dead zone of its change, in numbers without limits and steps.
    Both ways are in one method, for a loop that meets now one function and now another pays more for each call.
    """

    otherwise: Rater
    decimals: Rater
    tree: ByTree | None
    first: float = 0.0
    second: float = 0.0
    fallen: float = 0.0
    not_fallen: float = 0.0
    not_risen: float = 0.0
    risen: float = 0.0
    down: float = 0.0
    up: float = 0.0
    lower: ByZone = ()
    same: ByZone = ()
    higher: ByZone = ()

    def rate(self, value: object, previous: object = None) -> object:
        """The answer for a value and what it is compared with."""
        if type(value) is float and type(previous) is float and -1e9 <= value <= 1e9:
            tree = self.tree
            if tree is None:
                change = value - previous
                if self.risen <= change <= 1e300:  # no infinity
                    answers = self.higher
                elif -1e300 <= change <= self.fallen:
                    answers = self.lower
                elif self.not_fallen <= change <= self.not_risen:
                    answers = self.same
                else:
                    # On an edge or just beside: in whole millionths, if they are such.
                    first, second = value * 1e6 + _TO_WHOLE - _TO_WHOLE, previous * 1e6 + _TO_WHOLE - _TO_WHOLE
                    if first / 1e6 != value or second / 1e6 != previous or not -1e9 <= previous <= 1e9:
                        return self.otherwise(value, previous)
                    change = first - second
                    answers = self.higher if change >= self.up else self.same if change >= self.down else self.lower
                return answers[2] if value >= self.second else answers[1] if value >= self.first else answers[0]
            if -1e9 <= previous <= 1e9 and (tree.lets_in is None or tree.lets_in(value, previous)):
                ends, nexts = tree.rows[bisect_right(tree.ends, value)]
                node = nexts[bisect_right(ends, previous)]
                while type(node) is tuple:
                    one, two, bounds, nexts = node
                    node = nexts[bisect_right(bounds, one * value + two * previous)]
                return tree.settled(value, previous) if node is None else node
        elif type(value) is Decimal and type(previous) is Decimal:
            return self.decimals(value, previous)
        return self.otherwise(value, previous)
