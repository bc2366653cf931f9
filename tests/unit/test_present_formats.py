"""Markdown, CSV and HTML, what a roll-up hides, the rating of the period before, and which rows are kept."""

import csv
import io
import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpirules import Scorecard
from kpirules.library import Library
from kpirules.loading import load_text
from kpirules.present.cells import previous_cell
from kpirules.present.csv_report import _harmless
from kpirules.present.html_report import to_html
from kpirules.present.report import REPORT_FORMATS
from kpirules.present.screen import Screen, ink_on
from kpirules.present.tally import chosen, groupings, hidden_in, owner_of, tallies, tally, theme_of, warnings

DEFINITIONS = """\
language 1

calendar council "Council year" { year starts 1 April }
travel short "Last quarter" { against previous quarter }

scheme two "Two" {
  good when target met
  bad otherwise
}

defaults for library {
  calendar   council
  frequency  quarterly
  unit       percent
  polarity   higher is better
  tolerance  5 points
  travel     short
}

theme one "One | <b>two</b> *three*" {
  defaults { owner "A & B" }
  indicator B "Best" {
    overall best component
    component x "X" { target 80% }
    component y "=Y" { target 80% }
  }
  indicator N "None" {
    overall none
    component x "X" { target 80% }
    component y "Y" { target 80% }
  }
}

theme two "Two" {
  indicator D "Dated" {
    target 50% until 2023/24 Q1
    target 70% from 2023/24 Q2
  }
  indicator M "Moving" {
    target same quarter last year
    tolerance none
  }
  indicator S "Two bands" {
    target 50%
    tolerance none
    scheme two
  }
  indicator V "By its own value" {
    target 50%
    overall own value
    component x "X" { target same quarter last year }
  }
  indicator W "By the worst" {
    overall worst component
    component x "X" {
      target same quarter last year
      tolerance none
    }
  }
}
"""
OBSERVED = [
    ("B", "x", "2023/24 Q2", "90%"),
    ("B", "y", "2023/24 Q2", "10%"),
    ("B", "x", "2023/24 Q1", "76%"),
    ("B", "y", "2023/24 Q1", "10%"),
    ("N", "x", "2023/24 Q2", "78%"),
    ("N", "y", "2023/24 Q2", "10%"),
    ("D", None, "2023/24 Q2", "60%"),
    ("D", None, "2023/24 Q1", "60%"),
    ("M", None, "2023/24 Q2", "60%"),
    ("M", None, "2023/24 Q1", "60%"),
    ("M", None, "2022/23 Q1", "61%"),
    ("S", None, "2023/24 Q2", "60%"),
    ("S", None, "2023/24 Q1", "40%"),
    ("V", None, "2023/24 Q2", "60%"),
    ("W", "x", "2023/24 Q2", "60%"),
    ("W", "x", "2022/23 Q2", "50%"),
]


def score(library: Library, period: str) -> Scorecard:
    rows = [dict(zip(("indicator", "component", "period", "value"), row, strict=True)) for row in OBSERVED]
    return library.score([{key: cell for key, cell in row.items() if cell} for row in rows], period=period)


@pytest.fixture(scope="module")
def library() -> Library:
    return load_text(DEFINITIONS)


@pytest.fixture(scope="module")
def scorecard(library: Library) -> Scorecard:
    return score(library, "2023/24 Q2")


# ---- the period before


def test_the_previous_rating_is_that_of_the_scorecard_of_the_period_before(
    library: Library, scorecard: Scorecard
) -> None:
    before = score(library, "2023/24 Q1")
    for row, earlier in zip(scorecard, before, strict=True):
        assert row.previous == earlier.rating, row.definition.reference
        assert [part.previous for part in row.parts] == [part.rating for part in earlier.parts]


PREVIOUS = [("B", "amber"), ("N", None), ("D", "green"), ("M", "red"), ("S", "bad"), ("V", None)]


@pytest.mark.parametrize(("reference", "band"), PREVIOUS)
def test_the_period_before_is_rated_by_what_was_in_force_and_known_then(
    scorecard: Scorecard, reference: str, band: str | None
) -> None:
    previous = scorecard[reference].previous
    assert previous is not None
    assert previous.band == band


