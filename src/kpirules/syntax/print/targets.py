"""How targets, tolerances and bands are written."""

from typing import assert_never

from kpirules.syntax import nodes
from kpirules.syntax.print.figures import amount, figure, listed, plain, text
from kpirules.syntax.print.schemes import phrase, side, title


def course(node: nodes.Course) -> str:
    """A number that changes over time."""
    match node:
        case nodes.Profile():
            return f"by {node.step.text} {listed(tuple(quantity.text for quantity in node.quantities))}"
        case nodes.Phased():
            return f"{node.quantity.text} for year, phased evenly"
        case nodes.StraightLine():
            start, end = f"{node.start.text} in {node.start_in.text}", f"{node.end.text} in {node.end_in.text}"
            return f"from {start} to {end}, in a straight line"
    assert_never(node)


def target(node: nodes.Target) -> str:
    """What stands after `target`."""
    match node:
        case nodes.PlainTarget():
            return figure(node.figure)
        case nodes.StrictTarget():
            return f"{side(node.side)} {figure(node.figure)}"
        case nodes.RangeTarget():
            return f"{figure(node.low)} to {figure(node.high)}"
        case nodes.LabelTarget():
            return text(node.label)
        case nodes.MilestoneTarget():
            return f"completed by {node.by.text}"
        case nodes.YearEndTarget():
            return f"{figure(node.figure)} at year end"
        case nodes.CourseTarget():
            return course(node.course)
        case nodes.PendingTarget():
            return phrase("pending", title(node.reason))
        case nodes.NoTarget():
            return phrase("none", title(node.reason))
        case nodes.NotApplicableTarget():
            return phrase("not applicable", title(node.reason))
        case nodes.EstablishingBaseline():
            return "establishing baseline"
    assert_never(node)


def figure_source(node: nodes.FigureSource) -> str:
    """What stands after the name of a declared figure."""
    if isinstance(node, nodes.Course):
        return course(node)
    if isinstance(node, nodes.PendingFigure):
        return phrase("pending", title(node.reason))
    return figure(node)


def range_part(node: nodes.RangeWidth | nodes.RangeEnds | nodes.RangeMiddle) -> str:
    """What of a range a share is taken of."""
    match node:
        case nodes.RangeWidth():
            return "width"
        case nodes.RangeEnds():
            return "ends"
        case nodes.RangeMiddle():
            return "middle"
    assert_never(node)


def width(node: nodes.Width) -> str:
    """How far a tolerance reaches."""
    match node:
        case nodes.ShareOf() | nodes.BareShare() | nodes.Quantity():
            return amount(node)
        case nodes.ShareOfRange():
            return f"{node.share.text} of range {range_part(node.part)}"
        case nodes.FarEdge():
            return phrase("to", side(node.excluded) if node.excluded else "", plain(node.edge))
        case nodes.PrintedRange():
            return f"{node.first.text} to {node.second.text}"
    assert_never(node)


def tolerance(node: nodes.Tolerance) -> str:
    """What stands after `tolerance`."""
    match node:
        case nodes.WiderOf():
            return " or ".join(width(part) for part in node.widths)
        case nodes.NarrowerOf():
            return " and ".join(width(part) for part in node.widths)
        case nodes.PerSide():
            return f"{width(node.below)} below, {width(node.above)} above"
        case nodes.NoTolerance():
            return "none"
        case _:
            return width(node)


def extent(node: nodes.Extent) -> str:
    """The values of a band."""
    match node:
        case nodes.AndBeyond():
            joined = "or" if isinstance(node.side, nodes.Better | nodes.Worse) else "and"
            return f"{plain(node.edge)} {joined} {side(node.side)}"
        case nodes.Beyond():
            return f"{side(node.side)} {node.edge.text}"
        case nodes.Between():
            above, below = (side(end) if end else "" for end in (node.above, node.below))
            return phrase(above, node.low.text, "to", below, node.high.text)
        case nodes.Labels():
            return f"is {listed(tuple(text(label) for label in node.labels))}"
        case nodes.Otherwise():
            return "otherwise"
    assert_never(node)


def band_range(node: nodes.BandRange) -> str:
    """One line of `bands`."""
    return phrase(node.band.text, title(node.title), extent(node.extent))
