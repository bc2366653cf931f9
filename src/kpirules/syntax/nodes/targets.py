"""What a `target` or a `figure` statement can say."""

from attrs import frozen

from kpirules.syntax.nodes.base import Date, Name, Node, Period, Quantity, Text
from kpirules.syntax.nodes.figures import Figure
from kpirules.syntax.nodes.schemes import Above, Below


@frozen
class PlainTarget(Node):
    """`80%`: a value on the target meets it."""

    figure: Figure


@frozen
class StrictTarget(Node):
    """`above 80%`, `below 70%`: the target's own point is worse."""

    side: Above | Below
    figure: Figure


@frozen
class RangeTarget(Node):
    """`900 to 1,200`, in the order written."""

    low: Figure
    high: Figure


@frozen
class LabelTarget(Node):
    """`"Category 2"`."""

    label: Text


@frozen
class MilestoneTarget(Node):
    """`completed by 2023-07-31`."""

    by: Date


@frozen
class YearEndTarget(Node):
    """`201 at year end`."""

    figure: Figure


@frozen
class Profile(Node):
    """`by quarter 157,500, 170,625, 160,000, 161,875`."""

    step: Name
    quantities: tuple[Quantity, ...]


@frozen
class Phased(Node):
    """`10,000 for year, phased evenly`."""

    quantity: Quantity


@frozen
class StraightLine(Node):
    """`from 60% in 2020/21 to 80% in 2024/25, in a straight line`."""

    start: Quantity
    start_in: Period
    end: Quantity
    end_in: Period


Course = Profile | Phased | StraightLine


@frozen
class CourseTarget(Node):
    """A target that changes over time without being written anew."""

    course: Course


@frozen
class PendingTarget(Node):
    """`pending "TBC"`."""

    reason: Text | None


@frozen
class NoTarget(Node):
    """`none "the volume cannot be controlled"`."""

    reason: Text | None


@frozen
class NotApplicableTarget(Node):
    """`not applicable "…"`."""

    reason: Text | None


class EstablishingBaseline(Node):
    """`establishing baseline`."""


Target = (
    PlainTarget
    | StrictTarget
    | RangeTarget
    | LabelTarget
    | MilestoneTarget
    | YearEndTarget
    | CourseTarget
    | PendingTarget
    | NoTarget
    | NotApplicableTarget
    | EstablishingBaseline
)


@frozen
class PendingFigure(Node):
    """`pending "…"`, of a figure."""

    reason: Text | None


FigureSource = Figure | Course | PendingFigure
"""Where a declared figure comes from; None in a `FigureStatement` means that it is observed."""
