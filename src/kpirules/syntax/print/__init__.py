"""Nodes to text, in one layout: parsing what is printed gives equal nodes. Comments are not printed."""

from collections.abc import Callable
from types import UnionType
from typing import Any

from kpirules.syntax import nodes
from kpirules.syntax.print import figures, items, schemes, statements, targets, tests


def print_file(file: nodes.File) -> str:
    """The items of a file, one statement a line; the text ends with a line end unless it is empty."""
    return "".join(f"{line}\n" for line in items.apart(map(items.item, file.items)))


def _lines(write: Callable[[Any], list[str]]) -> Callable[[Any], str]:
    return lambda node: "\n".join(write(node))


# Which function writes which nodes; where two fit, both write the same.
_families: tuple[tuple[type | UnionType, Callable[[Any], str]], ...] = (
    (nodes.Item, _lines(items.item)),
    (nodes.Statement | nodes.Component, _lines(items.indicator_line)),
    (nodes.Body, statements.body),
    (nodes.Style, items.style),
    (nodes.ShareOfPrevious, items.size),
    (nodes.TravelLine, items.travel_line),
    (nodes.Rule, schemes.rule),
    (nodes.Guard, schemes.guard),
    (nodes.Condition, schemes.condition),
    (nodes.Outcome, schemes.outcome),
    (nodes.Side | nodes.PlainSide, schemes.side),
    (nodes.Direction, schemes.direction),
    (figures.Plain | nodes.Text, figures.plain),
    (nodes.Figure, figures.figure),
    (nodes.Amount, figures.amount),
    (nodes.TheTarget | nodes.It, figures.whole),
    (nodes.TheValue, schemes.subject),
    (nodes.Aggregate, figures.aggregate),
    (nodes.TowardsWorse | nodes.TowardsBetter, figures.way),
    (nodes.Plus | nodes.Minus | nodes.Times | nodes.DividedBy, figures.step),
    (nodes.Target, targets.target),
    (nodes.Course | nodes.PendingFigure, targets.figure_source),
    (nodes.Tolerance, targets.tolerance),
    (nodes.RangeWidth | nodes.RangeEnds | nodes.RangeMiddle, targets.range_part),
    (nodes.Extent, targets.extent),
    (nodes.BandRange, targets.band_range),
    (nodes.Unit, statements.unit),
    (nodes.Polarity, statements.polarity),
    (nodes.Positive | nodes.Negative, statements.meaning),
    (nodes.Reading, statements.reading),
    (nodes.Input, statements.declared_input),
    (nodes.Overall, statements.overall),
    (nodes.SumOfComponents | nodes.MeanOfComponents, statements.value),
    (nodes.Every, statements.frequency),
    (nodes.Case, tests.case),
    (nodes.Given | nodes.Series, tests.given),
    (nodes.Seen, tests.seen),
    (nodes.FigureFact, tests.fact),
    (nodes.Expectation, tests.expectation),
    (nodes.Who, tests.who),
    (nodes.AtLeastAsGoodAs, tests.law),
)


def print_node(node: nodes.Node) -> str:
    """Any node but a marker that only says *yes* (such as `HalfEven`), without a line end behind it.

    Raises `TypeError` for those markers: they have no text apart from what they mark.
    """
    for family, write in _families:
        if isinstance(node, family):
            return write(node)
    raise TypeError(f"{type(node).__name__} is written by the node around it")


__all__ = ["print_file", "print_node"]
