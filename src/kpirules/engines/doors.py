"""The door: which numbers may come in for an input, whether a double does without a second look, and rounding."""

from collections.abc import Callable
from fractions import Fraction
from functools import cached_property
from math import inf
from sys import float_info
from typing import Final

from attrs import frozen

from kpirules.core import Cut, Rounding
from kpirules.engines.thresholds import at_least, at_most

# Up to here every whole number is a double, and a decimal of at most 15 figures is what its double prints.
WHOLE = 2**53
FIGURES, MILLION = 10.0**15, 10.0**6


@frozen(slots=False)
class Door:
    """Which numbers can occur: from `low` to `high`, in steps, and to how many places they are rounded on their way in.

    A number that may not come in is not rated; who is asked for it must refuse it as the plain way does.
    """

    low: Fraction | None = None
    high: Fraction | None = None
    step: Fraction | None = None
    rounding: Rounding | None = None

    @cached_property
    def least(self) -> float:
        """The least finite double that may come in."""
        return max(-float_info.max, -inf if self.low is None else at_least(self.low))

    @cached_property
    def greatest(self) -> float:
        """The greatest finite double that may come in."""
        return min(float_info.max, inf if self.high is None else at_most(self.high))

    @property
    def open(self) -> bool:
        """Whether every number may come in as it is."""
        return self is OPEN or self == OPEN

    def lets_in(self, number: Fraction) -> bool:
        """Whether a number can occur."""
        if self.step is not None and (number / self.step).denominator != 1:
            return False
        return (self.low is None or number >= self.low) and (self.high is None or number <= self.high)

    @cached_property
    def steps_a_unit(self) -> float | None:
        """How many steps make 1, if that is 1, 10, 100 … up to a million; otherwise doubles need a second look."""
        if self.step is None or self.step.numerator != 1 or self.step.denominator not in _POWERS:
            return None
        return float(self.step.denominator)

    def surely_on_step(self, number: float) -> bool:
        """Whether a finite double is on a step, as far as can be told by doubles: True is certain, False is not.

        A whole number of at most 15 figures, divided by a power of ten, is rounded once, and to the double that prints
        just that decimal.
        """
        parts = self.steps_a_unit
        if parts is None:
            return self.step is None
        if parts == 1:
            return number.is_integer()
        whole = round(number * parts) if abs(number) < FIGURES / parts else 0
        return whole / parts == number

    def surely_lets_in(self, number: float) -> bool:
        """Whether a whole number or a double surely may come in; one beyond the whole doubles needs a second look."""
        within = -WHOLE <= number <= WHOLE and self.least <= number <= self.greatest
        return within and self.surely_on_step(float(number))

    @property
    def on_step(self) -> Callable[[float], bool]:
        """`surely_on_step` in the quickest way that there is for this door."""
        if self.step is None:
            return _always
        return float.is_integer if self.steps_a_unit == 1 else self.surely_on_step

    def before_rounding(self, cut: Cut) -> Cut:
        """The cut on numbers as they come in that does what `cut` does on the rounded ones."""
        if self.rounding is None:
            return cut
        scale = 10**self.rounding.places
        scaled = cut.at * scale
        # The first whole step whose rounded number has passed the cut.
        first = scaled.numerator // scaled.denominator
        if first < scaled or not cut.owned_above:
            first += 1
        half_goes_up = first % 2 == 0 if self.rounding.half_even else first > 0
        return Cut(Fraction(2 * first - 1, 2 * scale), owned_above=half_goes_up)


OPEN: Final = Door()
"""The door of most numbers."""

_POWERS = tuple(10**places for places in range(7))


def _always(_: float) -> bool:
    """Every number is on a step where there are none."""
    return True
