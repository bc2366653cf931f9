"""The scheme and the travels that an indicator names: made once for all indicators for which they are the same."""

from collections.abc import Collection, Sequence

from attrs import evolve

from kpirules.checking import scheme_wording, wording
from kpirules.checking.figures import Room
from kpirules.checking.findings import Found, Names, Placed
from kpirules.checking.schemes import bands, scheme
from kpirules.checking.statements import Said, only
from kpirules.checking.travels import travel
from kpirules.source import Span
from kpirules.syntax import nodes
from kpirules.vocabulary.figures import TheTarget
from kpirules.vocabulary.schemes import Scheme, WithinTolerance
from kpirules.vocabulary.targets import CompletedBy, NoTarget, Target
from kpirules.vocabulary.travels import Travel

STANDARD_SCHEME = "rag"


def scheme_node(said: Said, names: Names, name: Span, found: Found) -> tuple[nodes.Scheme | None, Span]:
    """The scheme that is named or goes without saying, and where; None for bands in its place, or if there is none."""
    if only(said, nodes.BandsStatement) is not None:
        return None, name
    statement = only(said, nodes.SchemeStatement)
    word = statement.scheme.text if statement else STANDARD_SCHEME
    span = statement.scheme.span if statement else name
    node = names.schemes.get(word)
    if node is None:
        found.append(wording.unknown_name(span, "scheme", list(names.schemes)))
    return node, span


def placed_scheme(
    said: Said, node: nodes.Scheme | None, span: Span, name: Span, names: Names, room: Room
) -> Placed | None:
    """The scheme, or the bands in its place, as the indicator of that name has it; None if it is wrong and reported."""
    block = only(said, nodes.BandsStatement)
    if block is not None:
        return bands(block, names, room)
    if node is None:
        return None
    # A figure that the scheme reads and the indicator lacks is the indicator's fault: point there.
    placed, own = _scheme(node, names, room)
    for fault in own:
        if fault.code == "unknown-figure":
            reader = f"scheme {node.name.text}"
            room.found.append(wording.figure_wanted(span, fault.span.text, reader, name.text, fault.span))
        elif fault not in room.found:
            room.found.append(fault)
    return placed


def _scheme(node: nodes.Scheme, names: Names, room: Room) -> tuple[Placed | None, Found]:
    """The scheme and what is wrong with it: made once for all indicators of one unit that declare the same figures."""
    here = (node.name.text, room.unit, room.calendar, room.frequency, tuple(room.figures))
    if here in names.schemes_made:
        return names.schemes_made[here]
    own: Found = []
    placed = scheme(node, names, evolve(room, found=own))
    if not room.parts:  # components have bands of their own
        names.schemes_made[here] = (placed, own)
    return placed, own


def demand(
    placed: Placed,
    aim: Target | None,
    said: Said,
    at_other_times: Collection[type[nodes.Body]],
    name: Span,
    found: Found,
) -> None:
    """What the scheme reads must be said: nothing is taken for granted where a rating hangs on it."""
    if TheTarget() in placed.scheme.figures and nodes.TargetStatement not in at_other_times:
        help = 'add `target 80%`, or `target none "why"`, `target pending`, `target not applicable`'
        found.append(wording.missing_statement(name, "target", help))
    # A milestone is completed in time or not: there is nothing in between to tolerate.
    real = aim is not None and not isinstance(aim, NoTarget | CompletedBy)
    if real and WithinTolerance() in placed.scheme.conditions and only(said, nodes.ToleranceStatement) is None:
        help = "add `tolerance 5% of target`, `tolerance 5 points`, `tolerance to 75%` or `tolerance none`"
        found.append(wording.missing_statement(name, "tolerance", help))


def travels_named(said: Said, name: Span, names: Names, room: Room) -> tuple[Travel, ...]:
    """The travels that are named, without those that are wrong and reported."""
    statements = [each.body for each in said if isinstance(each.body, nodes.TravelStatement | nodes.NoTravelStatement)]
    if not statements or isinstance(statements[-1], nodes.NoTravelStatement):
        return ()
    found: list[Travel] = []
    for word in statements[-1].travels:
        made, own = _travel(word, names, room)
        for fault in own:
            if fault.code == "unknown-figure":
                reader = f"travel {word.text}"
                fault = wording.figure_wanted(word.span, fault.span.text, reader, name.text, fault.span)
            room.found.append(fault)
        if made:
            found.append(made)
    return tuple(found)


def _travel(word: nodes.Name, names: Names, room: Room) -> tuple[Travel | None, Found]:
    """The travel and what is wrong with it: if nothing is, it is made once for all indicators for which it is one."""
    here = (word.text, room.unit, room.calendar, room.frequency, tuple(room.figures))
    if here in names.travels_made:
        return names.travels_made[here], []
    own: Found = []
    made = travel(word, names, evolve(room, found=own))
    if made and not own:
        names.travels_made[here] = made
    return made, own


def refuse_unordered(travels: Sequence[Travel], scheme: Scheme, name: Span, found: Found) -> None:
    """A change of rating needs ratings of which one is better."""
    if not scheme.ranked and (by_band := next((travel for travel in travels if travel.by_band), None)):
        found.append(scheme_wording.by_band_unranked(name, by_band.name, scheme.name))
