"""Tolerances: how far beyond the target a value may lie and still be within tolerance. A met target always is."""

from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias, assert_never

from attrs import evolve, frozen

from kpirules.core import Condition
from kpirules.core.conditions import NEVER, all_of, any_of
from kpirules.exact import decimal_text
from kpirules.units import Unit, show, show_difference
from kpirules.vocabulary.figures import Figure, figure_words, percent_of_ends, pieces_of
from kpirules.vocabulary.pieces import VALUE_PIECES, Pieces
from kpirules.vocabulary.reach import Reach
from kpirules.vocabulary.setting import Setting, TargetReach, ToleranceReach


@frozen
class ShareOfTarget:
    """A percentage of the target's magnitude; of zero it is not computable."""

    percent: Fraction


@frozen
class ShareOfFigure:
    """A percentage of the magnitude of a figure."""

    percent: Fraction
    figure: Figure


@frozen
class Wide:
    """So many points, or so much in the indicator's unit."""

    number: Fraction


class RangePart(StrEnum):
    """What of a target range a percentage is taken of."""

    WIDTH = "width"
    ENDS = "ends"
    MIDDLE = "middle"


@frozen
class ShareOfRange:
    """A percentage of the width of the target range, of each of its ends, or of its middle."""

    percent: Fraction
    part: RangePart


@frozen
class FarEdge:
    """The last value within tolerance, as a number: `to 75%`.

    The edge belongs to the tolerance unless `excluded`: `to below 75%`, or with `above`, `to above 75%`. `near` is
    where a printed range begins (`70.1% to 75%`); it decides nothing, for the tolerance always begins at the target.
    """

    edge: Fraction
    excluded: bool = False
    near: Fraction | None = None
    above: bool = False


@frozen
class Wider:
    """The widest of several tolerances: `5% of target or 50,000`."""

    parts: "tuple[Tolerance, ...]"


@frozen
class Narrower:
    """The narrowest of several tolerances: `5% of target and 50,000`."""

    parts: "tuple[Tolerance, ...]"


@frozen
class PerSide:
    """One tolerance below a target range and another above it."""

    below: "Tolerance"
    above: "Tolerance"


@frozen
class NoTolerance:
    """Nothing beyond the target is within tolerance."""


Tolerance: TypeAlias = (
    ShareOfTarget | ShareOfFigure | Wide | ShareOfRange | FarEdge | Wider | Narrower | PerSide | NoTolerance
)

ZERO = Pieces.number(0)


def tolerance_reach(tolerance: Tolerance, target: TargetReach, setting: Setting) -> ToleranceReach:
    """The values within tolerance of a target, by how much they reach beyond it, and when that is not computable."""
    match tolerance:
        case ShareOfTarget():
            # An end of a range may well be zero: then there is no tolerance on that side, and some on the other.
            ends = [end for end in (target.reach.low, target.reach.high) if end and not target.is_range]
            zero = any_of(*(end.equals(ZERO) for end in ends if end.constant is None))
            return _beyond(target, *percent_of_ends(tolerance.percent, target.reach), not_computable=zero)
        case ShareOfFigure():
            share = pieces_of(tolerance.figure, setting).magnitude() * (tolerance.percent / 100)
            return _beyond(target, share, share)
        case Wide():
            return _beyond(target, Pieces.number(tolerance.number), Pieces.number(tolerance.number))
        case ShareOfRange():
            low, high = (part.magnitude() * (tolerance.percent / 100) for part in _range_part(tolerance.part, target))
            return _beyond(target, low, high)
        case FarEdge():
            return _to_edge(tolerance, target, setting)
        case Wider():
            return _widest([tolerance_reach(part, target, setting) for part in tolerance.parts])
        case Narrower():
            return _narrowest([tolerance_reach(part, target, setting) for part in tolerance.parts])
        case PerSide():
            return _per_side(tolerance, target, setting)
        case NoTolerance():
            return ToleranceReach(target.met(VALUE_PIECES), (ZERO, ZERO), is_none=True)
        case _:
            assert_never(tolerance)


def _widest(parts: Sequence[ToleranceReach]) -> ToleranceReach:
    """Within any of them; one that is computable saves the others."""
    within = any_of(*(part.within for part in parts))
    return ToleranceReach(within, None, all_of(*(part.not_computable for part in parts)))


def _narrowest(parts: Sequence[ToleranceReach]) -> ToleranceReach:
    """Within all of them; one that is not computable spoils the others."""
    within = all_of(*(part.within for part in parts))
    return ToleranceReach(within, None, any_of(*(part.not_computable for part in parts)))


def _beyond(
    target: TargetReach, low_by: Pieces, high_by: Pieces, *, not_computable: Condition = NEVER
) -> ToleranceReach:
    within = target.reach.widened(low_by, high_by).holds(VALUE_PIECES)
    return ToleranceReach(within, (low_by, high_by), not_computable)


