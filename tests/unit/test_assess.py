"""What an indicator makes of what it is handed: periods, bounds, inputs, components, earlier values."""

from fractions import Fraction

import pytest

from kpirules import ReadingError, Reason, load_text
from kpirules.assess import Indicator, OwnReason

HEAD = """
calendar council { year starts 1 April }
travel short { against previous quarter }
travel long { against same quarter last year }
defaults for library {
  calendar council
  frequency quarterly
  travel short, long
}
scheme at-floor {
  not rated as no-standard "no standard is set" when no floor
  green when at or better than target
  amber when at or better than floor
  red otherwise
}
indicator X {
"""
HIGHER = "unit percent\npolarity higher is better\n"
RAG = HIGHER + "target 80%\ntolerance 5% of target\n"
Q2, Q3, Q4 = "2023/24 Q2", "2023/24 Q3", "2023/24 Q4"


def indicator(statements: str) -> Indicator:
    return load_text(f"{HEAD}{statements}\n}}\n")["X"]


def rated(statements: str, value: object, period: str | None = Q2, **given: object) -> str:
    rating = indicator(statements).rate(value, period=period, given=given)
    assert (rating.band is None) is not (rating.reason is None)
    return rating.band or str(rating.reason)


# --- time ---


def test_the_line_in_force_at_the_end_of_the_period_holds() -> None:
    dated = HIGHER + "target 80% until 2023/24 Q2\ntarget 90% from 2023/24 Q3\ntolerance none\n"
    assert [rated(dated, "85%", period) for period in (Q2, Q3)] == ["green", "red"]
    assert rated(dated, "85%", "2023/24") == "red"
    assert rated(dated, "85%", "2023-09") == "green"
    with pytest.raises(ValueError, match="depends on the period"):
        indicator(dated).rate("85%")


def test_a_scheme_may_change_in_time() -> None:
    dated = RAG + "figure floor 60%\nscheme rag until 2023/24 Q2\nscheme at-floor from 2023/24 Q3\n"
    assert [rated(dated, "70%", period) for period in (Q2, Q3)] == ["red", "amber"]


def test_a_target_at_year_end_is_due_in_the_last_quarter_only() -> None:
    at_end = HIGHER + "target 201% at year end\ntolerance none\n"
    assert [rated(at_end, "168%", period) for period in (Q2, Q3, Q4, "2023/24")] == ["not-due", "not-due", "red", "red"]


def test_a_definition_without_dates_needs_no_period() -> None:
    assert rated(RAG, "79%", None) == "amber"


# --- values ---


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("over 90%", "green"),
        ("at least 80%", "green"),
        ("over 79%", "bound"),
        ("at least 79%", "bound"),
        ("over 76%", "bound"),
        ("below 76%", "red"),
        ("at most 76%", "bound"),
        ("up to 75%", "red"),
        ("under 80%", "bound"),
        ("NA", "no-value"),
        ("TBC", "value-pending"),
        ("New PI", "no-value"),
    ],
)
def test_what_is_written_instead_of_a_value(value: str, expected: str) -> None:
    assert rated(RAG, value) == expected


def test_a_bound_that_stops_short_of_an_edge_has_one_rating() -> None:
    only_band = HIGHER + "target 80%\ntolerance to 70%\n"
    assert rated(only_band, "under 70%") == "red"
    assert rated(only_band, "at most 70%") == "bound"


def test_a_value_that_cannot_occur_is_refused() -> None:
    limited = RAG + "values 0% to 100%\n"
    assert rated(limited, "100%") == "green"
    assert rated(limited, "0%") == "red"
    for value in ("100.01%", "-1%"):
        with pytest.raises(ReadingError, match="cannot occur"):
            indicator(limited).rate(value, period=Q2)


def test_a_figure_is_not_held_to_the_limits_of_the_value() -> None:
    limited = HIGHER + "target 80%\nvalues 0% to 100%\nfigure budget\ntolerance 1% of budget\n"
    assert rated(limited, "75%", budget="500%") == "amber"


@pytest.mark.parametrize(
    ("overspend", "budget", "expected"),
    [("£1m", "£100m", "amber"), ("£0", "£100m", "green"), ("£1m", "£0", "not-computable"), (None, "£1m", "no-value")],
)
def test_a_value_is_worked_out_from_its_inputs(overspend: str | None, budget: str, expected: str) -> None:
    derived = (
        "unit percent\npolarity lower is better\ninputs overspend money GBP, budget money GBP\n"
        "value overspend / budget\ntarget 0%\ntolerance 1 points\n"
    )
    assert rated(derived, None, overspend=overspend, budget=budget) == expected


# --- reasons ---


