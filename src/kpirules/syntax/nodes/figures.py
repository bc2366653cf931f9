"""Figures: everything that can stand where a number is meant, from `80%` to `mean of last 3 years, less 2% of it`."""

from attrs import frozen

from kpirules.syntax.nodes.base import Name, Node, Number, Percentage, Period, Quantity, Text


class TheTarget(Node):
    """`target`."""


class TheValue(Node):
    """`value`."""


class It(Node):
    """`it`: the figure that is being moved."""


class TheTolerance(Node):
    """`tolerance`, as an amount."""


# ---- comparators


@frozen
class Previous(Node):
    """`previous quarter`."""

    step: Name


@frozen
class SameLastYear(Node):
    """`same quarter last year`."""

    step: Name


@frozen
class Earlier(Node):
    """`2 years earlier`."""

    count: Number
    step: Name


@frozen
class Baseline(Node):
    """`baseline 2019/20`."""

    period: Period


class Mean(Node):
    """`mean`."""


class Median(Node):
    """`median`."""


class Best(Node):
    """`best`."""


class Worst(Node):
    """`worst`."""


class Sum(Node):
    """`sum`."""


Aggregate = Mean | Median | Best | Worst | Sum


@frozen
class OfLast(Node):
    """`mean of last 3 years`."""

    aggregate: Aggregate
    count: Number
    step: Name


Comparator = Previous | SameLastYear | Earlier | Baseline | OfLast

# ---- amounts


@frozen
class ShareOf(Node):
    """`5% of target`, `2% of it`, `0.5% of budget`: a share of a figure's magnitude."""

    share: Percentage
    whole: "TheTarget | It | Name"


@frozen
class BareShare(Node):
    """A bare percentage where an amount is asked, `5%`: it can mean two things, so the checker refuses it."""

    share: Quantity


Amount = ShareOf | BareShare | Quantity | TheTolerance

# ---- points on the way, and moved figures


@frozen
class Midpoint(Node):
    """`midpoint of target and floor`."""

    first: "Point"
    second: "Point"


@frozen
class Along(Node):
    """`90% of the way from baseline to target`; the share may carry a sign."""

    share: Percentage
    start: "Point"
    end: "Point"


class TowardsWorse(Node):
    """`less`."""


class TowardsBetter(Node):
    """`plus`."""


@frozen
class Shifted(Node):
    """`target, less 5% of target`: a figure moved towards worse or towards better."""

    figure: "PlainFigure"
    way: TowardsWorse | TowardsBetter
    amount: Amount


# ---- formulas


@frozen
class Plus(Node):
    """`+ operand`."""

    operand: "Formula"


@frozen
class Minus(Node):
    """`- operand`."""

    operand: "Formula"


@frozen
class Times(Node):
    """`* operand`."""

    operand: "Formula"


@frozen
class DividedBy(Node):
    """`/ operand`."""

    operand: "Formula"


@frozen
class Added(Node):
    """`a + b - c`, from left to right."""

    first: "Formula"
    rest: tuple[Plus | Minus, ...]


@frozen
class Scaled(Node):
    """`a * b / c`, from left to right."""

    first: "Formula"
    rest: tuple[Times | DividedBy, ...]


Formula = Name | Quantity | Added | Scaled
Point = TheTarget | Name | Text | Quantity | Comparator
"""A figure that is written without words of position: what midpoints and ways lie between."""

PlainFigure = Point | Midpoint | Along | Added | Scaled
Figure = PlainFigure | Shifted
"""A name is a declared figure or input; a text is a label. `target` stands only in schemes and travel, formulas only in
targets, figures and values."""
