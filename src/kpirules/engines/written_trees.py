"""Trees of sums written out for the numbers that are handed in, with bounds that are looked up.

For doubles there are stretches of doubt about a cut, where a sum of doubles cannot tell; in whole millionths, which
everyday numbers are, there are none.
"""

from bisect import bisect_right
from functools import lru_cache
from math import inf, nextafter
from typing import Any, Final, TypeAlias

from kpirules.core import Cut
from kpirules.engines.differences import Sure
from kpirules.engines.doors import FIGURES, MILLION, WHOLE
from kpirules.engines.thresholds import first_whole, threshold, whole_factors
from kpirules.engines.trees import EARLIER, VALUE, Branch, Factors, Tree

# By the zone of the value: the bounds of the other argument, and what is behind each.
Rows: TypeAlias = tuple[tuple[tuple[Any, ...], tuple[Any, ...]], ...]

# Answers by the zone of the value.
ByZone: TypeAlias = tuple[object, ...]

# Where an axis has other factors than 1 and -1, both numbers must lie within this. Then what is lost on the way from
# decimals to a sum of products is less than this share of the largest magnitudes that can go into it.
_WITHIN, _LOST = 2.0**33, 2.0**-48

# --- as doubles ---


def in_floats(tree: Tree) -> tuple[Any, float] | None:
    """The tree for doubles, as `walked` walks it, and up to which magnitude of both arguments it is good.

    None stands for doubt in it. None instead of it where no bounds of doubles can be told.
    """
    known: dict[Tree, Any] = {}
    farthest = inf

    def written(tree: Tree) -> Any:
        nonlocal farthest
        if not isinstance(tree, Branch):
            return tree
        if tree not in known:
            bounds, zones, far = _told(tree.factors, tree.cuts)
            farthest = min(farthest, far)
            nexts = tuple(map(written, tree.nexts))
            one, two = map(float, tree.factors)
            node = one, two, bounds, tuple(None if zone is None else nexts[zone] for zone in zones)
            known[tree] = node if tuple in map(type, nexts) else shared(node)
        return known[tree]

    try:
        return written(tree), farthest
    except OverflowError:  # no bounds of doubles can be told
        return None


@lru_cache(maxsize=4096)
def shared(written: tuple[Any, ...]) -> tuple[Any, ...]:
    """The same again, the one that was there first: what raters share lies in memory where another has just looked."""
    return written


@lru_cache(maxsize=1024)
def _told(factors: Factors, cuts: tuple[Cut, ...]) -> tuple[tuple[float, ...], tuple[int | None, ...], float]:
    """The bounds of a sum of doubles, the zone behind each (None: doubt), and how far they are good.

    Raises `OverflowError` where that cannot be told.
    """
    one, two = factors
    bounds, zones, greatest = list[float](), list[int | None]([0]), inf
    for number, cut in enumerate(cuts, start=1):
        if factors in (VALUE, EARLIER):
            bounds.append(threshold(cut))
            zones.append(number)
            continue
        if abs(one) == abs(two) == 1:
            sure = Sure.about(cut)
        elif abs(cut.at) < WHOLE:
            beside = (float(abs(one) + abs(two)) * _WITHIN + abs(float(cut.at))) * _LOST
            sure = Sure(float(cut.at) + beside, float(cut.at) - beside, _WITHIN)
        else:
            raise OverflowError("a cut beyond the whole doubles")
        greatest = min(greatest, sure.greatest)
        first_doubtful = nextafter(sure.not_passed, inf)
        if bounds and first_doubtful < bounds[-1]:
            if len(zones) < 2 or zones[-2] is not None:
                raise OverflowError("a cut that is never in doubt, too near to one that is")
            bounds.pop()  # two cuts so near to each other that their doubts are one
            zones.pop()
        elif first_doubtful < sure.passed:
            bounds.append(first_doubtful)
            zones.append(None)
        bounds.append(sure.passed)
        zones.append(number)
    return tuple(bounds), tuple(zones), greatest


def walked(node: Any, value: Any, earlier: Any) -> object:
    """The answer for two numbers, of the kind that the tree is written for."""
    while type(node) is tuple:
        one, two, bounds, nexts = node
        node = nexts[bisect_right(bounds, one * value + two * earlier)]
    return node


def parted(tree: Tree, written: Any, factors: Factors) -> tuple[tuple[Any, ...], tuple[Any, ...], tuple[Tree, ...]]:
    """Where a tree first asks for this sum: the bounds, and what is behind them, as written out and as trees.

    No bounds where it does not.
    """
    if isinstance(tree, Branch) and tree.factors == factors:
        *_, bounds, nexts = written
        return bounds, nexts, tree.nexts
    return (), (written,), (tree,)


def by_each(tree: Tree, written: Any) -> tuple[tuple[Any, ...], Rows]:
    """A written tree with the questions about each argument alone taken apart from those about their sums.

    The bounds of the value, and for each of its zones the bounds of the other argument and what is behind these.
    """
    ends, nexts, trees = parted(tree, written, VALUE)
    rows = (parted(each, behind, EARLIER)[:2] for behind, each in zip(nexts, trees, strict=True))
    return ends, tuple(rows)


# --- as whole millionths ---


def in_wholes(tree: Tree) -> Any:
    """The tree for whole numbers of millionths, as `walked` walks it. Nothing is ever in doubt in it."""
    if not isinstance(tree, Branch):
        return tree
    common, (one, two) = whole_factors(tree.factors)
    cuts = tuple(first_whole(cut, common * int(MILLION)) for cut in tree.cuts)
    return one, two, cuts, tuple(map(in_wholes, tree.nexts))


def millionths(number: Any) -> int | None:
    """How many millionths a whole number is, or a double of at most six decimals and everyday size; None for others."""
    if type(number) is int:
        return number * int(MILLION)
    if -_MOST < number < _MOST:
        whole = round(number * MILLION)
        return whole if whole / MILLION == number else None
    return int(number) * int(MILLION) if -WHOLE < number < WHOLE and number.is_integer() else None


_MOST: Final = FIGURES / MILLION