def test_a_rater_works_a_missing_value_out_from_what_stands_beside_it() -> None:
    share = indicator(
        "unit percent\npolarity lower is better\ninputs overspend money GBP, budget money GBP\n"
        "value overspend / budget\ntarget 0%\ntolerance 0.5 points\n"
    )
    rater = share.rater(given=["overspend", "budget"], travel="long", period=Q2)
    for value, *beside in ((None, 0.6, 1, 200), (None, 0.4, 1, 0), (0.5, None, 1, 200), (None, 0.3)):
        known = dict(zip(("long", "overspend", "budget"), beside, strict=False))
        rating, found = share.rate(value, period=Q2, given=known), share.travel("long", value, period=Q2, given=known)
        expected = rating.band, rating.reason, found.direction, found.reason
        lean = rater(value, *beside)
        assert (lean.band, lean.reason, lean.direction, lean.no_direction) == expected


def test_a_scheme_s_own_reason_has_its_name_and_its_words() -> None:
    rating = indicator(HIGHER + "target 80%\nfigure floor\nscheme at-floor").rate("79%", period=Q2)
    assert rating.reason == OwnReason("no-standard", "no standard is set")
    assert str(rating.reason) == "no-standard"


def test_an_earlier_value_that_cannot_be_compared_with() -> None:
    against = HIGHER + "target same quarter last year\ntolerance none\n"
    assert rated(against, "80%", **{"same quarter last year": "80%"}) == "green"
    for earlier in ("over 70%", "TBC", "NA", None):
        assert rated(against, "80%", **{"same quarter last year": earlier}) == "not-comparable"


# --- travel ---


@pytest.mark.parametrize(
    ("value", "previous", "expected"),
    [
        ("80%", "79%", "improved"),
        ("79%", "79%", "unchanged"),
        ("78%", "79%", "worsened"),
        ("NA", "79%", "no-value"),
        ("TBC", "79%", "pending"),
        ("79%", "NA", "no-comparator"),
        ("79%", None, "no-comparator"),
        ("79%", "TBC", "pending"),
        ("79%", "was cumulative", "cumulative"),
        ("79%", "New PI", "new-indicator"),
        ("79%", "over 70%", "bound"),
        ("over 80%", "79%", "improved"),
        ("over 78%", "79%", "bound"),
    ],
)
def test_a_direction_or_why_there_is_none(value: str, previous: str | None, expected: str) -> None:
    result = indicator(RAG).travel("short", value, previous=previous, period=Q2)
    assert (result.direction is None) is not (result.reason is None)
    assert str(result.direction or result.reason) == expected


def test_over_nothing_there_is_a_direction_but_no_percentage() -> None:
    result = indicator(RAG).travel("short", "5%", previous="0%", period=Q2)
    assert (str(result.direction), result.change, result.percent) == ("improved", 5, None)


def test_a_percentage_change_divides_by_the_magnitude() -> None:
    result = indicator(RAG).travel("short", "-5%", previous="-10%", period=Q2)
    assert (str(result.direction), result.change, result.percent) == ("improved", 5, Fraction(50))


def test_an_earlier_value_goes_by_the_name_of_any_travel_that_compares_with_it() -> None:
    far = "travel far {\n  against same quarter last year\n  unchanged within 2 points\n}\n"
    both = load_text(f"{far}{HEAD}{RAG}travel long, far\n}}\n")["X"]
    for given in ("long", "far", "same quarter last year"):
        found = [both.travel(name, "80%", period=Q2, given={given: "79%"}).direction for name in ("long", "far")]
        assert found == ["improved", "unchanged"]
    apart = {"long": "79%", "far": "70%"}
    assert [both.travel(name, "80%", period=Q2, given=apart).change for name in ("long", "far")] == [1, 10]


def test_an_unknown_travel_is_a_key_error_that_names_the_known_ones() -> None:
    with pytest.raises(KeyError, match="short, long"):
        indicator(RAG).travel("medium", "80%", previous="79%", period=Q2)


# --- components ---

HALVES = """
unit percent
overall {overall}
component a {{
  polarity higher is better
  target 80%
  tolerance 5% of target
}}
component b {{
  polarity lower is better
  target 10%
  tolerance none
}}
"""


@pytest.mark.parametrize(
    ("overall", "a", "b", "expected"),
    [
        ("worst component", "80%", "10%", "green"),
        ("worst component", "79%", "10%", "amber"),
        ("worst component", "79%", "11%", "red"),
        ("best component", "79%", "11%", "amber"),
        ("worst component", "79%", "NA", "unrated-component"),
        ("worst component, ignoring unrated", "79%", "NA", "amber"),
        ("component a", "79%", "NA", "amber"),
        ("worst component", "NA", "TBC", "no-value"),
    ],
)
def test_a_row_is_rated_by_its_components(overall: str, a: str, b: str, expected: str) -> None:
    assert rated(HALVES.format(overall=overall), {"a": a, "b": b}) == expected


def test_a_component_can_be_asked_by_itself() -> None:
    whole = indicator(HALVES.format(overall="worst component"))
    assert list(whole.components) == ["a", "b"]
    assert whole.components["b"].rate("11%", period=Q2).band == "red"
    assert whole.components["b"].rate("11%", period=Q2).reason is None
    assert whole.rate({"a": "79%"}, period=Q2).reason is Reason.UNRATED_COMPONENT
