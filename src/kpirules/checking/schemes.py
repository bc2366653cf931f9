"""Schemes and `bands` blocks of the text as those of the vocabulary, in an indicator's unit."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import assert_never

from kpirules.checking import rule_wording, scheme_wording, wording
from kpirules.checking.components import OF_PARTS, of_parts
from kpirules.checking.figures import Room, figure
from kpirules.checking.findings import Found, Names, Placed, is_wrong
from kpirules.checking.literals import label_in, number_in, value_in
from kpirules.checking.travels import travel
from kpirules.diagnostics import Diagnostic
from kpirules.reasons import Direction, Reason
from kpirules.source import Span
from kpirules.syntax import nodes
from kpirules.vocabulary import schemes as s
from kpirules.vocabulary.figures import Number
from kpirules.vocabulary.travels import Travel

# --- bands ---


def styled(node: nodes.Band) -> s.Band:
    """How a band looks."""
    looks: dict[str, str] = {}
    for style in node.styles:
        match style:
            case nodes.Colour():
                looks["colour"] = style.colour.value
            case nodes.Letter():
                looks["letter"] = style.letter.value
            case nodes.Shape():
                looks["shape"] = style.shape.value
            case nodes.Points():
                pass  # what a band counts for in a weighted roll-up says nothing of its looks
            case _:
                assert_never(style)
    title = node.title.value if node.title else None
    return s.Band(node.name.text, title, looks.get("colour"), looks.get("letter"), looks.get("shape"))


def _band(name: nodes.Name, title: nodes.Text | None, names: Names) -> s.Band:
    looks = names.bands.get(name.text, s.Band(name.text))
    return s.Band(name.text, title.value if title else looks.title, looks.colour, looks.letter, looks.shape)


# --- schemes ---


def scheme(node: nodes.Scheme, names: Names, room: Room) -> Placed | None:
    """The scheme for one indicator: its numbers are in the indicator's unit, its figures the indicator's."""
    lines: list[s.SchemeLine] = []
    caps: list[tuple[nodes.Cap, s.Condition]] = []
    spans: list[Span] = []
    known: dict[str, s.Band] = {}
    whole = True
    for rule in node.rules:
        guard = rule.when if isinstance(rule, nodes.Cap) else rule.guard
        when = s.OTHERWISE if isinstance(guard, nodes.Otherwise) else condition(guard.condition, names, room)
        if when is None:
            whole = False
            continue
        match rule:
            case nodes.BandRule():
                band = known.setdefault(rule.band.text, _band(rule.band, rule.title, names))
                outcome: s.Band | s.NotRated = band
            case nodes.UnratedRule():
                words = rule.title.value if rule.title else "not rated"
                outcome = s.NotRated(rule.reason.text if rule.reason else _coded(words), words)
            case nodes.Cap():
                caps.append((rule, when))
                continue
            case _:
                assert_never(rule)
        lines.append(s.SchemeLine(outcome, when, rule.span))
        spans.append(rule.span)
    if not whole:
        return None
    title = node.title.value if node.title else node.name.text
    made = tuple(s.Cap(known[cap.band.text], when) for cap, when in caps)
    return Placed(s.Scheme(node.name.text, title, tuple(lines), made, ranked=node.unranked is None), tuple(spans))


def _coded(words: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in words.lower()).split())


def well_formed(node: nodes.Scheme, travels: Collection[str], found: Found) -> bool:
    """Whether the scheme is right in itself, whoever uses it; reported once if not."""
    before = len(found)
    found.extend(_joining(rule.band for rule in node.rules if isinstance(rule, nodes.BandRule)))
    bands = [rule.band.text for rule in node.rules if isinstance(rule, nodes.BandRule)]
    lines = [rule for rule in node.rules if not isinstance(rule, nodes.Cap)]
    for rule in node.rules:
        if isinstance(rule, nodes.Cap) and rule.band.text not in bands:
            found.append(scheme_wording.unknown_band(rule.band.span, bands))
    if not any(isinstance(rule.guard, nodes.Otherwise) for rule in lines):
        found.append(scheme_wording.no_otherwise(node.name.span))
    for rule, after in pairwise(lines):
        if isinstance(rule.guard, nodes.Otherwise):
            found.append(scheme_wording.after_otherwise(after.span))
    found.extend(_travels_unsaid(node, travels))
    return not is_wrong(found, before)


def _joining(names: Iterable[nodes.Name]) -> Iterator[Diagnostic]:
    """Bands called `or` or `and`: a line that begins so continues the one before."""
    return (wording.taken_name(name.span, "band") for name in names if name.text in ("or", "and"))


def _travels_unsaid(node: nodes.Scheme, travels: Collection[str]) -> Iterator[Diagnostic]:
    """Travels that nobody defines, and those of which the scheme does not say what *not comparable* gives."""
    parts = [(part, rule.span) for rule, condition in _conditions(node) for part in node_parts(condition)]
    said = {part.travel.text for part, _ in parts if isinstance(part, nodes.NotComparable)}
    told: set[str] = set()
    for part, span in parts:
        if not isinstance(part, nodes.Travelled | nodes.NotComparable) or part.travel.text in told:
            continue
        told.add(part.travel.text)
        if part.travel.text not in travels:
            yield wording.unknown_name(part.travel.span, "travel", list(travels))
        elif part.travel.text not in said:
            yield scheme_wording.travel_not_comparable(span, part.travel.text)


def _conditions(node: nodes.Scheme) -> Iterator[tuple[nodes.Rule, nodes.Condition]]:
    """The rules that have a condition, with it."""
    for rule in node.rules:
        guard = rule.when if isinstance(rule, nodes.Cap) else rule.guard
        if isinstance(guard, nodes.When):
            yield rule, guard.condition


RELATIONS: Mapping[type[nodes.Side | nodes.PlainSide], s.Relation] = {
    nodes.AtOrBetter: s.Relation.AT_OR_BETTER,
    nodes.Better: s.Relation.BETTER,
    nodes.AtOrWorse: s.Relation.AT_OR_WORSE,
    nodes.Worse: s.Relation.WORSE,
    nodes.AtLeast: s.Relation.AT_LEAST,
    nodes.AtMost: s.Relation.AT_MOST,
    nodes.Above: s.Relation.ABOVE,
    nodes.Below: s.Relation.BELOW,
}
DIRECTIONS: Mapping[type[nodes.Direction], Direction] = {
    nodes.Improved: Direction.IMPROVED,
    nodes.Unchanged: Direction.UNCHANGED,
    nodes.Worsened: Direction.WORSENED,
    nodes.Up: Direction.UP,
    nodes.Down: Direction.DOWN,
}


def condition(node: nodes.Condition, names: Names, room: Room) -> s.Condition | None:
    """The condition, or None if something in it is wrong and reported."""
    match node:
        case nodes.TargetMet():
            return s.TargetMet()
        case nodes.WithinTolerance():
            return s.WithinTolerance()
        case nodes.Compares():
            right = figure(node.figure, room)
            subject = _subject(node.subject, room)
            return s.Compares(RELATIONS[type(node.side)], right, subject[0]) if right and subject else None
        case nodes.Inside():
            low, high = figure(node.low, room), figure(node.high, room)
            subject = _subject(node.subject, room)
            return s.Inside(low, high, subject[0]) if low and high and subject else None
        case nodes.Plainly():
            right = figure(node.figure, room)
            subject = _subject(node.subject, room)
            return s.Sized(RELATIONS[type(node.side)], right, subject[0]) if right and subject else None
        case nodes.Labelled():
            rank = label_in(node.label, room.unit, room.found)
            subject = _subject(node.subject, room)
            return s.Sized(s.Relation.IS, Number(rank), subject[0]) if rank is not None and subject else None
        case nodes.Travelled():
            found = _travel_by_value(node.travel, names, room)
            return s.Travelled(found, DIRECTIONS[type(node.direction)]) if found else None
        case nodes.NotComparable():
            found = _travel_by_value(node.travel, names, room)
            return s.NotComparable(found) if found else None
        case nodes.Missing():
            return _missing(node)
        case nodes.TargetPending():
            return s.TargetAbsent(Reason.TARGET_PENDING)
        case nodes.TargetNotApplicable():
            return s.TargetAbsent(Reason.TARGET_NOT_APPLICABLE)
        case nodes.AtYearEnd():
            return s.AtYearEnd()
        case nodes.Negation():
            inner = condition(node.condition, names, room)
            return s.Negation(inner) if inner else None
        case nodes.AllOf() | nodes.AnyOf():
            parts = [condition(part, names, room) for part in node.conditions]
            kept = tuple(part for part in parts if part)
            whole = len(kept) == len(parts)
            return (s.AllOf(kept) if isinstance(node, nodes.AllOf) else s.AnyOf(kept)) if whole else None
        case nodes.AnyComponent() | nodes.AllComponents() | nodes.AtLeastComponents() | nodes.AtMostComponents():
            return of_parts(node, room)
        case _:
            assert_never(node)


def _travel_by_value(name: nodes.Name, names: Names, room: Room) -> Travel | None:
    found = travel(name, names, room)
    if found is not None and found.by_band:
        room.found.append(scheme_wording.by_band_in_condition(name.span))
        return None
    return found


def _subject(node: nodes.Subject | None, room: Room) -> tuple[str | None] | None:
    """The figure that stands before a comparison, in a tuple; None alone if it is not declared."""
    if node is None or isinstance(node, nodes.TheValue):
        return (None,)
    if node.text not in room.figures:
        room.found.append(wording.unknown_figure(node.span, list(room.figures)))
        return None
    return (node.text,)


def _missing(node: nodes.Missing) -> s.Condition:
    match node.what:
        case nodes.TheValue():
            return s.NoValue()
        case nodes.TheTarget():
            return s.TargetAbsent()
        case nodes.Name() as name:
            return s.NoFigure(name.text)
        case _:
            assert_never(node.what)


def reads_parts(node: nodes.Scheme) -> bool:
    """Whether the scheme has a condition on components: then it is one for rows, and not for their components."""
    return any(isinstance(part, OF_PARTS) for _, condition in _conditions(node) for part in node_parts(condition))


def reads_parts_alone(node: nodes.Scheme) -> bool:
    """Whether the scheme reads nothing but the bands of components."""
    kinds = (*OF_PARTS, nodes.Negation, nodes.AllOf, nodes.AnyOf, nodes.AtYearEnd)
    parts = [part for _, condition in _conditions(node) for part in node_parts(condition)]
    return reads_parts(node) and all(isinstance(part, kinds) for part in parts)


def figures_minded(node: nodes.Scheme) -> tuple[str, ...]:
    """The figures whose absence a scheme has a line for: they need not be declared."""
    return tuple(
        part.what.text
        for _, condition in _conditions(node)
        for part in node_parts(condition)
        if isinstance(part, nodes.Missing) and isinstance(part.what, nodes.Name)
    )


def node_parts(node: nodes.Condition) -> Iterator[nodes.Condition]:
    """The condition as it is written, and every condition inside of it."""
    yield node
    match node:
        case nodes.Negation():
            yield from node_parts(node.condition)
        case nodes.AllOf() | nodes.AnyOf():
            for part in node.conditions:
                yield from node_parts(part)


# --- bands blocks ---


def bands(node: nodes.BandsStatement, names: Names, room: Room) -> Placed | None:
    """A `bands` block as a scheme in which no two lines may hold at once."""
    lines: list[s.SchemeLine] = []
    spans: list[Span] = []
    before = len(room.found)
    room.found.extend(_joining(band.band for band in node.bands))
    for band in node.bands:
        when = _extent(band.extent, [line.when for line in lines], room)
        if when is not None:
            lines.append(s.SchemeLine(_band(band.band, band.title, names), when, band.span))
            spans.append(band.span)
    if is_wrong(room.found, before):
        return None
    return Placed(s.Scheme("bands", "Bands", tuple(lines), exclusive=True), tuple(spans))


def _extent(node: nodes.Extent, others: Sequence[s.Condition], room: Room) -> s.Condition | None:
    match node:
        case nodes.AndBeyond():
            edge = value_in(node.edge, room.unit, room.found)
            return None if edge is None else _from_edge(node.side, Number(edge))
        case nodes.Beyond():
            number = number_in(node.edge, room.unit, room.found)
            return None if number is None else s.Sized(RELATIONS[type(node.side)], Number(number))
        case nodes.Between():
            low, high = number_in(node.low, room.unit, room.found), number_in(node.high, room.unit, room.found)
            if low is None or high is None:
                return None
            if low > high:
                room.found.append(rule_wording.backward_range(node.span))
                return None
            above = s.Relation.ABOVE if node.above else s.Relation.AT_LEAST
            below = s.Relation.BELOW if node.below else s.Relation.AT_MOST
            return s.AllOf((s.Sized(above, Number(low)), s.Sized(below, Number(high))))
        case nodes.Labels():
            ranks = [label_in(label, room.unit, room.found) for label in node.labels]
            return s.AnyOf(tuple(s.Sized(s.Relation.IS, Number(rank)) for rank in ranks if rank is not None))
        case nodes.Otherwise():
            return s.Negation(s.AnyOf((*others, s.NoValue())))
        case _:
            assert_never(node)


def _from_edge(side: nodes.Above | nodes.Below | nodes.Better | nodes.Worse, edge: Number) -> s.Condition:
    match side:
        case nodes.Above():
            return s.Sized(s.Relation.AT_LEAST, edge)
        case nodes.Below():
            return s.Sized(s.Relation.AT_MOST, edge)
        case nodes.Better():
            return s.Compares(s.Relation.AT_OR_BETTER, edge)
        case nodes.Worse():
            return s.Compares(s.Relation.AT_OR_WORSE, edge)
        case _:
            assert_never(side)
