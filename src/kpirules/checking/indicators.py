"""Indicators of the text as definitions: their statements gathered, cut by date, and each slice made into terms."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise

from attrs import evolve, field, frozen

from kpirules.checking import rule_wording, scheme_wording, wording
from kpirules.checking.declared import DEEPEST
from kpirules.checking.findings import Found, Names, is_wrong
from kpirules.checking.literals import name_of, plain
from kpirules.checking.schemes import reads_parts
from kpirules.checking.statements import OF_THE_ROW, Layer, Said, effective, key_of, only, sliced
from kpirules.checking.terms import Built, terms
from kpirules.diagnostics import Diagnostic
from kpirules.in_force import InForce
from kpirules.model import Definition, Facts, OverallKind, Theme, Version
from kpirules.model.reads import names_read
from kpirules.periods import FREQUENCY_WORDS, PERIOD_WORDS, Calendar, Frequency
from kpirules.source import Span
from kpirules.syntax import nodes
from kpirules.units import unit_words
from kpirules.vocabulary.formulas import OfComponents

YEAR = Calendar("year", "calendar year", 1, 1)

# What an indicator says once, for all time.
TIMELESS = (
    nodes.CalendarStatement,
    nodes.FrequencyStatement,
    nodes.OwnerStatement,
    nodes.TagsStatement,
    nodes.SourceStatement,
    nodes.NoteStatement,
    nodes.ThemeStatement,
)

_EVERY: Mapping[Fraction, Frequency] = {Fraction(frequency.months): frequency for frequency in Frequency}


@frozen
class Written:
    """An indicator as it stands in a file, with what surrounds it there: the theme and the defaults, nearest last."""

    node: nodes.Indicator
    theme: nodes.Theme | None
    defaults: tuple[Layer, ...]
    damaged: bool = False


@frozen
class Made:
    """A definition and where its versions and parts were written."""

    definition: Definition
    name: Span
    built: tuple[Built, ...]
    parts: "tuple[Made, ...]" = field(default=())

    @property
    def ruled(self) -> tuple[Built, ...]:
        """The versions that have a rule of their own to prove, and do not just take a component's band."""
        return tuple(built for built in self.built if built.terms.rules_itself)

    @property
    def rated(self) -> tuple[Built, ...]:
        """The versions in which it is rated, be it by its components."""
        overalls = ((built, built.terms.overall) for built in self.built)
        return tuple(built for built, overall in overalls if overall is None or overall.kind is not OverallKind.NONE)

    @property
    def lowered(self) -> tuple[InForce, ...]:
        """All that proving has lowered of the definition and its components."""
        own = (force for built in self.ruled for force in built.forces)
        return (*own, *(force for part in self.parts for force in part.lowered))


def definition(
    written: Written, everything: Mapping[str, Written], themes: Mapping[str, Theme], names: Names, found: Found
) -> Made | None:
    """The definition, or None if something in it is wrong and reported."""
    node = written.node
    lines = _lines(written, everything, found, ())
    if lines is None:
        return None
    own = Said(tuple(line for line in lines if isinstance(line, nodes.Statement)))
    components = [line for line in lines if isinstance(line, nodes.Component)]
    before = len(found)
    _twice(components, found)
    said = effective([*written.defaults, own.statements])
    if nodes.WeightStatement in own.last:
        misplaced = (line.span for line in own if isinstance(line.body, nodes.WeightStatement))
        found.extend(wording.misplaced(span, "a row", "a component of one") for span in misplaced)
    if only(own, nodes.InputsStatement) and not only(said, nodes.ValueStatement):
        unread = next(line for line in own if isinstance(line.body, nodes.InputsStatement))
        found.append(wording.misplaced(unread.span, "an indicator that is observed", "one with a `value` formula"))
    parts: list[Made | None] = []
    if components:
        for_parts = effective([_without_row_schemes(layer, names) for layer in (*written.defaults, own.statements)])
        parts = [_component(part, for_parts, names, found) for part in components]
    made_parts = tuple(part for part in parts if part)
    of_parts = tuple(part.definition for part in made_parts) if all(parts) else None
    row = _made(node.name, node.title, said, tuple(name_of(part.name) for part in components), names, found, of_parts)
    if row is None or not all(parts) or is_wrong(found, before):
        return None
    if components and any(built.terms.overall is None for built in row.built):
        found.append(scheme_wording.missing_overall(node.name.span))
        return None
    found.extend(_foreign_bands(row, made_parts, node.name.span))
    found.extend(_foreign_units(row, made_parts, said))
    if is_wrong(found, before):
        return None
    theme = _theme(written, said, themes, found)
    if theme is None and not made_parts:
        return row
    whole = evolve(row.definition, theme=theme, components=tuple(part.definition for part in made_parts))
    return Made(whole, row.name, row.built, made_parts)