def _range_part(part: RangePart, target: TargetReach) -> tuple[Pieces, Pieces]:
    low, high = target.reach.low or ZERO, target.reach.high or ZERO
    match part:
        case RangePart.WIDTH:
            return high - low, high - low
        case RangePart.ENDS:
            return low, high
        case RangePart.MIDDLE:
            return (low + high) * Fraction(1, 2), (low + high) * Fraction(1, 2)
        case _:
            assert_never(part)


def _to_edge(tolerance: FarEdge, target: TargetReach, setting: Setting) -> ToleranceReach:
    edge = setting.reach_of(Pieces.number(tolerance.edge))
    inside = edge.holds_strictly(VALUE_PIECES) if tolerance.excluded else edge.holds(VALUE_PIECES)
    low_by = target.reach.low - edge.low if target.reach.low and edge.low else ZERO
    high_by = edge.high - target.reach.high if target.reach.high and edge.high else ZERO
    return ToleranceReach(any_of(target.met(VALUE_PIECES), inside), (low_by, high_by))


def _per_side(tolerance: PerSide, target: TargetReach, setting: Setting) -> ToleranceReach:
    """Each side's tolerance as if the range had that side alone, and both together."""
    below = _one_side(tolerance.below, evolve(target.reach, high=None), target, setting)
    above = _one_side(tolerance.above, evolve(target.reach, low=None), target, setting)
    amounts = (below.amounts[0], above.amounts[1]) if below.amounts and above.amounts else None
    join = any_of if target.reach.outside else all_of
    return ToleranceReach(join(below.within, above.within), amounts, any_of(below.not_computable, above.not_computable))


def _one_side(tolerance: Tolerance, side: Reach, target: TargetReach, setting: Setting) -> ToleranceReach:
    """A tolerance on one side of the target; what it is a share of is the whole target all the same."""
    match tolerance:
        case FarEdge():
            edge = Pieces.number(tolerance.edge)
            moved = evolve(side, low=side.low and edge, high=side.high and edge)
            inside = moved.holds_strictly(VALUE_PIECES) if tolerance.excluded else moved.holds(VALUE_PIECES)
            low_by, high_by = side.low - edge if side.low else ZERO, edge - side.high if side.high else ZERO
            return ToleranceReach(any_of(side.holds(VALUE_PIECES), inside), (low_by, high_by))
        case Wider():
            return _widest([_one_side(part, side, target, setting) for part in tolerance.parts])
        case Narrower():
            return _narrowest([_one_side(part, side, target, setting) for part in tolerance.parts])
        case _:
            whole = tolerance_reach(tolerance, target, setting)
            amounts = whole.amounts or (ZERO, ZERO)
            return ToleranceReach(side.widened(*amounts).holds(VALUE_PIECES), amounts, whole.not_computable)


def tolerance_figures(tolerance: Tolerance) -> tuple[Figure, ...]:
    """The figures that the tolerance is written with, the target left out."""
    match tolerance:
        case ShareOfFigure():
            return (tolerance.figure,)
        case Wider() | Narrower():
            return tuple(figure for part in tolerance.parts for figure in tolerance_figures(part))
        case PerSide():
            return (*tolerance_figures(tolerance.below), *tolerance_figures(tolerance.above))
        case ShareOfTarget() | Wide() | ShareOfRange() | FarEdge() | NoTolerance():
            return ()
        case _:
            assert_never(tolerance)


def tolerance_words(tolerance: Tolerance, unit: Unit) -> str:
    """The tolerance as the language says it."""
    match tolerance:
        case ShareOfTarget():
            return f"{decimal_text(tolerance.percent)}% of target"
        case ShareOfFigure():
            return f"{decimal_text(tolerance.percent)}% of {figure_words(tolerance.figure, unit)}"
        case Wide():
            return show_difference(tolerance.number, unit)
        case ShareOfRange():
            return f"{decimal_text(tolerance.percent)}% of range {tolerance.part}"
        case FarEdge():
            edge = show(tolerance.edge, unit)
            if tolerance.near is not None:
                low, high = sorted((tolerance.near, tolerance.edge))
                return f"{show(low, unit)} to {show(high, unit)}"
            side = "above" if tolerance.above else "below"
            return f"to {side} {edge}" if tolerance.excluded else f"to {edge}"
        case Wider():
            return " or ".join(tolerance_words(part, unit) for part in tolerance.parts)
        case Narrower():
            return " and ".join(tolerance_words(part, unit) for part in tolerance.parts)
        case PerSide():
            return f"{tolerance_words(tolerance.below, unit)} below, {tolerance_words(tolerance.above, unit)} above"
        case NoTolerance():
            return "none"
        case _:
            assert_never(tolerance)
