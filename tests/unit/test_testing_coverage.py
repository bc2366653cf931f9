"""What tests exercise of a definition, and the tests of edges that are written for a person to keep."""

from pathlib import Path

import pytest

from kpirules import Library, load
from kpirules.loading import load_text
from kpirules.source import Source
from kpirules.syntax.format import format_text
from kpirules.testing.decisions import Covered, Kind, coverage, covered
from kpirules.testing.written_edges import edge_tests

ROOT = Path(__file__).parents[2]
REPORT = ROOT / "indicators" / "sandwell-2023-24"

START = """
travel short { against previous quarter }
indicator A {
  unit percent
  frequency quarterly
  polarity higher is better
  target 80%
  tolerance 5% of target
  travel short
}
"""


def of(text: str, name: str = "A") -> Covered:
    library = load_text(text)
    blocks = [block for block in library.definitions.tests if block.reference == name]
    return covered(blocks, library[name])


def words(found: Covered, kind: Kind) -> set[str]:
    return {point.words for point in found.exercised if point.kind is kind}


def test_every_decision_is_counted_once() -> None:
    found = of(START)
    assert {kind: found.counts(kind)[1] for kind in Kind} == {
        Kind.BAND: 3,
        Kind.EDGE: 4,
        Kind.REASON: 1,
        Kind.VERSION: 0,
        Kind.TRAVEL: 4,
    }
    assert found.exercised == frozenset()
    assert coverage([], load_text(START).indicators).percent == 0


def test_a_value_beside_an_edge_exercises_its_side_and_one_far_away_does_not() -> None:
    near = of(START + "test A { 80% is green\n 79.5% is amber\n 3% is red }")
    assert words(near, Kind.EDGE) == {"80%: green side", "80%: amber side"}
    assert words(near, Kind.BAND) == {"green", "amber", "red"}
    assert words(of(START + "test A { 82% is green }"), Kind.EDGE) == set()


def test_a_case_exercises_what_it_expects() -> None:
    text = START + "test A { 79% after 78% is short improved\n 79% is short not comparable }"
    assert words(of(text), Kind.TRAVEL) == {"short improved", "short not comparable"}
    assert words(of(text), Kind.BAND) == set()


def test_reasons_and_versions() -> None:
    dated = START.replace("target 80%", "target 80% until 2023\n target 70% from 2024\n target pending from 2026")
    dated = dated.replace("target 70% from 2024", "target 70% from 2024 until 2025")
    found = of(dated + "test A { at 2024 Q1: 70% is green\n at 2026 Q1: 7% is not rated: target pending }")
    assert words(found, Kind.VERSION) == {"from 2024-01-01 until 2025-12-31", "from 2026-01-01"}
    assert words(found, Kind.REASON) == {"target-pending"}
    assert words(found, Kind.EDGE) == {"70%: green side from 2024-01-01, until 2025-12-31"}
    assert found.counts(Kind.VERSION) == (2, 3)


def test_a_rule_that_reads_more_than_the_value_has_its_comparisons_as_edges() -> None:
    text = START.replace("target 80%", "target same quarter last year").replace(
        "tolerance 5% of target", "tolerance none"
    )
    found = of(text + 'test A { 80% with "same quarter last year" 80% is green\n 79% after 80% is red }')
    assert found.counts(Kind.EDGE) == (1, 2)
    assert words(found, Kind.EDGE) == {"value at or above same quarter last year"}
    both = of(text + 'test A { 79% with "same quarter last year" 80% is red }')
    assert words(both, Kind.EDGE) == {"value below same quarter last year"}


def test_components_are_exercised_by_tests_of_their_row() -> None:
    text = """
indicator A {
  unit percent
  polarity higher is better
  tolerance none
  overall worst component
  component north { target 80% }
  component south { target 70% }
}
test A { with north 80%, south 60% is red }
test A component south { 70% is green }
"""
    found = of(text)
    exercised = {(point.subject, point.words) for point in found.exercised}
    assert exercised >= {
        ("A component north", "green"),
        ("A component north", "80%: green side"),
        ("A component south", "red"),
        ("A component south", "70%: green side"),
    }


# --- tests of edges ---


def rewritten(library: Library, name: str) -> str:
    return edge_tests(library[name])


def test_each_edge_one_step_to_either_side_and_the_missing_value_are_written() -> None:
    assert rewritten(load_text(START), "A").splitlines() == [
        "test A {",
        "  75%  is red",
        "  76%  is amber",
        "  77%  is amber",
        "  79%  is amber",
        "  80%  is green",
        "  81%  is green",
        "  missing is not rated: no value",
        "}",
    ]


@pytest.mark.parametrize(
    "file",
    [REPORT, *sorted((ROOT / "tests" / "spec" / "good").glob("*.kpi"))],
    ids=lambda file: file.name,
)
def test_what_is_written_loads_passes_is_laid_out_and_exercises_every_edge_of_the_value(file: Path) -> None:
    library = load(file)
    texts = {name: text for name in library.indicators if (text := rewritten(library, name))}
    assert texts or file.name == "component-conditions.kpi"
    for text in texts.values():
        assert format_text(Source("edges", text + "\n")) == text + "\n"
    sources = [file] if file.is_file() else sorted(file.glob("*.kpi"))
    everything = "\n".join([*(each.read_text(encoding="utf-8") for each in sources), *texts.values()])
    again = load_text(everything)
    assert [result for result in again.run_tests() if not result.passed] == []
    for each in coverage(again.definitions.tests, again.indicators).indicators:
        if each.reference in texts:
            missed = [point.words for point in each.missed if point.kind is Kind.EDGE]
            # Comparisons with what the data say, and components, have more sides than one plain number shows.
            assert [words for words in missed if not words.startswith(("value", "component"))] == []


def test_a_row_that_takes_a_components_band_has_bands_and_reasons_of_its_own() -> None:
    text = """
    indicator A {
      unit percent
      polarity higher is better
      target 80%
      tolerance 5% of target
      overall worst component
      component north { }
      component south { }
    }
    """
    found = of(text)
    own = {(point.kind, point.words) for point in found.points if point.subject == "A"}
    assert {words for kind, words in own if kind is Kind.BAND} == {"green", "amber", "red"}
    assert {words for kind, words in own if kind is Kind.REASON} == {"unrated-component"}
    tested = of(
        text
        + """
    test A {
      with north 80%, south 7% is red
      with north 80% is not rated: unrated component
    }
    """
    )
    exercised = {(point.kind, point.words) for point in tested.exercised if point.subject == "A"}
    assert {(Kind.BAND, "red"), (Kind.REASON, "unrated-component")} <= exercised
    assert (Kind.BAND, "green") not in exercised