def test_before_the_first_year_there_is_no_period(library: Library) -> None:
    rows = score(library, "0001/02 Q1")
    assert {part.previous for row in rows for part in (row, *row.parts)} == {None}
    assert previous_cell(rows["D"], Screen()).text == "–"


def test_a_band_without_a_letter_is_named(scorecard: Scorecard) -> None:
    assert previous_cell(scorecard["S"], Screen()).text == "bad"
    assert previous_cell(scorecard["M"], Screen()).text == "R ■"
    assert previous_cell(scorecard["M"], Screen(encoding="ascii")).text == "R"


def test_a_row_is_rated_by_its_components_with_all_that_they_are_compared_with(scorecard: Scorecard) -> None:
    assert scorecard["W"].parts[0].rating.band == "green"
    assert scorecard["W"].rating.band == "green"


# ---- what is hidden, and what is counted


def test_a_component_that_is_worse_than_its_row_is_hidden(scorecard: Scorecard) -> None:
    assert [part.component for part in hidden_in(scorecard["B"])] == ["y"]
    assert [part.component for part in hidden_in(scorecard["N"])] == ["y"]
    assert [row.definition.reference for row in scorecard if hidden_in(row)] == ["B", "N"]
    assert warnings(scorecard) == [
        "B is green, which hides a worse component: y red",
        "N is not rated, which hides a worse component: y red",
    ]


def test_the_worst_component_hides_nothing() -> None:
    library = load_text(DEFINITIONS.replace("best component", "worst component"))
    assert warnings(score(library, "2023/24 Q2").rows[:1]) == []


@pytest.mark.parametrize("form", ["table", "markdown"])
def test_what_is_hidden_is_warned_of(scorecard: Scorecard, form: str) -> None:
    shown = REPORT_FORMATS[form](scorecard, Screen(), ())
    assert "B is green, which hides a worse component: y red" in shown


KEPT = [
    ((), ["B", "N", "D", "M", "S", "V", "W"]),
    (("red",), ["B", "N", "D"]),
    (("green",), ["B", "V", "W"]),
    (("bad", "amber"), []),
    (("not-rated",), ["N", "M"]),
    (("good", "red"), ["B", "N", "D", "S"]),
]


@pytest.mark.parametrize(("only", "references"), KEPT)
def test_rows_of_a_rating_are_kept_and_those_that_hide_it(
    scorecard: Scorecard, only: tuple[str, ...], references: list[str]
) -> None:
    assert [row.definition.reference for row in chosen(scorecard, only)] == references


def test_what_is_not_kept_is_counted_all_the_same(scorecard: Scorecard) -> None:
    shown = REPORT_FORMATS["table"](scorecard, Screen(), ("bad",))
    assert "No indicator is rated so." in shown
    assert "7 indicators: 3 green, 0 amber, 1 red, 1 good, 0 bad, 2 not rated" in shown
    assert "On target: 4 of the 5 rated, 80%" in shown
    assert json.loads(REPORT_FORMATS["json"](scorecard, Screen(), ("bad",))) == []
    assert REPORT_FORMATS["csv"](scorecard, Screen(), ("bad",)) == ""


@pytest.mark.parametrize("group", [theme_of, owner_of])
def test_groups_add_up_to_the_whole(scorecard: Scorecard, group: object) -> None:
    whole = tally(scorecard)
    assert callable(group)
    groups = tallies(scorecard.rows, group).values()
    assert {band: sum(each.bands[band] for each in groups) for band in whole.bands} == whole.bands
    assert sum(each.not_rated for each in groups) == whole.not_rated
    assert sum(each.on_target for each in groups) == whole.on_target


def test_one_group_says_no_more_than_the_whole(scorecard: Scorecard) -> None:
    assert list(groupings(scorecard.rows)) == ["By theme", "By owner"]
    assert groupings(scorecard.rows[:2]) == {}


# ---- Markdown


