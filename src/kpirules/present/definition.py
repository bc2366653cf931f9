"""A definition as people read it and as data: what it counts, what it asks for, since when, and where it is written."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Final

from attrs import evolve

from kpirules.assess.explain import Edges
from kpirules.assess.indicator import Indicator
from kpirules.model import Definition, Overall, OverallKind, Terms
from kpirules.model.definition import Version
from kpirules.periods import FREQUENCY_WORDS, MONTHS, Frequency, Period
from kpirules.present.figures import exact_text
from kpirules.present.json_text import json_text
from kpirules.present.screen import Screen, wrapped
from kpirules.units import unit_words
from kpirules.vocabulary.polarity import Polarity
from kpirules.vocabulary.schemes import Band
from kpirules.vocabulary.targets import NoTarget, Plain, Strict, target_words
from kpirules.vocabulary.tolerances import tolerance_words
from kpirules.vocabulary.travels import Travel

_LABEL: Final = 12
_BLANK: Final = ("", "")
_BETTER: Final[Mapping[Polarity, str]] = {
    Polarity.HIGHER: "higher is better",
    Polarity.LOWER: "lower is better",
    Polarity.INSIDE: "inside the target range is better",
    Polarity.OUTSIDE: "outside the target range is better",
    Polarity.CLOSER_TO_ZERO: "closer to zero is better",
    Polarity.NONE: "neither way",
    Polarity.PENDING: "not laid down yet",
}


# ---- as text


def as_text(definition: Definition, screen: Screen) -> str:
    """The definition in plain English, a line or more for each thing to know."""
    first, *rest = wrapped(screen.plain(definition.title), max(screen.width - len(definition.reference) - 2, 20))
    heading = [f"{screen.plain(definition.reference)}  {first}", *(f"  {line}" for line in rest)]
    common = definition.latest
    said = [*_about(definition), *_versions(definition, common), *_components(definition, common)]
    said += [*_scheme(common), *_travels(common), *([("written", definition.where)] if definition.where else [])]
    lines = [line for label, words in said for line in _entry(label, words, screen)]
    return "\n".join([*(screen.styled(line, "bold") for line in heading), *lines])


def _entry(label: str, words: str, screen: Screen) -> Iterator[str]:
    """`target      95%`; what needs more lines goes on below its first word."""
    for place, line in enumerate(wrapped(screen.plain(words), max(screen.width - _LABEL, 20))):
        yield f"{'' if place else label:<{_LABEL}}{line}".rstrip()


def _about(definition: Definition) -> Iterator[tuple[str, str]]:
    facts = definition.facts
    if definition.theme:
        yield "theme", definition.theme.title
    if facts.owner:
        yield "owner", facts.owner
    often = _frequency(definition.frequency) or "whenever it is reported"
    yield "reported", f"{often}, {definition.calendar.title} (starts {definition.calendar.starts})"
    if facts.tags:
        yield "tags", ", ".join(facts.tags)
    if facts.source:
        yield "source", facts.source
    if facts.note:
        yield "note", facts.note


def _versions(definition: Definition, common: Terms) -> Iterator[tuple[str, str]]:
    """What is in force, under the days from and until which it is, where that has changed or will.

    A scheme and travels that are the `common` ones are said once, at the end.
    """
    for version in definition.versions:
        if len(definition.versions) > 1:
            yield from (_BLANK, ("in force", _when(version)))
        yield from _rates(definition, version)
        if version.terms.scheme != common.scheme:
            yield from _scheme(version.terms)
        if version.terms.travels != common.travels:
            yield from _travels(version.terms)
    if len(definition.versions) > 1 or definition.components:
        yield _BLANK


def _rates(definition: Definition, version: Version) -> Iterator[tuple[str, str]]:
    terms = version.terms
    if terms.overall is not None:
        yield "overall", _overall(terms.overall)
    if _rated_by_parts(terms):
        return
    yield "unit", unit_words(terms.unit) + (", a running total" if terms.accumulates else "")
    yield "better", _BETTER[terms.polarity]
    yield "target", _target(terms)
    if not isinstance(terms.target, NoTarget):
        yield "tolerance", tolerance_words(terms.tolerance, terms.unit)
    edges, at_year_end = edges_of(definition, version)
    if edges:
        when = " (in the last period of a year)" if at_year_end else ""
        yield "rated", "; ".join(f"{each.outcome} {each.words}" for each in edges) + when


def _scheme(terms: Terms) -> Iterator[tuple[str, str]]:
    yield "scheme", f"{terms.scheme.title} ({terms.scheme.name})"
    for band in terms.scheme.bands:
        yield "", f"{band.name}: {band.title}" if band.title else band.name


def _travels(terms: Terms) -> Iterator[tuple[str, str]]:
    for place, travel in enumerate(terms.travels):
        yield "" if place else "travel", f"{travel.name}: {travel.title}, against {travel.earlier}"


def _target(terms: Terms) -> str:
    """The target, and whose its edge is, which `70%` and `below 70%` do not say of themselves."""
    words = target_words(terms.target, terms.unit)
    match terms.target:
        case Strict():
            return f"{words}, which itself does not meet it"
        case Plain() if terms.polarity.has_better:
            return f"{words}, which itself meets it"
        case _:
            return words


def _components(definition: Definition, common: Terms) -> Iterator[tuple[str, str]]:
    for part in definition.components:
        yield "component", f"{part.reference}, {part.title}"
        yield from _versions(part, common)
        if len(part.versions) == 1:
            yield _BLANK


def _overall(overall: Overall) -> str:
    words = f"the component {overall.component} decides" if overall.component else _OVERALL[overall.kind]
    return f"{words}, components without a rating left out" if overall.ignoring_unrated else words


_OVERALL: Final[Mapping[OverallKind, str]] = {
    OverallKind.WORST: "the worst component decides",
    OverallKind.BEST: "the best component decides",
    OverallKind.COMPONENT: "one component decides",
    OverallKind.OWN: "its own value decides, the components stand beside it",
    OverallKind.NONE: "each component is rated by itself, the row is not",
}


def _when(version: Version) -> str:
    if version.since is None:
        return f"until {_day(version.until)}" if version.until else "always"
    return f"from {_day(version.since)}" + (f" until {_day(version.until)}" if version.until else "")


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _frequency(frequency: Frequency | None) -> str | None:
    return next((word for word, known in FREQUENCY_WORDS.items() if known is frequency), None)


# ---- as data


def as_json(definition: Definition, screen: Screen) -> str:
    """One object, with its components in it; numbers are exact text in the unit, days as 2023-10-01."""
    return json_text(_data(definition), screen)


def _data(definition: Definition) -> dict[str, object]:
    facts = definition.facts
    return {
        "reference": definition.reference,
        "title": definition.title,
        "theme": definition.theme.title if definition.theme else None,
        "owner": facts.owner,
        "tags": list(facts.tags),
        "source": facts.source,
        "note": facts.note,
        "frequency": _frequency(definition.frequency),
        "calendar": definition.calendar.title,
        "where": definition.where,
        "versions": [_version_data(definition, version) for version in definition.versions],
        "components": [_data(part) for part in definition.components],
    }


def _version_data(definition: Definition, version: Version) -> dict[str, object]:
    terms = version.terms
    edges, at_year_end = edges_of(definition, version)
    return {
        "since": version.since.isoformat() if version.since else None,
        "until": version.until.isoformat() if version.until else None,
        "unit": unit_words(terms.unit),
        "polarity": terms.polarity.value,
        "accumulates": terms.accumulates,
        "target": target_words(terms.target, terms.unit),
        "tolerance": None if isinstance(terms.target, NoTarget) else tolerance_words(terms.tolerance, terms.unit),
        "edges": [_edges_data(each) for each in edges],
        "edges_at_year_end": at_year_end,
        "overall": _overall(terms.overall) if terms.overall else None,
        "scheme": {
            "name": terms.scheme.name,
            "title": terms.scheme.title,
            "bands": [_band_data(band) for band in terms.scheme.bands],
        },
        "travels": [_travel_data(travel) for travel in terms.travels],
    }


def _edges_data(edges: Edges) -> dict[str, object]:
    return {
        "outcome": edges.outcome,
        "low": _number(edges.low),
        "high": _number(edges.high),
        "low_in": edges.low_in,
        "high_in": edges.high_in,
        "words": edges.words,
    }


def _band_data(band: Band) -> dict[str, object]:
    return {"name": band.name, "title": band.title, "letter": band.letter, "colour": band.colour}


def _travel_data(travel: Travel) -> dict[str, object]:
    return {"name": travel.name, "title": travel.title, "against": travel.earlier}


def _number(number: Fraction | None) -> str | None:
    return None if number is None else exact_text(number)


# ---- the edges


def edges_of(definition: Definition, version: Version) -> tuple[Sequence[Edges], bool]:
    """Where each band lies, best first, and whether that is so only in the last period of a year.

    Without any edges the value does not decide alone.
    """
    if _rated_by_parts(version.terms):
        return (), False
    alone = Indicator(evolve(definition, versions=(Version(version.terms),)))
    try:
        return alone.rate(None).explain().edges, False
    except ValueError:  # the target is another one in other parts of the year, whichever year it is
        frequency = definition.frequency or Frequency.QUARTERLY
        last = Period(definition.calendar, frequency, 2023, frequency.parts)
        return alone.rate(None, period=last).explain().edges, True


def _rated_by_parts(terms: Terms) -> bool:
    return terms.overall is not None and terms.overall.kind is not OverallKind.OWN


DEFINITION_FORMATS: Final[Mapping[str, Callable[[Definition, Screen], str]]] = {"text": as_text, "json": as_json}
"""The ways to show a definition; the first is the usual one."""
