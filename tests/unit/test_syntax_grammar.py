"""The grammar has no conflicts, no dead rule, and no token that another one takes away."""

import importlib.util
import re
from pathlib import Path

import pytest
from lark import Lark, Token, Tree

from kpirules.grammar_file import grammar_text
from kpirules.source import Source
from kpirules.syntax import nodes, parse
from kpirules.syntax.build import RULES, VALUES
from kpirules.syntax.cut import Piece, cut
from kpirules.syntax.tables import fixed_words, parser, reader, tables

corpus = sorted((Path(__file__).parents[1] / "corpus").glob("*.kpi"))

samples = {
    "COMMA": (", ", ",\n"),
    "COMMENT": ("# words",),
    "DATE": ("2023-07-31",),
    "MINUS_SIGN": ("- ", "−("),
    "MONEY_AMOUNT": ("£740k", "£1.222m", "£ 5", "€1,200.50", "$2bn", "£2023"),
    "NAME": ("B3d", "send-category", "x_1", "targets", "orange"),
    "NUMBER": ("1,200", "0.5", "2023", "12", "1,204.25"),
    "PERCENTAGE": ("80%", "1,200.5 %", "2023%"),
    "PERIOD": ("2023/24", "2023/24 Q2", "2023-09", "2023", "2023 H1", "2023/2024"),
    "SIGN": ("-5", "−5", "-£5"),
    "STRING": ('"a b"', r'"a \" b"', '""'),
    "TIME_AMOUNT": ("3m 39s", "2h", "1.5h", "3m39s", "2023h"),
    "_NL": ("\n", "  # words\r\n\n"),
}


# These look at what follows and do not take it.
shorter = {"COMMA": 1, "MINUS_SIGN": 1, "SIGN": 1}

# What may follow each lexeme without being a part of it.
followers = {"_NL": ("", "x"), "COMMENT": ("", "\n")}


def lexemes(terminal: str) -> tuple[str, ...]:
    return samples.get(terminal) or (fixed_words()[terminal],)


def test_the_grammar_has_no_conflicts() -> None:
    strict = importlib.util.find_spec("interegular") is not None  # Lark's strict mode needs that package
    built = Lark(grammar_text(), parser="lalr", lexer="contextual", keep_all_tokens=True, strict=strict)
    assert built.terminals


def test_every_rule_has_its_line_in_the_table_and_every_line_its_rule() -> None:
    """An alternative of a rule marked with `?` melts into its only child and needs none."""
    named = {
        str(rule.alias or rule.options.template_source or rule.origin.name)
        for rule in parser().rules
        if rule.alias or not rule.options.expand1 or len(rule.expansion) > 1
    }
    assert {name for name in named if not name.startswith("_")} == set(RULES)


def test_every_value_terminal_exists() -> None:
    assert set(VALUES) <= {terminal.name for terminal in parser().terminals}


def test_in_every_state_each_accepted_terminal_wins_on_its_own_lexemes() -> None:
    terminals = {terminal.name for terminal in parser().terminals}
    lost = set()
    for state, actions in enumerate(tables().actions):
        for terminal in terminals & actions.keys():
            for lexeme in lexemes(terminal):
                for end in followers.get(terminal, ("", " x", "\n")):
                    found = reader(state).match(lexeme + end, 0)
                    read = (reader(state).type(found), found[0]) if found else ("", "")
                    if read != (terminal, lexeme[: shorter.get(terminal, len(lexeme))]):
                        lost.add((terminal, lexeme, *read))
    assert lost == set()


def test_the_corpus_reaches_every_rule_and_terminal() -> None:
    plain = Lark(grammar_text(), parser="lalr", lexer="contextual", keep_all_tokens=True, maybe_placeholders=True)
    rules, terminals = set(), set()

    def visit(tree: Tree[Token]) -> None:
        for part in tree.iter_subtrees():
            rules.add(str(part.data))
            terminals.update(token.type for token in part.children if isinstance(token, Token))

    def pieces(found: tuple[Piece, ...]) -> list[Piece]:
        return [piece for outer in found for piece in (outer, *pieces(outer.inner))]

    for path in corpus:
        source = Source(path.name, path.read_text(encoding="utf-8"))
        for piece in pieces(cut(source, source.text).pieces):
            visit(plain.parse(source.text[piece.start : piece.end]))
    assert set(RULES) - rules == set()
    assert {terminal.name for terminal in plain.terminals} - terminals == set(plain.ignore_tokens)


@pytest.mark.parametrize("path", corpus, ids=lambda path: path.stem)
def test_the_corpus_has_no_faults(path: Path) -> None:
    file, diagnostics = parse(Source(path.name, path.read_text(encoding="utf-8")))
    assert [str(found) for found in diagnostics] == []
    assert file.damaged == ()


def test_the_corpus_makes_every_kind_of_node() -> None:
    seen: set[type] = set()

    def visit(node: object) -> None:
        if isinstance(node, nodes.Node):
            seen.add(type(node))
            for name in node.__attrs_attrs__:
                visit(getattr(node, name.name))
        elif isinstance(node, tuple):
            for part in node:
                visit(part)

    for path in corpus:
        file, _ = parse(Source(path.name, path.read_text(encoding="utf-8")))
        visit(file.items)
        visit(file.comments)
    kinds = {kind for kind in vars(nodes).values() if isinstance(kind, type) and issubclass(kind, nodes.Node)}
    assert kinds - seen == {nodes.Node}


def test_the_grammar_uses_no_classes_of_characters_that_hold_foreign_digits() -> None:
    assert re.search(r"\\d|\\w", grammar_text()) is None
