"""`test` blocks of the text, ready to run."""

from collections.abc import Mapping, Sequence
from typing import assert_never

from kpirules.checking import scheme_wording, wording
from kpirules.checking.findings import Found, is_wrong
from kpirules.checking.literals import name_of, period_in
from kpirules.checking.schemes import DIRECTIONS
from kpirules.model import (
    Case,
    Definition,
    ExpectedBand,
    ExpectedDirection,
    ExpectedNoDirection,
    ExpectedUnrated,
    TestBlock,
)
from kpirules.model.reads import comparators, travels_of
from kpirules.model.tests import Expectation
from kpirules.reasons import NO_DIRECTION, NOT_RATED, Direction, Reason
from kpirules.syntax import nodes
from kpirules.vocabulary.schemes import NotRated


def test_block(node: nodes.Test, definitions: Mapping[str, Definition], found: Found) -> TestBlock | None:
    """The block, without the lines that are wrong and reported; None if its indicator or component is not known."""
    definition = definitions.get(name_of(node.indicator))
    if definition is None:
        found.append(wording.unknown_name(node.indicator.span, "indicator", list(definitions)))
        return None
    tested, component = definition, None
    if node.component is not None:
        component = name_of(node.component)
        parts = {part.reference: part for part in definition.components}
        if component not in parts:
            found.append(wording.unknown_name(node.component.span, "component", list(parts)))
            return None
        tested = parts[component]
    cases = [_case(case, tested, found) for case in node.cases]
    return TestBlock(definition.reference, tuple(case for case in cases if case), component)


test_block.__test__ = False  # type: ignore[attr-defined]  # so that pytest does not take it for a test


def _case(node: nodes.Case, definition: Definition, found: Found) -> Case | None:
    before = len(found)
    period = period_in(node.at, definition.calendar, found) if node.at else None
    values, given = _given(node.given, definition, found)
    supposed = _supposed(node.given, definition, found)
    expectations = tuple(_expectation(each, definition, found) for each in node.expectations)
    if is_wrong(found, before):
        return None
    text = " ".join(node.span.text.split())
    where = f"{node.span.source.name}:{node.span.line}"
    series = isinstance(node.given, nodes.Series)
    return Case(values, given, expectations, period, series, supposed, text, where)


def _given(
    node: nodes.Given | nodes.Series, definition: Definition, found: Found
) -> tuple[tuple[str | None, ...], Mapping[str, str | None]]:
    match node:
        case nodes.Series():
            return tuple(_seen(value) for value in node.values), {}
        case nodes.Given():
            now = _seen(node.now) if node.now else None
            values = (now,) if node.before is None else (_seen(node.before), now)
            given: dict[str, str | None] = {}
            for fact in node.facts:
                match fact:
                    case nodes.FigureFact():
                        given[_fact_name(fact.name, definition, found)] = _seen(fact.value)
                    case nodes.Missing(what=nodes.Name(text="value")):
                        if now is not None:
                            found.append(wording.misplaced(fact.span, "a line that gives a value", "one that does not"))
                    case nodes.Missing(what=nodes.Name() as name):
                        given[_fact_name(name, definition, found)] = None
                    case nodes.Missing() | nodes.Travelled() | nodes.NotComparable():
                        pass
                    case _:
                        assert_never(fact)
            return values, given
        case _:
            assert_never(node)


def _supposed(node: nodes.Given | nodes.Series, definition: Definition, found: Found) -> Mapping[str, Direction | None]:
    """The travels that a line takes as given."""
    supposed: dict[str, Direction | None] = {}
    travels = {travel.name: travel for version in definition.versions for travel in travels_of(version.terms)}
    for fact in () if isinstance(node, nodes.Series) else node.facts:
        match fact:
            case nodes.Travelled(travel=name) | nodes.NotComparable(travel=name):
                if name.text not in travels:
                    found.append(wording.unknown_name(name.span, "travel", list(travels)))
                elif travels[name.text].by_band:
                    found.append(scheme_wording.by_band_in_condition(name.span))
                supposed[name.text] = DIRECTIONS[type(fact.direction)] if isinstance(fact, nodes.Travelled) else None
            case nodes.FigureFact() | nodes.Missing():
                pass
            case _:
                assert_never(fact)
    return supposed


def _fact_name(name: nodes.Ref, definition: Definition, found: Found) -> str:
    terms = definition.latest
    known = [*terms.figures, *terms.inputs, *(part.reference for part in definition.components)]
    known += [*(travel.name for travel in terms.travels), *comparators(terms)]
    if name_of(name) not in known:
        found.append(wording.unknown_figure(name.span, known))
    return name_of(name)


def _seen(node: nodes.Seen) -> str | None:
    match node:
        case nodes.Quantity():
            return node.text
        case nodes.Text():
            return node.value
        case nodes.MissingValue():
            return None
        case nodes.Completed():
            return node.span.text
        case _:
            assert_never(node)


def _expectation(node: nodes.Expectation, definition: Definition, found: Found) -> Expectation:
    match node:
        case nodes.IsBand():
            bands = [band.name for version in definition.versions for band in version.terms.scheme.bands]
            if node.band.text not in bands:
                found.append(scheme_wording.unknown_band(node.band.span, list(dict.fromkeys(bands))))
            return ExpectedBand(node.band.text)
        case nodes.ExpectedUnrated():
            own = [line.outcome for version in definition.versions for line in version.terms.scheme.lines]
            names = [outcome.name for outcome in own if isinstance(outcome, NotRated)]
            return ExpectedUnrated(_reason(node.reason, [*NOT_RATED, *names], found))
        case nodes.Travelled():
            _known_travel(node.travel, definition, found)
            return ExpectedDirection(node.travel.text, DIRECTIONS[type(node.direction)])
        case nodes.ExpectedNoTravel():
            _known_travel(node.travel, definition, found)
            reasons = [*NO_DIRECTION, Reason.NOT_COMPARABLE]
            return ExpectedNoDirection(node.travel.text, _reason(node.reason, reasons, found))
        case _:
            assert_never(node)


def _known_travel(name: nodes.Name, definition: Definition, found: Found) -> None:
    known = [travel.name for version in definition.versions for travel in version.terms.travels]
    if name.text not in known:
        found.append(wording.unknown_name(name.span, "travel", list(dict.fromkeys(known))))


def _reason(words: nodes.Words | None, known: Sequence[str], found: Found) -> str | None:
    if words is None:
        return None
    name = "-".join(words.text.split())
    if name not in known:
        found.append(scheme_wording.unknown_reason(words.span, [each.replace("-", " ") for each in known]))
    return name
