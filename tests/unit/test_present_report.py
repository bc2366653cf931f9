import csv
import io
import json
import re
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from kpirules.assess import Scorecard
from kpirules.library import Library
from kpirules.loading import load_text
from kpirules.present.explanation import EXPLANATION_FORMATS, Explained
from kpirules.present.report import REPORT_FORMATS
from kpirules.present.screen import Screen, columns
from kpirules.present.tally import on_target_bands, tally
from kpirules.present.travel import travel_data, travel_words
from kpirules.vocabulary.schemes import (
    OTHERWISE,
    AtYearEnd,
    Band,
    Condition,
    NotRated,
    NoValue,
    Scheme,
    SchemeLine,
    TargetMet,
)

DEFINITIONS = """\
language 1

calendar council "Council year" { year starts 1 April }
travel short "Last quarter" { against previous quarter }
travel long "Last year" { against same quarter last year }

defaults for library {
  calendar   council
  frequency  quarterly
  scheme     rag
  unit       percent
  polarity   higher is better
  tolerance  5% of target
  travel     short, long
}

theme schools "Schools and children" {
  defaults { owner "Education" }
  indicator S1 "Schools rated good" { target 80% }
  indicator S2 "Attendance" { target pending }
}

theme streets "Clean streets" {
  indicator C1 "Streets that are clean" {
    overall worst component
    component litter "Litter" { target 90% }
    component graffiti "Graffiti" { target 90% }
  }
}

indicator X1 "Waiting time" {
  unit duration
  polarity lower is better
  target 3m 30s
  travel none
}
"""
OBSERVED = [
    {"indicator": "S1", "period": "2023/24 Q2", "value": "79%", "measured": "30 Sep"},
    {"indicator": "S1", "period": "2023/24 Q1", "value": "79%"},
    {"indicator": "S1", "period": "2022/23 Q2", "value": "70%"},
    {"indicator": "S2", "period": "2023/24 Q2", "value": "93.5% (provisional)"},
    {"indicator": "S2", "period": "2023/24 Q1", "value": "95%"},
    {"indicator": "C1", "component": "litter", "period": "2023/24 Q2", "value": "90%"},
    {"indicator": "C1", "component": "litter", "period": "2023/24 Q1", "value": "TBC"},
    {"indicator": "C1", "component": "graffiti", "period": "2023/24 Q2", "value": "50%"},
    {"indicator": "X1", "period": "2023/24 Q2", "value": "3m 39s"},
]


@pytest.fixture(scope="module")
def library() -> Library:
    return load_text(DEFINITIONS)


@pytest.fixture(scope="module")
def scorecard(library: Library) -> Scorecard:
    return library.score(OBSERVED, period="2023/24 Q2")


TABLE = """\
Scorecard for 2023/24 Q2

Ref    Indicator               Value    Target    Tolerance     Rating     Was    Short       Long
-----  ----------------------  -------  --------  ------------  ---------  -----  ----------  ----------

Schools and children
S1     Schools rated good      79%      80%       5% of target  A ▲ amber  A ▲    = same      ▲ better
S2     Attendance              93.5%    pending                 – target   –      ▼ worse     – no
                                                                pending                       comparator

Clean streets
C1     Streets that are clean                                   R ■ red    –      – no        – no
                                                                                  comparator  comparator
       └ Litter                90%      90%       5% of target  G ● green  –      – pending   – no
                                                                                              comparator
       └ Graffiti              50%      90%       5% of target  R ■ red    –      – no        – no
                                                                                  comparator  comparator

Without a theme
X1     Waiting time            3m 39s   3m 30s    5% of target  A ▲ amber  –

By theme                green    amber    red    not rated  on target, of the rated
--------------------  -------  -------  -----  -----------  -------------------------
Schools and children        0        1      0            1  0 of 1, 0%
Clean streets               0        0      1            0  0 of 1, 0%
Without a theme             0        1      0            0  0 of 1, 0%

By owner            green    amber    red    not rated  on target, of the rated
----------------  -------  -------  -----  -----------  -------------------------
Education               0        1      0            1  0 of 1, 0%
Without an owner        0        1      1            0  0 of 2, 0%

4 indicators: 0 green, 2 amber, 1 red, 1 not rated
On target: 0 of the 3 rated, 0%"""


def test_a_table_for_people(scorecard: Scorecard) -> None:
    shown = REPORT_FORMATS["table"](scorecard, Screen(width=130), ())
    assert shown == TABLE


