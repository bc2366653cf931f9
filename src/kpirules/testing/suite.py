"""Everything that `kpirules test` runs: `test` blocks, `always` laws, and the built-in laws on every definition."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from attrs import evolve, frozen

from kpirules.assess import Indicator
from kpirules.model import Definitions
from kpirules.source import Source
from kpirules.syntax import parse, print_file
from kpirules.testing.always import decide_laws
from kpirules.testing.laws import check_laws
from kpirules.testing.results import Certainty, Counterexample, LawResult
from kpirules.testing.run import CaseResult, run_tests


class HasTests(Protocol):
    """What has indicators and the tests beside them, such as a `Library`."""

    @property
    def definitions(self) -> Definitions:
        """The definitions, with their tests and laws."""
        ...

    @property
    def indicators(self) -> Mapping[str, Indicator]:
        """The indicators."""
        ...


@frozen
class Suite:
    """The results of all that was run: of each line of a test, each written law and each built-in law.

    `idle` are the titles of written laws whose condition can hold nowhere, so that nothing could break them, and
    `unspoken` those of laws for a theme or a scheme without indicators.
    """

    cases: tuple[CaseResult, ...]
    written: tuple[LawResult, ...]
    built_in: tuple[LawResult, ...]
    idle: tuple[str, ...] = ()
    unspoken: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether every case and every law came out as it should, and no law is idle."""
        laws = (*self.written, *self.built_in)
        return all(case.passed for case in self.cases) and all(law.passed for law in laws) and not self.idle

    def about(self, word: str) -> "Suite":
        """What has the word in its name: the reference and text of a case, the title and subject of a law."""
        folded = word.casefold()
        return evolve(
            self,
            cases=tuple(each for each in self.cases if folded in f"{each.reference} {each.case.text}".casefold()),
            written=tuple(each for each in self.written if folded in f"{each.reference} {each.law}".casefold()),
            built_in=tuple(each for each in self.built_in if folded in f"{each.reference} {each.law}".casefold()),
            idle=tuple(title for title in self.idle if folded in title.casefold()),
            unspoken=tuple(title for title in self.unspoken if folded in title.casefold()),
        )

    def __len__(self) -> int:
        return len(self.cases) + len(self.written) + len(self.built_in) + len(self.unspoken)


def run_suite(library: HasTests, sources: Sequence[Source] = ()) -> Suite:
    """Run every `test` block, decide every `always` law, and check the built-in laws, those of the `sources` too."""
    indicators, laws = library.indicators, library.definitions.laws
    order = {law.where: place for place, law in enumerate(laws)}
    decided = (result for each in indicators.values() for result in decide_laws(laws, each))
    written = tuple(sorted(decided, key=lambda result: order[result.at]))
    concerned = {result.at for result in written if result.concerned}
    return Suite(
        run_tests(library.definitions.tests, indicators),
        written,
        (*check_laws(library).results, *map(print_and_parse, sources)),
        tuple(law.title for law in laws if law.about and law.where not in concerned),
        tuple(law.title for law in laws if not law.about),
    )


def print_and_parse(source: Source) -> LawResult:
    """What is printed of a text reads as the same again."""
    file, _ = parse(source)
    again, faults = parse(Source(source.name, print_file(file)))
    counterexample = None
    if faults:
        counterexample = Counterexample(str(faults[0].span), str(faults[0].message), "a text without faults")
    elif again != file:
        other = next((one.span for one, two in zip(file.items, again.items, strict=False) if one != two), None)
        counterexample = Counterexample(str(other or source.name), "another meaning", "the same meaning", at=other)
    says = "what is printed reads as the same again"
    return LawResult("print_and_parse", says, source.name, Certainty.PROVED, counterexample)
