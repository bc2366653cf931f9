"""`always` laws of the text, put into the terms of each indicator that they speak of.

A law for all, for a theme or for a scheme passes over the indicators in which its words have no meaning, such as one
without the travel that it asks for. A law that names its indicators must have a meaning in each of them, and every law
in at least one.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import assert_never

from attrs import frozen

from kpirules.checking import rule_wording, scheme_wording, wording
from kpirules.checking.figures import Room
from kpirules.checking.findings import Found, Names, is_wrong
from kpirules.checking.indicators import Made
from kpirules.checking.literals import name_of
from kpirules.checking.schemes import RELATIONS, condition, node_parts
from kpirules.checking.terms import Built, bands_of
from kpirules.lower import setting_of
from kpirules.model import AtLeastAsGoodAs, Clause, Demand, LawBlock, LawOf, MustBe, Theme
from kpirules.model.reads import conditions_of, parts_to_prove
from kpirules.periods import Part
from kpirules.syntax import nodes
from kpirules.vocabulary.components import OfParts
from kpirules.vocabulary.schemes import (
    AllOf,
    AnyOf,
    AtYearEnd,
    Condition,
    Negation,
    NotComparable,
    Relation,
    Scheme,
    Travelled,
    lower_condition,
    parts_of,
)


@frozen
class Spoken:
    """What laws can speak of: the sound indicators, the names of all that are written, themes and shared names."""

    made: Mapping[str, Made]
    written: Sequence[str]
    themes: Mapping[str, Theme]
    names: Names


@frozen
class _Subject:
    """A definition that is rated: an indicator, or a component of one."""

    reference: str
    component: str | None
    made: Made

    @property
    def named(self) -> str:
        return self.reference if self.component is None else f"{self.reference} component {self.component}"


def law_block(node: nodes.Always, spoken: Spoken, found: Found) -> LawBlock | None:
    """The law, or None if something in it is wrong and reported."""
    before = len(found)
    subjects = _subjects(node.who, spoken, found)
    if is_wrong(found, before):
        return None
    about: list[LawOf] = []
    faults: dict[str, Found] = {}
    for subject in subjects:
        own: Found = []
        clauses = _clauses(node, subject, spoken.names, own)
        if any(clauses):
            about.append(LawOf(subject.reference, subject.component, clauses))
        else:
            faults.setdefault(subject.reference, own)
    meant = {law.reference for law in about}
    if isinstance(node.who, nodes.TheseIndicators):
        found.extend(fault for name, own in faults.items() if name not in meant for fault in own)
    elif not about and faults:
        # It has a meaning nowhere, and what is wrong with it is much the same everywhere.
        found.extend(next(iter(faults.values())))
    elif not about and len(spoken.made) == len(spoken.written):
        found.append(scheme_wording.law_for_nobody(node.who.span))
    if is_wrong(found, before):
        return None
    return LawBlock(node.title.value, _text(node), tuple(about), node.span)


def _text(node: nodes.Always) -> str:
    demand = node.law.span.text
    return " ".join(f"when {node.condition.span.text} then {demand}".split())


# --- of whom it speaks ---


def _subjects(who: nodes.Who, spoken: Spoken, found: Found) -> Sequence[_Subject]:
    return [
        subject
        for made in _chosen(who, spoken, found)
        for subject in _with_components(made)
        if subject.made.rated and (not isinstance(who, nodes.InScheme) or _in_scheme(subject, who.scheme.text))
    ]


def _chosen(who: nodes.Who, spoken: Spoken, found: Found) -> Iterator[Made]:
    every = spoken.made
    match who:
        case nodes.AllIndicators():
            yield from every.values()
        case nodes.InTheme():
            if who.theme.text not in spoken.themes:
                found.append(wording.unknown_name(who.theme.span, "theme", list(spoken.themes)))
            themes = {name: made.definition.theme for name, made in every.items()}
            yield from (every[name] for name, theme in themes.items() if theme and theme.name == who.theme.text)
        case nodes.InScheme():
            if who.scheme.text not in spoken.names.schemes:
                found.append(wording.unknown_name(who.scheme.span, "scheme", list(spoken.names.schemes)))
            yield from every.values()
        case nodes.TheseIndicators():
            for reference in who.indicators:
                name = name_of(reference)
                if name in every:
                    yield every[name]
                elif name not in spoken.written:  # one that is wrong itself has been reported
                    found.append(wording.unknown_name(reference.span, "indicator", list(spoken.written)))
        case _:
            assert_never(who)


def _with_components(made: Made) -> Iterator[_Subject]:
    """The indicator and its components."""
    reference = made.definition.reference
    yield _Subject(reference, None, made)
    yield from (_Subject(reference, part.definition.reference, part) for part in made.parts)


def _in_scheme(subject: _Subject, scheme: str) -> bool:
    return any(built.terms.scheme.name == scheme for built in subject.made.rated)


# --- what it says there ---


def _clauses(node: nodes.Always, subject: _Subject, names: Names, found: Found) -> tuple[Clause | None, ...]:
    """One for each version of the definition; None of those that rate nothing."""
    own = {built.slice.since: built for built in subject.made.rated}
    return tuple(
        _clause(node, subject, own[version.since], names, found) if version.since in own else None
        for version in subject.made.definition.versions
    )


def _clause(node: nodes.Always, subject: _Subject, built: Built, names: Names, found: Found) -> Clause | None:
    if isinstance(node.who, nodes.InScheme) and built.terms.scheme.name != node.who.scheme.text:
        return None
    before = len(found)
    when = _condition(node.condition, subject, built, names, found)
    demand = _demand(node.law, subject, built, names, found)
    if when is None or demand is None or is_wrong(found, before):
        return None
    clause = Clause(when, demand)
    conditions = [when] if isinstance(demand, MustBe) else [when, demand.than]
    try:
        for part in _parts(built, subject):
            for each in conditions:
                lower_condition(each, setting_of(built.terms, part=part))
    except ValueError as fault:
        found.append(rule_wording.not_comparable_here(node.condition.span, subject.named, str(fault)))
        return None
    overall = built.terms.overall
    if overall is not None and overall.rests_on_components and any(map(_beyond_components, conditions)):
        found.append(scheme_wording.law_beside_components(node.condition.span, subject.named))
        return None
    return clause


def _beyond_components(condition: Condition) -> bool:
    """Whether a condition asks of a row for more than how its components are rated, such as for a value or a target."""
    return any(not isinstance(part, OfParts | AtYearEnd | Negation | AllOf | AnyOf) for part in parts_of(condition))


def _parts(built: Built, subject: _Subject) -> Sequence[Part]:
    definition = subject.made.definition
    return parts_to_prove(built.terms, definition.frequency, definition.calendar, travelling=True)


def _condition(node: nodes.Condition, subject: _Subject, built: Built, names: Names, found: Found) -> Condition | None:
    """The condition in the indicator's unit and over its own figures and travels; None if it has no meaning there."""
    terms = built.terms
    before = len(found)
    definition = subject.made.definition
    parts = bands_of(definition.components, built.slice)
    room = Room(terms.unit, definition.calendar, tuple(terms.figures), found, parts, definition.frequency)
    when = condition(node, names, room)
    read = [part.travel for part in conditions_of(terms) if isinstance(part, Travelled | NotComparable)]
    travels = list(dict.fromkeys(travel.name for travel in (*terms.travels, *read)))
    for part in node_parts(node):
        match part:
            case nodes.Travelled(travel=name) | nodes.NotComparable(travel=name):
                if name.text not in travels and name.text in names.travels:
                    found.append(scheme_wording.travel_not_here(name.span, subject.named, travels))
            case nodes.Missing(what=nodes.Name() as name) if name.text not in terms.figures:
                found.append(wording.unknown_figure(name.span, list(terms.figures)))
            case _:
                pass
    return None if is_wrong(found, before) else when


