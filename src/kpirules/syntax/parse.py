"""From text to a file of nodes; every fault becomes a diagnostic, and all that can be read is read."""

import re

from attrs import evolve, frozen

from kpirules.diagnostics import Diagnostic
from kpirules.source import Source, Span
from kpirules.syntax import nodes, wording
from kpirules.syntax.cut import Cut, Piece, cut
from kpirules.syntax.faults import diagnose
from kpirules.syntax.lalr import Fault, attempt

longest_text = 5_000_000
most_faults = 200
most_faults_of_an_item = 50
most_read_again = 200_000  # characters: an item is read again after each fault, so of a very long one few are told

# The blocks in which every line stands for itself, so that the others can be read without a faulty one.
_line_by_line = frozenset(
    {"theme", "defaults", "band", "scheme", "travel", "indicator", "component", "bands", "test"},
)
_continued = re.compile(r"[ \t]*(?:or|and)[ \t(]")
_tests = re.compile(r"\s*(?:test|always)\b")
_empty = re.compile(r"[ \t]*(?:#.*)?\r?")
_smart = re.compile("[“‘]")  # noqa: RUF001  these marks are what it looks for
# Texts and comments, in which any mark may stand, and texts between the marks that word processors set.
_said = re.compile(r'"(?:[^"\\\n]|\\[^\n])*"|#[^\n]*|[“‘](?P<smart>[^“”‘’"#\n]*)[”’]')  # noqa: RUF001


def parse(source: Source, *, tests: bool = True) -> tuple[nodes.File, tuple[Diagnostic, ...]]:
    """Read a text. Never raises; what could not be read is left out, reported, and listed in `File.damaged`.

    The diagnostics come in the order of the text. Without `tests`, those and laws are passed over unread.
    """
    if len(source.text) > longest_text:
        start = source.span(0, 0)
        whole = (source.span(0, len(source.text)),)
        return nodes.File((), source, (), whole), (wording.too_long(start, longest_text),)
    # A byte-order mark is no part of the text; a blank in its place keeps all offsets right.
    text = re.sub("^\ufeff", " ", source.text)
    text, smart = _with_plain_quotes(source, text)
    reader = _Reader(source, text, cut(source, text), passed_over=None if tests else _tests)
    reader.diagnostics += [wording.smart_quote(source.span(span.start, span.start + 1)) for span in smart]
    reader.holes += smart
    items = reader.items()
    diagnostics = sorted(reader.diagnostics, key=lambda found: (found.span.start, found.span.end))
    comments = tuple(nodes.Comment(span, span.text) for span in reader.plan.comments)
    holes = sorted(reader.holes, key=lambda hole: hole.start)
    return nodes.File(items, source, comments, tuple(holes)), tuple(diagnostics)


def _with_plain_quotes(source: Source, text: str) -> tuple[str, list[Span]]:
    """The text with plain marks around texts that have smart ones, so that all else can be read; and those texts."""
    smart: list[Span] = []

    def plain(found: re.Match[str]) -> str:
        if found["smart"] is None:
            return found[0]
        smart.append(source.span(*found.span()))
        return f'"{found["smart"]}"'

    return _said.sub(plain, text) if _smart.search(text) else text, smart


@frozen
class _Lines:
    """The lines of a text, for the one question which of them make one statement."""

    text: str

    def statement(self, at: int) -> tuple[int, int]:
        """From the first character of the line at an offset to its end, with the lines that continue it."""
        start, end = self._start(at), self._end(at)
        while start > 0 and _continued.match(self.text, start):
            start = self._start(start - 1)
            while start > 0 and _empty.fullmatch(self.text, start, self._end(start)):
                start = self._start(start - 1)
        following = end + 1
        while following < len(self.text):
            if _continued.match(self.text, following):
                end = self._end(following)
            elif not _empty.fullmatch(self.text, following, self._end(following)):
                break
            following = self._end(following) + 1
        return start, end

    def _start(self, at: int) -> int:
        return self.text.rfind("\n", 0, at) + 1

    def _end(self, at: int) -> int:
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end


