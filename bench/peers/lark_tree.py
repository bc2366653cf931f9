"""Lark as its tutorial says: the same grammar, LALR, one tree of the whole text. Nothing is checked or proved."""

from collections.abc import Callable

from lark import Lark, ParseTree

from kpirules.grammar_file import grammar_text

ONE_ITEM, ALL_ITEMS = "start: _NL? item _NL?", "start: _NL? item (_NL item)* _NL?"


def prepare(text: str) -> Callable[[], ParseTree]:
    grammar = grammar_text()
    if ONE_ITEM not in grammar:
        raise AssertionError("the grammar starts otherwise")
    parser = Lark(grammar.replace(ONE_ITEM, ALL_ITEMS), parser="lalr")
    parser.parse(text)
    return lambda: parser.parse(text)
