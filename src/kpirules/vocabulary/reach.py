"""The reach of a figure: all the values that are at or better than it. One idea carries every polarity.

Higher is better: from the figure upwards. Lower is better: from it downwards. Closer to zero: from minus its
magnitude to plus its magnitude. A target range: the range itself; of a figure outside of it, the range and as much on
either side as the figure is away. `target met`, tolerances, comparisons and travel all ask whether a value lies in a
reach, strictly within it, or beyond it.
"""

from fractions import Fraction
from typing import assert_never

from attrs import frozen

from kpirules.core import Condition, Stretch
from kpirules.core.conditions import all_of, any_of
from kpirules.vocabulary.pieces import VALUE_PIECES, Pieces
from kpirules.vocabulary.polarity import Polarity


@frozen
class Reach:
    """From `low` to `high`, both included; None has no end. `outside`: all but what lies strictly between them."""

    low: Pieces | None = None
    high: Pieces | None = None
    outside: bool = False

    def holds(self, value: Pieces) -> Condition:
        """The value lies in the reach: it is at or better."""
        return self._on_sides(value, or_at=True)

    def holds_strictly(self, value: Pieces) -> Condition:
        """The value lies within the ends: it is better."""
        return self._on_sides(value, or_at=False)

    def _on_sides(self, value: Pieces, *, or_at: bool) -> Condition:
        compare = Pieces.at_least if or_at else Pieces.above
        if self.outside:
            sides = [compare(self.low, value)] if self.low else []
            return any_of(*sides, *([compare(value, self.high)] if self.high else []))
        sides = [compare(value, self.low)] if self.low else []
        return all_of(*sides, *([compare(self.high, value)] if self.high else []))

    def beyond(self, value: Pieces) -> Condition:
        """The value is worse. False, like every comparison, when something is missing."""
        return self._on_other_sides(value, or_at=False)

    def at_or_beyond(self, value: Pieces) -> Condition:
        """The value is at an end or worse."""
        return self._on_other_sides(value, or_at=True)

    def _on_other_sides(self, value: Pieces, *, or_at: bool) -> Condition:
        return Reach(self.low, self.high, not self.outside)._on_sides(value, or_at=or_at)

    def widened(self, low_by: Pieces, high_by: Pieces) -> "Reach":
        """The ends moved towards worse by these amounts; an end that is not there stays so."""
        sign = -1 if self.outside else 1
        return Reach(
            self.low and self.low - low_by * sign,
            self.high and self.high + high_by * sign,
            self.outside,
        )


def reach_of(figure: Pieces, polarity: Polarity, target_range: Reach | None) -> Reach:
    """All the values at or better than `figure`. A polarity of ranges needs the target range, none needs a polarity.

    Raises `ValueError` where there is no better.
    """
    match polarity:
        case Polarity.HIGHER:
            return Reach(low=figure)
        case Polarity.LOWER:
            return Reach(high=figure)
        case Polarity.CLOSER_TO_ZERO:
            return Reach(-figure.magnitude(), figure.magnitude())
        case Polarity.INSIDE | Polarity.OUTSIDE if target_range and target_range.low and target_range.high:
            return _as_far_from(figure, target_range.low, target_range.high, outside=polarity is Polarity.OUTSIDE)
        case Polarity.INSIDE | Polarity.OUTSIDE | Polarity.NONE | Polarity.PENDING:
            raise ValueError(f"with `polarity {polarity}` no figure but the target is better or worse than another")
        case _:
            assert_never(polarity)


def _as_far_from(figure: Pieces, low: Pieces, high: Pieces, *, outside: bool) -> Reach:
    """The range, moved on each side by as much as the figure is away from being as good as can be."""
    mirrored = low + high - figure
    if outside:
        nearer_low = all_of(figure.above(low), high.above(figure), mirrored.at_least(figure))
        nearer_high = all_of(figure.above(low), high.above(figure), figure.above(mirrored))
        good = any_of(low.at_least(figure), figure.at_least(high))
    else:
        nearer_low, nearer_high = low.above(figure), figure.above(high)
        good = all_of(figure.at_least(low), high.at_least(figure))
    return Reach(
        Pieces.cases((nearer_low, figure), (nearer_high, mirrored), (good, low)),
        Pieces.cases((nearer_low, mirrored), (nearer_high, figure), (good, high)),
        outside=outside,
    )


def stretches(polarity: Polarity, target: Reach | None) -> tuple[Stretch, ...]:
    """Where the value gets better upwards, and where downwards; nowhere where there is no better.

    Within a target range no point is better, so both directions count there; about a range to stay out of, the middle
    is where they part. A polarity of ranges without a range has no better either.
    """
    ends = (target.low, target.high) if target else (None, None)
    match polarity:
        case Polarity.HIGHER:
            return (Stretch(upwards=True),)
        case Polarity.LOWER:
            return (Stretch(upwards=False),)
        case Polarity.CLOSER_TO_ZERO:
            return _to_and_fro(Pieces.number(0), Pieces.number(0))
        case Polarity.INSIDE:
            low, high = ends
            return _to_and_fro(low, high) if low and high else ()
        case Polarity.OUTSIDE:
            low, high = ends
            if not (low and high):
                return ()
            middle = (low + high) * Fraction(1, 2)
            return (
                Stretch(upwards=True, where=VALUE_PIECES.at_least(middle)),
                Stretch(upwards=False, where=middle.at_least(VALUE_PIECES)),
            )
        case Polarity.NONE | Polarity.PENDING:
            return ()
        case _:
            assert_never(polarity)


def _to_and_fro(low: Pieces, high: Pieces) -> tuple[Stretch, ...]:
    """Better upwards as far as the high end and downwards as far as the low one."""
    return (
        Stretch(upwards=True, where=high.at_least(VALUE_PIECES)),
        Stretch(upwards=False, where=VALUE_PIECES.at_least(low)),
    )
