"""Exact edges as floats: the one double on each side of an edge that makes a plain comparison of doubles exact.

A float stands for the decimal that its `repr` prints. Rounding to the nearest double is monotone, and `repr` reads back
as the same double. So the doubles whose decimal reaches an edge are all those from some least one upwards, and that one
is the double nearest to the edge or the next one up: were it lower, its decimal would round to a double below the
nearest one of the edge; and were the decimal of a double above the nearest one below the edge, it would round to the
nearest one or lower. Every owned edge is one `>=` between doubles, costs nothing a value, and needs no epsilon.

The edges may be any fractions; the doubles that are compared must be finite or NaN, of which no comparison holds.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import inf, lcm, nextafter
from typing import Final

from kpirules.core import Cut
from kpirules.exact import exact

_MILLION: Final = 10**6


def nearest_double(edge: Fraction) -> float:
    """The double nearest to the edge, correctly rounded; infinite beyond the doubles, and never minus nought."""
    try:
        return edge.numerator / edge.denominator + 0.0
    except OverflowError:
        return inf if edge > 0 else -inf


def at_least(edge: Fraction) -> float:
    """The least double `f` whose decimal is at least the edge: `x >= f` is `exact(x) >= edge`.

    Infinity where no finite double reaches the edge, and minus infinity where all do.
    """
    nearest = nearest_double(edge)
    return nearest if nearest in (inf, -inf) or _plain(edge) or exact(nearest) >= edge else nextafter(nearest, inf)


def above(edge: Fraction) -> float:
    """The least double `f` whose decimal is above the edge: `x >= f` is `exact(x) > edge`."""
    nearest = nearest_double(edge)
    reached = nearest in (inf, -inf) or (not _plain(edge) and exact(nearest) > edge)
    return nearest if reached else nextafter(nearest, inf)


def at_most(edge: Fraction) -> float:
    """The greatest double `f` whose decimal is at most the edge: `x <= f` is `exact(x) <= edge`."""
    return 0.0 - at_least(-edge)


def below(edge: Fraction) -> float:
    """The greatest double `f` whose decimal is below the edge: `x <= f` is `exact(x) < edge`."""
    return 0.0 - above(-edge)


def threshold(cut: Cut) -> float:
    """The least double that has passed a cut: `x >= t` is `cut.passed_by(exact(x))`."""
    return at_least(cut.at) if cut.owned_above else above(cut.at)


def whole_factors(factors: Sequence[Fraction]) -> tuple[int, tuple[int, ...]]:
    """The common denominator of some factors, and each of them so many times."""
    common = lcm(*(factor.denominator for factor in factors))
    return common, tuple(factor.numerator * (common // factor.denominator) for factor in factors)


def first_whole(cut: Cut, scale: int) -> int:
    """The least whole number that has passed the cut, in units of so many to one."""
    scaled = cut.at * scale
    whole = -(-scaled.numerator // scaled.denominator)
    return whole if cut.owned_above or whole != scaled else whole + 1


def _plain(edge: Fraction) -> bool:
    """Whether the edge is a decimal of at most 15 figures and six places, which is what its nearest double prints."""
    return _MILLION % edge.denominator == 0 and abs(edge.numerator) * _MILLION < edge.denominator * 10**15
