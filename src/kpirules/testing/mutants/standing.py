"""How the tests and laws fare before any mistake is made: what fails already can notice none."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from attrs import evolve, frozen

from kpirules.assess import Indicator
from kpirules.model import LawBlock, TestBlock
from kpirules.testing.always import decide_laws
from kpirules.testing.results import LawResult
from kpirules.testing.run import CaseResult, run_tests

Failing: TypeAlias = CaseResult | LawResult


@frozen
class Standing:
    """The tests and laws of one indicator that hold as it is, those that fail, and what each law came to."""

    tests: tuple[TestBlock, ...] = ()
    laws: tuple[LawBlock, ...] = ()
    held: tuple[LawResult, ...] = ()
    failing: tuple[Failing, ...] = ()


def standing(
    tests: Sequence[TestBlock], laws: Sequence[LawBlock], indicators: Mapping[str, Indicator]
) -> Mapping[str, Standing]:
    """How each indicator stands that has a test or a law."""
    found: dict[str, Standing] = {}
    for name, indicator in indicators.items():
        blocks = tuple(block for block in tests if block.reference == name)
        own = tuple(law for law in laws if any(of.reference == name for of in law.about))
        if blocks or own:
            found[name] = _standing(blocks, own, indicator)
    return found


def _standing(blocks: Sequence[TestBlock], laws: tuple[LawBlock, ...], indicator: Indicator) -> Standing:
    failing: list[Failing] = []
    kept = []
    for block in blocks:
        results = run_tests((block,), {block.reference: indicator})
        failing += [result for result in results if not result.passed]
        kept.append(evolve(block, cases=tuple(result.case for result in results if result.passed)))
    held = decide_laws(laws, indicator)
    failing += [result for result in held if not result.passed]
    return Standing(tuple(kept), laws, held, tuple(failing))
