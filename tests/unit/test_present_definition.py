"""A definition in plain English and as data."""

import json

import pytest

from kpirules.library import Library
from kpirules.loading import load_text
from kpirules.present.definition import DEFINITION_FORMATS
from kpirules.present.screen import Screen, columns

DEFINITIONS = """\
language 1

calendar council "Council year" { year starts 1 April }
travel short "Last quarter" { against previous quarter }

defaults for library {
  calendar   council
  frequency  quarterly
  unit       percent
  polarity   higher is better
  travel     short
}

theme schools "Schools" {
  indicator S1 "Schools rated good" {
    owner      "Education"
    source     "Inspections"
    note       "counted twice a year"
    tags       "core", "children"
    target     above 80%
    tolerance  5 points
  }
}

indicator D1 "Dated" {
  target 50% until 2023/24 Q2
  target 60% from 2023/24 Q3
  tolerance none
}

indicator Y1 "At the year's end" {
  unit count
  target 200 at year end
  tolerance 5% of target
}

indicator Q1 "By quarter" {
  unit count
  target by quarter 10, 20, 30, 40
  tolerance none
}

indicator R1 "A range" {
  polarity inside is better
  target 10% to 20%
  tolerance none
}

indicator C1 "Streets that are clean" {
  overall worst component ignoring unrated
  component litter "Litter" {
    target 90%
    tolerance none
  }
  component weeds "Weeds" {
    target pending "TBC"
    travel none
  }
}

indicator M1 "Compared" {
  target same quarter last year
  tolerance none
  polarity lower is better
}
"""

S1 = """\
S1  Schools rated good
theme       Schools
owner       Education
reported    quarterly, Council year (starts 1 April)
tags        core, children
source      Inspections
note        counted twice a year
unit        percent
better      higher is better
target      above 80%, which itself does not meet it
tolerance   5 points
rated       green above 80%; amber from 75% to 80%; red below 75%
scheme      Red, amber, green (rag)
            green: On or better than target
            amber: Worse than target but within target tolerance
            red: Worse than target and outside the target tolerance
travel      short: Last quarter, against previous quarter
written     <text>:15"""

C1 = """\
C1  Streets that are clean
reported    quarterly, Council year (starts 1 April)
overall     the worst component decides, components without a rating left out

component   litter, Litter
unit        percent
better      higher is better
target      90%, which itself meets it
tolerance   none
rated       green from 90%; red below 90%

component   weeds, Weeds
unit        percent
better      higher is better
target      pending (TBC)

scheme      Red, amber, green (rag)"""


@pytest.fixture(scope="module")
def library() -> Library:
    return load_text(DEFINITIONS)


def text(library: Library, reference: str, screen: Screen) -> str:
    return DEFINITION_FORMATS["text"](library[reference].definition, screen, None)


def test_a_definition_in_plain_english(library: Library) -> None:
    assert text(library, "S1", Screen()) == S1


def test_components_stand_below_with_what_is_their_own(library: Library) -> None:
    assert text(library, "C1", Screen()).startswith(C1)


def test_what_has_changed_stands_under_its_days(library: Library) -> None:
    shown = text(library, "D1", Screen())
    first, second = shown.index("until 30 September 2023"), shown.index("from 1 October 2023")
    assert first < shown.index("green from 50%") < second < shown.index("green from 60%")
    assert shown.count("scheme") == 1


def test_a_target_at_the_years_end_says_when_its_edges_hold(library: Library) -> None:
    shown = text(library, "Y1", Screen())
    assert "target      200 at year end" in shown
    assert "green from 200; amber from 190 to below 200; red below 190 (in the last period of a year)" in shown


def test_a_target_by_quarter_has_the_edges_of_the_quarter_that_is_asked_for(library: Library) -> None:
    definition = library["Q1"].definition
    shown = DEFINITION_FORMATS["text"](definition, Screen(), library.period("2023/24 Q2"))
    assert "rated       green from 20; red below 20\n" in shown
    assert "green from 40; red below 40 (in the last period of a year)" in text(library, "Q1", Screen())
    data = json.loads(DEFINITION_FORMATS["json"](definition, Screen(), library.period("2023/24 Q3")))
    assert data["versions"][0]["edges"][0]["low"] == "30"
    assert data["versions"][0]["edges_at_year_end"] is False


def test_both_ends_of_a_range_meet_it(library: Library) -> None:
    assert "target      10% to 20%, both of which meet it" in text(library, "R1", Screen())


def test_edges_that_depend_on_earlier_values_are_not_told(library: Library) -> None:
    shown = text(library, "M1", Screen())
    assert "same quarter last year" in shown
    assert "rated " not in shown


@pytest.mark.parametrize("width", [40, 60, 100])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_it_fits_the_screen(library: Library, width: int, encoding: str) -> None:
    for reference in library.indicators:
        shown = text(library, reference, Screen(width, encoding))
        assert max(columns(line) for line in shown.split("\n")) <= width
        assert shown.encode(encoding)


