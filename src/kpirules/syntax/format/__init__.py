"""The one layout of a text, with all its comments."""

import re
from collections import deque
from collections.abc import Iterator, Sequence

from kpirules.diagnostics import Diagnostic
from kpirules.source import Source
from kpirules.syntax import nodes
from kpirules.syntax.format.layout import Block, Entry, blank_line, in_columns, laid_out
from kpirules.syntax.format.rows import Row
from kpirules.syntax.parse import parse

_joint = re.compile(
    r""""(?:[^"\\\n]|\\[^\n])*"|\#[^\n]*
      | (?:(?P<broken>\n)[ \t]*)?(?P<joint>(?<![\w-])(?:and|or)(?![\w-]))""",
    re.VERBOSE,
)


def format_text(source: Source) -> str | tuple[Diagnostic, ...]:
    """The text in its canonical layout; the diagnostics instead if there is anything in it that cannot be read.

    The result reads as the same nodes and has the same comments in the same order. Lines end as the first one of the
    text does, and the last one ends, too; a byte-order mark is dropped. Never raises.
    """
    file, found = parse(source)
    if found:
        return found
    end = "\r\n" if re.match(r"[^\n]*\r\n", source.text) else "\n"
    return "".join(f"{line}{end}" for line in _Writer(file).written(laid_out(file)))


class _Writer:
    """Writes the lines of one text from top to bottom, and each comment when its place has come."""

    def __init__(self, file: nodes.File) -> None:
        self.text = file.source.text
        self.comments = deque(file.comments)
        self.lines: list[str] = []
        self.at = 0  # how far the source has been written
        self.row_end, self.row_line = 0, 0  # where the last row ended in the source, and its line

    def written(self, entries: Sequence[Entry]) -> list[str]:
        self.entries(entries, 0)
        self.gap(len(self.text), 0, first=not entries, last=True)
        return self.lines

    def entries(self, entries: Sequence[Entry], depth: int) -> None:
        before: Entry | None = None
        for entry, text in zip(entries, in_columns(entries), strict=True):
            row = entry.head if isinstance(entry, Block) else entry
            apart = before is not None and (_is_apart(before) or _is_apart(entry))
            self.gap(row.start, depth, first=before is None, apart=apart)
            self.row(row, text, depth)
            if isinstance(entry, Block):
                self.entries(entry.entries, depth + 1)
                self.gap(entry.tail.start, depth + 1, first=not entry.entries, last=True)
                self.line(entry.tail.text, depth)
                self.at = entry.tail.end
            before = entry

    def row(self, row: Row, text: str, depth: int) -> None:
        """A row on as many lines as its writer gave it, for it may be broken before `and` and `or`."""
        begun = 0
        joints = _joints(self.text, row.start, row.end)
        for (place, broken), (joint, _) in zip(joints, _joints(text, 0, len(text)), strict=True):
            if broken:
                self.line(text[begun:joint], depth + (begun > 0))
                self.gap(place, depth + 1, first=True, last=True)
                begun = joint
        self.line(text[begun:], depth + (begun > 0))
        self.at = self.row_end = row.end
        self.row_line = len(self.lines) - 1

    def gap(self, end: int, depth: int, *, first: bool = False, last: bool = False, apart: bool = False) -> None:
        """The comments up to an offset, and the empty lines of the writer, several as one.

        There is no empty line before the first thing of a block nor behind the last one, and there is one between
        things that are set apart.
        """
        own: list[nodes.Comment] = []
        while self.comments and self.comments[0].span.start < end:
            comment = self.comments.popleft()
            if self.lines and not own and "\n" not in self.text[self.at : comment.span.start]:
                # Where a brace moves down from a row's line, what was said there was said of the row.
                beside_row = "\n" not in self.text[self.row_end : comment.span.start]
                self.lines[self.row_line if beside_row else -1] += f"  {comment.text.rstrip()}"
                self.at = comment.span.end
            else:
                own.append(comment)
        starts = [*(comment.span.start for comment in own), end]
        ends = [self.at, *(comment.span.end for comment in own)]
        empty = [bool(blank_line.search(self.text, *gap)) for gap in zip(ends, starts, strict=True)]
        if first:
            empty[0] = False
        if last:
            empty[-1] = False
        if apart and not any(empty):
            empty[0] = True
        for comment, above in zip(own, empty, strict=False):
            self.lines += [""] * above
            self.line(comment.text, depth)
        self.lines += [""] * empty[-1]
        self.at = end

    def line(self, text: str, depth: int) -> None:
        self.lines.append("  " * depth + text.strip())


def _is_apart(entry: Entry) -> bool:
    return isinstance(entry, Block) and entry.apart


def _joints(text: str, start: int, end: int) -> Iterator[tuple[int, bool]]:
    """Where `and` and `or` stand in a stretch of a text, and whether a line begins with them, which continues a row."""
    for found in _joint.finditer(text, start, end):
        if found["joint"]:
            yield found.start("joint"), bool(found["broken"])
