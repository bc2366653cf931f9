"""What a word can lean on when it lowers to the core: the rest of the definition it stands in."""

from collections.abc import Mapping

from attrs import field, frozen

from kpirules.core import Condition
from kpirules.core.conditions import NEVER
from kpirules.periods import Part
from kpirules.reasons import Reason
from kpirules.vocabulary.pieces import Pieces
from kpirules.vocabulary.polarity import Polarity
from kpirules.vocabulary.reach import Reach, reach_of

# Where it makes no difference, any part of a year that does not end it.
SOME_PART = Part(1, 2)


@frozen
class TargetReach:
    """A target in force: the values at or better than it, whether a range, and whether its own point is worse."""

    reach: Reach
    is_range: bool = False
    strict: bool = False

    def met(self, value: Pieces) -> Condition:
        """The value meets the target."""
        return self.reach.holds_strictly(value) if self.strict else self.reach.holds(value)


@frozen
class ToleranceReach:
    """A tolerance in force: the values within it, met ones included.

    `amounts` are by how much it reaches beyond the low and the high end of the target, if that is one amount each;
    `not_computable` is when it cannot be computed although everything that it reads is there.
    """

    within: Condition
    amounts: tuple[Pieces, Pieces] | None
    not_computable: Condition = NEVER
    is_none: bool = False


@frozen
class Setting:
    """Polarity, declared figures, target and tolerance.

    While targets themselves are lowered, and where there is none in force, `target` is None; `no_target` then says why
    there is none. A running total may be compared `by_increment` with the period before.
    """

    polarity: Polarity
    figures: Mapping[str, Pieces] = field(factory=dict)
    target: TargetReach | None = None
    no_target: Reason | None = None
    tolerance: ToleranceReach | None = None
    part: Part = SOME_PART
    by_increment: bool = False

    def reach_of(self, figure: Pieces) -> Reach:
        """The values at or better than a figure. Raises `ValueError` where nothing is better."""
        target_range = self.target.reach if self.target and self.target.is_range else None
        return reach_of(figure, self.polarity, target_range)
