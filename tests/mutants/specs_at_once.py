"""The specs once more, a text a test, worked out while the test runs: only then can a change be noticed."""

from pathlib import Path

import pytest

from kpirules.loading import check_text
from kpirules.testing.always import decide_laws
from tests.spec.test_bad import CHUNKS, LOADS, Chunk, marks, told

GOOD = sorted((Path(__file__).parents[1] / "spec" / "good").glob("*.kpi"))
# What the core finds, and not the words that are wrong: these texts tell of proofs and laws, or of warnings.
PROVED = [chunk for chunk in CHUNKS if chunk.file in ("laws.kpi", "schemes.kpi", "targets.kpi", "components.kpi")]


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_a_file_comes_out_as_it_says(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    library, diagnostics = check_text(text)
    first, _, _ = text.partition("\n")
    expected = sorted(first.removeprefix("# warns:").replace(",", " ").split()) if first.startswith("# warns:") else []
    assert sorted(fault.code for fault in diagnostics) == expected
    assert [result.failures for result in library.run_tests() if not result.passed] == []
    laws = library.definitions.laws
    decided = [result for each in library.indicators.values() for result in decide_laws(laws, each)]
    assert [result.text for result in decided if not result.passed] == []


@pytest.mark.parametrize("chunk", PROVED, ids=str)
def test_a_faulty_text_gives_the_faults_that_it_says(chunk: Chunk) -> None:
    diagnostics = check_text(chunk.text, chunk.file)[1]
    expected = sorted(mark for mark in marks(chunk) if not mark[1].startswith(LOADS))
    assert sorted(map(told, diagnostics)) == expected
