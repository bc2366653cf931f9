"""Units and polarities of the text as values."""

from collections.abc import Mapping
from typing import assert_never

from kpirules.checking import wording
from kpirules.checking.findings import Found, Names
from kpirules.checking.literals import plain
from kpirules.syntax import nodes
from kpirules.units import (
    Count,
    Days,
    Duration,
    Milestone,
    Money,
    OnScale,
    OwnUnit,
    Percent,
    Points,
    RatePer,
    ScoreOutOf,
    Unit,
)
from kpirules.vocabulary.polarity import Polarity

POLARITIES: Mapping[type[nodes.Polarity], Polarity] = {
    nodes.HigherIsBetter: Polarity.HIGHER,
    nodes.LowerIsBetter: Polarity.LOWER,
    nodes.InsideIsBetter: Polarity.INSIDE,
    nodes.OutsideIsBetter: Polarity.OUTSIDE,
    nodes.CloserToZeroIsBetter: Polarity.CLOSER_TO_ZERO,
    nodes.NoPolarity: Polarity.NONE,
    nodes.PendingPolarity: Polarity.PENDING,
}


def unit(node: nodes.Unit, names: Names, found: Found) -> Unit | None:
    """The unit, or None if its scale is unknown."""
    match node:
        case nodes.PercentUnit():
            return Percent()
        case nodes.PointsUnit():
            return Points()
        case nodes.CountUnit():
            return Count()
        case nodes.MoneyUnit():
            return Money(node.currency.text)
        case nodes.DurationUnit():
            return Duration()
        case nodes.DaysUnit():
            return Days()
        case nodes.RateUnit():
            return RatePer(plain(node.per))
        case nodes.ScoreUnit():
            return ScoreOutOf(plain(node.out_of))
        case nodes.ScaleUnit():
            scale = names.scales.get(node.scale.text)
            if scale is None:
                found.append(wording.unknown_name(node.scale.span, "scale", list(names.scales)))
                return None
            return OnScale(scale)
        case nodes.MilestoneUnit():
            return Milestone()
        case nodes.QuotedUnit():
            return OwnUnit(node.words.value)
        case _:
            assert_never(node)
