"""A scorecard: every indicator of a library, rated for one period from a table of observations."""

from collections.abc import Container, Iterable, Iterator, Mapping

from attrs import evolve, field, frozen

from kpirules.assess.by_band import gap_of, period_then
from kpirules.assess.indicator import Indicator
from kpirules.assess.overall import rate_overall
from kpirules.assess.references import unknown
from kpirules.assess.results import Rating, TravelResult
from kpirules.assess.slots import given_at, reading_at, slot_before, slot_of
from kpirules.model import Definition, Terms
from kpirules.model.reads import parts_read
from kpirules.observations import Observations
from kpirules.periods import Period
from kpirules.reading import Reading
from kpirules.reasons import Direction, Reason
from kpirules.vocabulary.targets import NoTarget, in_period, target_words
from kpirules.vocabulary.tolerances import tolerance_words
from kpirules.vocabulary.travels import Travel


@frozen
class Assessment:
    """One row of a scorecard: an indicator, or (with `component` set) one of its components.

    `value`, `target` and `tolerance` are in words; `reading` has the number in the indicator's unit. `travels` are by
    name, in the order of the definition; `parts` are the rows of the components. `previous` is the rating of the period
    before, by what was observed and in force then; None where there is no such period.
    """

    definition: Definition = field(repr=lambda definition: repr(definition.reference))
    component: str | None
    period: Period = field(repr=str)
    reading: Reading
    value: str
    target: str
    tolerance: str
    rating: Rating
    travels: Mapping[str, TravelResult]
    parts: "tuple[Assessment, ...]" = ()
    measured: str | None = None
    note: str | None = None
    previous: Rating | None = None


@frozen
class Scorecard:
    """The rows of one period, in the order of the library, and the names of all the library's travels."""

    period: Period
    rows: tuple[Assessment, ...]
    travels: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Assessment]:
        return iter(self.rows)

    def __getitem__(self, reference: str) -> Assessment:
        for row in self.rows:
            if row.definition.reference == reference:
                return row
        raise unknown(reference, (row.definition.reference for row in self.rows))


def score(indicators: Mapping[str, Indicator], observations: Observations, period: Period) -> Scorecard:
    """Rate every indicator for one period; what was not observed is missing, and says so."""
    rows = tuple(assessed(indicator, observations, period) for indicator in indicators.values())
    return Scorecard(period, rows, travel_names(indicators))


def travel_names(indicators: Mapping[str, Indicator]) -> tuple[str, ...]:
    """The names of all travels that any indicator or component has in any version, in the order of writing."""
    whole = [indicator.definition for indicator in indicators.values()]
    each = [*whole, *(part for definition in whole for part in definition.components)]
    versions = (version.terms for definition in each for version in definition.versions)
    return tuple(dict.fromkeys(travel.name for terms in versions for travel in terms.travels))


def assessed(
    indicator: Indicator, observations: Observations, period: Period, travels: Container[str] | None = None
) -> Assessment:
    """The row of one indicator, with those of its components; with all of its travels, or only with some."""
    definition = indicator.definition
    parts = tuple(_assessed(part, definition, observations, period, travels) for part in indicator.components.values())
    own = _assessed(indicator, definition, observations, period, travels, parts)
    slot = slot_of(definition, None, observations, period)
    ratings = {part.definition.reference: part.rating for part in parts}
    row = evolve(
        own,
        rating=_rolled_up(indicator, own.rating, ratings, period, beside=own.reading.number is not None),
        previous=_rolled_up_before(indicator, own, observations),
    )
    overall = indicator.in_force(period).terms.overall
    if overall is None or not overall.rests_on_components or row.reading.number is not None:
        return row
    return evolve(
        row,
        value=_listed((part.component, part.value) for part in parts),
        target=_listed((part.component, part.target) for part in parts),
        tolerance=_listed((part.component, part.tolerance) for part in parts),
        travels={
            **_common(indicator, parts, period, travels),
            **_changes_of_band(indicator, definition, observations, slot, row.rating, travels),
        },
    )


def _rolled_up(
    indicator: Indicator, own: Rating, parts: Mapping[str, Rating], period: Period, *, beside: bool = False
) -> Rating:
    """The rating of a row: its own, or the one that its `overall` makes of those of its components."""
    force = indicator.in_force(period)
    overall = force.terms.overall
    if overall is None or not overall.rests_on_components:
        return own
    # What follows from the components is no value that somebody could have thought to be rated.
    beside = beside and force.terms.formula is None
    return rate_overall(overall, indicator.definition, force, parts, period=period, beside=beside)


def _rolled_up_before(indicator: Indicator, own: Assessment, observations: Observations) -> Rating | None:
    slot = slot_of(indicator.definition, None, observations, own.period)
    earlier = slot_before(indicator, slot)
    parts = {part.definition.reference: part.previous for part in own.parts if part.previous is not None}
    if earlier is None or own.previous is None or len(parts) < len(own.parts):
        return None
    return _rolled_up(indicator, own.previous, parts, earlier)


