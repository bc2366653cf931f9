"""What must hold between the parts of a definition, which text has checked long before, and JSON may get wrong."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from fractions import Fraction
from itertools import pairwise
from typing import assert_never

from kpirules.checking.courses import MOST_YEARS
from kpirules.checking.declared import DEEPEST
from kpirules.checking.statements import Said, Slice
from kpirules.checking.terms import bands_of
from kpirules.model import Definition, OverallKind, Terms, Version
from kpirules.model.reads import conditions_of, names_read, travels_of
from kpirules.periods import Frequency
from kpirules.vocabulary.comparators import Baseline, Earlier, OfLast, Previous, YearsEarlier
from kpirules.vocabulary.components import MOST_WAYS, OfParts, PartBands, Standing
from kpirules.vocabulary.courses import ByPart, StraightLine
from kpirules.vocabulary.declared import written
from kpirules.vocabulary.figures import Figure, Named, read_by
from kpirules.vocabulary.formulas import Constant, Formula, InputValue, OfComponents, Operation
from kpirules.vocabulary.schemes import (
    AllOf,
    AnyOf,
    Band,
    Condition,
    Negation,
    NoFigure,
    NotComparable,
    Travelled,
    figures_in,
    parts_of,
)
from kpirules.vocabulary.travels import FlatZone

NO_ZONE = FlatZone(Fraction(0))


def slice_of(version: Version) -> Slice:
    """The stretch of time of a version, which no text cut."""
    return Slice(version.since, version.until, Said(()))


def contradictions(definition: Definition) -> Iterator[str]:
    """What does not go together in a definition and its components."""
    names = [part.reference for part in definition.components]
    yield from (f"two components are called `{name}`" for name in dict.fromkeys(names) if names.count(name) > 1)
    holes = [*_times(definition), *(why for part in definition.components for why in _times(part))]
    yield from holes
    if holes:  # what is in force on a day cannot be said of days that are in none of the versions, or in two
        return
    for version in definition.versions:
        terms = version.terms
        if bool(names) != (terms.overall is not None):
            yield "there is an `overall` if and only if there are components"
        elif terms.overall is not None:
            yield from _overall(terms, definition.components)
        yield from _figures(terms)
        yield from _over_time(terms)
        yield from _formula(terms, names)
        yield from _scheme(terms)
        yield from _by_band(terms)
        lines = [line.when for line in terms.scheme.lines] + [cap.when for cap in terms.scheme.caps]
        yield from wrong_conditions(lines, version, definition)
    for part in definition.components:
        if part.components:
            yield f"the component `{part.reference}` has components itself"
        yield from (f"the component `{part.reference}`: {why}" for why in contradictions(part))


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
    reading = [part for part in conditions_of(terms) if not isinstance(part, Negation | AllOf | AnyOf)]
    of_parts = [part for part in reading if isinstance(part, OfParts)]
    if overall is not None and overall.kind is OverallKind.SCHEME and len(of_parts) < len(reading):
        yield "`overall` is `scheme`, and that scheme does not read the components alone"
    if of_parts and (overall is None or not terms.rules_itself):
        yield "the scheme reads the components, and `overall` is neither `scheme` nor `own value`"
    if overall is None or terms.rules_itself or overall.kind is OverallKind.NONE:
        return
    counting = [part for part in components if overall.component in (None, part.reference)]
    if (overall.kind is OverallKind.COMPONENT) != (overall.component is not None) or not counting:
        yield "`overall` names a component if and only if its kind is `component`, and one that there is"
    own = {band.name for band in terms.scheme.bands}
    bands = {band.name for part in counting for version in part.versions for band in version.terms.scheme.bands}
    if bands - own:
        yield f"a component can be {min(bands - own)}, which the scheme of the row does not have"


def _figures(terms: Terms) -> Iterator[str]:
    yield from _undeclared(names_read(terms), terms)
    reads = {
        name: {part.name for part in _inside(written(figure)) if isinstance(part, Named)}
        for name, figure in terms.figures.items()
    }
    settled: set[str] = set()
    for _ in range(DEEPEST):
        settled |= {name for name, read in reads.items() if not (read & reads.keys()) - settled}
    for name in reads.keys() - settled:
        yield f"the figure `{name}` is worked out from itself, or from {DEEPEST} others one after another"


def _by_band(terms: Terms) -> Iterator[str]:
    """Travels that compare ratings, which have neither a size nor an order but that of the scheme."""
    by_band = [travel for travel in terms.travels if travel.by_band]
    for travel in by_band:
        if not isinstance(travel.against, Previous | YearsEarlier | Earlier | Baseline) or travel.dead_zone != NO_ZONE:
            yield f"the travel `{travel.name}` is by band: it has one earlier period to compare with, and no dead zone"
    if by_band and not terms.scheme.ranked:
        yield f"the travel `{by_band[0].name}` is by band, and the scheme {terms.scheme.name} has no order"
    read = [part.travel for part in conditions_of(terms) if isinstance(part, Travelled | NotComparable)]
    if any(travel.by_band for travel in read):
        yield "a condition reads a travel that is by band, and its rating would depend on another"


def _undeclared(names: set[str], terms: Terms) -> Iterator[str]:
    for name in sorted(names - terms.figures.keys()):
        yield f"the figure `{name}` is read and not declared"


def wrong_conditions(conditions: Sequence[Condition], version: Version, definition: Definition) -> Iterator[str]:
    """What conditions read that is not there: figures, those that travels are measured against, and components."""
    parts = [part for condition in conditions for part in parts_of(condition)]
    names = {figure.name for when in conditions for figure in figures_in(when) if isinstance(figure, Named)}
    names |= {part.name for part in parts if isinstance(part, NoFigure)}
    travels = [part.travel for part in parts if isinstance(part, Travelled | NotComparable)]
    names |= {travel.against.name for travel in travels if isinstance(travel.against, Named)}
    yield from _undeclared(names, version.terms)
    there = tuple(bands_of(definition.components, slice_of(version)) or ())
    for part in parts:
        if isinstance(part, OfParts):
            yield from _of_parts(part, there)


def _of_parts(condition: OfParts, there: Sequence[PartBands]) -> Iterator[str]:
    unrated, ordered = condition.standing is Standing.UNRATED, condition.standing not in (Standing.IS, Standing.IS_NOT)
    having = [part for part in there if condition.band in part.bands]
    if condition.parts != tuple(there):
        yield "a condition on components does not list the components, each with the bands it can have"
    elif unrated != (condition.band is None) or (not unrated and not having):
        yield f"no component can be {condition.band}" if condition.band else "a condition on components names no band"
    elif not unrated and ordered and not all(part.ranked and part in having for part in there):
        yield f"not every component can be better or worse than {condition.band}"
    elif condition.ways > MOST_WAYS:
        yield f"a condition on components has {condition.ways} ways to hold; at most {MOST_WAYS} can be tried"


def _over_time(terms: Terms) -> Iterator[str]:
    """What changes over time and cannot be: crooked lines, and travels that need one earlier period and have none."""
    most_months = MOST_YEARS * Frequency.YEARLY.months
    for declared in (terms.target, *terms.figures.values()):
        if isinstance(declared, StraightLine) and not 0 < declared.months <= most_months:
            yield f"a straight line leads from one period to a later one, at most {MOST_YEARS} years on"
        if isinstance(declared, ByPart) and len(declared.numbers) not in {frequency.parts for frequency in Frequency}:
            yield f"a year has no {len(declared.numbers)} parts"
    for travel in travels_of(terms):
        if travel.dead_zone.a_year and isinstance(travel.against, Named | OfLast):
            yield f"the dead zone of the travel {travel.name} grows with the time since one earlier period"
        if travel.while_target_unchanged and isinstance(travel.against, Named):
            yield f"the travel {travel.name} minds the target of an earlier period, and has none"
    if terms.by_increment and not terms.accumulates:
        yield "only a running total is compared by increment"


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