def test_a_definition_as_data(library: Library) -> None:
    data = json.loads(DEFINITION_FORMATS["json"](library["D1"].definition, Screen(), None))
    assert [(each["since"], each["until"], each["target"]) for each in data["versions"]] == [
        (None, "2023-09-30", "50%"),
        ("2023-10-01", None, "60%"),
    ]
    assert data["versions"][0]["edges"] == [
        {"outcome": "green", "low": "50", "high": None, "low_in": True, "high_in": False, "words": "from 50%"},
        {"outcome": "red", "low": None, "high": "50", "low_in": False, "high_in": False, "words": "below 50%"},
    ]
    assert data["versions"][0]["travels"] == [
        {
            "name": "short",
            "title": "Last quarter",
            "against": "previous quarter",
            "dead_zone": None,
            "by_band": False,
        }
    ]
    parts = json.loads(DEFINITION_FORMATS["json"](library["C1"].definition, Screen(), None))["components"]
    assert [part["reference"] for part in parts] == ["litter", "weeds"]
    assert parts[1]["versions"][0]["tolerance"] is None


OWN = """\
calendar council { year starts 1 April }
scheme floor "Target and floor standard" {
  not rated "No standard set" when no floor
  green when at or better than target
  amber "Above the floor" when at or better than floor and not (at year end or value below 10%)
  red   otherwise
  no better than amber when floor above 70%
}
indicator X "Own" {
  unit percent
  polarity higher is better
  values 0% to 100%
  rated to 1 decimal place
  break at 2023/24 "new definition"
  target 80%
  figure floor
  scheme floor
}
indicator Y "In bands" {
  unit percent
  polarity higher is better
  precision 0.1
  bands {
    good "Good enough" 80% and above
    poor otherwise
  }
}
"""


@pytest.mark.parametrize(
    ("reference", "lines"),
    [
        (
            "X",
            """\
target      80%, which itself meets it
figure      floor: observed
values      0% to 100%
rounded     to 1 decimal place before rating
break       on 1 April 2023: nothing before is compared with it or anything after
scheme      Target and floor standard (floor)
            not rated: No standard set, when no floor
            green, when at or better than target
            amber: Above the floor, when at or better than floor and not (at year end or value below 10%)
            red, otherwise
            no better than amber when floor above 70%""",
        ),
        (
            "Y",
            """\
better      higher is better
precision   0.1 points
rated       good from 80%; poor below 80%
scheme      Bands (bands)
            good: Good enough
            poor""",
        ),
    ],
)
def test_a_scheme_of_one_s_own_is_shown_with_its_conditions_and_limits_where_they_are(
    reference: str, lines: str
) -> None:
    shown = DEFINITION_FORMATS["text"](load_text(OWN)[reference].definition, Screen(width=120), None)
    assert lines in shown


WORKED_OUT = """\
indicator S "Spent" {
  unit percent
  polarity lower is better
  inputs overspend money GBP, budget money GBP, base money GBP
  value (overspend - base) / (budget / 2) * 1.5
  reads overspend as positive, underspend as negative, "closed" as value pending
  target 1%
  tolerance none
}
indicator W "Rows" {
  unit percent
  polarity higher is better
  value mean of components
  overall worst component
  target 80%
  tolerance none
  component a "A" { weight 2 }
  component b "B" { }
}
indicator P "Points" {
  unit percent
  polarity higher is better
  inputs share percent
  value share * 100
  target 80%
  tolerance none
}
"""


def test_how_a_value_is_worked_out_and_read() -> None:
    library = load_text(WORKED_OUT)
    assert text(library, "S", Screen()).splitlines()[2:8] == [
        "unit        percent",
        "value       (overspend - base) / (budget / 2) * 1.5",
        "inputs      overspend (money GBP), budget (money GBP), base (money GBP)",
        "reads       overspend as positive",
        "            underspend as negative",
        "            closed as value pending",
    ]
    assert text(library, "W", Screen()).splitlines()[2:8] == [
        "overall     the worst component decides",
        "unit        percent",
        "value       mean of components",
        "",
        "component   a, A",
        "unit        percent",
    ]
    assert "weight      2\n" in text(library, "W", Screen())
    assert "value       share * 100\n" in text(library, "P", Screen())
    data = json.loads(DEFINITION_FORMATS["json"](library["S"].definition, Screen(), None))["versions"][0]
    assert data["value"] == "(overspend - base) / (budget / 2) * 1.5"
    assert data["inputs"] == {"overspend": "money GBP", "budget": "money GBP", "base": "money GBP"}
    assert data["reads"] == {"overspend": "positive", "underspend": "negative", "closed": "value pending"}
    assert data["weight"] == "1"