@given(
    encoding=st.sampled_from(["utf-8", "cp1252", "ascii"]),
    colours=st.sampled_from([0, 256, 2**24]),
    width=st.integers(46, 200),
)
def test_a_table_fits_its_screen_and_says_every_row(
    scorecard: Scorecard, encoding: str, colours: int, width: int
) -> None:
    shown = REPORT_FORMATS["table"](scorecard, Screen(width, encoding, colours), ())
    assert shown.encode(encoding).decode(encoding) == shown
    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown)
    assert ("\x1b" in shown) == bool(colours)
    assert max(columns(line) for line in plain.split("\n")) <= width
    for row in scorecard:
        assert re.search(rf"^{row.definition.reference} ", plain, re.MULTILINE)
    assert len(re.findall(r"A (▲ )?amber\b", plain)) == 2
    assert re.search(r"4 indicators:\s+0 green,?\s+2 amber,?\s+1 red,?\s+1 not rated", plain)


NARROWER = [
    (130, ["Ref", "Indicator", "Value", "Target", "Tolerance", "Rating", "Was", "Short", "Long"]),
    (90, ["Ref", "Indicator", "Value", "Target", "Rating", "Was", "Short", "Long"]),
    (84, ["Ref", "Indicator", "Value", "Target", "Rating", "Was", "Short", "Long"]),
    (76, ["Ref", "Indicator", "Value", "Target", "Rating", "Short", "Long"]),
    (65, ["Ref", "Indicator", "Value", "Rating", "Short", "Long"]),
    (55, ["Ref", "Indicator", "Value", "Rating"]),
    (20, ["Ref", "Indicator", "Value", "Rating"]),
]


@pytest.mark.parametrize(("width", "names"), NARROWER)
def test_a_narrow_screen_leaves_columns_out_one_by_one(scorecard: Scorecard, width: int, names: list[str]) -> None:
    assert REPORT_FORMATS["table"](scorecard, Screen(width=width), ()).split("\n")[2].split() == names


def test_an_old_console_gets_plain_letters(scorecard: Scorecard) -> None:
    shown = REPORT_FORMATS["table"](scorecard, Screen(130, "ascii"), ())
    assert "A amber   A      = same      ^ better" in shown
    assert "- Litter" in shown
    assert "- target" in shown
    assert "?" not in shown


def test_an_empty_scorecard_says_so(library: Library) -> None:
    empty = Scorecard(library.period("2023/24 Q2"), ())
    assert REPORT_FORMATS["table"](empty, Screen(), ()) == "Scorecard for 2023/24 Q2\n\nThere are no indicators."
    assert json.loads(REPORT_FORMATS["json"](empty, Screen(), ())) == []


def test_where_nothing_is_rated_there_is_no_share(library: Library) -> None:
    shown = REPORT_FORMATS["table"](library.score([], period="2023/24 Q2"), Screen(), ())
    assert shown.endswith("4 indicators: 0 green, 0 amber, 0 red, 4 not rated\nOn target: none is rated")


def test_json_has_a_row_for_each_indicator_and_component(scorecard: Scorecard) -> None:
    rows = json.loads(REPORT_FORMATS["json"](scorecard, Screen(encoding="cp1252"), ()))
    assert [(row["reference"], row["component"]) for row in rows] == [
        ("S1", None),
        ("S2", None),
        ("C1", None),
        ("C1", "litter"),
        ("C1", "graffiti"),
        ("X1", None),
    ]
    by_name: dict[tuple[str, str | None], Any] = {(row["reference"], row["component"]): row for row in rows}
    assert by_name["S1", None] == {
        "reference": "S1",
        "component": None,
        "title": "Schools rated good",
        "theme": "Schools and children",
        "owner": "Education",
        "period": "2023/24 Q2",
        "value": "79%",
        "number": "79",
        "bound": None,
        "unit": "percent",
        "target": "80%",
        "tolerance": "5% of target",
        "rating": "amber",
        "reason": None,
        "previous_rating": "amber",
        "travel": {
            "short": {"direction": "unchanged", "reason": None},
            "long": {"direction": "improved", "reason": None},
        },
        "measured": "30 Sep",
        "marks": [],
        "note": None,
    }
    assert by_name["S2", None]["reason"] == "target-pending"
    assert by_name["S2", None]["rating"] is None
    assert by_name["S2", None]["marks"] == ["provisional"]
    assert by_name["C1", "litter"]["theme"] == "Clean streets"
    assert by_name["C1", "litter"]["travel"]["short"] == {"direction": None, "reason": "pending"}
    assert by_name["X1", None]["travel"] == {
        "short": {"direction": None, "reason": None},
        "long": {"direction": None, "reason": None},
    }
    assert by_name["X1", None]["number"] == "219"


