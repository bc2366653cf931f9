"""What Hypothesis is given to draw: that it fits, reaches everything, and shrinks to what a person would write."""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import assume, find, given, settings
from hypothesis import strategies as st

import kpirules
from kpirules.assess import Indicator
from kpirules.core import Domain
from kpirules.testing import Certainty, assert_law, check_laws, law
from kpirules.testing.drawing import between, numbers_of
from kpirules.testing.drawn_samples import Sample, samples
from kpirules.testing.drawn_values import near_edges, observations, series, values, values_in
from kpirules.testing.results import LawError
from tests.properties.strategies import LAW

SANDWELL = kpirules.load(Path(__file__).parents[2] / "indicators" / "sandwell-2023-24")
TEXT = """
calendar council { year starts 1 April }
travel long { against same quarter last year }
scale inspection { "Outstanding" > "Good" > "Inadequate" }
defaults { frequency quarterly
           unit percent
           polarity higher is better }

indicator PLAIN { target 80%
                  tolerance 5% of target }
indicator LIMITED { values 0% to 100%
                    precision 0.5
                    target 80%
                    tolerance 5 points }
indicator ROUNDED { rated to 0 decimal places
                    values 0.2% to 99.7%
                    target 80%
                    tolerance 3.5 points }
indicator LABELS { unit scale inspection
                   target "Good"
                   tolerance none }
indicator DONE { unit milestone
                 target completed by 2023-07-31 }
indicator DATED { target 50% until 2023/24 Q2
                  target 60% from 2023/24 Q3
                  tolerance none }
indicator READS { target same quarter last year
                  tolerance 5% of target
                  travel long }
indicator PARTS { target 80%
                  tolerance 5 points
                  overall worst component
                  component north { target 70% }
                  component south { target 90% } }
indicator WORKED { inputs done count, due count
                   value done / due
                   target 80%
                   tolerance none }
indicator BUDGET { unit money GBP
                   polarity lower is better
                   reads overspend as positive, underspend as negative
                   figure budget
                   target £0
                   tolerance 5% of budget }
"""
LIBRARY = kpirules.load_text(TEXT)
PLAIN = ["PLAIN", "LIMITED", "ROUNDED", "LABELS", "DONE"]

ends = st.none() | st.integers(-5, 5).map(Fraction) | st.integers(-(10**18), 10**18).map(lambda n: Fraction(n, 10**16))


@LAW
@given(ends, ends, st.booleans(), st.booleans(), st.none() | st.sampled_from([Fraction(1), Fraction(1, 4)]), st.data())
def test_numbers_between_two_ends_lie_there_and_on_the_steps(
    one: Fraction | None,
    other: Fraction | None,
    low_in: bool,
    high_in: bool,
    step: Fraction | None,
    data: st.DataObject,
) -> None:
    low, high = sorted((one, other)) if one is not None and other is not None else (one, other)  # type: ignore[type-var]
    strategy = between(low, high, low_in=low_in, high_in=high_in, step=step)
    if strategy.is_empty:
        assert low is not None
        assert high is not None
        assert step is not None or low == high
        return
    number = data.draw(strategy)
    assert low is None or number > low or (number == low and low_in)
    assert high is None or number < high or (number == high and high_in)
    assert step is None or (number / step).denominator == 1


def test_every_label_and_step_of_a_domain_is_drawn() -> None:
    for rank in (0, 1):
        assert find(numbers_of(Domain.of_labels(("poor", "good"))), lambda n, rank=rank: n == rank) == rank  # type: ignore[misc]
    assert find(numbers_of(Domain(Fraction(0), Fraction(3), Fraction(1))), lambda n: n == 3) == 3


@pytest.mark.parametrize("name", PLAIN)
@LAW
@given(data=st.data())
def test_every_value_can_be_handed_in(name: str, data: st.DataObject) -> None:
    LIBRARY[name].rate(data.draw(values(LIBRARY[name])))


@pytest.mark.parametrize("name", PLAIN)
@LAW
@given(data=st.data())
def test_values_in_a_band_are_rated_that_band(name: str, data: st.DataObject) -> None:
    indicator = LIBRARY[name]
    band = data.draw(st.sampled_from([each.outcome for each in indicator.rate(None).explain().edges]))
    assert indicator.rate(data.draw(values_in(indicator, band))).band == band


