"""The cut of a text into its items by braces and lines alone, so that a fault in one item cannot spoil the next."""

import re
from difflib import get_close_matches
from functools import lru_cache

from attrs import define, field, frozen

from kpirules.diagnostics import Diagnostic
from kpirules.source import Source, Span
from kpirules.syntax import wording

most_brackets = 50
most_themes = 10  # one in the other

# Where a block forgot its brace, these lines tell: none of them can stand inside the block of another item.
_title = r"""(?:[ \t]+"(?:[^"\\\n]|\\.)*")?[ \t]*"""
_ref = r"""[ \t]+(?:[A-Za-z][A-Za-z0-9_-]*|"(?:[^"\\\n]|\\.)*")"""
_item_line = re.compile(
    rf"""(?P<inner>indicator{_ref}{_title}(?:like{_ref}[ \t]*)?\{{|test{_ref}(?:[ \t]+component{_ref})?[ \t]*\{{"""
    r"""|defaults\b[a-z \t]*\{|always[ \t]+")"""
    r"""|(?P<outer>language[ \t]+[0-9]|use[ \t]+")"""
    rf"""|(?P<outer_block>(?:theme|scheme|travel|calendar|scale|band){_ref}{_title}(?:unranked[ \t]*)?\{{)"""
    rf"""|(?P<component>component{_ref}{_title}\{{)"""
)
# What cannot begin a mark is passed over with the mark before it, which is quicker than to look for one at each letter.
_mark = re.compile(
    r"""(?:(?P<line>^[ \t]*(?=[^ \t\n\#{}])(?!\r?$))
      | (?P<string>"(?:[^"\\\n]|\\[^\n])*") | (?P<open_string>"[^\n]*)
      | (?P<comment>\#[^\n]*) | (?P<open>\{) | (?P<close>\}) | (?P<bracket>\() | (?P<unbracket>\)))
      [^"\#{}()\n]*+""",
    re.VERBOSE | re.MULTILINE,
)
_word = re.compile(r"[ \t]*([A-Za-z][A-Za-z0-9_-]*)")
_more = re.compile(r"[ \t]*(?:or|and)[ \t(]")
_odd_escape = re.compile(r"\\[^\"\\]")


@frozen
class Block:
    """What stands between two braces; `word` is the word before it that says what it is."""

    open: int
    close: int
    word: str


@frozen
class Piece:
    """One item with all its lines; closing braces must be thought at the offsets `thought`, which rise."""

    start: int
    end: int
    thought: tuple[int, ...] = ()
    inner: "tuple[Piece, ...]" = ()


@frozen
class Cut:
    """A text cut into items, with all that was seen on the way."""

    pieces: tuple[Piece, ...]
    blocks: tuple[Block, ...]
    comments: tuple[Span, ...]
    diagnostics: tuple[Diagnostic, ...]
    spoilt: tuple[int, ...]  # offsets in lines that cannot be read for a reason already in the diagnostics
    strays: tuple[int, ...]  # closing braces that close nothing


@define
class _Frame:
    """A block still open while cutting; a frame that holds items is cut into pieces."""

    word: str
    open: int
    indent: int
    holds_items: bool
    pieces: list[Piece] = field(factory=list)
    begun: int | None = None
    thought: list[int] = field(factory=list)
    inner: list[Piece] = field(factory=list)

    def begin(self, start: int) -> None:
        self.finish(start)
        self.begun = start

    def finish(self, end: int) -> None:
        if self.begun is not None:
            self.pieces.append(Piece(self.begun, end, tuple(self.thought), tuple(self.inner)))
        self.begun, self.thought, self.inner = None, [], []


