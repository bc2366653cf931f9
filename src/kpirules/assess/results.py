"""What comes of an assessment: a rating or the reason for none, and a direction of travel or the reason for none."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any, TypeAlias

from attrs import field, frozen

from kpirules.assess.explain import Explanation
from kpirules.reasons import Direction, Reason


@frozen
class OwnReason:
    """A reason that a scheme gives itself: `not rated as NAME "words" when …`."""

    name: str
    words: str

    def __str__(self) -> str:
        return self.name


Why: TypeAlias = Reason | OwnReason


@frozen
class Rating:
    """A band, by its name, or the reason why there is none: exactly one of the two is None."""

    band: str | None
    reason: Why | None
    _explain: Callable[[Any], Explanation] = field(repr=False, eq=False)
    _about: object = field(repr=False, eq=False)  # apart, so that ratings of the same rule need no function each

    def explain(self) -> Explanation:
        """Why it is so: the line that decided, what was in force, every edge, and what would change it."""
        return self._explain(self._about)


@frozen
class TravelResult:
    """A direction of travel, or the reason why there is none: exactly one of the two is None.

    `change` is the value less the earlier one, in the indicator's unit, and `percent` the same in per cent of the
    earlier value's magnitude (None if that is zero). All numbers are None where the direction is not known.
    """

    direction: Direction | None
    reason: Reason | None
    earlier: Fraction | None = None
    change: Fraction | None = None
    percent: Fraction | None = None
