"""What must hold between the parts of a definition, which text has checked long before, and JSON may get wrong."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import assert_never

from kpirules.checking.indicators import Made
from kpirules.checking.proofs import flaws
from kpirules.checking.schemes import Placed
from kpirules.checking.statements import Slice
from kpirules.checking.terms import DEEPEST, Built
from kpirules.diagnostics import Diagnostic
from kpirules.exchange.places import Path
from kpirules.exchange.wording import unsound
from kpirules.lower import lower_travel
from kpirules.model import Definition, OverallKind, Terms
from kpirules.model.reads import names_read, parts_to_prove
from kpirules.source import Span
from kpirules.vocabulary.figures import Figure, Named, read_by
from kpirules.vocabulary.formulas import Constant, Formula, InputValue, OfComponents, Operation
from kpirules.vocabulary.schemes import Band


def faults(definition: Definition, span: Span, path: Path) -> Iterator[Diagnostic]:
    """What is wrong with a definition whose members are each right: what does not go together, and failed proofs."""
    wrong = [unsound(span, path, why) for why in _contradictions(definition)]
    if not wrong:
        wrong = [unsound(span, path, why) for why in _unratable(definition)]
    yield from wrong or flaws(_made(definition, span))


def _made(definition: Definition, span: Span) -> Made:
    """The definition with one place for all of it, so that the proofs can speak of it."""
    rests = all(_rests_on_components(version.terms) for version in definition.versions)
    built = tuple(
        Built(
            version.terms,
            Placed(version.terms.scheme, (span,) * len(version.terms.scheme.lines)),
            Slice(version.since, version.until, ()),
            span,
        )
        for version in definition.versions
    )
    parts = tuple(_made(part, span) for part in definition.components)
    return Made(definition, span, () if rests else built, parts)


def _rests_on_components(terms: Terms) -> bool:
    return terms.overall is not None and terms.overall.kind is not OverallKind.OWN


def _contradictions(definition: Definition) -> Iterator[str]:
    names = [part.reference for part in definition.components]
    yield from (f"two components are called `{name}`" for name in dict.fromkeys(names) if names.count(name) > 1)
    yield from _times(definition)
    for version in definition.versions:
        terms = version.terms
        if bool(names) != (terms.overall is not None):
            yield "there is an `overall` if and only if there are components"
        elif terms.overall is not None:
            yield from _overall(terms, definition.components)
        yield from _figures(terms)
        yield from _formula(terms, names)
        yield from _scheme(terms)
    for part in definition.components:
        if part.components:
            yield f"the component `{part.reference}` has components itself"
        yield from (f"the component `{part.reference}`: {why}" for why in _contradictions(part))


def _times(definition: Definition) -> Iterator[str]:
    versions = definition.versions
    if versions[0].since is not None or versions[-1].until is not None:
        yield "the first version has no `since` and the last no `until`, so that they hold for ever"
    for before, after in pairwise(versions):
        if before.until is None or after.since != before.until + timedelta(days=1):
            yield "each version begins on the day after the one before it ends"
        elif after.until is not None and after.until < after.since:
            yield "a version ends before it begins"


def _overall(terms: Terms, components: Sequence[Definition]) -> Iterator[str]:
    overall = terms.overall
    if overall is None or overall.kind in (OverallKind.OWN, OverallKind.NONE):
        return
    counting = [part for part in components if overall.component in (None, part.reference)]
    if (overall.kind is OverallKind.COMPONENT) != (overall.component is not None) or not counting:
        yield "`overall` names a component if and only if its kind is `component`, and one that there is"
    own = {band.name for band in terms.scheme.bands}
    bands = {band.name for part in counting for version in part.versions for band in version.terms.scheme.bands}
    if bands - own:
        yield f"a component can be {min(bands - own)}, which the scheme of the row does not have"


def _figures(terms: Terms) -> Iterator[str]:
    for name in sorted(names_read(terms) - terms.figures.keys()):
        yield f"the figure `{name}` is read and not declared"
    reads = {
        name: {part.name for part in _inside(figure) if isinstance(part, Named)}
        for name, figure in terms.figures.items()
    }
    settled: set[str] = set()
    for _ in range(DEEPEST):
        settled |= {name for name, read in reads.items() if not (read & reads.keys()) - settled}
    for name in reads.keys() - settled:
        yield f"the figure `{name}` is worked out from itself, or from {DEEPEST} others one after another"


def _inside(figure: Figure | None) -> Sequence[Figure]:
    return () if figure is None else read_by(figure)


def _formula(terms: Terms, components: Sequence[str]) -> Iterator[str]:
    match terms.formula:
        case None:
            return
        case OfComponents():
            if not components:
                yield "the value is that of components, and there are none"
        case formula:
            for name in sorted(_inputs(formula) - terms.inputs.keys()):
                yield f"the input `{name}` is read and not declared"


def _inputs(formula: Formula) -> set[str]:
    match formula:
        case Constant():
            return set()
        case InputValue():
            return {formula.name}
        case Operation():
            return _inputs(formula.left) | _inputs(formula.right)
        case _:
            assert_never(formula)


def _scheme(terms: Terms) -> Iterator[str]:
    scheme = terms.scheme
    given = [line.outcome for line in scheme.lines if isinstance(line.outcome, Band)] + [
        cap.band for cap in scheme.caps
    ]
    names = [band.name for band in scheme.bands]
    if len(set(names)) < len(names) or any(band not in scheme.bands for band in given):
        yield f"the bands of the scheme {scheme.name} are not all that it gives, each once"


def _unratable(definition: Definition) -> Iterator[str]:
    """Travels that have no meaning with their polarity or target."""
    for version in definition.versions:
        try:
            for part in parts_to_prove(version.terms, definition.frequency):
                for travel in version.terms.travels:
                    lower_travel(version.terms, travel, part=part)
        except ValueError as fault:
            yield str(fault)
    for component in definition.components:
        yield from _unratable(component)
