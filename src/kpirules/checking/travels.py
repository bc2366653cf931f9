"""Travels of the text as those of the vocabulary, in an indicator's unit."""

from collections.abc import Iterator
from fractions import Fraction
from typing import assert_never

from kpirules.checking import rule_wording, scheme_wording, wording
from kpirules.checking.figures import Room, comparator
from kpirules.checking.findings import Found, Names, is_wrong
from kpirules.checking.literals import number_in, percent
from kpirules.diagnostics import Diagnostic
from kpirules.syntax import nodes
from kpirules.vocabulary.comparators import Comparator, OfLast
from kpirules.vocabulary.figures import Named
from kpirules.vocabulary.travels import DeadZone, FlatZone, ShareZone, Travel


def travel(name: nodes.Name, names: Names, room: Room) -> Travel | None:
    """The travel of that name, for one indicator: its dead zone is in the indicator's unit."""
    node = names.travels.get(name.text)
    if node is None:
        room.found.append(wording.unknown_name(name.span, "travel", list(names.travels)))
        return None
    against: Comparator | Named | None = None
    zone: DeadZone = FlatZone(Fraction(0))
    minds_target = False
    by_band = next((line for line in node.lines if isinstance(line, nodes.ByBand)), None)
    before = len(room.found)
    for line in node.lines:
        match line:
            case nodes.Against(base=nodes.Name() as named):
                if named.text not in room.figures:
                    room.found.append(wording.unknown_figure(named.span, list(room.figures)))
                against = Named(named.text)
            case nodes.Against(base=base) if not isinstance(base, nodes.Name):
                against = comparator(base, room)
            case nodes.DeadZone():
                zone = _dead_zone(line, room) or zone
            case nodes.WhileTargetUnchanged():
                minds_target = True
            case nodes.ByBand() | nodes.Against():
                pass
            case _:
                assert_never(line)
    if by_band is not None:
        room.found.extend(_faults_by_band(node, by_band, against))
    _one_period(node, against, room)
    if against is None or is_wrong(room.found, before):
        return None
    title = node.title.value if node.title else node.name.text
    return Travel(node.name.text, title, against, zone, by_band is not None, minds_target)


def _one_period(node: nodes.Travel, against: Comparator | Named | None, room: Room) -> None:
    """Report what needs an earlier period, or only one, where the travel compares with a figure or with several."""
    base = next((line.base for line in node.lines if isinstance(line, nodes.Against)), None)
    if base is None or against is None:
        return
    for line in node.lines:
        match line:
            case nodes.WhileTargetUnchanged() if isinstance(against, Named):
                room.found.append(rule_wording.no_distance(line.span, "an earlier period", base.span))
            case nodes.DeadZone(a_year=nodes.AYear()) if isinstance(against, Named | OfLast):
                room.found.append(rule_wording.no_distance(line.span, "one earlier period", base.span))
            case _:
                pass


def _faults_by_band(
    node: nodes.Travel, by_band: nodes.ByBand, against: Comparator | Named | None
) -> Iterator[Diagnostic]:
    """What has no meaning for ratings: a dead zone, and anything but one earlier period to compare with."""
    for line in node.lines:
        if isinstance(line, nodes.DeadZone):
            yield scheme_wording.by_band_with_zone(line.span)
        elif isinstance(line, nodes.Against) and isinstance(against, Named | OfLast):
            yield scheme_wording.by_band_against(line.span, by_band.span)


def _dead_zone(node: nodes.DeadZone, room: Room) -> DeadZone | None:
    under = isinstance(node.edge, nodes.Under)
    a_year = node.a_year is not None
    match node.size:
        case nodes.ShareOfPrevious():
            return ShareZone(percent(node.size.share), under, a_year)
        case nodes.BareShare():
            share = node.size.span.text
            room.found.append(
                rule_wording.ambiguous_percent(node.size.span, f"{share} of previous", "as much as written")
            )
            return None
        case nodes.Quantity():
            number = number_in(node.size, room.unit, room.found)
            if number is not None and number < 0:
                room.found.append(rule_wording.negative_amount(node.size.span, "dead zone"))
            return None if number is None else FlatZone(number, under, a_year)
        case _:
            assert_never(node.size)


def has_comparator(node: nodes.Travel, found: Found) -> bool:
    """Whether the travel says what it compares with; reported if not."""
    if any(isinstance(line, nodes.Against) for line in node.lines):
        return True
    help = "write `against previous quarter` in its block"
    found.append(wording.missing_statement(node.name.span, "comparator", help))
    return False