def _demand(
    node: nodes.Outcome | nodes.AtLeastAsGoodAs, subject: _Subject, built: Built, names: Names, found: Found
) -> Demand | None:
    scheme = built.terms.scheme
    bands = [band.name for band in scheme.bands]
    if isinstance(node, nodes.AtLeastAsGoodAs | nodes.BandCompares) and not scheme.ranked:
        found.append(scheme_wording.law_without_rank(node.span, scheme.name))
        return None
    match node:
        case nodes.AtLeastAsGoodAs():
            than = _condition(node.condition, subject, built, names, found)
            return None if than is None else AtLeastAsGoodAs(than)
        case nodes.IsUnrated():
            return MustBe(frozenset(), or_unrated=True)
        case nodes.IsBand() | nodes.IsNotBand() | nodes.BandCompares():
            if node.band.text not in bands:
                found.append(scheme_wording.unknown_band(node.band.span, bands))
                return None
        case _:
            assert_never(node)
    match node:
        case nodes.IsBand():
            return MustBe(frozenset([node.band.text]))
        case nodes.IsNotBand():
            return MustBe(frozenset(bands) - {node.band.text}, or_unrated=True)
        case nodes.BandCompares():
            return MustBe(_as_good(scheme, RELATIONS[type(node.side)], node.band.text))
        case _:
            assert_never(node)


def _as_good(scheme: Scheme, relation: Relation, band: str) -> frozenset[str]:
    """The bands that stand so to one of them; the best is the first."""
    bands = [each.name for each in scheme.bands]
    place = bands.index(band)
    match relation:
        case Relation.AT_OR_BETTER:
            return frozenset(bands[: place + 1])
        case Relation.BETTER:
            return frozenset(bands[:place])
        case Relation.AT_OR_WORSE:
            return frozenset(bands[place:])
        case _:
            return frozenset(bands[place + 1 :])
