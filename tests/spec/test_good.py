"""Every file in `good` loads without a diagnostic, each line of its `test` blocks comes out as it says, and laws hold.

A first line `# warns: CODE` names the warnings that a file gives and is meant to give. A new case needs no Python.
"""

from functools import cache
from pathlib import Path

import pytest

from kpirules.loading import check_text
from kpirules.testing import CaseResult
from kpirules.testing.always import decide_laws
from kpirules.testing.results import LawResult

FOLDER = Path(__file__).parent / "good"
FILES = [file.name for file in sorted(FOLDER.glob("*.kpi"))]
WARNS = "# warns:"


@cache
def checked(name: str) -> tuple[tuple[CaseResult, ...], list[str], tuple[LawResult, ...]]:
    """What came of the cases of a file, the diagnostics, and what came of its laws."""
    library, diagnostics = check_text((FOLDER / name).read_text(encoding="utf-8"), name)
    laws = library.definitions.laws
    decided = tuple(result for each in library.indicators.values() for result in decide_laws(laws, each))
    return library.run_tests(), [str(diagnostic) for diagnostic in diagnostics], decided


def cases() -> list[tuple[str, int]]:
    return [(name, place) for name in FILES for place in range(len(checked(name)[0]))]


def case_id(case: tuple[str, int]) -> str:
    name, place = case
    result = checked(name)[0][place]
    return f"{result.case.where} {result.reference}: {result.case.text}"


@pytest.mark.parametrize("name", FILES)
def test_a_file_gives_the_diagnostics_that_it_says_it_gives(name: str) -> None:
    first, _, _ = (FOLDER / name).read_text(encoding="utf-8").partition("\n")
    expected = sorted(first.removeprefix(WARNS).replace(",", " ").split()) if first.startswith(WARNS) else []
    diagnostics = checked(name)[1]
    assert len(diagnostics) == len(expected), diagnostics
    for diagnostic, code in zip(sorted(diagnostics, key=lambda said: said.partition("[")[2]), expected, strict=True):
        assert f" warning[{code}]: " in diagnostic


@pytest.mark.parametrize("name", FILES)
def test_a_file_tests_something(name: str) -> None:
    assert checked(name)[0]


@pytest.mark.parametrize("case", cases(), ids=case_id)
def test_a_case_comes_out_as_it_says(case: tuple[str, int]) -> None:
    name, place = case
    result = checked(name)[0][place]
    assert not result.failures, result.explanation


@pytest.mark.parametrize("name", FILES)
def test_its_laws_hold(name: str) -> None:
    assert [result.text for result in checked(name)[2] if not result.passed] == []
