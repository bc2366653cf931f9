"""Nodes to rows and blocks: what stands on a line of its own, what stands in columns, which blocks are opened out."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import TypeAlias, assert_never

from attrs import evolve, frozen

from kpirules.source import Source
from kpirules.syntax import nodes
from kpirules.syntax.cut import cut
from kpirules.syntax.format import rows
from kpirules.syntax.format.rows import WORDED, Row, line, worded
from kpirules.syntax.print.figures import plain, text
from kpirules.syntax.print.items import item, style, travel_line
from kpirules.syntax.print.schemes import phrase, title
from kpirules.syntax.print.statements import statement
from kpirules.syntax.print.tests import test_head, who

blank_line = re.compile(r"\n[ \t\r]*\n")


@frozen
class Block:
    """A block whose rows stand on lines of their own."""

    head: Row
    entries: "tuple[Entry, ...]"
    tail: Row
    apart: bool  # from its neighbours by an empty line


Entry: TypeAlias = Row | Block
_Titled: TypeAlias = (
    nodes.Calendar
    | nodes.Scale
    | nodes.Band
    | nodes.Scheme
    | nodes.Travel
    | nodes.Theme
    | nodes.Indicator
    | nodes.Component
)


def in_columns(entries: Sequence[Entry]) -> Sequence[str]:
    """The text of each row, and of the line that opens each block."""
    tables: dict[str, list[tuple[str, ...]]] = {}
    for entry in entries:
        if isinstance(entry, Row) and entry.table:
            tables.setdefault(entry.table, []).append(entry.cells)
    lined_up = {table: iter(rows.columns(cells)) for table, cells in tables.items()}
    texts = []
    for entry in entries:
        if isinstance(entry, Block):
            texts.append(f"{entry.head.text} {{")
        else:
            texts.append(next(lined_up[entry.table]) if entry.table else entry.text)
    return texts


def laid_out(file: nodes.File) -> Sequence[Entry]:
    """The items of a file that was read without a fault."""
    layout = _Layout(file.source)
    return layout.in_runs(map(layout.item, file.items))


class _Layout:
    """The layout of one text: its braces say which blocks its writer opened out."""

    def __init__(self, source: Source) -> None:
        self.text = source.text
        self.opened = {block.close: block.open for block in cut(source, source.text).blocks}
        self.openings = sorted(self.opened.values())

    def item(self, node: nodes.Item) -> Entry:
        """Any item."""
        match node:
            case nodes.Language() | nodes.Use():
                return line(node, *item(node))
            case nodes.Theme():
                if node.span.end - 1 not in self.opened:
                    return line(node, *item(node))
                return self.titled("theme", node, self.in_runs(map(self.item, node.items)))
            case nodes.Calendar():
                return self.titled("calendar", node, [rows.calendar(node)])
            case nodes.Scale():
                return self.titled("scale", node, rows.scale(node))
            case nodes.Band():
                return self.titled("band", node, [worded(each, style(each)) for each in node.styles])
            case nodes.Scheme():
                more = "unranked" if node.unranked else ""
                return self.titled("scheme", node, map(rows.rule, node.rules), more)
            case nodes.Travel():
                return self.titled("travel", node, [line(each, travel_line(each)) for each in node.lines])
            case nodes.Defaults():
                head = phrase("defaults", "for library" if node.for_library else "")
                return self.block(node, (head,), map(self.statement, node.statements))
            case nodes.Indicator():
                more = f"like {plain(node.like)}" if node.like else ""
                return self.titled("indicator", node, self.in_runs(map(self.statement, node.lines)), more)
            case nodes.Test():
                return self.block(node, (test_head(node),), map(rows.case, node.cases))
            case nodes.Always():
                return self.block(node, (f"always {text(node.title)} for {who(node.who)}",), rows.always(node))
        assert_never(node)

    def statement(self, node: nodes.Statement | nodes.Component) -> Entry:
        """A statement or a component."""
        if isinstance(node, nodes.Component):
            return self.titled("component", node, map(self.statement, node.statements))
        written = statement(node)
        if not isinstance(node.body, nodes.BandsStatement):
            return worded(node, *written)
        tail = Row(node.body.span.end - 1, node.span.end, (written[-1].removeprefix("bands {"),))
        return self.spread(Row(node.span.start, 0, ("bands",)), map(rows.range_of_band, node.body.bands), tail)

    def titled(self, word: str, node: _Titled, entries: Iterable[Entry], more: str = "") -> Entry:
        """A block whose head is a word, a name, perhaps a title, and perhaps more; such heads stand in columns."""
        return self.block(node, (f"{word} {plain(node.name)}", title(node.title), more), entries, word)

    def block(self, node: nodes.Node, head: tuple[str, ...], entries: Iterable[Entry], table: str = "") -> Entry:
        """A block that is an item or a component."""
        tail = Row(node.span.end - 1, node.span.end, ("}",))
        return self.spread(Row(node.span.start, 0, head, table), entries, tail, apart=True)

    def spread(self, head: Row, entries: Iterable[Entry], tail: Row, *, apart: bool = False) -> Entry:
        """A block, or a row for it where it is empty or its writer left it on one line and no other block is in it."""
        start = self.opened[tail.start]
        inside, inner = self.text[start + 1 : tail.start], tuple(entries)
        place = bisect_right(self.openings, start)
        nested = place < len(self.openings) and self.openings[place] < tail.start
        if not inside.strip():
            return Row(head.start, tail.end, (*head.cells, f"{{{tail.text}"), head.table)
        if "\n" not in inside and not nested:
            written = phrase(*(entry.text for entry in inner if isinstance(entry, Row)))
            return Row(head.start, tail.end, (*head.cells, f"{{ {written} {tail.text}"), head.table)
        return Block(evolve(head, end=start + 1, table=""), inner, tail, apart)

    def in_runs(self, entries: Iterable[Entry]) -> tuple[Entry, ...]:
        """Blocks on one line stand in columns with those of their kind that follow without an empty line."""
        made: list[Entry] = []
        before, run = Row(0, 0, ()), 0
        for entry in entries:
            if isinstance(entry, Block) or entry.table in ("", WORDED):
                made.append(entry)
                before = Row(0, 0, ())
            else:
                if before.table != entry.table or blank_line.search(self.text, before.end, entry.start):
                    run += 1
                made.append(evolve(entry, table=f"{entry.table} {run}"))
                before = entry
        return tuple(made)
