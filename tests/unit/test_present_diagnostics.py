import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpirules.diagnostics import Diagnostic, Label, error, warning
from kpirules.present.diagnostics import as_annotations, as_json, as_lines, as_text, counted
from kpirules.present.screen import Screen, columns
from kpirules.source import Source, Span

WIDE = Screen(width=100)


def at(text: str, words: str, name: str = "waits.kpi") -> Span:
    start = text.index(words)
    return Source(name, text).span(start, start + len(words))


def percent(span: Span, *also: Label) -> Diagnostic:
    return error("ambiguous-percent", span, "a tolerance of 5% can mean two things", "write `5 points`", also)


def test_a_diagnostic_shows_its_place_its_line_its_words_and_the_way_out() -> None:
    assert as_text([percent(at("indicator waits {\n  tolerance 5%\n}\n", "5%"))], WIDE) == (
        "waits.kpi:2:13: error[ambiguous-percent]: a tolerance of 5% can mean two things\n"
        " 2 |   tolerance 5%\n"
        "   |             ^^\n"
        "   = help: write `5 points`\n"
        "\n"
        "1 error"
    )


def test_a_second_place_is_shown_with_its_own_line_and_words() -> None:
    text = "unit percent\n\n\n\n\n\n\n\n\ntolerance 5%\n"
    here, there = at(text, "5%"), at(text, "percent")
    also = Span(here.source, there.start, there.end)
    assert as_text([percent(here, Label(also, "the unit is per cent"))], WIDE).splitlines()[1:6] == [
        " 10 | tolerance 5%",
        "    |           ^^",
        "  1 | unit percent",
        "    |      ------- the unit is per cent",
        "    = help: write `5 points`",
    ]


def test_a_second_place_in_another_file_names_the_file() -> None:
    label = Label(at("unit percent", "percent", "shared.kpi"), "the unit is per cent")
    assert as_text([percent(at("tolerance 5%", "5%"), label)], WIDE).splitlines()[3:6] == [
        "   in shared.kpi:1:6",
        " 1 | unit percent",
        "   |      ------- the unit is per cent",
    ]


LINES = [
    ("\ttolerance\t5%", "5%", "    tolerance   5%", "                ^^"),
    ('"日本" 5%', "5%", '"日本" 5%', "       ^^"),
    ('"日本" 5%', "日本", '"日本" 5%', " ^^^^"),
    ("e\u0301 5%", "5%", "e\u0301 5%", "  ^^"),
    ("\x1b[2J 5%", "5%", "\ufffd[2J 5%", "     ^^"),
    ("target", "", "target", "^"),
    ("a {\r\n}\r\n", "{\r\n}", "a {", "  ^ (to line 2)"),
    ("", "", "", "^"),
]


@pytest.mark.parametrize(("text", "words", "line", "marks"), LINES)
def test_carets_stand_under_the_words_whatever_stands_before_them(text: str, words: str, line: str, marks: str) -> None:
    shown = as_text([percent(at(text, words))], WIDE).split("\n")
    assert shown[1] == f" 1 | {line}".rstrip()
    assert shown[2] == f"   | {marks}"


def test_a_span_at_the_end_of_the_text_has_a_caret_behind_the_last_letter() -> None:
    source = Source("waits.kpi", "target")
    assert as_text([percent(source.span(6, 6))], WIDE).split("\n")[1:3] == [" 1 | target", "   |       ^"]


@given(st.text(alphabet="ab \t{%", max_size=200), st.data(), st.integers(40, 120))
def test_the_letters_above_the_carets_are_the_words(line: str, data: st.DataObject, width: int) -> None:
    start = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(start, min(len(line), start + 20)))
    span = Source("x.kpi", f"before\n{line}\nafter").span(7 + start, 7 + end)
    shown, marks = as_text([percent(span)], Screen(width=width)).split("\n")[1:3]
    found = re.search(r"\^+", marks)
    assert found is not None
    words = span.text.replace("\t", "") or shown.ljust(200)[found.start()]
    assert shown.ljust(200)[found.start() : found.end()].replace(" ", "") == words.replace(" ", "")
    assert columns(shown) <= width


def test_of_a_long_line_the_part_around_the_words_is_shown() -> None:
    text = "x " * 200 + "5% " + "y " * 200
    shown, marks = as_text([percent(at(text, "5%"))], Screen(width=60)).split("\n")[1:3]
    assert shown.startswith(" 1 | …")
    assert shown.endswith("…")
    assert columns(shown) <= 60
    assert shown.index("5%") == marks.index("^^")


def test_colour_changes_nothing_but_the_colour() -> None:
    found = [percent(at("tolerance 5%", "5%"), Label(at("unit percent", "percent"), "here"))]
    coloured = as_text(found, Screen(width=100, colours=256))
    assert coloured != as_text(found, WIDE)
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == as_text(found, WIDE)


def test_the_short_form_is_one_line_each() -> None:
    span = at("\n tolerance 5%", "5%")
    found = [percent(span), warning("odd", span, "a message\nin two lines", "help")]
    assert as_lines(found, WIDE) == (
        "waits.kpi:2:12: ambiguous-percent a tolerance of 5% can mean two things\n"
        "waits.kpi:2:12: odd a message in two lines"
    )


def test_json_says_everything_and_survives_any_encoding() -> None:
    also = Label(at("unit percent", "percent", "shared.kpi"), "here")
    text = as_json([percent(at("\nziel Ärger 5%", "Ärger"), also)], Screen(encoding="ascii"))
    assert text.isascii()
    assert json.loads(text) == [
        {
            "code": "ambiguous-percent",
            "severity": "error",
            "file": "waits.kpi",
            "line": 2,
            "column": 6,
            "end_line": 2,
            "end_column": 11,
            "text": "Ärger",
            "message": "a tolerance of 5% can mean two things",
            "help": "write `5 points`",
            "also": [{"file": "shared.kpi", "line": 1, "column": 6, "end_line": 1, "end_column": 13, "words": "here"}],
        }
    ]


def test_errors_and_warnings_are_counted_apart() -> None:
    span = at("x", "x")
    one, other = percent(span), warning("odd", span, "message", "help")
    assert counted([]) == "no faults"
    assert counted([one]) == "1 error"
    assert counted([other, one, other]) == "1 error, 2 warnings"


def test_annotations_say_where_and_escape_what_means_something_else_to_github() -> None:
    [line] = as_annotations([percent(at("a\n  tolerance 5%\n", "5%", "a,b:c%.kpi"))], WIDE).split("\n")
    assert line == (
        "::error file=a%2Cb%3Ac%25.kpi,line=2,endLine=2,col=13,endColumn=14,title=ambiguous-percent"
        "::a tolerance of 5%25 can mean two things%0Awrite `5 points`"
    )


def test_an_annotation_over_several_lines_has_no_columns_and_one_of_nothing_has_one() -> None:
    text = "bands {\n}\n"
    assert "::warning file=waits.kpi,line=1,endLine=2,title=w::" in as_annotations(
        [warning("w", at(text, "bands {\n}"), "m", "h")], WIDE
    )
    assert ",col=1,endColumn=1," in as_annotations([warning("w", Source("waits.kpi", text).span(0, 0), "m", "h")], WIDE)


@given(st.text(), st.text(), st.text())
def test_an_annotation_is_one_line_whatever_the_words(name: str, message: str, help: str) -> None:
    fault = error("c", Source(name, "x").span(0, 1), message, help)
    [line] = as_annotations([fault], WIDE).splitlines()
    assert line.count("::") >= 2
    assert "%" not in line.replace("%25", "").replace("%0A", "").replace("%2C", "").replace("%3A", "")
