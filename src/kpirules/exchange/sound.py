"""Whether definitions from JSON, whose members are each right, are right as a whole, with their proofs and laws."""

from collections.abc import Iterator, Mapping

from kpirules.checking.findings import Placed
from kpirules.checking.indicators import Made
from kpirules.checking.proofs import flaws
from kpirules.checking.terms import Built
from kpirules.diagnostics import Diagnostic
from kpirules.exchange.contradictions import contradictions, slice_of, wrong_conditions
from kpirules.exchange.places import Path
from kpirules.exchange.wording import unsound
from kpirules.in_force import all_in_force
from kpirules.lower import lower_travel, setting_of
from kpirules.model import (
    AtLeastAsGoodAs,
    Clause,
    Definition,
    ExpectedDirection,
    ExpectedNoDirection,
    LawBlock,
    MustBe,
    TestBlock,
    Version,
)
from kpirules.model.reads import parts_to_prove
from kpirules.source import Span
from kpirules.vocabulary.schemes import lower_condition


def faults(definition: Definition, span: Span, path: Path) -> Iterator[Diagnostic]:
    """What is wrong with a definition whose members are each right: what does not go together, and failed proofs."""
    wrong = [unsound(span, path, why) for why in dict.fromkeys(contradictions(definition))]
    if not wrong:
        wrong = [unsound(span, path, why) for why in _unratable(definition)]
    yield from wrong or flaws(_made(definition, span))


def test_faults(block: TestBlock, row: Definition) -> Iterator[str]:
    """What is wrong with tests of a sound definition: names of what is not there."""
    there = [row] if block.component is None else [part for part in row.components if part.reference == block.component]
    definition = next(iter(there), None)
    if definition is None:
        yield f"the indicator `{row.reference}` has no component `{block.component}`"
        return
    for case in block.cases:
        terms = definition.terms(case.period) if case.period else definition.versions[0].terms
        known = {travel.name for travel in terms.travels}
        directed = (each for each in case.expectations if isinstance(each, ExpectedDirection | ExpectedNoDirection))
        for name in dict.fromkeys([*(each.travel for each in directed), *case.supposed]):
            if name not in known:
                yield f"`{block.subject}` has no travel `{name}`"


def law_faults(law: LawBlock, definitions: Mapping[str, Definition]) -> Iterator[str]:
    """What is wrong with a law about sound definitions."""
    for of in law.about:
        row = definitions[of.reference]
        definition = next((part for part in row.components if part.reference == of.component), None)
        if of.component is None:
            definition = row
        versions = () if definition is None else definition.versions
        if definition is None or len(of.clauses) != len(versions):
            yield f"{of.subject} is no component, or has not as many versions as the law has clauses for it"
            continue
        for clause, version in zip(of.clauses, versions, strict=True):
            if clause is not None:
                yield from (f"{of.subject}: {why}" for why in _clause(clause, version, definition))


def _clause(clause: Clause, version: Version, definition: Definition) -> Iterator[str]:
    terms, demand = version.terms, clause.demand
    asked = [clause.when, demand.than] if isinstance(demand, AtLeastAsGoodAs) else [clause.when]
    wrong = [*wrong_conditions(asked, version, definition)]
    if isinstance(demand, MustBe) and demand.bands - {band.name for band in terms.scheme.bands}:
        wrong.append(f"the scheme {terms.scheme.name} does not have all of the bands")
    if isinstance(demand, AtLeastAsGoodAs) and not terms.scheme.ranked:
        wrong.append(f"the bands of the scheme {terms.scheme.name} have no order")
    yield from wrong
    if not wrong:
        for part in parts_to_prove(terms, definition.frequency, definition.calendar, travelling=True):
            setting = setting_of(terms, part=part)
            try:
                for condition in asked:
                    lower_condition(condition, setting)
            except ValueError as fault:
                yield str(fault)


def _made(definition: Definition, span: Span) -> Made:
    """The definition with one place for all of it, so that the proofs can speak of it."""
    built = tuple(
        Built(
            version.terms,
            Placed(version.terms.scheme, (span,) * len(version.terms.scheme.lines)),
            slice_of(version),
            span,
            all_in_force(version.terms, definition.frequency, definition.calendar),
        )
        for version in definition.versions
    )
    return Made(definition, span, built, tuple(_made(part, span) for part in definition.components))


def _unratable(definition: Definition) -> Iterator[str]:
    """Travels that have no meaning with their polarity or target."""
    for version in definition.versions:
        try:
            for part in parts_to_prove(version.terms, definition.frequency, definition.calendar, travelling=True):
                for travel in version.terms.travels:
                    lower_travel(version.terms, travel, part=part)
        except ValueError as fault:
            yield str(fault)
    for component in definition.components:
        yield from _unratable(component)
