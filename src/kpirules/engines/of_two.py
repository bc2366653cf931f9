"""Raters of a value and of what it is compared with: plain doubles are settled at once, or by a tree of sums."""

from bisect import bisect_right
from collections.abc import Callable
from decimal import Decimal
from functools import cached_property, lru_cache
from math import inf
from typing import Any, Final, TypeAlias

from attrs import frozen

from kpirules.core import Cut
from kpirules.engines.asked import Rater
from kpirules.engines.decimals import DECIMALS, DoubtError
from kpirules.engines.differences import Sure
from kpirules.engines.doors import WHOLE, Door
from kpirules.engines.of_value import always, steps_of
from kpirules.engines.thresholds import first_whole, threshold
from kpirules.engines.trees import (
    CHANGE,
    EARLIER,
    VALUE,
    Branch,
    Tree,
    in_decimals,
    in_floats,
    in_wholes,
    millionths,
    parted,
    walked,
    walked_by_decimals,
)

ByZone: TypeAlias = tuple[object, ...]

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


def _by_change(tree: Tree, otherwise: "Otherwise") -> "FirstLook | None":
    """For a rating with at most two edges and a travel by change; None where it is not as plain as that."""
    if not isinstance(tree, Branch) or tree.factors != VALUE or len(tree.cuts) > 2:
        return None
    changes = [each for each in tree.nexts if isinstance(each, Branch)]
    alike = {(each.factors, each.cuts) for each in changes}
    if len(changes) < len(tree.nexts) or len(alike) > 1:
        return None
    ((factors, cuts),) = alike
    zone = _dead_zone(*cuts) if factors == CHANGE and len(cuts) == 2 else None
    if zone is None:
        return None
    first, second = (*map(threshold, tree.cuts), inf)[:2]
    lower, same, higher = map(_shared, zip(*(each.nexts for each in changes), strict=True))
    return FirstLook(otherwise.rate, None, first, second, *zone, lower, same, higher)


# What raters have in common they share, so that in memory it lies where another has just looked.
@lru_cache(maxsize=256)
def _dead_zone(lower: Cut, upper: Cut) -> tuple[float, float, float, float, float, float] | None:
    """The bounds of a change, as doubles and in whole millionths; None where they are not good for everyday numbers."""
    down, up = Sure.about(lower), Sure.about(upper)
    if min(down.greatest, up.greatest) < _FAR:
        return None
    bounds = float(first_whole(lower, 10**6)), float(first_whole(upper, 10**6))
    return down.not_passed, down.passed, up.not_passed, up.passed, *bounds


@lru_cache(maxsize=1024)
def _shared(answers: ByZone) -> ByZone:
    return answers


def _by_tree(tree: Tree, otherwise: "Otherwise") -> "FirstLook | None":
    """For any two arguments; None where no bounds of doubles can be told."""
    found = in_floats(tree)
    if found is None:
        return None
    written, far = found
    ends, of_value = parted(written, VALUE)
    rows = tuple(parted(each, EARLIER) for each in of_value)
    lets_in = None if otherwise.open and far >= _FAR else otherwise.doubles_within(far)
    return FirstLook(otherwise.rate, ByTree(ends, rows, lets_in, in_wholes(tree)))


@frozen(eq=False)
class ByTree:
    """Whatever two arguments there are: by the zones of each alone first, then by their sums.

    `lets_in` is None where every double up to a thousand million may come in.
    """

    ends: tuple[float, ...]
    rows: tuple[tuple[tuple[float, ...], tuple[Any, ...]], ...]
    lets_in: Callable[[float, float], bool] | None
    wholes: Any


@frozen(eq=False)
class FirstLook:
    """The first look at two doubles: by their tree, or by the rest of this where there is none.

    The rest is for at most two edges of the value and a dead zone of its change, in numbers without limits and steps.
    Both ways are in one method, for a loop that meets now one function and now another pays more for each call.
    """

    otherwise: Rater
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
                if node is not None:
                    return node
                first, second = value * 1e6 + _TO_WHOLE - _TO_WHOLE, previous * 1e6 + _TO_WHOLE - _TO_WHOLE
                if first / 1e6 == value and second / 1e6 == previous:
                    return walked(tree.wholes, int(first), int(second))
        return self.otherwise(value, previous)


@frozen(eq=False)
class Otherwise:
    """For what a first look at two doubles does not settle, and for whatever is not two doubles."""

    tree: Tree
    doors: tuple[Door, Door]
    of_alone: Callable[[], Rater]
    slowly: Rater

    @property
    def open(self) -> bool:
        """Whether every number may come in as it is."""
        return all(door.open for door in self.doors)

    def rate(self, value: object, previous: object = None) -> object:
        """The answer for any two arguments."""
        if previous is None:
            return self.alone(value)
        kind, other = type(value), type(previous)
        if kind is Decimal and other is Decimal:
            return self._of_decimals(value, previous)
        if kind in _PLAIN and other in _PLAIN and all(map(_lets_in, self.doors, (value, previous))):
            first, second = millionths(value), millionths(previous)
            if first is not None and second is not None:
                return walked(self._wholes, first, second)
        return self.slowly(value, previous)

    def _of_decimals(self, value: Any, previous: Any) -> object:
        tree = self._decimals
        try:
            if tree is not None and DECIMALS.subtract(value, previous).is_finite():
                return walked_by_decimals(tree, value, previous)
        except DoubtError:
            pass
        return self.slowly(value, previous)

    def doubles_within(self, far: float) -> Callable[[float, float], bool]:
        """A function that tells whether two doubles of up to this magnitude surely may come in."""
        one, two = self.doors
        on_step, on_other = steps_of(one) or always, steps_of(two) or always
        least, greatest = max(one.least, -far), min(one.greatest, far)
        low_end, high_end = max(two.least, -far), min(two.greatest, far)

        def lets_in(value: float, previous: float) -> bool:
            within = least <= value <= greatest and low_end <= previous <= high_end
            return within and on_step(value) and on_other(previous)

        return lets_in

    @cached_property
    def alone(self) -> Rater:
        """The rater for a value with nothing to compare it with."""
        return self.of_alone()

    @cached_property
    def _wholes(self) -> Any:
        return in_wholes(self.tree)

    @cached_property
    def _decimals(self) -> Any:
        """The tree for decimals; None where not every one that passes `DECIMALS` may come in or can be compared."""
        return in_decimals(self.tree) if self.open else None


_PLAIN: Final = (int, float)


def _lets_in(door: Door, number: Any) -> bool:
    """Whether a whole number or double surely may come in."""
    if not door.least <= number <= door.greatest:
        return False
    return door.step is None or (-WHOLE <= number <= WHOLE and door.surely_on_step(float(number)))