def test_every_row_of_a_markdown_table_has_as_many_cells_as_its_head(scorecard: Scorecard) -> None:
    shown = REPORT_FORMATS["markdown"](scorecard, Screen(), ())
    tables = [part.split("\n") for part in shown.split("\n\n") if part.startswith("|")]
    assert len(tables) == 4
    for lines in tables:
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in lines}) == 1
    assert r"## One \| \<b\>two\</b\> \*three\*" in shown
    assert "|  | ↳ X | 90% | 80% | 5 points | G ● green | A ▲ | ▲ better |" in shown
    assert r"| A \& B | 1 | 0 | 0 | 0 | 0 | 1 | 1 | 1 | 100% |" in shown
    assert shown.endswith("On target: 4 of the 5 rated, 80%.")


def test_markdown_for_an_old_console_and_for_nothing(library: Library, scorecard: Scorecard) -> None:
    assert "|  | - X | 90% | 80% | 5 points | G green | A | ^ better |" in REPORT_FORMATS["markdown"](
        scorecard, Screen(encoding="ascii"), ()
    )
    empty = Scorecard(library.period("2023/24 Q2"), ())
    assert REPORT_FORMATS["markdown"](empty, Screen(), ()).endswith("There are no indicators.\n")


# ---- CSV


def test_csv_says_what_json_says(scorecard: Scorecard) -> None:
    rows = list(csv.DictReader(io.StringIO(REPORT_FORMATS["csv"](scorecard, Screen(), ()))))
    data = json.loads(REPORT_FORMATS["json"](scorecard, Screen(), ()))
    assert len(rows) == len(data)
    for row, each in zip(rows, data, strict=True):
        assert row["travel.short.direction"] == (each["travel"]["short"]["direction"] or "")
        for key in ("reference", "component", "rating", "previous_rating", "reason", "value", "number", "target"):
            assert row[key] == (each[key] or ""), key


HARMLESS = [
    ("=1+1", "'=1+1"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("+44 20", "'+44 20"),
    ("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"),
    ("\t=1", "'\t=1"),
    ("-14.9", "-14.9"),
    ("-1/3", "-1/3"),
    ("-£207,000", "-£207,000"),
    ("-5%", "-5%"),
    ("79%", "79%"),
    ("a=b", "a=b"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "written"), HARMLESS)
def test_a_formula_is_written_as_text_and_a_number_as_it_is(text: str, written: str) -> None:
    assert _harmless(text) == written


@given(st.text())
def test_no_cell_begins_like_a_formula_unless_it_is_a_number(text: str) -> None:
    written = _harmless(text)
    assert not re.match(r"\s*[=@]|\s*[+-](?![£$€]?[0-9])", written)
    assert text in (written, written[1:])


def test_a_title_like_a_formula_gets_an_apostrophe(scorecard: Scorecard) -> None:
    rows = list(csv.DictReader(io.StringIO(REPORT_FORMATS["csv"](scorecard, Screen(), ()))))
    assert [row["title"] for row in rows][:3] == ["Best", "X", "'=Y"]


# ---- HTML


class Page(HTMLParser):
    """The texts of a page, and whether its elements close in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.texts: list[str] = []
        self.styles: dict[str, str] = {}
        self.style = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.style = dict(attrs).get("style") or ""

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append(data)
            self.styles[data] = self.style


def test_a_notebook_shows_a_table_with_every_text_as_it_is(scorecard: Scorecard) -> None:
    page = Page()
    page.feed(scorecard._repr_html_())
    assert page.open == []
    assert "One | <b>two</b> *three*" in page.texts
    assert "↳ =Y" in page.texts
    assert "B is green, which hides a worse component: y red" in " ".join(page.texts)
    assert "background: #c62828; color: white" in page.styles["R ■ red"]
    assert "background" not in page.styles["good"]


def test_html_keeps_only_what_is_asked_for(scorecard: Scorecard) -> None:
    shown = to_html(scorecard, ("red",))
    assert "Dated" in shown
    assert "Moving" not in shown


def test_ink_can_be_read_on_its_ground() -> None:
    assert [ink_on(colour) for colour in ("#000000", "#ffffff", "red", None)] == ["white", "black", None, None]
