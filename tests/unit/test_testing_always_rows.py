"""Laws that people write of rows that take the band of a component."""

import pytest

from kpirules.testing.results import Certainty, LawResult
from tests.unit.test_testing_always import decided, law, told

ROW = """
indicator A {
  target 80%
  tolerance 5% of target
  overall OVERALL
  component north { }
  component south { }
}
"""


def of_the_row(overall: str, demand: str) -> LawResult:
    [result] = [each for each in decided(ROW.replace("OVERALL", overall) + law(demand)) if each.reference == "A"]
    return result


@pytest.mark.parametrize(
    ("overall", "demand"),
    [
        ("worst component", "when any component red then not green"),
        ("worst component, ignoring unrated", "when any component red then red"),
        ("worst component", "when all components at or better than amber then at or better than amber"),
        ("worst component", "when any component not rated then not rated"),
        ("worst component, ignoring unrated", "when any component amber then at or worse than amber"),
        ("best component", "when any component green and not any component not rated then green"),
        ("component north", "when all components green then green"),
        ("worst component", "when all components green then at least as good as when any component red"),
    ],
)
def test_what_holds_of_a_row_is_proved_over_the_bands_of_its_components(overall: str, demand: str) -> None:
    result = of_the_row(overall, demand)
    assert (result.passed, result.certainty, result.concerned) == (True, Certainty.PROVED, True)


@pytest.mark.parametrize(
    ("overall", "demand", "case"),
    [
        (
            "best component",
            "when any component red then not green",
            ("component north green, component south red", "green", "not green"),
        ),
        (
            "component south",
            "when any component red then red",
            ("component north red", "not rated: unrated-component", "red"),
        ),
        (
            "worst component, ignoring unrated",
            "when any component not rated then not rated",
            ("component north red", "red", "not rated"),
        ),
        (
            "worst component",
            "when any component amber then at least as good as when all components amber",
            ("component north amber, component south red", "red", "amber or better, for component north amber, "),
        ),
    ],
)
def test_what_does_not_hold_of_a_row_is_shown_by_the_bands_of_its_components(
    overall: str, demand: str, case: tuple[str, str, str]
) -> None:
    found = told(of_the_row(overall, demand))
    assert found[:2] == case[:2]
    assert found[2].startswith(case[2])


@pytest.mark.parametrize("when", ["target met", "not target met", "no value"])
def test_a_law_about_a_value_passes_over_a_row_that_has_none(when: str) -> None:
    row = ROW.replace("OVERALL", "worst component").replace("target 80%\n  tolerance 5% of target", "")
    parts = "target 80%\n tolerance none"
    row = row.replace("north { }", f"north {{ {parts} }}").replace("south { }", f"south {{ {parts} }}")
    results = decided(row + law(f"when {when} then not amber"))
    assert [result.reference for result in results] == ["A component north", "A component south"]


def test_nothing_can_be_said_of_a_row_that_is_not_rated() -> None:
    results = decided(ROW.replace("OVERALL", "none") + law("when value below 10% then red"))
    assert [result.reference for result in results] == ["A component north", "A component south"]


def test_a_row_takes_the_bands_that_its_components_have_at_the_time() -> None:
    text = """
scheme plain {
  green when target met
  red   otherwise
}
indicator A {
  target 80%
  tolerance 5% of target
  scheme rag
  overall worst component
  component north { scheme rag from 2024
    scheme plain until 2023 }
}
"""
    assert told(decided(text + law("when any component green then red", "A"))[0])[0].endswith("until 2023-12-31")
    amber = decided(text + law("when any component amber then red", "A"))[0]
    assert told(amber) == ("component north amber from 2024-01-01", "amber", "red")


def test_the_bands_of_components_that_only_the_law_reads_are_named() -> None:
    text = ROW.replace("OVERALL", "own value")
    result = of_the_row("own value", "when any component red and target met then not green")
    assert told(result)[0] == "80% with component north red, component south red"
    assert decided(text + law("when any component red then not green"))
