"""Cuts on the sum or difference of two doubles: where they have surely been passed, and where surely not."""

from math import inf, nextafter
from typing import Final

from attrs import frozen

from kpirules.core import Cut
from kpirules.engines.thresholds import nearest_double, threshold

# How much of a cut lies in doubt on each of its sides: little enough that few sums of everyday numbers lie there, and
# enough for cuts of a hundredth to be told on numbers of a thousand million.
BESIDE: Final = 2.0**-12

# Cuts of this size leave room for what lies beside them, within the doubles and above the smallest.
_LEAST, _MOST = 2.0**-900, 2.0**900


@frozen
class Sure:
    """From `passed` upwards a cut has surely been passed, up to `not_passed` it surely has not; between lies doubt.

    Each of the two doubles is off its decimal by half a unit in its last place at most, and their sum by half a unit
    in its own. While one of them is not above `greatest`, that comes to less than what lies between the cut and either
    bound, however large the other is. At a cut of nought the sign is always right: doubles that differ are never nought
    apart. At cuts beyond all measure nothing is sure.
    """

    passed: float
    not_passed: float
    greatest: float

    @staticmethod
    def about(cut: Cut) -> "Sure":
        """What is sure about a cut."""
        if not cut.at:
            first = threshold(cut)
            return Sure(first, nextafter(first, -inf), inf)
        at = nearest_double(cut.at)
        if not _LEAST <= abs(at) <= _MOST:
            return Sure(inf, -inf, 0.0)
        beside = abs(at) * BESIDE
        return Sure(at + beside, at - beside, beside * 2.0**50)
