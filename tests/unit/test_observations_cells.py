import csv
import io
from typing import Literal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kpirules.diagnostics import Diagnostic
from kpirules.observations.cells import records
from kpirules.source import Source

CELLS = st.text(st.sampled_from('ab1 £,;"\t\r\n\u2028\x00') | st.characters(codec="utf-8"), max_size=8)
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=5), max_size=6)
QUOTING = st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])


def texts(text: str, separator: str = ",") -> list[list[str] | str]:
    """What every row says, or the code of its fault."""
    found = records(Source("t.csv", text), separator)
    return [row.code if isinstance(row, Diagnostic) else [cell.text for cell in row] for row in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("a,b", [["a", "b"]]),
        ("a,b\n", [["a", "b"]]),
        ("a,b\n\nc", [["a", "b"], [""], ["c"]]),
        ("a,\r\n,b\r\n", [["a", ""], ["", "b"]]),
        ("a\rb", [["a"], ["b"]]),
        ('"2,528",b', [["2,528", "b"]]),
        ('a, "2,528" ,b', [["a", "2,528", "b"]]),
        ('"say ""yes""",""', [['say "yes"', ""]]),
        ('"two\r\nlines",b\nc', [["two\r\nlines", "b"], ["c"]]),
        ('5" pipe,b', [['5" pipe', "b"]]),
        (" a , b ", [[" a ", " b "]]),
    ],
)
def test_a_row_is_cut_into_its_cells(text: str, expected: list[list[str]]) -> None:
    assert texts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a,"b', ["unclosed-quote"]),
        ('a,"b\nc,d', ["unclosed-quote", ["c", "d"]]),
        ('a,"b\nc,"2,528"\nd', ["unclosed-quote", ["c", "2,528"], ["d"]]),
        ('a,"b\n"c"\n"d"x\n', ["unclosed-quote", ["c"], "text-behind-quote"]),
        ('"a"b,c\nd', ["text-behind-quote", ["d"]]),
        ('"a"b\r\nd', ["text-behind-quote", ["d"]]),
    ],
)
def test_a_faulty_row_spares_the_rows_below_it(text: str, expected: list[list[str] | str]) -> None:
    assert texts(text) == expected


@pytest.mark.parametrize(
    ("text", "place"),
    [('a,"b c\nd', '"b c'), ('a,"b"c d,e', '"b"c d'), ('x\na, "b"c\n', '"b"c')],
)
def test_the_span_of_a_fault_is_the_cell(text: str, place: str) -> None:
    [fault] = [row for row in records(Source("t.csv", text), ",") if isinstance(row, Diagnostic)]
    assert fault.span.text == place


@given(ROWS, st.sampled_from([",", ";", "\t"]), QUOTING)
@example([['"'], [' "a"', "\n"]], ",", csv.QUOTE_MINIMAL)
def test_what_the_standard_writer_writes_is_read_back_with_the_exact_places(
    rows: list[list[str]], separator: str, quoting: Literal[0, 1]
) -> None:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=separator, quoting=quoting).writerows(rows)
    source = Source("t.csv", written.getvalue())
    found = [row for row in records(source, separator) if not isinstance(row, Diagnostic)]
    assert [[cell.text for cell in row] for row in found] == rows
    for row in found:
        for cell in row:
            quoted = '"' + cell.text.replace('"', '""') + '"'
            assert cell.span.text in (cell.text, quoted)
    # Nothing but separators and line ends stands between one cell and the next.
    outside, at = [], 0
    for span in (cell.span for row in found for cell in row):
        outside.append(source.text[at : span.start])
        at = span.end
    outside.append(source.text[at:])
    assert "".join(outside) == "".join(separator * (len(row) - 1) + "\r\n" for row in rows)


@given(st.text(st.sampled_from('a ",\r\n'), max_size=40))
def test_no_fault_swallows_a_last_line_that_has_no_quotes(text: str) -> None:
    assert texts(f"{text}\nx,y")[-1] == ["x", "y"]


@given(st.text())
def test_faults_and_cells_lie_inside_any_text(text: str) -> None:
    for row in records(Source("t.csv", text), ","):
        for span in [row.span] if isinstance(row, Diagnostic) else [cell.span for cell in row]:
            assert 0 <= span.start <= span.end <= len(text)