@LAW
@given(st.sampled_from(["2023/24 Q2", "2023/24 Q3"]), st.sampled_from(["green", "red"]), st.data())
def test_values_in_a_band_follow_the_period(period: str, band: str, data: st.DataObject) -> None:
    drawn = data.draw(values_in(LIBRARY["DATED"], band, period=period))
    assert LIBRARY["DATED"].rate(drawn, period=period).band == band


@LAW
@given(st.integers(-90, 90), st.sampled_from(["green", "amber", "red", "not rated"]), st.data())
def test_values_in_a_band_follow_what_is_given(earlier: int, band: str, data: st.DataObject) -> None:
    given = {"long": earlier}
    possible = {"green", "amber", "red"} if earlier else {"green", "not rated"}
    if band not in possible:
        with pytest.raises(ValueError, match=f"no value of READS is rated '{band}' here"):
            values_in(LIBRARY["READS"], band, given=given)
        return
    drawn = data.draw(values_in(LIBRARY["READS"], band, given=given))
    assert (LIBRARY["READS"].rate(drawn, given=given).band or "not rated") == band


def test_a_band_of_one_outcome_is_everywhere() -> None:
    bare = kpirules.load_text("indicator A { unit percent\n polarity higher is better\n target pending }")["A"]
    assert find(values_in(bare, "not rated"), lambda _: True) == 0
    with pytest.raises(ValueError, match="A has no edges here: every value is not rated"):
        near_edges(bare)


@pytest.mark.parametrize("name", PLAIN[:-1])
@LAW
@given(data=st.data())
def test_near_edges_are_at_most_a_step_away_from_another_rating(name: str, data: st.DataObject) -> None:
    indicator = LIBRARY[name]
    value = data.draw(near_edges(indicator))
    indicator.rate(value)
    if isinstance(value, Fraction):
        edges = [Fraction(80), Fraction(76)] if name == "PLAIN" else None
        assert edges is None or min(abs(value - edge) for edge in edges) <= Fraction(1, 10**9)


def test_both_sides_of_every_edge_are_near_it() -> None:
    for value in (Fraction(80), Fraction(159, 2), Fraction(161, 2), Fraction(75), Fraction(149, 2)):
        assert find(near_edges(LIBRARY["LIMITED"]), lambda drawn, value=value: drawn == value) == value  # type: ignore[misc]


def test_a_row_of_components_has_no_values_of_its_own() -> None:
    with pytest.raises(ValueError, match="PARTS is rated by its components: draw values of north, south"):
        values(LIBRARY["PARTS"])


def test_values_shrink_to_the_roundest() -> None:
    assert find(values(LIBRARY["PLAIN"]), lambda value: True) == 0  # noqa: ARG005
    assert find(values_in(LIBRARY["PLAIN"], "green"), lambda value: True) == 80  # noqa: ARG005
    assert find(values_in(LIBRARY["PLAIN"], "amber"), lambda value: True) == 76  # noqa: ARG005


@pytest.mark.parametrize("indicator", LIBRARY.indicators.values(), ids=lambda indicator: indicator.reference)
@LAW
@given(data=st.data())
def test_every_sample_is_answered_and_its_text_asks_it_again(indicator: Indicator, data: st.DataObject) -> None:
    sample = data.draw(samples(indicator))
    assert (sample.band is None) is not (sample.reason is None)
    again = eval(repr(sample), {"library": LIBRARY, "Fraction": Fraction})
    assert again == sample.rating
    assert sample.with_value(sample.value) == sample


def test_samples_reach_every_version_and_what_is_missing() -> None:
    assert find(samples(LIBRARY["DATED"]), lambda sample: "2024" in str(sample.period) or "Q3" in str(sample.period))
    assert find(samples(LIBRARY["DATED"]), lambda sample: "Q1" in str(sample.period) or "Q2" in str(sample.period))
    assert find(samples(LIBRARY["PARTS"]), lambda sample: sample.band == "amber")
    assert find(samples(LIBRARY["WORKED"]), lambda sample: sample.value is None and sample.band == "green")
    assert find(samples(LIBRARY["READS"]), lambda sample: sample.travel("long").direction == "worsened")
    assert find(samples(LIBRARY["READS"]), lambda sample: sample.reason == "not-comparable")


