"""One layout for every node; what is printed says the same again."""

import re
from pathlib import Path

import pytest

from kpirules.source import Source
from kpirules.syntax import nodes, parse, print_file, print_node

corpus = sorted((Path(__file__).parents[1] / "corpus").glob("*.kpi"))

# They only say *yes* to something that the node around them writes.
markers = {
    nodes.HalfEven, nodes.ByIncrement, nodes.IgnoringUnrated, nodes.ForLibrary, nodes.Unranked, nodes.AYear,
    nodes.Within, nodes.Under,
}  # fmt: skip


def read(name: str, text: str) -> nodes.File:
    file, diagnostics = parse(Source(name, text))
    assert [str(found) for found in diagnostics] == []
    return file


def inside(node: object) -> list[nodes.Node]:
    """A node and all nodes in it."""
    if isinstance(node, tuple):
        return [found for part in node for found in inside(part)]
    if not isinstance(node, nodes.Node):
        return []
    return [node, *(found for field in node.__attrs_attrs__ for found in inside(getattr(node, field.name)))]


@pytest.mark.parametrize("path", corpus, ids=lambda path: path.stem)
def test_what_is_printed_says_the_same(path: Path) -> None:
    file = read(path.name, path.read_text(encoding="utf-8"))
    printed = print_file(file)
    assert read("printed", printed) == file
    assert print_file(read("printed", printed)) == printed


@pytest.mark.parametrize("path", corpus, ids=lambda path: path.stem)
def test_every_node_is_printed_with_the_words_it_was_read_from(path: Path) -> None:
    """Blanks, comments, commas and brackets apart; the corpus is written in the words that the printer prefers."""

    def words(text: str) -> str:
        return re.sub(r"[\s,()]", "", re.sub(r'("(?:[^"\\\n]|\\.)*")|#[^\n]*', r"\1", text))

    for node in inside(read(path.name, path.read_text(encoding="utf-8")).items):
        if type(node) not in markers and node.span.text != "_":
            assert words(print_node(node)) == words(node.span.text)


@pytest.mark.parametrize("marker", sorted(markers, key=lambda kind: kind.__name__), ids=lambda kind: kind.__name__)
def test_a_marker_has_no_text_of_its_own(marker: type[nodes.Node]) -> None:
    with pytest.raises(TypeError, match=marker.__name__):
        print_node(marker(Source("", "").span(0, 0)))


def test_the_layout() -> None:
    text = """language 1
use "common"
theme t "T" { indicator a like b { component c { target 80% }
 bands { green 80% and above } } }
scheme s { green when target met
  or (no value) # so
}
"""
    assert (
        print_file(read("x", text))
        == """\
language 1
use "common"

theme t "T" {
  indicator a like b {
    component c {
      target 80%
    }
    bands {
      green 80% and above
    }
  }
}

scheme s {
  green when target met or no value
}
"""
    )


def test_an_empty_file_prints_as_nothing() -> None:
    assert print_file(read("x", "# nothing")) == ""
