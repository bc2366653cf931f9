"""What was observed: rows resolved against a library and read, one observation for each slot."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Final

from attrs import evolve, field, frozen

from kpirules.diagnostics import Diagnostic
from kpirules.marks import joined
from kpirules.model import Definition, Definitions, OverallKind, Terms
from kpirules.observations import wording
from kpirules.observations.silences import silenced_values
from kpirules.observations.table import Row
from kpirules.observations.wide import Back
from kpirules.observations.written import as_text
from kpirules.periods import Calendar, Frequency, Period, PeriodError, parse_period
from kpirules.reading import Reading
from kpirules.source import Span
from kpirules.units import Unit


@frozen
class Slot:
    """What an observation is of: an indicator, or a component, input or figure of it by name, in one period."""

    reference: str
    component: str | None
    period: Period


@frozen
class Observation:
    """What was observed; `measured` says in the writer's words when, the table's own column before the value's.

    `note` is what stood in the note and beside the value; `where` is the place, such as `2023-24-q2.csv:12`.
    """

    reading: Reading
    measured: str | None = None
    note: str | None = None
    where: str | None = None


@frozen
class Observations:
    """Observations by slot, in the order of their rows, and what was `printed` beside them for comparison."""

    by_slot: Mapping[Slot, Observation]
    printed: Mapping[tuple[Slot, Back], Observation] = field(factory=dict)

    def __reduce__(self) -> tuple[object, ...]:
        """For copies and pickles, into which a read-only view of a mapping cannot go."""
        return Observations, (dict(self.by_slot), dict(self.printed))

    def find_printed(self, reference: str, component: str | None, period: Period, back: Back) -> Observation | None:
        """What was printed beside the value of this slot for comparison with an earlier period."""
        return self.printed.get((Slot(reference, component, period), back))

    def find(self, reference: str, component: str | None, period: Period) -> Observation | None:
        """The observation of exactly this slot; `component` may name an input or an observed figure as well."""
        return self.by_slot.get(Slot(reference, component, period))

    def __iter__(self) -> Iterator[tuple[Slot, Observation]]:
        return iter(self.by_slot.items())

    def __len__(self) -> int:
        return len(self.by_slot)

    def periods(self) -> tuple[Period, ...]:
        """Every period that something was observed in, each once, the one that ended last being last.

        Of periods that end on one day, the longer comes first.
        """
        found = {slot.period for slot in self.by_slot}
        return tuple(sorted(found, key=lambda period: (period.end, period.start, period.calendar.name)))


@frozen
class _Found:
    """An observation on its way into its slot."""

    slot: Slot
    observation: Observation
    place: Span
    revised: bool
    back: Back = Back.NOW
    beside_components: bool = False


_REVISED: Final = re.compile(r"\brevised\b", re.IGNORECASE)


def observe(rows: Iterable[Row], library: Definitions) -> tuple[Observations, tuple[Diagnostic, ...]]:
    """The observations that the rows come to, and the faults of all rows that come to none.

    A value of a row that is rated by its components stays, for reports show it and say which way it has travelled; no
    rating rests on it, and the first of each indicator in each table is told of in a warning.

    A value is read in the unit, and with the words for its sign, of the terms in force at the end of its period; an
    observed figure in the indicator's own unit. Of several values for one slot only those count that the value
    or the note calls revised, or all if none is; of those the first is kept and each further one is a fault.
    """
    titles = {definition.title: reference for reference, definition in library.definitions.items()}
    meant = cache(lambda name: wording.nearest(name, titles | {known: known for known in library.definitions}))
    found, faults = dict[Slot, list[_Found]](), list[Diagnostic]()
    beside = dict[tuple[Slot, Back], _Found]()
    first_rows = dict[int, Span]()
    for row in rows:
        place = row.place("indicator")
        first_rows.setdefault(id(place.source), place)
        name = _tidy(row.indicator)
        definition = library.definitions.get(name)
        if definition is None:
            faults.append(wording.unknown_indicator(place, name, meant(name), tuple(library.definitions)))
            continue
        seen = _seen(row, definition)
        if isinstance(seen, _Found) and seen.back is not Back.NOW:
            first = beside.setdefault((seen.slot, seen.back), seen)
            if first is not seen:
                faults.append(
                    wording.duplicate_observation(seen.place, first.place, _what(seen.slot), seen.slot.period)
                )
        elif isinstance(seen, _Found):
            found.setdefault(seen.slot, []).append(seen)
        else:
            faults += seen
    kept = dict[Slot, Observation]()
    for slot, several in found.items():
        first, *others = [each for each in several if each.revised] or several
        kept[slot] = first.observation
        faults += [
            wording.duplicate_observation(other.place, first.place, _what(slot), slot.period) for other in others
        ]
    for (slot, back), each in beside.items():
        _fill(kept, slot, back, each.observation, library)
    undecided = [each for several in found.values() for each in several if each.beside_components]
    told = {(id(each.place.source), each.slot.reference): each for each in reversed(undecided)}
    warnings = [_beside_components(each, library.definitions[each.slot.reference]) for each in told.values()]
    faults += silenced_values(first_rows.values(), sorted(warnings, key=lambda fault: fault.span.start))
    printed = {key: each.observation for key, each in beside.items()}
    return Observations(MappingProxyType(kept), MappingProxyType(printed)), tuple(faults)


def _fill(
    kept: dict[Slot, Observation], slot: Slot, back: Back, observation: Observation, library: Definitions
) -> None:
    """What is printed for an earlier period is its observation too, if there is no other and the period is certain."""
    if library.definitions[slot.reference].frequency not in (None, slot.period.frequency):
        return
    try:
        earlier = slot.period.before() if back is Back.LAST else slot.period.years_earlier()
    except PeriodError:
        return
    kept.setdefault(evolve(slot, period=earlier), observation)


def _seen(row: Row, definition: Definition) -> _Found | Sequence[Diagnostic]:
    name = _tidy(row.component or "") or None
    components = {component.reference: component for component in definition.components}
    owner = definition if name is None else components.get(name, definition)
    faults = list[Diagnostic]()
    if name is not None and name not in components and name not in _declared(definition):
        faults.append(_unknown_component(row, name, definition))
    try:
        period = parse_period(_tidy(row.period), owner.calendar)
    except PeriodError as error:
        shown = _example(owner.calendar, owner.frequency or Frequency.QUARTERLY)
        return [*faults, wording.bad_period(row.place("period"), str(error), definition.reference, shown)]
    if faults:
        return faults
    terms = owner.terms(period)
    unit = terms.unit if name is None or name in components else _unit_of(name, terms)
    if unit is None:
        return [wording.not_observed(row.place("component"), name or "", definition.reference, period)]
    return _read(row, Slot(definition.reference, name, period), unit, terms)


def _read(row: Row, slot: Slot, unit: Unit, terms: Terms) -> _Found | Sequence[Diagnostic]:
    place = row.place("value")
    try:
        reading = terms.read(row.value, unit)
    except ValueError as error:
        return [wording.unreadable_value(place, str(error), _what(slot), unit)]
    except TypeError as error:
        reason = f"{wording.quoted(as_text(row.value))} is no value: {error}"
        return [wording.unreadable_value(place, reason, _what(slot), unit)]
    beside_the_value = slot.component in terms.inputs or slot.component in terms.figures
    bare = reading.number is not None and reading.bound is None
    if bare and reading.number is not None:
        why = None if beside_the_value else terms.impossible(reading.number)
        if slot.component is not None and slot.component in terms.inputs:
            why = terms.impossible_input(slot.component, reading.number)
        if why:
            return [wording.unreadable_value(place, why, _what(slot), unit)]
    observation = Observation(
        reading,
        row.measured or reading.measured,
        joined((row.note, reading.note)),
        f"{place.source.name}:{place.line}",
    )
    revised = "revised" in reading.marks or _REVISED.search(row.note or "") is not None
    by_components = slot.component is None and terms.overall is not None and terms.overall.rests_on_components
    return _Found(slot, observation, place, revised, row.back, by_components and reading.number is not None)


# ---- components, inputs and figures


def _unit_of(name: str, terms: Terms) -> Unit | None:
    """The unit of an input or observed figure; None if the terms have none of that name."""
    if name in terms.inputs:
        return terms.inputs[name]
    return terms.unit if name in terms.figures and terms.figures[name] is None else None


def _declared(definition: Definition) -> tuple[str, ...]:
    """The names of all inputs and figures of all versions, each once."""
    each = (version.terms for version in definition.versions)
    return tuple(dict.fromkeys(name for terms in each for name in (*terms.inputs, *terms.figures)))


def _beside_components(found: _Found, definition: Definition) -> Diagnostic:
    names = [component.reference for component in definition.components]
    overall = definition.terms(found.slot.period).overall
    own_scheme = overall is not None and overall.kind is OverallKind.SCHEME
    return wording.value_beside_components(found.place, definition.reference, names, own_scheme=own_scheme)


def _unknown_component(row: Row, name: str, definition: Definition) -> Diagnostic:
    each = (version.terms for version in definition.versions)
    observed = [known for terms in each for known in _declared(definition) if _unit_of(known, terms) is not None]
    known = tuple(dict.fromkeys([component.reference for component in definition.components] + observed))
    titles = {component.title: component.reference for component in definition.components}
    meant = wording.nearest(name, titles | {word: word for word in known})
    return wording.unknown_component(row.place("component"), name, definition.reference, meant, known)


# ---- words


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _what(slot: Slot) -> str:
    reference = wording.quoted(slot.reference)
    return reference if slot.component is None else f"{wording.quoted(slot.component)} of {reference}"


def _example(calendar: Calendar, frequency: Frequency) -> str:
    monthly = frequency is Frequency.MONTHLY and calendar.day != 1
    return Period(calendar, Frequency.YEARLY if monthly else frequency, 2023).text
