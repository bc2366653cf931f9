"""What a `tolerance` statement or a line of `bands` can say."""

from attrs import frozen

from kpirules.syntax.nodes.base import Name, Node, Percentage, Quantity, Text
from kpirules.syntax.nodes.figures import BareShare, ShareOf
from kpirules.syntax.nodes.schemes import Above, Below, Better, Otherwise, Worse


class RangeWidth(Node):
    """`width`: the distance between the two ends of the target range."""


class RangeEnds(Node):
    """`ends`: each end's own magnitude."""


class RangeMiddle(Node):
    """`middle`: the magnitude of the point half way."""


@frozen
class ShareOfRange(Node):
    """`10% of range width`."""

    share: Percentage
    part: RangeWidth | RangeEnds | RangeMiddle


@frozen
class FarEdge(Node):
    """`to 75%`: the far edge, inclusive; `to below 75%` and `to above 75%` exclude it."""

    excluded: Above | Below | None
    edge: Quantity | Text


@frozen
class PrintedRange(Node):
    """`70.1% to 75%`, in the order printed."""

    first: Quantity
    second: Quantity


Width = ShareOf | ShareOfRange | Quantity | BareShare | FarEdge | PrintedRange
"""How far a tolerance reaches; a bare `Quantity` is a distance in the unit (or in points)."""


@frozen
class WiderOf(Node):
    """Widths joined by `or`: two or more."""

    widths: tuple[Width, ...]


@frozen
class NarrowerOf(Node):
    """Widths joined by `and`: two or more."""

    widths: tuple[Width, ...]


@frozen
class PerSide(Node):
    """`5% of range width below, 10% of range width above`."""

    below: Width
    above: Width


class NoTolerance(Node):
    """`none`."""


Tolerance = Width | WiderOf | NarrowerOf | PerSide | NoTolerance

# ---- bands


@frozen
class AndBeyond(Node):
    """`80% and above`, `"Category 2" or better`: the edge belongs to the band."""

    edge: Quantity | Text
    side: Above | Below | Better | Worse


@frozen
class Beyond(Node):
    """`below 70%`, `above 80%`: the edge does not belong to the band."""

    side: Above | Below
    edge: Quantity


@frozen
class Between(Node):
    """`70% to below 80%`, `above 70% to 80%`: an end belongs to the band unless its word excludes it."""

    above: Above | None
    low: Quantity
    below: Below | None
    high: Quantity


@frozen
class Labels(Node):
    """`is "Outstanding", "Good"`."""

    labels: tuple[Text, ...]


Extent = AndBeyond | Beyond | Between | Labels | Otherwise


@frozen
class BandRange(Node):
    """`amber "Close" 70% to below 80%`."""

    band: Name
    title: Text | None
    extent: Extent
