"""Laws of the layout: laying out twice changes nothing more, and neither meaning nor comments are touched."""

import re
from itertools import cycle, pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kpirules import check_text
from kpirules.source import Source
from kpirules.syntax import parse
from kpirules.syntax.format import format_text
from tests.properties.damage import TOKEN
from tests.properties.test_syntax import conditions, items, mutated, statements

ROOT = Path(__file__).parents[2]
FILES = sorted(
    path
    for folder in ("tests/corpus", "tests/spec/good", "indicators", "src")
    for path in (ROOT / folder).rglob("*.kpi")
)
TEXTS = [*items, *(path.read_text(encoding="utf-8") for path in FILES if path.parent.name == "good")]


def check_laws(text: str) -> bool:
    """What holds for any text at all; says whether it could be laid out."""
    file, diagnostics = parse(Source("x.kpi", text))
    laid_out = format_text(Source("x.kpi", text))
    if diagnostics:
        assert laid_out == diagnostics
        return False
    assert isinstance(laid_out, str)
    again, faults = parse(Source("x.kpi", laid_out))
    assert faults == ()
    assert again == file
    assert [comment.text for comment in again.comments] == [comment.text.rstrip() for comment in file.comments]
    assert format_text(Source("x.kpi", laid_out)) == laid_out
    check_lines(laid_out)
    return True


def check_lines(laid_out: str) -> None:
    """Lines end alike and without blanks, the last one too; no two empty lines, and none at the edge of a block."""
    assert laid_out == "" or laid_out.endswith("\n")
    ends = set(re.findall(r"\r?\n", laid_out))
    assert len(ends) <= 1
    end = "".join(ends) or "\n"
    lines = laid_out.removesuffix(end).split(end)
    assert all(line == line.rstrip(" \t\r\n") for line in lines)
    assert "" not in (lines[0], lines[-1]) or lines == [""]
    for above, line in pairwise(lines):
        assert line or above
        assert line or "#" in above or not above.endswith("{")
        assert above or not line.lstrip().startswith("}")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_files_of_ours(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert check_laws(text)
    laid_out = format_text(Source("x.kpi", text))
    assert isinstance(laid_out, str)
    before, after = (check_text(each)[1] for each in (text, laid_out))
    assert [fault.code for fault in before] == [fault.code for fault in after]


comments = st.sampled_from(["", "", "", " # a comment", "\n\n", "\n# a comment", " # one\n\n# two\n"])


@st.composite
def untidied(draw: st.DrawFn) -> str:
    """A text of ours with other blanks and line ends, and with more comments."""
    blanks = st.sampled_from(["", " ", "\t", "   "])
    above = st.sampled_from(["", "", "", "\n", "\n\n\n", "# own { line\n", '  # "another\n\n'])
    beside = st.sampled_from(["", "", "", " ", "# beside", "  # and or }  "])
    lines = draw(st.sampled_from(TEXTS)).rstrip("\n").split("\n")
    text = "".join(
        f"{draw(above)}{draw(blanks)}{line.strip()}{'' if '#' in line else draw(beside)}\n" for line in lines
    )
    return draw(st.sampled_from([text, text.rstrip("\n"), text.replace("\n", "\r\n"), f"\ufeff{text}"]))


@settings(deadline=None)
@given(untidied())
def test_texts_of_ours_with_other_blanks_and_more_comments(text: str) -> None:
    assert check_laws(text)


@settings(deadline=None)
@given(mutated | st.text(alphabet='{}"#\n\r\t indicator theme or and \ufeff'))
@example("\r\r\n\ufeff")
@example("# a\r\n#b\n\r\n")
@example("#\r")
@example("theme t { \n\n\n} # a\r\n # b")
@example("scheme s {\n green when no x # a\n\n # b\n or no y # c\n\n # d\n}")
@example("indicator # c\n and {\n}")
@example('always "x" for all { when (no x # a\n # b\n or no y) # c\n # d\n then red # e\n # f\n}')
def test_texts_of_any_kind(text: str) -> None:
    check_laws(text)


@settings(deadline=None)
@given(
    st.lists(statements(), max_size=5), st.lists(conditions(), max_size=4), st.lists(comments, min_size=1, max_size=7)
)
def test_generated_files(said: list[str], rules: list[str], comments: list[str]) -> None:
    lines = "".join(f"  {statement}\n" for statement in said)
    bands = "".join(f"  green when {condition}\n" for condition in rules)
    text = f"indicator x {{\n{lines}}}\nscheme s {{\n{bands}  red otherwise\n}}\n"
    written = zip(text.removesuffix("\n").split("\n"), cycle(comments), strict=False)
    commented = "".join(f"{line}{comment}\n" for line, comment in written)
    assert check_laws(commented)


@settings(deadline=None)
@given(st.lists(st.sampled_from(items), min_size=1, max_size=3), st.sampled_from(["\n", "\n\n", "\n# between\n\n"]))
def test_blanks_between_words_do_not_count(parts: list[str], between: str) -> None:
    """One blank or many, the layout is the same."""
    text = between.join(parts)
    wide = "".join(word * 3 if word.isspace() and "\n" not in word else word for word in TOKEN.findall(text))
    narrow = "".join(" " if word.isspace() and "\n" not in word else word for word in TOKEN.findall(text))
    assert format_text(Source("x.kpi", wide)) == format_text(Source("x.kpi", narrow))