GREEN, BLUE, RED = Band("green"), Band("blue"), Band("red")
ON_TARGET = [
    ([(GREEN, TargetMet()), (RED, OTHERWISE)], {"green"}),
    ([(BLUE, AtYearEnd()), (GREEN, TargetMet()), (RED, OTHERWISE)], {"blue", "green"}),
    ([(BLUE, AtYearEnd()), (GREEN, NoValue()), (RED, OTHERWISE)], {"blue"}),
    ([(NotRated("own", "for once"), NoValue()), (GREEN, TargetMet())], {"green"}),
]


@pytest.mark.parametrize(("lines", "bands"), ON_TARGET)
def test_on_target_is_the_band_of_a_met_target_and_every_better_one(
    lines: list[tuple[Band | NotRated, Condition]], bands: set[str]
) -> None:
    scheme = Scheme("own", "Own", tuple(SchemeLine(outcome, when) for outcome, when in lines))
    assert on_target_bands(scheme) == bands


def test_indicators_are_counted_and_components_are_not(scorecard: Scorecard) -> None:
    counts = tally(scorecard)
    assert counts.bands == {"green": 0, "amber": 2, "red": 1}
    assert (counts.rated, counts.not_rated, counts.on_target) == (3, 1, 0)
    assert tally([row for row in scorecard if row.definition.reference == "S2"]).share is None


def test_a_direction_in_words_and_as_data(scorecard: Scorecard) -> None:
    same, better = scorecard["S1"].travels["short"], scorecard["S1"].travels["long"]
    none = scorecard["S2"].travels["long"]
    assert [travel_words(each) for each in (same, better, none, None)] == [
        "= same",
        "▲ better",
        "– no comparator",
        "",
    ]
    assert [travel_words(each, brief=True) for each in (same, better, none, None)] == ["same", "better", "–", ""]
    assert travel_data(none) == {"direction": None, "reason": "no-comparator"}


def test_an_explanation_as_text_and_as_data(library: Library) -> None:
    explanation = library["S1"].rate("79%").explain()
    explained = Explained(explanation, library["S1"].in_force("2023/24 Q2").terms, {})
    assert EXPLANATION_FORMATS["text"](explained, Screen()) == explanation.text
    data = json.loads(EXPLANATION_FORMATS["json"](explained, Screen()))
    assert data["travel"] == {}
    assert data["outcome"] == "amber"
    assert data["edges"][0]["outcome"] == "green"
    assert (data["edges"][1]["low"], data["edges"][1]["high"], data["edges"][1]["high_in"]) == ("76", "80", False)
    assert data["edges"][2]["low"] is None
    assert {(step["outcome"], step["change"], step["beyond"]) for step in data["steps"]} == {
        ("green", "1", False),
        ("red", "-3", True),
    }


OTHERWISE_NAMED = """\
calendar council { year starts 1 April }
travel term "Last quarter" { against previous quarter }
travel since "Since the year before" { against same quarter last year }
defaults for library {
  calendar council
  frequency quarterly
  unit percent
  polarity higher is better
  target 80%
  tolerance none
}
theme a "A" {
  indicator x { travel term }
}
theme b "B" {
  indicator y { travel since }
}
"""


@pytest.mark.parametrize("themes", ["ab", "a"])
@pytest.mark.parametrize(("definitions", "names"), [(OTHERWISE_NAMED, ["term", "since"]), ("", [])])
def test_the_columns_of_travels_are_those_of_the_library(definitions: str, names: list[str], themes: str) -> None:
    """Whichever rows are shown, and whatever the travels of other libraries are called."""
    plain = OTHERWISE_NAMED.replace(" travel term ", "").replace(" travel since ", "")
    scorecard = load_text(definitions or plain).score([], period="2023/24 Q2")
    shown = evolve(
        scorecard, rows=tuple(row for row in scorecard if row.definition.theme and row.definition.theme.name in themes)
    )
    written = REPORT_FORMATS["csv"](shown, Screen(), ())
    header, *rows = csv.reader(io.StringIO(written))
    travels = [column for column in header if column.startswith("travel.")]
    assert travels == [f"travel.{name}.{what}" for name in names for what in ("direction", "reason")]
    assert len(rows) == len(themes)
    for row in json.loads(REPORT_FORMATS["json"](shown, Screen(), ())):
        assert list(row["travel"]) == names
