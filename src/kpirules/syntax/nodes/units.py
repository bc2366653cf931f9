"""What a value counts, and which way is better: units and polarities."""

from attrs import frozen

from kpirules.syntax.nodes.base import Name, Node, Number, Text

# ---- units


class PercentUnit(Node):
    """`percent`."""


class PointsUnit(Node):
    """`points`."""


class CountUnit(Node):
    """`count`."""


@frozen
class MoneyUnit(Node):
    """`money GBP`."""

    currency: Name


class DurationUnit(Node):
    """`duration`."""


class DaysUnit(Node):
    """`days`."""


@frozen
class RateUnit(Node):
    """`rate per 10,000`."""

    per: Number


@frozen
class ScoreUnit(Node):
    """`score out of 5`."""

    out_of: Number


@frozen
class ScaleUnit(Node):
    """`scale NAME`."""

    scale: Name


class MilestoneUnit(Node):
    """`milestone`."""


@frozen
class QuotedUnit(Node):
    """A unit in the writer's own words: `"visits"`."""

    words: Text


Unit = (
    PercentUnit
    | PointsUnit
    | CountUnit
    | MoneyUnit
    | DurationUnit
    | DaysUnit
    | RateUnit
    | ScoreUnit
    | ScaleUnit
    | MilestoneUnit
    | QuotedUnit
)

# ---- polarity


class HigherIsBetter(Node):
    """`higher is better`."""


class LowerIsBetter(Node):
    """`lower is better`."""


class InsideIsBetter(Node):
    """`inside is better`."""


class OutsideIsBetter(Node):
    """`outside is better`."""


class CloserToZeroIsBetter(Node):
    """`closer to zero is better`."""


@frozen
class NoPolarity(Node):
    """`none "…"`: an up and a down but no better."""

    reason: Text | None


@frozen
class PendingPolarity(Node):
    """`pending "…"`."""

    reason: Text | None


Polarity = (
    HigherIsBetter
    | LowerIsBetter
    | InsideIsBetter
    | OutsideIsBetter
    | CloserToZeroIsBetter
    | NoPolarity
    | PendingPolarity
)
