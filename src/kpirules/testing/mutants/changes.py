"""A small wrong change of a text: which nodes are put in the place of which, and how it looks as a diff."""

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar, cast

import attrs
from attrs import evolve, frozen

from kpirules.source import Span
from kpirules.syntax import nodes
from kpirules.syntax.print import print_node

N = TypeVar("N", bound=nodes.Node)


@frozen
class Change:
    """Another node in the place of one that was written; None takes it out. Its place is that of what was there."""

    old: nodes.Node
    new: nodes.Node | None


@frozen
class Edit:
    """What an analyst could have written by mistake: changes that belong together, and the mistake in a few words."""

    slip: str
    changes: tuple[Change, ...]

    @staticmethod
    def of(slip: str, old: nodes.Node, new: nodes.Node | None) -> "Edit":
        """A mistake in one place."""
        return Edit(slip, (Change(old, new),))


@frozen
class Hunk:
    """Lines of a text as they are and as they would be; `new` is empty where they are gone."""

    file: str
    line: int
    old: tuple[str, ...]
    new: tuple[str, ...]


def changed(root: N, edit: Edit) -> N:
    """The tree with the changes made. Nodes are told apart by who they are, not by what they say."""
    wanted = {id(change.old): change.new for change in edit.changes}
    spans = [change.old.span for change in edit.changes]
    return cast(N, _changed(root, wanted, spans))


def _changed(node: nodes.Node, wanted: Mapping[int, nodes.Node | None], spans: list[Span]) -> nodes.Node | None:
    if id(node) in wanted:
        return wanted[id(node)]
    if not any(node.span.start <= span.start and span.end <= node.span.end for span in spans):
        return node
    fields: dict[str, Any] = {}
    for name, part in parts_of(node):
        if isinstance(part, tuple):
            made = [(each, _changed(each, wanted, spans)) for each in part]
            if any(old is not new for old, new in made):
                fields[name] = tuple(new for _, new in made if new is not None)
        else:
            new = _changed(part, wanted, spans)
            if new is not part:
                fields[name] = new
    return evolve(node, **fields) if fields else node


def parts_of(node: nodes.Node) -> Iterator[tuple[str, nodes.Node | tuple[nodes.Node, ...]]]:
    """The fields of a node that hold nodes, or several of them."""
    for field in attrs.fields(type(node)):
        part = getattr(node, field.name)
        if isinstance(part, nodes.Node) or (isinstance(part, tuple) and part and isinstance(part[0], nodes.Node)):
            yield field.name, part


def diff(edit: Edit) -> tuple[Hunk, ...]:
    """The lines that the changes touch, as written and as they would stand there."""
    hunks: list[Hunk] = []
    for group in _by_lines(edit.changes):
        source = group[0].old.span.source
        first = group[0].old.span.line
        start = group[0].old.span.start - group[0].old.span.column + 1
        last = source.position(group[-1].old.span.end)[0]
        end = start + sum(len(source.line(line)) + 1 for line in range(first, last + 1)) - 1
        old, new, at = source.text[start:end], "", start
        for change in group:
            new += source.text[at : change.old.span.start] + _written(change)
            at = change.old.span.end
        new += source.text[at:end]
        hunks.append(Hunk(source.name, first, _lines(old), _lines(new)))
    return tuple(hunks)


def _written(change: Change) -> str:
    """What is put in: in the canonical layout, but behind its first word the blanks that its writer put there."""
    if change.new is None:
        return ""
    text = print_node(change.new)
    first = text.split(" ", 1)[0]
    aligned = re.match(rf"{re.escape(first)}[ \t]+", change.old.span.text)
    return aligned[0] + text[len(first) + 1 :] if aligned and text != first else text


def _by_lines(changes: Sequence[Change]) -> list[list[Change]]:
    """The changes in order of their places, those that share a line together."""
    groups: list[list[Change]] = []
    for change in sorted(changes, key=lambda change: (change.old.span.source.name, change.old.span.start)):
        before = groups[-1][-1].old.span if groups else None
        if before and before.source is change.old.span.source and _last_line(before) >= change.old.span.line:
            groups[-1].append(change)
        else:
            groups.append([change])
    return groups


def _last_line(span: Span) -> int:
    return span.source.position(span.end)[0]


def _lines(text: str) -> tuple[str, ...]:
    return tuple(textwrap.dedent(text).strip("\r\n").split("\n")) if text.strip() else ()