def _without_row_schemes(layer: Layer, names: Names) -> Layer:
    """The statements without a scheme that reads components: it is the row's, and theirs is the one beneath it."""
    return [
        said
        for said in layer
        if not isinstance(said.body, nodes.SchemeStatement)
        or (scheme := names.schemes.get(said.body.scheme.text)) is None
        or not reads_parts(scheme)
    ]


def _foreign_bands(row: Made, parts: Sequence[Made], name: Span) -> Iterator[Diagnostic]:
    """The row takes its band from a component, so it must have it."""
    for built in row.built:
        overall = built.terms.overall
        if overall is None or overall.kind in (OverallKind.OWN, OverallKind.NONE, OverallKind.SCHEME):
            continue
        own = {band.name for band in built.terms.scheme.bands}
        counting = [part for part in parts if overall.component in (None, part.definition.reference)]
        for part in counting:
            others = (each.terms.scheme.bands for each in part.built)
            foreign = next((band.name for bands in others for band in bands if band.name not in own), None)
            if foreign is not None:
                yield scheme_wording.foreign_band(part.name, foreign, name, built.terms.scheme.name)


def _foreign_units(row: Made, parts: Sequence[Made], said: Said) -> Iterator[Diagnostic]:
    """What is summed up must have the row's unit."""
    summed = next((line.body for line in said if isinstance(line.body, nodes.ValueStatement)), None)
    if summed is None:
        return
    versions = [each for each in row.definition.versions if isinstance(each.terms.formula, OfComponents)]
    for part in parts:
        both = ((own, each) for own in versions for each in part.definition.versions if own.overlaps(each))
        units = ((each.terms.unit, own.terms.unit) for own, each in both)
        its, own_unit = next((pair for pair in units if pair[0] != pair[1]), (None, None))
        if its is not None and own_unit is not None:
            why = f"the component {part.definition.reference} is in {unit_words(its)}"
            yield rule_wording.formula_units(summed.span, f"{why}, and the indicator in {unit_words(own_unit)}")


def _lines(
    written: Written, everything: Mapping[str, Written], found: Found, seen: tuple[str, ...]
) -> Sequence[nodes.Statement | nodes.Component] | None:
    """Its own lines over those of the indicator that it starts from."""
    node = written.node
    if node.like is None:
        return node.lines
    base = everything.get(name_of(node.like))
    if base is None:
        others = [name for name in everything if name != name_of(node.name)]
        found.append(wording.unknown_name(node.like.span, "indicator", others))
        return None
    if name_of(node.like) in (*seen, name_of(node.name)):
        found.append(wording.circular_like(node.like.span, name_of(node.name)))
        return None
    if len(seen) >= DEEPEST:
        found.append(wording.too_deep(node.like.span, "this `like`", DEEPEST))
        return None
    below = _lines(base, everything, found, (*seen, name_of(node.name)))
    if below is None:
        return None
    inherited = effective(
        [
            [line for line in below if isinstance(line, nodes.Statement)],
            [line for line in node.lines if isinstance(line, nodes.Statement)],
        ]
    )
    own = {name_of(line.name) for line in node.lines if isinstance(line, nodes.Component)}
    parts = [line for line in below if isinstance(line, nodes.Component) and name_of(line.name) not in own]
    return [*inherited, *parts, *(line for line in node.lines if isinstance(line, nodes.Component))]


def _twice(components: Sequence[nodes.Component], found: Found) -> None:
    first: dict[str, Span] = {}
    for part in components:
        if name_of(part.name) in first:
            found.append(wording.duplicate_name(part.name.span, "component", first[name_of(part.name)]))
        first.setdefault(name_of(part.name), part.name.span)


def _component(node: nodes.Component, row: Said, names: Names, found: Found) -> Made | None:
    of_the_row = [
        each for each in node.statements if isinstance(each.body, nodes.OverallStatement | nodes.ThemeStatement)
    ]
    found.extend(wording.misplaced(each.span, "a component", "its row") for each in of_the_row)
    own = [each for each in node.statements if each.span not in [other.span for other in of_the_row]]
    inherited = [statement for statement in row if key_of(statement)[0] not in OF_THE_ROW]
    return _made(node.name, node.title, effective([inherited, own]), None, names, found)