def _assessed(
    indicator: Indicator,
    whole: Definition,
    observations: Observations,
    period: Period,
    wanted: Container[str] | None,
    parts: tuple[Assessment, ...] = (),
) -> Assessment:
    """One definition rated by its own value; a component's observations stand under the whole's reference."""
    component = None if indicator.definition is whole else indicator.reference
    slot = slot_of(whole, component, observations, period)
    force = indicator.in_force(period, slot)
    terms = force.terms
    observed = observations.find(whole.reference, component, slot)
    given = given_at(force, indicator, whole, observations, slot)
    given = {**given, **_of_parts(terms, {part.definition.reference: part.rating for part in parts})}
    before = {part.definition.reference: part.previous for part in parts if part.previous is not None}
    earlier = slot_before(indicator, slot)
    rests_on_parts = terms.overall is not None and terms.overall.rests_on_components
    reading = reading_at(indicator, whole, observations, slot)
    rating = indicator.rate(reading, period=period, given=given, slot=slot)
    travels = {
        travel.name: indicator.travel(travel.name, reading, period=period, given=given, slot=slot)
        for travel in _of(terms, wanted)
        if not travel.by_band
    }
    by_band = {} if rests_on_parts else _changes_of_band(indicator, whole, observations, slot, rating, wanted)
    found = travels | by_band
    return Assessment(
        indicator.definition,
        component,
        period,
        reading,
        _value_words(indicator, reading, period),
        target_words(in_period(terms.target, force.part, accumulates=terms.accumulates), terms.unit),
        "" if isinstance(terms.target, NoTarget) else tolerance_words(terms.tolerance, terms.unit),
        rating,
        {travel.name: found[travel.name] for travel in terms.travels if travel.name in found},
        parts,
        observed.measured if observed else None,
        observed.note if observed else None,
        None if earlier is None else _rated_at(indicator, whole, observations, earlier, before),
    )


def _rated_at(
    indicator: Indicator, whole: Definition, observations: Observations, slot: Period, parts: Mapping[str, Rating]
) -> Rating:
    """The rating of what was observed in a slot, by the terms that were in force then."""
    force = indicator.in_force(slot)
    given = {**given_at(force, indicator, whole, observations, slot), **_of_parts(force.terms, parts)}
    return indicator.rate(reading_at(indicator, whole, observations, slot), period=slot, given=given)


def _of(terms: Terms, wanted: Container[str] | None) -> list[Travel]:
    """The travels that are wanted; None means all."""
    return [travel for travel in terms.travels if wanted is None or travel.name in wanted]


def _changes_of_band(
    indicator: Indicator,
    whole: Definition,
    observations: Observations,
    slot: Period,
    rating: Rating,
    wanted: Container[str] | None,
) -> dict[str, TravelResult]:
    """The travels by band, each against the rating of the earlier period by the rules of that period."""
    found: dict[str, TravelResult] = {}
    for travel in _of(indicator.in_force(slot).terms, wanted):
        if travel.by_band:
            then = period_then(travel, slot)
            earlier = None if then is None else _seen_then(indicator, whole, observations, then)
            found[travel.name] = indicator.travel(travel.name, rating, previous=earlier, period=slot)
    return found


def _seen_then(indicator: Indicator, whole: Definition, observations: Observations, slot: Period) -> Rating | Reading:
    """The rating of an earlier slot, or, where nothing was observed there, the reading that says why."""
    force = indicator.in_force(slot)
    overall = force.terms.overall
    parts: dict[str, Rating] = {}
    for name, part in indicator.components.items():
        seen = _seen_then(part, whole, observations, slot)
        parts[name] = seen if isinstance(seen, Rating) else part.rate(seen, period=slot)
    if overall is not None and overall.rests_on_components:
        return rate_overall(overall, whole, force, parts, period=slot)
    reading = reading_at(indicator, whole, observations, slot)
    return reading if gap_of(reading) else _rated_at(indicator, whole, observations, slot, parts)


def _of_parts(terms: Terms, ratings: Mapping[str, Rating]) -> Mapping[str, Rating]:
    """The ratings of the components, where the row's own rule reads them."""
    return ratings if parts_read(terms) else {}


def _value_words(indicator: Indicator, reading: Reading, period: Period) -> str:
    if reading.number is None:
        return ""
    words = indicator.in_force(period).terms.show(reading.number)
    return f"{reading.bound} {words}" if reading.bound else words


def _listed(parts: Iterable[tuple[str | None, str]]) -> str:
    return "; ".join(f"{name} {words or 'missing'}" for name, words in parts)


def _common(
    indicator: Indicator, parts: tuple[Assessment, ...], period: Period, wanted: Container[str] | None
) -> Mapping[str, TravelResult]:
    """The direction that the components have in common, else mixed; of those that have this travel at all."""
    found: dict[str, TravelResult] = {}
    for travel in _of(indicator.in_force(period).terms, wanted):
        results = [part.travels[travel.name] for part in parts if travel.name in part.travels]
        reasons = [result.reason for result in results if result.reason is not None]
        directions = {result.direction for result in results if result.direction is not None}
        if reasons or not results:
            reason = min(reasons, key=list(Reason).index, default=Reason.NO_VALUE)
            found[travel.name] = TravelResult(None, reason)
        else:
            found[travel.name] = TravelResult(directions.pop() if len(directions) == 1 else Direction.MIXED, None)
    return found
