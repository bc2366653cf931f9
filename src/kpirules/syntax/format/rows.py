"""Rows: what stands on a line of its own, and how it falls into columns."""

from collections.abc import Sequence

from attrs import frozen

from kpirules.syntax import nodes
from kpirules.syntax.print.figures import text
from kpirules.syntax.print.schemes import condition, guard, phrase, title
from kpirules.syntax.print.schemes import rule as written_rule
from kpirules.syntax.print.targets import extent
from kpirules.syntax.print.tests import case as written_case
from kpirules.syntax.print.tests import given, law

WORDED = "worded"
"""The table of rows whose first word says what they are."""

_widest = 80  # a cell with more letters does not widen its column


@frozen
class Row:
    """What stands on one line, and from where to where it stood in the source.

    Rows of a block with the same `table` stand in columns; a column of cells that end with a blank has two blanks
    behind it instead of one.
    """

    start: int
    end: int
    cells: tuple[str, ...]
    table: str = ""

    @property
    def text(self) -> str:
        """The row by itself, out of all columns."""
        return phrase(*(cell.rstrip() for cell in self.cells))


def columns(rows: Sequence[tuple[str, ...]]) -> Sequence[str]:
    """The cells of rows that have as many of them, in columns."""
    *before, last = zip(*rows, strict=True)
    return ["".join(cells) for cells in zip(*map(_padded, before), last, strict=True)]


def _padded(column: Sequence[str]) -> Sequence[str]:
    if len(column) == 1 or not any(column):
        return [f"{cell.rstrip()} ".lstrip() for cell in column]
    width = max((len(cell) for cell in column if len(cell) <= _widest), default=-1) + 1
    return [cell.ljust(max(width, len(cell) + 1)) for cell in column]


def line(node: nodes.Node, written: str) -> Row:
    """A row without columns."""
    return Row(node.span.start, node.span.end, (written,))


def worded(node: nodes.Node, written: str) -> Row:
    """A row whose first word says what it is, such as `unit  percent`."""
    word, _, rest = written.partition(" ")
    return Row(node.span.start, node.span.end, (f"{word} ", rest), WORDED)


def calendar(node: nodes.Calendar) -> Row:
    """When a year starts."""
    return Row(node.day.span.start, node.month.span.end, (f"year starts {node.day.text} {node.month.text}",))


def scale(node: nodes.Scale) -> Sequence[Row]:
    """The labels, each but the last with the sign behind it."""
    *better, last = node.labels
    return [*(line(label, f"{text(label)} >") for label in better), line(last, text(last))]


def rule(node: nodes.Rule) -> Row:
    """A line of a scheme: those that give a band stand in columns."""
    if not isinstance(node, nodes.BandRule):
        return line(node, written_rule(node))
    said = f"{title(node.title)} " if node.title else ""
    return Row(node.span.start, node.span.end, (node.band.text, said, guard(node.guard)), "rules")


def range_of_band(node: nodes.BandRange) -> Row:
    """A line of `bands`."""
    cells = (node.band.text, title(node.title), extent(node.extent))
    return Row(node.span.start, node.span.end, cells, "ranges")


def case(node: nodes.Case) -> Row:
    """A line of a test: those that start from nothing but a value stand in columns."""
    written = written_case(node)
    match node.given:
        case nodes.Given(now=nodes.Quantity() | nodes.Text(), before=None, facts=()) if node.at is None:
            value = given(node.given)
            return Row(node.span.start, node.span.end, (f"{value} ", written[len(value) + 1 :]), "cases")
        case _:
            return line(node, written)


def always(node: nodes.Always) -> Sequence[Row]:
    """The two lines of a law."""
    when, then = f"when {condition(node.condition)}", f"then {law(node.law)}"
    return [line(node.condition, when), line(node.law, then)]
