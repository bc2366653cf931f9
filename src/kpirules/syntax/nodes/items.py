"""The items that stand side by side in a file, and the file itself."""

from attrs import field, frozen

from kpirules.source import Source, Span
from kpirules.syntax.nodes.base import Name, Node, Number, Percentage, Quantity, Ref, Text
from kpirules.syntax.nodes.figures import BareShare, Comparator
from kpirules.syntax.nodes.schemes import Rule
from kpirules.syntax.nodes.statements import Statement
from kpirules.syntax.nodes.tests import Always, Test


@frozen
class Language(Node):
    """`language 1`."""

    version: Number


@frozen
class Use(Node):
    """`use "../common"`."""

    path: Text


@frozen
class Calendar(Node):
    """`calendar council "Council year" { year starts 1 April }`."""

    name: Name
    title: Text | None
    day: Number
    month: Name


@frozen
class Scale(Node):
    """`scale NAME "…" { "Category 1" > "Category 2" }`, the best first: two or more labels."""

    name: Name
    title: Text | None
    labels: tuple[Text, ...]


# ---- how a band looks


@frozen
class Colour(Node):
    """`colour "#2e7d32"`."""

    colour: Text


@frozen
class Letter(Node):
    """`letter "G"`."""

    letter: Text


@frozen
class Shape(Node):
    """`shape "▲"`."""

    shape: Text


@frozen
class Points(Node):
    """`points 2`."""

    points: Quantity


Style = Colour | Letter | Shape | Points


@frozen
class Band(Node):
    """`band green "On target" { colour "…" letter "G" }`."""

    name: Name
    title: Text | None
    styles: tuple[Style, ...]


# ---- schemes and travel


class Unranked(Node):
    """`unranked`."""


@frozen
class Scheme(Node):
    """`scheme rag "…" { … }`."""

    name: Name
    title: Text | None
    unranked: Unranked | None
    rules: tuple[Rule, ...]


@frozen
class Against(Node):
    """`against previous quarter`, or against a figure by its name."""

    base: Comparator | Name


class WhileTargetUnchanged(Node):
    """`while target unchanged`."""


class ByBand(Node):
    """`by band`."""


class Within(Node):
    """`within`: the edge of the dead zone is no change."""


class Under(Node):
    """`under`: the edge of the dead zone is change."""


@frozen
class ShareOfPrevious(Node):
    """`1% of previous`."""

    share: Percentage


class AYear(Node):
    """`a year`."""


@frozen
class DeadZone(Node):
    """`unchanged within 0.5 points a year`."""

    edge: Within | Under
    size: Quantity | BareShare | ShareOfPrevious
    a_year: AYear | None


TravelLine = Against | WhileTargetUnchanged | ByBand | DeadZone


@frozen
class Travel(Node):
    """`travel short "…" { … }`."""

    name: Name
    title: Text | None
    lines: tuple[TravelLine, ...]


# ---- indicators


class ForLibrary(Node):
    """`for library`."""


@frozen
class Defaults(Node):
    """`defaults for library { … }`."""

    for_library: ForLibrary | None
    statements: tuple[Statement, ...]


@frozen
class Component(Node):
    """`component NAME "…" { … }`."""

    name: Ref
    title: Text | None
    statements: tuple[Statement, ...]


@frozen
class Indicator(Node):
    """`indicator B3d "…" like B3c { … }`."""

    name: Ref
    title: Text | None
    like: Ref | None
    lines: tuple[Statement | Component, ...]


@frozen
class Theme(Node):
    """`theme best-start "…" { … }`, or without a block."""

    name: Name
    title: Text | None
    items: tuple["ThemeItem", ...]


ThemeItem = Defaults | Indicator | Test | Always
Item = Language | Use | Calendar | Scale | Band | Scheme | Travel | Theme | Defaults | Indicator | Test | Always


# ---- the file


@frozen
class Comment(Node):
    """A comment as it was written, from its `#` to the end of the line."""

    text: str


@frozen
class File:
    """A text as far as it could be read.

    `damaged` are the stretches that were left out because something in them could not be read, each reported by
    a diagnostic. An item whose span touches one of them says less than its writer meant.
    """

    items: tuple[Item, ...]
    source: Source = field(eq=False)
    comments: tuple[Comment, ...] = field(eq=False, default=())
    damaged: tuple[Span, ...] = field(eq=False, default=())

    def is_damaged(self, node: Node) -> bool:
        """Whether a part of the node was left out."""
        return any(hole.start < node.span.end and node.span.start < hole.end for hole in self.damaged)
