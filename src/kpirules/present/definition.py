"""A definition as people read it: what it counts, what it asks for, since when, and where it is written."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Final

from kpirules.exact import decimal_text
from kpirules.model import Definition, Terms
from kpirules.model.definition import Version
from kpirules.periods import MONTHS, Period
from kpirules.present.definition_data import definition_json, frequency_word, overall_words, read_words, value_words
from kpirules.present.edges import edges_of, rated_by_parts
from kpirules.present.screen import Screen, wrapped
from kpirules.units import show, show_difference, unit_words
from kpirules.vocabulary.condition_words import condition_words
from kpirules.vocabulary.declared import declared_words
from kpirules.vocabulary.polarity import Polarity
from kpirules.vocabulary.schemes import OTHERWISE, Band, NotRated, SchemeLine, TargetMet, WithinTolerance
from kpirules.vocabulary.targets import NoTarget, Plain, Range, Strict, target_words
from kpirules.vocabulary.tolerances import tolerance_words
from kpirules.vocabulary.travels import zone_words

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


def as_text(definition: Definition, screen: Screen, period: Period | None) -> str:
    """The definition in plain English, a line or more for each thing to know; its edges as they are in a period."""
    first, *rest = wrapped(screen.plain(definition.title), max(screen.width - len(definition.reference) - 2, 20))
    heading = [f"{screen.plain(definition.reference)}  {first}", *(f"  {line}" for line in rest)]
    common = definition.latest
    said = [*_about(definition), *_versions(definition, common, period), *_components(definition, common, period)]
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
    often = frequency_word(definition.frequency) or "whenever it is reported"
    yield "reported", f"{often}, {definition.calendar.title} (starts {definition.calendar.starts})"
    if facts.tags:
        yield "tags", ", ".join(facts.tags)
    if facts.source:
        yield "source", facts.source
    if facts.note:
        yield "note", facts.note


def _versions(definition: Definition, common: Terms, period: Period | None) -> Iterator[tuple[str, str]]:
    """What is in force, under the days from and until which it is, where that has changed or will.

    A scheme and travels that are the `common` ones are said once, at the end.
    """
    for version in definition.versions:
        if len(definition.versions) > 1:
            yield from (_BLANK, ("in force", _when(version)))
        yield from _rates(definition, version, period)
        if version.terms.scheme != common.scheme:
            yield from _scheme(version.terms)
        if version.terms.travels != common.travels:
            yield from _travels(version.terms)
    if len(definition.versions) > 1 or definition.components:
        yield _BLANK


def _rates(definition: Definition, version: Version, period: Period | None) -> Iterator[tuple[str, str]]:
    terms = version.terms
    if terms.overall is not None:
        yield "overall", overall_words(terms.overall)
    by_parts = rated_by_parts(terms)
    if not by_parts or terms.formula is not None:
        yield "unit", unit_words(terms.unit) + _total(terms)
        yield from _value(terms)
    if by_parts:
        return
    yield "better", _BETTER[terms.polarity]
    if not terms.scheme.exclusive:  # bands stand in place of a target and its tolerance
        yield "target", _target(terms)
    if not isinstance(terms.target, NoTarget) and any(line.reads_tolerance for line in terms.scheme.lines):
        yield "tolerance", tolerance_words(terms.tolerance, terms.unit)
    for place, (name, declared) in enumerate(terms.figures.items()):
        yield "" if place else "figure", f"{name}: {declared_words(declared, terms.unit)}"
    yield from _limits(terms)
    edges, at_year_end = edges_of(definition, version, period)
    if edges:
        when = " (in the last period of a year)" if at_year_end else ""
        yield "rated", "; ".join(f"{each.outcome} {each.words}" for each in edges) + when


def _value(terms: Terms) -> Iterator[tuple[str, str]]:
    """How the value is worked out and how it is read, where that has been said."""
    if words := value_words(terms):
        yield "value", words
    if terms.inputs:
        yield "inputs", ", ".join(f"{name} ({unit_words(unit)})" for name, unit in terms.inputs.items())
    if terms.weight != 1:
        yield "weight", decimal_text(terms.weight, grouped=True)
    for place, (word, meaning) in enumerate(read_words(terms).items()):
        yield "" if place else "reads", f"{word} as {meaning}"


def _total(terms: Terms) -> str:
    if not terms.accumulates:
        return ""
    return ", a running total" + (", compared by what each period adds" if terms.by_increment else "")


def _limits(terms: Terms) -> Iterator[tuple[str, str]]:
    """What can occur, how it is rounded, and from when it is no longer the same thing, where that has been said."""
    if terms.low is not None and terms.high is not None:
        yield "values", f"{show(terms.low, terms.unit)} to {show(terms.high, terms.unit)}"
    if terms.precision is not None:
        yield "precision", show_difference(terms.precision, terms.unit)
    if terms.rounding is not None:
        places = f"{terms.rounding.places} decimal place{'' if terms.rounding.places == 1 else 's'}"
        yield "rounded", f"to {places} before rating{', half even' if terms.rounding.half_even else ''}"
    for place, day in enumerate(terms.breaks):
        yield "" if place else "break", f"on {_day(day)}: nothing before is compared with it or anything after"


def _scheme(terms: Terms) -> Iterator[tuple[str, str]]:
    yield "scheme", f"{terms.scheme.title} ({terms.scheme.name})"
    if terms.scheme.exclusive:  # its lines are its edges, which have been shown
        for band in terms.scheme.bands:
            yield "", f"{band.name}: {band.title}" if band.title else band.name
        return
    for line in terms.scheme.lines:
        yield "", _line(line, terms)
    for cap in terms.scheme.caps:
        yield "", f"no better than {cap.band.name} when {condition_words(cap.when, terms.unit)}"


def _line(line: SchemeLine, terms: Terms) -> str:
    """`amber: Short of the target, when at or better than floor`; the condition is left out where the title says it."""
    match line.outcome:
        case Band(name=name, title=title):
            titled = title is not None and title.casefold() != name.casefold()
            said = f"{name}: {title}" if titled else name
        case NotRated(words=words):
            titled, said = True, f"not rated: {words}"
    if titled and line.when in (TargetMet(), WithinTolerance(), OTHERWISE):
        return said
    words = condition_words(line.when, terms.unit)
    return f"{said}, when {words}" if words else f"{said}, otherwise"


def _travels(terms: Terms) -> Iterator[tuple[str, str]]:
    for place, travel in enumerate(terms.travels):
        zone = zone_words(travel.dead_zone, terms.unit)
        against = f"against {travel.earlier}{', ' if zone else ''}{zone}{', by band' if travel.by_band else ''}"
        yield "" if place else "travel", f"{travel.name}: {travel.title}, {against}"


def _target(terms: Terms) -> str:
    """The target, and whose its edge is, which `70%` and `below 70%` do not say of themselves."""
    words = target_words(terms.target, terms.unit)
    match terms.target:
        case Strict():
            return f"{words}, which itself does not meet it"
        case Plain() if terms.polarity.has_better:
            return f"{words}, which itself meets it"
        case Range():
            return f"{words}, both of which meet it"
        case _:
            return words


def _components(definition: Definition, common: Terms, period: Period | None) -> Iterator[tuple[str, str]]:
    for part in definition.components:
        yield "component", f"{part.reference}, {part.title}"
        yield from _versions(part, common, period)
        if len(part.versions) == 1:
            yield _BLANK


def _when(version: Version) -> str:
    if version.since is None:
        return f"until {_day(version.until)}" if version.until else "always"
    return f"from {_day(version.since)}" + (f" until {_day(version.until)}" if version.until else "")


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


DEFINITION_FORMATS: Final[Mapping[str, Callable[[Definition, Screen, Period | None], str]]] = {
    "text": as_text,
    "json": definition_json,
}
"""The ways to show a definition, with the edges of one period if there is one; the first is the usual one."""
