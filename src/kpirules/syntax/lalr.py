"""The door to Lark: the parser, built once when first needed, and one attempt to parse one item."""

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from attrs import frozen

from kpirules.grammar_file import grammar_text
from kpirules.source import Source, Span
from kpirules.syntax.build import Leaf, callbacks
from kpirules.syntax.nodes import Item

if TYPE_CHECKING:
    from lark import Lark


@frozen
class Fault:
    """Where an attempt stopped: the last tokens before, and the terminal that did not fit.

    `type` is None where no terminal matches the text, and `$END` where the text ended too early.
    Before each of the tokens, and at the fault, the terminals are given that could stand there.
    """

    before: tuple[tuple[Leaf, frozenset[str]], ...]
    at: int
    type: str | None
    wanted: frozenset[str]


@cache
def parser() -> "Lark":
    """The parser. It keeps nothing between parses, so threads may share it."""
    from lark import Lark  # here and not above, because programs that only evaluate never need it

    return Lark(
        grammar_text(),
        parser="lalr",
        lexer="contextual",
        keep_all_tokens=True,
        maybe_placeholders=True,
        transformer=callbacks(),
    )


@cache
def fixed_words() -> dict[str, str]:
    """The text of each terminal that is always written the same: keywords and punctuation."""
    return {terminal.name: terminal.pattern.value for terminal in parser().terminals if terminal.pattern.type == "str"}


_remembered = 4
_thought_brace = "\n}\n"
_deepest = 8  # blocks in blocks: no item has so many
_glued = re.compile("[A-Za-z0-9_]{2}")  # where no name fits, the lexer would see `until` in `untill`


def attempt(source: Source, text: str, offset: int, thought: Sequence[int] = ()) -> Item | Fault:
    """Parse one item, whose text begins at `offset` of the source, as if closing braces stood at `thought`."""
    from lark.exceptions import UnexpectedCharacters, UnexpectedToken

    last = offset + len(text)
    added = [min(at, last) - offset + len(_thought_brace) * index for index, at in enumerate(thought[:_deepest])]
    for at in added:
        text = text[:at] + _thought_brace + text[at:]

    def place(position: int) -> int:
        """The offset in the source of a position in the text with its added braces."""
        before = sum(min(max(position - at, 0), len(_thought_brace)) for at in added)
        return min(offset + position - before, last)

    leaves: list[Leaf] = []
    running: Any = parser().parse_interactive(text)
    try:
        for token in running.lexer_thread.lex(running.parser_state):
            if _glued.match(text, token.end_pos - 1):
                return _fault(leaves, place(token.start_pos), None)
            leaf = Leaf(token.type, Span(source, place(token.start_pos), place(token.end_pos)))
            running.feed_token(leaf)
            leaves.append(leaf)
        item: Item = running.feed_eof()
    except UnexpectedCharacters as error:
        position: Any = error.pos_in_stream
        return _fault(leaves, place(position), None)
    except UnexpectedToken as error:
        match error.token:
            case Leaf(type, span):
                at = span.start
            case token:
                type, at = token.type, place(token.start_pos or 0)
        if type == "$END" or at >= last:
            return _fault(leaves, leaves[-1].span.end if leaves else offset, "$END")
        return _fault(leaves, at, type)
    return item


def _fault(leaves: Sequence[Leaf], at: int, type: str | None) -> Fault:
    """A fault behind these tokens; they are parsed once more, because the parser does not keep what it could accept."""
    running: Any = parser().parse_interactive("")
    for leaf in leaves[:-_remembered]:
        running.feed_token(leaf)
    before = []
    for leaf in leaves[-_remembered:]:
        before.append((leaf, frozenset(running.accepts())))
        running.feed_token(leaf)
    return Fault(tuple(before), at, type, frozenset(running.accepts()))
