"""Laws written beside the rules: whom they concern, what refutes them, and what two cases share."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

from kpirules.core.satisfy import TooLargeError
from kpirules.loading import load_text
from kpirules.testing.always import decide_laws
from kpirules.testing.results import Certainty, LawResult

START = """
travel short { against previous quarter }
travel long  { against same quarter last year }
defaults {
  unit percent
  frequency quarterly
  polarity higher is better
}
"""


def decided(text: str) -> list[LawResult]:
    library = load_text(START + text)
    return [result for each in library.indicators.values() for result in decide_laws(library.definitions.laws, each)]


def only(text: str) -> LawResult:
    [result] = decided(text)
    return result


def told(result: LawResult) -> tuple[str, str, str]:
    found = result.counterexample
    assert found is not None
    return found.case, found.got, found.expected


PLAIN = "indicator A { target 80%\n tolerance 5% of target\n travel short, long }\n"


def law(demand: str, of: str = "all") -> str:
    return f'always "law" for {of} {{ {demand} }}\n'


@pytest.mark.parametrize(
    "demand",
    [
        "when target met then green",
        "when target met then not red",
        "when within tolerance then at or better than amber",
        "when worse than target then worse than green",
        "when value below 76% then red",
        "when no value then not rated",
        "when target met then at least as good as when not target met",
        "when short improved then at least as good as when short worsened",
        "when at or better than 90% then at least as good as when at or better than 85%",
    ],
)
def test_what_holds_is_proved(demand: str) -> None:
    result = only(PLAIN + law(demand))
    assert (result.passed, result.certainty, result.concerned) == (True, Certainty.PROVED, True)


@pytest.mark.parametrize(
    ("demand", "case"),
    [
        ("when target met then not green", ("80%", "green", "not green")),
        ("when value at least 76% then green", ("76%", "amber", "green")),
        ("when value below 77% then red", ("76%", "amber", "red")),
        ("when not target met then at or worse than amber", ("missing", "not rated: no-value", "amber or red")),
        ("when value below 80% then not rated", ("0%", "red", "not rated")),
        ("when no value then at or worse than red", ("missing", "not rated: no-value", "red")),
        ("when value below 80% then at least as good as when target met", ("0%", "red", "green, for 80% is green")),
    ],
)
def test_what_does_not_hold_is_shown_with_the_plainest_case(demand: str, case: tuple[str, str, str]) -> None:
    result = only(PLAIN + law(demand))
    if case[1].startswith("not rated"):
        case = (case[0], "not rated, for value is missing", case[2])
    assert told(result) == case


def test_a_counterexample_names_the_deciding_line_and_the_law() -> None:
    result = only(PLAIN + law("when value below 80% then red"))
    assert result.counterexample is not None
    assert result.counterexample.at is not None
    assert result.at is not None
    assert result.counterexample.at.text.startswith("amber")
    assert result.at.text.startswith('always "law"')


def test_a_refuted_law_says_where_it_stands() -> None:
    assert "\n  stated    <text>:12:1" in only(PLAIN + law("when value below 80% then red")).text


def test_what_decided_before_the_scheme_has_no_line() -> None:
    result = only(PLAIN + law("when no value then red"))
    assert result.counterexample is not None
    assert result.counterexample.at is None


def test_numbers_between_the_steps_are_no_counterexample() -> None:
    text = "indicator A { precision 0.5\n target 80%\n tolerance none }\n"
    assert not only(text + law("when value above 79.5% and value below 80% then green")).concerned
    assert told(only(text + law("when value above 79% and value below 80% then green"))) == ("79.5%", "red", "green")


def test_nor_are_they_where_the_rule_reads_more_than_the_value() -> None:
    text = "indicator A { precision 1\n target same quarter last year\n tolerance none }\n"
    less = "value worse than same quarter last year"
    assert only(
        text + law(f"when {less} and at or better than same quarter last year, less 0.9 points then green")
    ).passed
    result = only(text + law(f"when {less} and at or better than same quarter last year, less 1 points then green"))
    assert told(result) == ("0% with same quarter last year 1%", "red", "green")


def test_the_limits_of_the_values_are_kept() -> None:
    text = "indicator A { values 0% to 100%\n target 80%\n tolerance none }\n"
    assert not only(text + law("when value above 100% then red")).concerned
    assert told(only(text + law("when value above 99% then red"))) == ("100%", "green", "red")


def test_rounded_values_are_meant() -> None:
    text = "indicator A { rated to 0 decimal places\n target 80%\n tolerance none }\n"
    assert not only(text + law("when value above 79% and value below 80% then red")).concerned


def test_on_a_scale_only_the_labels_are_there() -> None:
    text = 'scale s { "A" > "B" > "C" }\nindicator A { unit scale s\n target "B"\n tolerance none }\n'
    assert only(text + law('when value is "B" then green')).passed
    assert told(only(text + law("when worse than target then green"))) == ("C", "red", "green")


def test_every_version_is_asked_and_named() -> None:
    text = "indicator A { target 80% until 2023\n target 70% from 2024\n tolerance none }\n"
    assert told(only(text + law("when value below 80% then not green"))) == (
        "70% from 2024-01-01",
        "green",
        "not green",
    )


def test_every_part_of_the_year_is_asked_and_named() -> None:
    text = "indicator A { target by quarter 10%, 20%, 15%, 30%\n tolerance none }\n"
    assert told(only(text + law("when value at least 20% then green"))) == (
        "20% in part 4 of 4 of the year",
        "red",
        "green",
    )


def test_components_are_asked_and_named() -> None:
    text = """
    indicator A {
      target 80%
      tolerance none
      overall worst component
      component north { }
      component south { target 70% }
    }
    """
    results = decided(text + law("when value below 80% then not green"))
    assert [result.reference for result in results] == ["A component north", "A component south"]
    assert [result.passed for result in results] == [True, False]


def test_who_is_meant() -> None:
    text = """
    theme one "One" { indicator A { target 80%
 tolerance none } }
    scheme other {
      good when target met
      bad  otherwise
    }
    indicator B { target 80%
 scheme other }
    """
    assert [each.reference for each in decided(text + law("when target met then not bad"))] == ["B"]
    assert [each.reference for each in decided(text + law("when no value then not rated", "theme one"))] == ["A"]
    assert [each.reference for each in decided(text + law("when no value then not rated", "scheme other"))] == ["B"]
    assert [each.reference for each in decided(text + law("when no value then not rated", "B, A"))] == ["A", "B"]


def test_a_law_passes_over_what_has_no_such_target_or_travel() -> None:
    text = PLAIN + 'indicator B { target pending "TBC" }\n'
    met = decided(text + law("when target met then not red"))
    assert [(each.reference, each.concerned) for each in met] == [("A", True), ("B", False)]
    improved = decided(text + law("when short improved then at least as good as when short worsened"))
    assert [each.reference for each in improved] == ["A"]


MOVING = """
scheme moving {
  green when at or better than target
  {}
  red otherwise
}
indicator A { target 80%
 scheme moving
 travel long }