class _Reader:
    """Reads the pieces of one cut and gathers what it meets."""

    def __init__(self, source: Source, text: str, plan: Cut, *, passed_over: re.Pattern[str] | None) -> None:
        self.source, self.text, self.plan, self.passed_over = source, text, plan, passed_over
        self.lines = _Lines(text)
        self.diagnostics = list(plan.diagnostics)
        self.holes = [source.span(at, at + 1) for at in plan.strays]

    def items(self) -> tuple[nodes.Item, ...]:
        """The items of the file, up to the limit of faults."""
        read: list[nodes.Item] = []
        for piece in self.plan.pieces:
            if len(self.diagnostics) >= most_faults:
                here = self.source.span(piece.start, piece.start)
                self.diagnostics.append(wording.too_many_faults(here, most_faults))
                self.holes.append(self.source.span(piece.start, len(self.text)))
                break
            if (item := self.item(piece)) is not None:
                read.append(item)
        return tuple(read)

    def item(self, piece: Piece) -> nodes.Item | None:
        """The item of a piece; a theme is read without what stands in it, and that piece by piece."""
        if self.passed_over and self.passed_over.match(self.text, piece.start):
            return None
        item = self.alone(piece)
        inner = [found for part in piece.inner if (found := self.item(part)) is not None]
        if not isinstance(item, nodes.Theme):
            return item
        fitting: list[nodes.ThemeItem] = []
        for part in inner:
            if isinstance(part, nodes.ThemeItem):
                fitting.append(part)
            else:
                start = part.span.start
                word = self.source.span(start, start + len(part.span.text.split()[0]))
                self.diagnostics.append(wording.not_in_a_theme(word))
                self.holes.append(part.span)
        return evolve(item, items=(*item.items, *fitting))

    def alone(self, piece: Piece) -> nodes.Item | None:
        """The item of a piece without what stands in it: each fault takes its line away and the rest is read again."""
        apart = [(part.start, part.end) for part in piece.inner]
        apart += [(at, at + 1) for at in self.plan.strays if piece.start <= at < piece.end]
        holes: list[tuple[int, int]] = []
        for at in self.plan.spoilt:
            if piece.start <= at < piece.end and not any(start <= at < end for start, end in (*apart, *holes)):
                holes.append(self.hole(piece, at))
        for _ in range(min(most_faults_of_an_item, 3 + most_read_again // (piece.end - piece.start + 1))):
            text = self.without(piece, (*apart, *holes))
            if not text or len(self.diagnostics) >= most_faults:
                break
            result = attempt(self.source, text, piece.start, piece.thought)
            if not isinstance(result, Fault):
                # In a block without a closing brace a hole may lie behind all that was read; it is still a hole in it.
                self.holes += [self.source.span(min(start, result.span.end - 1), end) for start, end in holes]
                return result
            self.diagnostics.append(diagnose(self.source, result))
            hole = self.hole(piece, result.at)
            holes.append(hole if self.without(piece, (*apart, *holes, hole)) != text else (piece.start, piece.end))
        self.holes.append(self.source.span(piece.start, piece.end))
        return None

    def without(self, piece: Piece, holes: tuple[tuple[int, int], ...]) -> str:
        """The text of a piece with blanks where the holes are, and without blanks at its end."""
        text = self.text[piece.start : piece.end]
        for start, end in holes:
            left, right = max(start - piece.start, 0), min(end - piece.start, len(text))
            text = text[:left] + re.sub(r"[^\n]", " ", text[left:right]) + text[right:]
        return text.rstrip(" \t\r\n")

    def hole(self, piece: Piece, at: int) -> tuple[int, int]:
        """What must go when there is a fault at an offset.

        The statement there, with the block that it opens but without a brace that closes a block around it; or the
        whole piece, where the fault is on its first line or in a block whose lines do not stand for themselves.
        """
        around = [block for block in self.plan.blocks if piece.start <= block.open < at <= block.close]
        if around and max(around, key=lambda block: block.open).word not in _line_by_line:
            return piece.start, piece.end
        start, end = self.lines.statement(at)
        if start <= piece.start:
            return piece.start, piece.end
        for block in self.plan.blocks:
            if block.open < start <= block.close < end:
                start, end = (start, block.close) if at <= block.close else (block.close + 1, end)
        for block in self.plan.blocks:
            if start <= block.open < end:
                end = max(end, block.close + 1)
        return start, min(end, piece.end)
