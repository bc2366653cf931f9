import codecs
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpirules.diagnostics import Diagnostic, Severity
from kpirules.observations import Row, decoded, from_mappings, read_csv
from kpirules.source import Source

HEADER = "indicator,component,period,value,measured,note\n"


def read(text: str) -> tuple[tuple[Row, ...], tuple[Diagnostic, ...]]:
    return read_csv(Source("t.csv", text))


def faults(text: str) -> list[tuple[str, str]]:
    """The code of every diagnostic and the text it stands at."""
    return [(fault.code, fault.span.text) for fault in read(text)[1]]


B3D = Row("B3d", None, "2023/24 Q2", "79%")


@pytest.mark.parametrize(
    "text",
    [
        "indicator,period,value\nB3d,2023/24 Q2,79%",
        "indicator;period;value\r\nB3d;2023/24 Q2;79%\r\n",
        "indicator\tperiod\tvalue\nB3d\t2023/24 Q2\t79%\n",
        "\ufeffindicator,period,value\nB3d,2023/24 Q2,79%\n",
        '\ufeff"indicator","period","value"\n"B3d","2023/24 Q2","79%"\n',
        "\n\nValue, PERIOD ,  Indicator\n79%, 2023/24 Q2 ,B3d\n\n",
        "indicator,component,period,value,measured,note,,\n,,,,,,,\nB3d,,2023/24 Q2,79%,,,,,,\n",
        HEADER + "B3d,,2023/24 Q2,79%\n",
        "indicator;period;value\rB3d;2023/24 Q2;79%\r",
    ],
)
def test_a_table_may_be_laid_out_in_many_ways(text: str) -> None:
    assert read(text) == ((B3D,), ())


def test_every_column_is_kept_with_its_place() -> None:
    line = 'B12a, family ,2023/24 Q2,"£1,222k (revised)",30th Sep 2023,"a ""note"""'
    [row], found = read(HEADER + line)
    assert found == ()
    assert row == Row("B12a", "family", "2023/24 Q2", "£1,222k (revised)", "30th Sep 2023", 'a "note"')
    assert [(column, span.text, span.line) for column, span in row.places.items()] == [
        ("indicator", "B12a", 2),
        ("component", "family", 2),
        ("period", "2023/24 Q2", 2),
        ("value", '"£1,222k (revised)"', 2),
        ("measured", "30th Sep 2023", 2),
        ("note", '"a ""note"""', 2),
    ]


def test_an_empty_value_is_a_row_because_it_says_that_there_is_none() -> None:
    [row], found = read("indicator,value,period\nB3d, ,2023/24 Q2")
    assert (row.value, row.place("value").text, row.place("value").column, found) == (" ", "", 5, ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [("missing-column", "")]),
        ("\n \n", [("missing-column", "")]),
        ("indicator,value\nB3d,79%", [("missing-column", "indicator,value")]),
        ("indicater,period,value\nB3d,2023/24,79%", [("missing-column", "indicater")]),
        ("indicator,period,value,Value\n", [("duplicate-column", "Value")]),
        ("indicator,period,value,notes\n", [("unknown-column", "notes")]),
        ("indicator,period,value,when;why\n", [("unknown-column", "when;why")]),
        ("indicator,period,,value\nB3d,2023/24,x,7\n", [("unknown-column", "")]),
        (HEADER + "B3d,,2023/24 Q2,2,528,,note\n", [("too-many-cells", "note")]),
        (HEADER + "B3d,\n", [("too-few-cells", "B3d,")]),
        (HEADER + 'B3d,,2023/24,"79%,,\n', [("unclosed-quote", '"79%,,')]),
        (HEADER + 'B3d,,2023/24,"7"9%,,\n', [("text-behind-quote", '"7"9%')]),
        ('indicator,"period,value\nB3d,2023/24,79%', [("unclosed-quote", '"period,value')]),
        ('indicator,value\nB3d,"79%', [("missing-column", "indicator,value"), ("unclosed-quote", '"79%')]),
    ],
)
def test_a_fault_has_its_code_and_its_exact_place(text: str, expected: list[tuple[str, str]]) -> None:
    assert faults(text) == expected