class _Cutter:
    """One walk over the marks of a text."""

    def __init__(self, source: Source, text: str) -> None:
        self.source, self.text = source, text
        self.frames = [_Frame("", 0, -1, holds_items=True)]
        self.blocks: list[Block] = []
        self.comments: list[Span] = []
        self.diagnostics: list[Diagnostic] = []
        self.spoilt: list[int] = []
        self.strays: list[int] = []
        self.indent = 0
        self.clause = 0  # where the words before the next brace begin
        self.brackets = 0
        self.thought = 0  # braces that were thought for the writer; as many may turn up later

    def walk(self) -> Cut:
        for mark in _mark.finditer(self.text):
            kind = mark.lastgroup or ""
            start, end = mark.span(kind)
            match kind:
                case "line":
                    self.line(start, end)
                case "string":
                    self.escapes(start, end)
                case "open_string":
                    self.open_string(start, end)
                case "comment":
                    self.comments.append(self.source.span(start, end - (self.text[end - 1] == "\r")))
                case "open":
                    self.open(start)
                case "close":
                    self.close(start)
                case "bracket":
                    self.bracket(start)
                case _:
                    self.brackets -= 1
        if len(self.frames) > 1:
            self.forgotten(1, self.source.span(len(self.text), len(self.text)))
        self.frames[0].finish(len(self.text))
        return Cut(
            tuple(self.frames[0].pieces),
            tuple(self.blocks),
            tuple(self.comments),
            tuple(self.diagnostics),
            tuple(self.spoilt),
            tuple(self.strays),
        )

    def line(self, start: int, end: int) -> None:
        top = self.frames[-1]
        if _more.match(self.text, start) and not (top.holds_items and top.begun is None):
            return
        self.indent, self.clause, self.brackets = end - start, end, 0
        if len(self.frames) > 1 and (item := _item_line.match(self.text, end)):
            home = self.home(item)
            if home is not None and home < len(self.frames):
                word = _word.match(self.text, end)
                self.forgotten(home, self.source.span(end, word.end() if word else end))
        if self.frames[-1].holds_items:
            self.frames[-1].begin(start)

    def home(self, item: re.Match[str]) -> int | None:
        """How many frames stay open when this line begins an item; None if the line may well be a statement."""
        if item["component"]:
            insides = [i for i, frame in enumerate(self.frames) if frame.word == "indicator"]
            return insides[-1] + 1 if insides else None
        if item["outer_block"]:
            return None if self.indent else 1
        if item["outer"]:
            return 1
        theme = self.holding() - 1
        if not theme:
            return 1
        # Where the items of a theme are not set in, the indent tells nothing; then the theme is taken as open.
        around, inside = self.frames[theme], self.frames[theme + 1 : theme + 2]
        set_in = any(frame.indent > around.indent for frame in inside)
        return theme if set_in and self.indent <= around.indent else theme + 1

    def holding(self) -> int:
        """How many frames hold items: the file, and the themes around this place."""
        return next((i for i, frame in enumerate(self.frames) if not frame.holds_items), len(self.frames))

    def forgotten(self, home: int, seen: Span) -> None:
        self.thought += len(self.frames) - home
        openings = [self.source.span(frame.open, frame.open + 1) for frame in self.frames[home:]]
        self.diagnostics.append(wording.unclosed_brace(seen, openings))
        while len(self.frames) > home:
            end = seen.start - self.indent if seen.text else seen.start
            self.leave(end)
            self.frames[self.holding() - 1].thought.append(end)

    def leave(self, end: int) -> None:
        frame = self.frames.pop()
        frame.finish(end)
        self.blocks.append(Block(frame.open, end, frame.word))
        self.frames[-1].inner.extend(frame.pieces)

    def open(self, at: int) -> None:
        top = self.frames[-1]
        if top.holds_items and top.begun is None:
            top.begin(self.clause if len(self.frames) > 1 else at)
        word = _word.match(self.text, self.clause)
        said = word[1] if word else ""
        # A theme in a theme is out of place; what stands in it is all the same read for itself.
        theme = top.holds_items and len(self.frames) <= most_themes and _means_theme(said)
        self.frames.append(_Frame(said, at, self.indent, holds_items=theme))
        self.clause = at + 1

    def close(self, at: int) -> None:
        if len(self.frames) == 1:
            if self.frames[0].begun is None:
                self.frames[0].begin(at)
            self.strays.append(at)
            if self.thought:
                self.thought -= 1
            else:
                self.diagnostics.append(wording.stray_brace(self.source.span(at, at + 1)))
        else:
            self.leave(at)
        self.clause = at + 1

    def spoil(self, at: int, diagnostic: Diagnostic) -> None:
        self.spoilt.append(at)
        self.diagnostics.append(diagnostic)

    def bracket(self, at: int) -> None:
        self.brackets += 1
        if self.brackets == most_brackets + 1:
            self.spoil(at, wording.too_deep(self.source.span(at, at + 1), most_brackets))

    def escapes(self, start: int, end: int) -> None:
        if "\\" in self.text[start:end]:
            for pair in re.finditer(r"\\.", self.text[start:end]):
                if _odd_escape.match(pair[0]):
                    where = self.source.span(start + pair.start(), start + pair.end())
                    self.spoil(start, wording.bad_escape(where))

    def open_string(self, start: int, end: int) -> None:
        said = self.text[start:end].rstrip()
        self.spoil(start, wording.unclosed_quote(self.source.span(start, start + len(said))))
        if said.endswith("{"):  # the block that the line opens is more likely meant than a brace in the text
            self.open(start + len(said) - 1)


@lru_cache(maxsize=100)
def _means_theme(word: str) -> bool:
    """Also where the word is misspelt, so that what stands in the theme is read for itself."""
    return bool(get_close_matches(word, ["theme"], cutoff=0.75))


def cut(source: Source, text: str) -> Cut:
    """Cut a text, as long as its source's, into items; all spans lie in the source."""
    return _Cutter(source, text).walk()
