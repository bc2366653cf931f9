"""Tables as reports print them: headings seen from the report's period, comparators, and what Excel leaves behind."""

import pytest

from kpirules import load_text
from kpirules.observations import Back, Observations, Row, decoded, observe, read_csv
from kpirules.observations.wide import heading, period_in_name
from kpirules.reasons import Direction, Reason
from kpirules.source import Source

LIBRARY = load_text("""
calendar council { year starts 1 April }
travel short { against previous quarter }
travel long { against same quarter last year }
defaults {
  calendar council
  unit percent
  polarity higher is better
  target 80%
  tolerance 10 points
  travel short, long
}
indicator B3d { frequency quarterly }
indicator B5a { frequency yearly }
""")

PRINTED = """Indicator,Title,This quarter,Last quarter,Same point last year,Note
B3d,Schools rated good,79% (30th Sep 2023),85%,NA - New PI,
B5a,Progress,56% (2023 provisional),55% (2022),,annual
"""


def rows(text: str, name: str = "table.csv", period: str | None = None) -> list[Row]:
    found, faults = read_csv(Source(name, text), period)
    assert [fault.code for fault in faults if fault.code != "unknown-column"] == []
    return list(found)


def table(text: str, name: str = "table.csv", period: str | None = None) -> Observations:
    found, faults = observe(rows(text, name, period), LIBRARY.definitions)
    assert faults == ()
    return found


@pytest.mark.parametrize(
    ("words", "back"),
    [
        ("This quarter", Back.NOW),
        ("Current Quarter", Back.NOW),
        ("Actual", Back.NOW),
        ("Performance", Back.NOW),
        ("this period (July to September)", Back.NOW),
        ("Last quarter", Back.LAST),
        ("PREVIOUS  QUARTER", Back.LAST),
        ("Previous Quarter Performance", Back.LAST),
        ("last month:", Back.LAST),
        ("Same quarter last year", Back.YEAR),
        ("Same point last year", Back.YEAR),
        ("same period previous year", Back.YEAR),
        ("This time last year", Back.YEAR),
        ("A year ago", Back.YEAR),
    ],
)
def test_a_heading_tells_the_period_from_that_of_the_report(words: str, back: Back) -> None:
    found = heading(words)
    assert found is not None
    assert (found.period, found.back) == (None, back)


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("2023/24 Q2", "2023/24 Q2"),
        ("Q2 2023/24", "2023/24 Q2"),
        ("Quarter 2 2023/24", "2023/24 Q2"),
        ("2023/24 Quarter 2", "2023/24 Q2"),
        ("Q2 2023/24 Actual", "2023/24 Q2"),
        ("2022/23 Outturn", "2022/23"),
        ("2023-09", "2023-09"),
    ],
)
def test_a_heading_names_a_period(words: str, period: str) -> None:
    found = heading(words)
    assert found is not None
    assert (found.period, found.back) == (period, Back.NOW)


@pytest.mark.parametrize(
    "words", ["Title", "Target", "RAG", "Last year", "Direction of travel", "indicator", "value", ""]
)
def test_other_headings_are_none_of_values(words: str) -> None:
    assert heading(words) is None


@pytest.mark.parametrize(
    ("name", "period"),
    [
        ("2023-24-q2.csv", "2023/24 Q2"),
        ("observations/2023-24_Q3.csv", "2023/24 Q3"),
        ("Report Q2 2023-24.csv", "2023/24 Q2"),
        ("quarter 1 2022-23 final.csv", "2022/23 Q1"),
        ("figures.csv", None),
        ("2023-12-quarters.csv", None),
    ],
)
def test_a_file_may_be_called_after_its_period(name: str, period: str | None) -> None:
    assert period_in_name(name) == period


