"""No mistake in the definitions of the council's report would go unnoticed by the tests that stand beside them."""

from pathlib import Path

import kpirules
from kpirules.loading import check
from kpirules.testing import Fate

FOLDER = Path(__file__).parents[2] / "indicators" / "sandwell-2023-24"


def test_every_mistake_is_noticed_or_refused() -> None:
    mutation = kpirules.mutate(FOLDER)
    unnoticed = [mutant for mutant in mutation.mutants if mutant.fate not in (Fate.NOTICED, Fate.REFUSED)]
    assert [(mutant.hunks, mutant.kill) for mutant in unnoticed] == []
    assert len(mutation.mutants) > 700


def test_every_indicator_and_every_component_is_tested() -> None:
    library, _ = check(FOLDER)
    tested = {(block.reference, block.component) for block in library.definitions.tests}
    definitions = library.definitions.definitions.items()
    assert tested == {
        (reference, component)
        for reference, definition in definitions
        for component in (None, *(part.reference for part in definition.components))
    }
    assert [result for result in library.run_tests() if not result.passed] == []