def _made(
    name: nodes.Ref,
    title: nodes.Text | None,
    said: Said,
    components: Sequence[str] | None,
    names: Names,
    found: Found,
    parts: Sequence[Definition] | None = (),
) -> Made | None:
    for statement in said:
        if (statement.since or statement.until) and isinstance(statement.body, TIMELESS):
            found.append(wording.undatable(statement.span))
    calendar = _calendar(said, names, name.span, found)
    frequency = _frequency(said, found)
    before = len(found)
    slices = sliced(said, calendar, found, also=_new_bands(parts or ()))
    if is_wrong(found, before):
        return None
    built: list[Built] = []
    told: Found = []
    kinds = {type(statement.body) for statement in said}
    for slice in slices:
        own: Found = []
        made = terms(
            slice,
            name.span,
            calendar,
            names,
            own,
            components=components,
            parts=parts,
            frequency=frequency,
            at_other_times=kinds,
        )
        told.extend(fault for fault in own if fault not in told)
        if made is not None:
            built.append(made)
    found.extend(told)
    found.extend(_unused(built))
    if len(built) < len(slices):
        return None
    versions = tuple(Version(each.terms, each.slice.since, each.slice.until) for each in built)
    words = title.value if title else name_of(name)
    where = f"{name.span.source.name}:{name.span.line}"
    return Made(
        Definition(name_of(name), words, calendar, frequency, versions, None, _facts(said), (), where),
        name.span,
        tuple(built),
    )


def _new_bands(parts: Sequence[Definition]) -> set[date]:
    """The days from which a component can have other bands than before."""
    return {
        version.since
        for part in parts
        for before, version in pairwise(part.versions)
        if version.since is not None and version.terms.scheme.bands != before.terms.scheme.bands
    }


def _unused(built: Sequence[Built]) -> Iterator[Diagnostic]:
    """Figures that no version reads."""
    bodies = [statement.body for each in built for statement in each.slice.statements]
    declared = [body for body in bodies if isinstance(body, nodes.FigureStatement)]
    known = {name for each in built for name in names_read(each.terms)} if declared else set()
    for body in declared:
        if body.name.text not in known:
            known.add(body.name.text)
            yield wording.unused_figure(body.name.span)


def _calendar(said: Said, names: Names, name: Span, found: Found) -> Calendar:
    node = only(said, nodes.CalendarStatement)
    if node is not None:
        calendar = names.calendars.get(node.calendar.text)
        if calendar is None:
            found.append(wording.unknown_name(node.calendar.span, "calendar", list(names.calendars)))
        return calendar or YEAR
    match list(names.calendars.values()):
        case []:
            return YEAR
        case [only_one]:
            return only_one
        case several:
            help = f"add `calendar {several[0].name}` to its block or to the defaults"
            found.append(wording.missing_statement(name, "calendar", help))
            return several[0]


def _frequency(said: Said, found: Found) -> Frequency | None:
    node = only(said, nodes.FrequencyStatement)
    if node is None:
        return None
    match node.frequency:
        case nodes.Name() as word:
            if word.text not in FREQUENCY_WORDS:
                found.append(wording.unknown_name(word.span, "frequency", list(FREQUENCY_WORDS)))
                return None
            return FREQUENCY_WORDS[word.text]
        case nodes.Every() as every:
            step = PERIOD_WORDS.get(every.step.text.removesuffix("s"))
            if step is None:
                known = [f"{word}s" for word, meant in PERIOD_WORDS.items() if meant]
                found.append(wording.unknown_name(every.step.span, "period-word", known))
                return None
            frequency = _EVERY.get(plain(every.count) * step.months)
            if frequency is None:
                found.append(rule_wording.uneven_year(every.span, f"{every.count.text} {every.step.text}"))
            return frequency


def _facts(said: Said) -> Facts:
    owner, tags = only(said, nodes.OwnerStatement), only(said, nodes.TagsStatement)
    source, note = only(said, nodes.SourceStatement), only(said, nodes.NoteStatement)
    return Facts(
        owner.owner.value if owner else None,
        tuple(name_of(tag) for tag in tags.tags) if tags else (),
        source.source.value if source else None,
        note.note.value if note else None,
    )


def _theme(written: Written, said: Said, themes: Mapping[str, Theme], found: Found) -> Theme | None:
    statement = only(said, nodes.ThemeStatement)
    if statement is not None:
        theme = themes.get(statement.theme.text)
        if theme is None:
            found.append(wording.unknown_name(statement.theme.span, "theme", list(themes)))
        return theme
    return themes.get(written.theme.name.text) if written.theme else None


def written_in(
    items: Sequence[nodes.Item | nodes.ThemeItem], theme: nodes.Theme | None, outer: tuple[Layer, ...]
) -> Iterator[Written]:
    """Every indicator among the items, with its theme and the defaults around it."""
    here = tuple(item.statements for item in items if isinstance(item, nodes.Defaults) and item.for_library is None)
    for item in items:
        match item:
            case nodes.Indicator():
                yield Written(item, theme, (*outer, *here))
            case nodes.Theme():
                yield from written_in(item.items, item, (*outer, *here))
            case _:
                pass
