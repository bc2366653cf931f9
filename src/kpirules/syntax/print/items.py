"""How the items of a file are written, a list of lines each."""

from collections.abc import Iterable
from typing import assert_never

from kpirules.syntax import nodes
from kpirules.syntax.print.figures import comparator, plain, text
from kpirules.syntax.print.schemes import phrase, rule, title
from kpirules.syntax.print.statements import block, statement
from kpirules.syntax.print.tests import always, case, test_head


def style(node: nodes.Style) -> str:
    """How a band looks or counts."""
    match node:
        case nodes.Colour():
            return f"colour {text(node.colour)}"
        case nodes.Letter():
            return f"letter {text(node.letter)}"
        case nodes.Shape():
            return f"shape {text(node.shape)}"
        case nodes.Points():
            return f"points {node.points.text}"
    assert_never(node)


def size(node: nodes.Quantity | nodes.BareShare | nodes.ShareOfPrevious) -> str:
    """How wide a dead zone is."""
    match node:
        case nodes.Quantity():
            return node.text
        case nodes.BareShare():
            return node.share.text
        case nodes.ShareOfPrevious():
            return f"{node.share.text} of previous"
    assert_never(node)


def travel_line(node: nodes.TravelLine) -> str:
    """One line of `travel`."""
    match node:
        case nodes.Against():
            return f"against {node.base.text if isinstance(node.base, nodes.Name) else comparator(node.base)}"
        case nodes.WhileTargetUnchanged():
            return "while target unchanged"
        case nodes.ByBand():
            return "by band"
        case nodes.DeadZone():
            edge = "within" if isinstance(node.edge, nodes.Within) else "under"
            return phrase("unchanged", edge, size(node.size), "a year" if node.a_year else "")
    assert_never(node)


def indicator_line(node: nodes.Statement | nodes.Component) -> list[str]:
    """A statement or a component."""
    if isinstance(node, nodes.Component):
        head = phrase("component", plain(node.name), title(node.title))
        return block(head, _together(map(statement, node.statements)))
    return statement(node)


def item(node: nodes.Item) -> list[str]:
    """Any item."""
    match node:
        case nodes.Language():
            return [f"language {node.version.text}"]
        case nodes.Use():
            return [f"use {text(node.path)}"]
        case nodes.Calendar():
            head = phrase("calendar", node.name.text, title(node.title))
            return [f"{head} {{ year starts {node.day.text} {node.month.text} }}"]
        case nodes.Scale():
            labels = " > ".join(text(label) for label in node.labels)
            return [f"{phrase('scale', node.name.text, title(node.title))} {{ {labels} }}"]
        case nodes.Band():
            return block(phrase("band", node.name.text, title(node.title)), map(style, node.styles))
        case nodes.Scheme():
            unranked = "unranked" if node.unranked else ""
            return block(phrase("scheme", node.name.text, title(node.title), unranked), map(rule, node.rules))
        case nodes.Travel():
            return block(phrase("travel", node.name.text, title(node.title)), map(travel_line, node.lines))
        case nodes.Theme():
            head = phrase("theme", node.name.text, title(node.title))
            return block(head, apart(map(item, node.items))) if node.items else [head]
        case nodes.Defaults():
            head = phrase("defaults", "for library" if node.for_library else "")
            return block(head, _together(map(statement, node.statements)))
        case nodes.Indicator():
            like = f"like {plain(node.like)}" if node.like else ""
            head = phrase("indicator", plain(node.name), title(node.title), like)
            return block(head, _together(map(indicator_line, node.lines)))
        case nodes.Test():
            return block(test_head(node), map(case, node.cases))
        case nodes.Always():
            return [always(node)]
    assert_never(node)


def _together(parts: Iterable[list[str]]) -> list[str]:
    return [line for part in parts for line in part]


def apart(items: Iterable[list[str]]) -> list[str]:
    """Items one below the other, with an empty line between two unless each is a single line."""
    lines: list[str] = []
    before: list[str] = []
    for part in items:
        if before and (len(before) > 1 or len(part) > 1):
            lines.append("")
        lines += part
        before = part
    return lines