@pytest.mark.parametrize("indicator", LIBRARY.indicators.values(), ids=lambda indicator: indicator.reference)
@LAW
@given(data=st.data())
def test_observations_are_read_without_a_fault(indicator: Indicator, data: st.DataObject) -> None:
    rows = data.draw(observations(indicator))
    _, found = kpirules.observe(kpirules.from_mappings(rows), LIBRARY.definitions)
    assert not found
    LIBRARY.score(rows, period="2023/24 Q2")


def test_observations_are_of_the_periods_named() -> None:
    rows = find(observations(LIBRARY["PLAIN"], periods=["2023/24 Q1"]), bool)
    assert rows == [{"indicator": "PLAIN", "period": "2023/24 Q1", "value": "0%"}]


@LAW
@given(series(LIBRARY["LIMITED"], most=3))
def test_a_series_has_values_or_nothing(drawn: list[Fraction | str | None]) -> None:
    assert 1 <= len(drawn) <= 3
    for value in drawn:
        LIBRARY["LIMITED"].rate(value)


# --- laws of one's own ---


@law("nothing is green below 78%")
def not_green_below_78(sample: Sample) -> None:
    if sample.value is not None and sample.value < 78:
        assert sample.band != "green"


def test_a_law_of_ones_own_runs_on_every_indicator() -> None:
    report = check_laws(LIBRARY, [not_green_below_78])
    assert [result.law for result in report.results] == ["not_green_below_78"] * len(LIBRARY.indicators)
    assert [result.reference for result in report.failures] == ["LABELS", "DONE", "DATED", "READS", "BUDGET"]
    assert {result.certainty for result in report.results} == {Certainty.TESTED}


def test_what_breaks_a_law_of_ones_own_is_shrunk_and_told_in_the_words_of_the_rule() -> None:
    assert_law(not_green_below_78, LIBRARY["PLAIN"])
    lower = kpirules.load_text("indicator A { unit percent\npolarity higher is better\ntarget 77%\ntolerance none }")[
        "A"
    ]
    with pytest.raises(LawError) as raised:
        assert_law(not_green_below_78, lower)
    assert str(raised.value) == (
        "A breaks the law not_green_below_78: nothing is green below 78%\n"
        "  case      77%\n"
        "  got       green\n"
        "  expected  nothing is green below 78%\n"
        "  decided   77% is green: on target (77%)\n"
        "  defined   <text>:1"
    )


def test_a_law_may_return_false_or_say_what_it_expected_or_assume() -> None:
    @law("never")
    def never(sample: Sample) -> bool:
        return sample.band is None

    @law("with words")
    def with_words(sample: Sample) -> None:
        assume(sample.value is not None)
        if sample.band == "red":
            raise AssertionError("amber at worst")

    assert not never(LIBRARY["PLAIN"]).passed
    found = with_words(LIBRARY["PLAIN"]).counterexample
    assert found is not None
    assert (found.case, found.got, found.expected) == ("0%", "red", "amber at worst")


@LAW
@given(st.integers(60, 100))
def test_a_law_may_be_asked_for_inside_of_a_test_of_hypothesis(target: int) -> None:
    text = f"indicator A {{ unit percent\npolarity higher is better\ntarget {target}%\ntolerance none }}"
    assert not_green_below_78(kpirules.load_text(text)["A"]).passed is (target >= 78)


def test_another_exception_of_a_law_is_passed_on() -> None:
    @law("broken itself")
    def broken(sample: Sample) -> None:
        raise RuntimeError(sample.text)

    with pytest.raises(RuntimeError):
        broken(LIBRARY["PLAIN"])


def test_a_law_tries_as_much_as_the_profile_says() -> None:
    tried: list[Mapping[str, object]] = []

    @law("counted")
    def counted(sample: Sample) -> None:
        tried.append(sample.given)

    before = settings.get_current_profile_name()
    settings.register_profile("seven", max_examples=7)
    try:
        settings.load_profile("seven")
        counted(LIBRARY["READS"])
    finally:
        settings.load_profile(before)
    assert 0 < len(tried) <= 7
