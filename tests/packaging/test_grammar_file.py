"""The grammar is found in a checkout; `.ci/run` proves the same for a wheel and an sdist."""

from pathlib import Path

from kpirules.grammar_file import grammar_text

CHECKOUT = Path(__file__).parents[2]


def test_the_grammar_is_the_one_at_the_top_of_the_repository() -> None:
    assert grammar_text() == (CHECKOUT / "grammars" / "kpirules.lark").read_text(encoding="utf-8")


def test_there_is_one_grammar_only() -> None:
    kept = (path for place in ("grammars", "src") for path in (CHECKOUT / place).rglob("*.lark"))
    assert [path.name for path in kept] == ["kpirules.lark"]