def test_what_was_probably_meant_is_offered() -> None:
    _, found = read("indicater,period,value,componant\n")
    assert [fault.help for fault in found] == ["did you mean `indicator`?", "did you mean `component`?"]


def test_a_column_that_nothing_reads_is_only_a_warning() -> None:
    rows, [fault] = read("indicator,period,value,owner\nB3d,2023/24 Q2,79%,Children")
    assert (rows, fault.severity) == ((B3D,), Severity.WARNING)


def test_all_rows_but_the_faulty_ones_load() -> None:
    rows, found = read(HEADER + 'A,,2023,1\nB,,2023,1,2,3,4\nC,,2023,"1\nD,,2023,"1"\nE\nF,,2023,1')
    assert [row.indicator for row in rows] == ["A", "D", "F"]
    assert [(fault.code, fault.span.line) for fault in found] == [
        ("too-many-cells", 3),
        ("unclosed-quote", 4),
        ("too-few-cells", 6),
    ]


TEXT = "indicator,value\nB8c,£207k – “deficit”"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("cp1252"),
    ],
)
def test_the_encodings_that_spreadsheets_write_are_told_apart(data: bytes) -> None:
    assert decoded(data) == TEXT


@given(st.binary())
def test_any_bytes_are_decoded(data: bytes) -> None:
    assert isinstance(decoded(data), str)
    assert isinstance(decoded(codecs.BOM_UTF16_LE + data), str)
    assert isinstance(decoded(codecs.BOM_UTF8 + data), str)


ODD = st.text(st.sampled_from('ab,;"\t\r\n£ ') | st.characters(codec="utf-8"), max_size=60)


@given(st.sampled_from(["", HEADER, "indicator;period;value;note\n", "\ufeffvalue\tperiod\tindicator\n"]), ODD)
def test_any_text_is_read_without_an_exception(header: str, text: str) -> None:
    rows, found = read(header + text)
    spans = [span for row in rows for span in row.places.values()] + [fault.span for fault in found]
    assert all(0 <= span.start <= span.end <= len(header + text) for span in spans)
    assert all(fault.message and fault.help and str(fault) for fault in found)


# ---- rows from Python


def test_what_is_no_mapping_is_refused_with_its_row() -> None:
    rows: list[Any] = [["B3d", "2023/24 Q2", 79]]
    with pytest.raises(TypeError, match="row 1 is to be a mapping with indicator, period and value, not list"):
        from_mappings(rows)


def test_mappings_are_rows_that_diagnostics_can_point_into() -> None:
    first, second = from_mappings(
        [
            {"Indicator": "B3d", "period": "2023/24 Q2", "value": 79, "component": float("nan")},
            {"indicator": "B8c", "period": 2023, "value": "£207k\ndeficit", "component": None, " NOTE ": "late"},
        ]
    )
    assert first == Row("B3d", None, "2023/24 Q2", 79)
    assert second == Row("B8c", None, "2023", "£207k\ndeficit", None, "late")
    place = second.place("value")
    assert (str(place), place.text) == ("<rows>:2:37", r"'£207k\ndeficit'")
    assert place.source.line(1) == "indicator='B3d', period='2023/24 Q2', value=79, component=nan"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"indicator": "B3d", "value": 79}, "row 1 has no `period`"),
        ({"indicator": "B3d", "period": "2023", "value": 1, "componant": "x"}, "did you mean `component`?"),
    ],
)
def test_keys_that_are_missing_or_unknown_are_refused(row: Mapping[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message.replace("?", r"\?")):
        from_mappings([row])


def test_a_row_made_by_hand_is_written_out_too() -> None:
    assert (B3D.place("value").text, B3D.place("value").source.name) == ("'79%'", "<row>")
    assert Row("B3d", None, "2023", 10**5000).place("value").text == "int"