@pytest.mark.parametrize(
    ("text", "name", "period"),
    [
        (PRINTED, "2023-24-q2.csv", None),
        (PRINTED, "2023-24-q2.csv", "2022/23 Q1"),
        (PRINTED, "table.csv", "2023/24 Q2"),
        (
            PRINTED.replace("Note", "Period").replace("annual", "2023/24 Q2").replace("PI,", "PI,2023/24 Q2"),
            "a.csv",
            None,
        ),
    ],
)
def test_a_printed_table_is_rated_and_compared(text: str, name: str, period: str | None) -> None:
    card = LIBRARY.score(table(text, name, period), period="2023/24 Q2")
    secondary, annual = card["B3d"], card["B5a"]
    assert (secondary.rating.band, secondary.measured) == ("amber", "30th Sep 2023")
    assert secondary.previous is not None
    assert secondary.previous.band == "green"
    assert secondary.travels["short"].direction is Direction.WORSENED
    assert secondary.travels["long"].reason is Reason.NEW_INDICATOR
    assert annual.travels["short"].direction is Direction.IMPROVED
    assert annual.travels["long"].reason is Reason.NO_COMPARATOR


def test_what_is_printed_beside_a_value_overrides_the_look_up() -> None:
    text = "indicator,period,value,last quarter\nB3d,2023/24 Q1,90%,\nB3d,2023/24 Q2,80%,75%\n"
    found = table(text)
    row = LIBRARY.score(found, period="2023/24 Q2")["B3d"]
    assert row.travels["short"].direction is Direction.IMPROVED
    assert len(found) == 2
    before = LIBRARY.score(found, period="2023/24 Q1")["B3d"]
    assert before.rating.band == "green"


def test_an_empty_comparator_leaves_the_look_up() -> None:
    text = "indicator,period,value,last quarter\nB3d,2023/24 Q1,90%,\nB3d,2023/24 Q2,80%,\n"
    assert LIBRARY.score(table(text), period="2023/24 Q2")["B3d"].travels["short"].direction is Direction.WORSENED


def test_a_table_that_does_not_say_its_period_is_told() -> None:
    found, [fault] = read_csv(Source("table.csv", PRINTED))
    assert found == ()
    assert (fault.code, fault.span.text) == ("untold-period", "This quarter")


def test_two_comparators_for_one_value_are_a_fault() -> None:
    text = "indicator,period,value,last quarter\nB3d,2023/24 Q2,80%,75%\nB3d,2023/24 Q2,,76%\n"
    _, faults = observe(rows(text), LIBRARY.definitions)
    assert [fault.code for fault in faults].count("duplicate-observation") == 2


EXCEL = {
    "a title above": "Quarter 2 figures\n\nindicator,period,value\nB3d,2023/24 Q2,79%\n",
    "a title with commas behind it": "Quarter 2 figures,,\n,,\nindicator,period,value\nB3d,2023/24 Q2,79%\n",
    "the line that names the separator": "sep=;\nindicator;period;value\nB3d;2023/24 Q2;79%\n",
    "empty rows at the end": "indicator,period,value\nB3d,2023/24 Q2,79%\n,,\n,,\n,,\n",
    "empty columns between": "indicator,,period,,value,,\nB3d,,2023/24 Q2,,79%,,\n,,,,,,\n",
    "an empty column in front": ",indicator,period,value\n,B3d,2023/24 Q2,79%\n",
    "line ends of Windows": "indicator,period,value\r\nB3d,2023/24 Q2,79%\r\n",
    "capitals and blanks": " Indicator , Period , Value \n B3d , 2023/24 Q2 ,79%\n",
    "a heading in two lines": '"indicator",period,"value\n"\nB3d,2023/24 Q2,79%\n',
}


@pytest.mark.parametrize("text", EXCEL.values(), ids=EXCEL)
def test_what_excel_leaves_in_a_table_does_no_harm(text: str) -> None:
    found, faults = read_csv(Source("table.csv", text))
    assert faults == ()
    [row] = found
    assert (row.indicator, row.period, row.value) == ("B3d", "2023/24 Q2", "79%")
    assert row.place("value").text == "79%"


