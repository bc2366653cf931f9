"""The good specs once more, a file a test, worked out while the test runs: only then can a change be noticed."""

from pathlib import Path

import pytest

from kpirules.library import check_text
from kpirules.testing.always import decide_laws

GOOD = sorted((Path(__file__).parents[1] / "spec" / "good").glob("*.kpi"))


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
