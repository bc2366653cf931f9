"""The door to Lark: the parser, built once when first needed, and one attempt to parse one item."""

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
    """Where an attempt stopped: the tokens before, and the terminal that did not fit.

    `type` is None where no terminal matches the text, and `$END` where the text ended too early.
    """

    before: tuple[Leaf, ...]
    at: int
    type: str | None


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


def attempt(source: Source, text: str, offset: int, missing_braces: int = 0) -> Item | Fault:
    """Parse one item, whose text begins at `offset` of the source, as if it ended with the braces it misses."""
    from lark.exceptions import UnexpectedCharacters, UnexpectedToken

    last = offset + len(text)
    leaves: list[Leaf] = []
    running: Any = parser().parse_interactive(text + "\n" + "}" * missing_braces)
    try:
        for token in running.lexer_thread.lex(running.parser_state):
            start, end = min(token.start_pos + offset, last), min(token.end_pos + offset, last)
            leaf = Leaf(token.type, Span(source, start, end))
            running.feed_token(leaf)
            leaves.append(leaf)
        item: Item = running.feed_eof()
    except UnexpectedCharacters as error:
        return Fault(tuple(leaves), error.pos_in_stream + offset, None)
    except UnexpectedToken as error:
        match error.token:
            case Leaf(type, span):
                at = span.start
            case token:
                type, at = token.type, (token.start_pos or 0) + offset
        if type == "$END" or at >= last:
            return Fault(tuple(leaves), leaves[-1].span.end if leaves else offset, "$END")
        return Fault(tuple(leaves), at, type)
    return item


def acceptable(before: Sequence[Leaf]) -> frozenset[str]:
    """The terminals that may follow these tokens."""
    running: Any = parser().parse_interactive("")
    for leaf in before:
        running.feed_token(leaf)
    return frozenset(running.accepts())