def test_a_column_without_a_name_that_says_something_is_told() -> None:
    found, [fault] = read_csv(Source("t.csv", "indicator,,period,value\nB3d,hm,2023/24 Q2,79%\n"))
    assert fault.code == "unknown-column"
    assert len(found) == 1


TITLED = "indicator,title,period,value\nB3d,Schools,2023/24 Q2,79%\n"
LONG = "indicator,period,value\nB3d,2023/24 Q2,79%\n"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (f"# allow unknown-column: titles are for readers\n{TITLED}", []),
        (f'"# allow unknown-column: titles, for readers",,,\n{TITLED}', []),
        (f"# allow unknown-column\n{TITLED}", ["bad-silence"]),
        (f"# allow unknown-column,,,\n{TITLED}", ["bad-silence"]),
        (f"# allow too-few-cells: why not\n{LONG}", ["bad-silence"]),
        (f"# allow unknown-column: titles are for readers\n{LONG}", ["unused-silence"]),
        (f"{LONG}# allow unknown-column: too late\n", ["too-few-cells"]),
    ],
)
def test_a_warning_about_columns_can_be_silenced_above_the_header(text: str, codes: list[str]) -> None:
    found, faults = read_csv(Source("table.csv", text))
    assert len(found) == 1
    assert [fault.code for fault in faults] == codes


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_printed_table_is_read_in_the_encodings_of_offices(encoding: str) -> None:
    text = "Figures of the café\r\n\r\nIndicator;This quarter;Last quarter\r\nB3d;79% (rev. – été);85%\r\n;;\r\n"
    card = LIBRARY.score(table(decoded(text.encode(encoding)), "2023-24-q2.csv"), period="2023/24 Q2")
    assert card["B3d"].rating.band == "amber"
    assert card["B3d"].travels["short"].direction is Direction.WORSENED
    assert "été" in str(card["B3d"].note)


STREETS = load_text("""\
calendar council { year starts 1 April }
defaults for library {
  calendar council
  frequency quarterly
  unit percent
  polarity lower is better
  tolerance 1 points
}
indicator streets {
  overall worst component
  component litter { target 5% }
  component weeds { target 8% }
}
scheme mixed {
  green when all components green
  red otherwise
}
indicator roads {
  scheme mixed
  component litter {
    target 5%
    scheme rag
  }
}
indicator parks {
  target 5%
  overall own value
  component litter { target 5% }
}
""")
SEEN = """\
indicator,component,period,value
streets,litter,2023/24 Q2,4%
streets,,2023/24 Q2,7%
streets,,2023/24 Q1,8%
streets,,2022/23 Q4,NA
roads,,2023/24 Q2,7%
parks,,2023/24 Q2,7%
"""
MEANT = "# allow value-beside-components: headline figures\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (SEEN, [("value-beside-components", 3), ("value-beside-components", 6)]),
        (MEANT + SEEN, []),
        (f"{MEANT}# allow unknown-column: notes\n" + SEEN.replace(",value\n", ",value,remark\n"), []),
        (MEANT + LONG.replace("B3d", "parks"), [("unused-silence", 1)]),
        ("# allow value-beside-components\n" + SEEN, [("bad-silence", 1)]),
    ],
)
def test_a_value_on_which_no_rating_rests_is_told_once_for_each_indicator(
    text: str, told: list[tuple[str, int]]
) -> None:
    read, faults = read_csv(Source("table.csv", text))
    found, more = observe(read, STREETS.definitions)
    assert [(fault.code, fault.span.line) for fault in (*faults, *more)] == told
    assert len(found) == len(read)


def test_the_way_out_of_a_value_on_which_no_rating_rests_is_one_that_can_be_gone() -> None:
    read, _ = read_csv(Source("table.csv", SEEN))
    first, second = observe(read, STREETS.definitions)[1]
    assert "litter`, `weeds" in first.help
    assert "`overall own value`" in first.help
    assert "own value" not in second.help  # its scheme reads the components, and an `overall` would contradict it