"""


def moving(line: str) -> str:
    return MOVING.replace("{}", line)


IMPROVING = law("when long improved then at least as good as when long worsened")


def test_a_law_about_travel_holds_the_value() -> None:
    assert only(moving("amber when long improved or long unchanged or long not comparable") + IMPROVING).passed


def test_and_finds_a_value_that_is_better_rated_for_having_worsened() -> None:
    text = """
travel since { against last }
indicator A {
  figure last
  figure need last * -1 + 150
  target need
  tolerance none
  travel since
}
"""
    result = only(text + law("when since improved then at least as good as when since worsened"))
    case, got, expected = told(result)
    assert (got, expected.partition(",")[0]) == ("red", "green")
    assert case.split(" with ")[0] == expected.split(" for ")[1].split(" with ")[0], "the value is not the same"


def test_a_law_about_the_value_holds_the_comparator() -> None:
    text = "indicator A { target same quarter last year\n tolerance none }\n"
    assert only(text + law("when target met then at least as good as when not target met")).passed


def test_a_law_about_a_figure_alone_holds_the_value() -> None:
    text = """
scheme floors {
  green when at or better than target
  amber when value at least floor
  red   when no floor
  red   otherwise
}
indicator A { target 80%
 figure floor
 scheme floors }
"""
    higher = law("when floor above 60% then at least as good as when floor below 50%")
    assert told(only(text + higher)) == (
        "0% with floor 100%",
        "red",
        "amber or better, for 0% with floor 0% is amber",
    )
    lower = law("when floor below 50% then at least as good as when floor above 60%")
    assert only(text + lower).passed


# --- what would take too long to decide ---


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every question that is not decided by walking along the value takes too long; the same is tried every time."""

    def give_up(*_: object) -> None:
        raise TooLargeError

    monkeypatch.setattr("kpirules.core.laws.witness", give_up)
    profile = settings.get_current_profile_name()
    settings.register_profile("impatient", max_examples=100, derandomize=True, deadline=None, database=None)
    settings.load_profile("impatient")
    yield
    settings.load_profile(profile)


READS_MORE = "indicator A { target same quarter last year\n tolerance 5% of target\n travel long }\n"


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("demand", ["when target met then not red", "when long improved then green"])
def test_what_takes_too_long_is_tried_and_said_not_to_be_proved(demand: str) -> None:
    result = only(READS_MORE + law(demand))
    assert (result.passed, result.certainty) == (True, Certainty.TESTED)


@pytest.mark.usefixtures("impatient")
def test_trying_finds_what_refutes_a_law() -> None:
    result = only(READS_MORE + law("when long worsened then not amber"))
    assert (result.passed, result.certainty) == (False, Certainty.TESTED)
    assert told(result)[1:] == ("amber", "not amber")


@pytest.mark.usefixtures("impatient")
def test_trying_finds_two_cases_that_refute_a_law() -> None:
    result = only(READS_MORE + law("when within tolerance then at least as good as when target met"))
    assert told(result)[1] == "amber"
    held = {text.split(" with ")[1] for text in (told(result)[0], told(result)[2].split(" for ")[1].split(" is ")[0])}
    assert len(held) == 1, "what is held is not the same"
    assert only(READS_MORE + law("when target met then at least as good as when within tolerance")).passed


# --- what comes in steps, and what does not ---


def test_a_mean_of_values_in_steps_lies_between_them() -> None:
    text = "indicator A { precision 1\n target mean of last 4 quarters\n tolerance none }\n"
    near = "when worse than target and at or better than target, less 0.5 points then green"
    case, got, _ = told(only(text + law(near)))
    assert got == "red"
    assert "." in case.split("quarters ")[1]


def test_a_quotient_lies_between_the_steps_and_a_sum_of_whole_numbers_does_not() -> None:
    between = law("when value above 79 and value below 80 then green")
    text = "indicator A { unit count\n inputs a count, b count\n value a {} b\n target 80\n tolerance none }\n"
    assert told(only(text.replace("{}", "/") + between))[1:] == ("red", "green")
    assert not only(text.replace("{}", "+") + between).concerned
