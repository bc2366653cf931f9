"""Conditions on components as those of the vocabulary: the bands they name must be bands that the components have."""

from collections.abc import Mapping
from typing import Final, TypeAlias, assert_never

from kpirules.checking import scheme_wording
from kpirules.checking.figures import Room
from kpirules.checking.literals import whole
from kpirules.syntax import nodes
from kpirules.vocabulary.components import MOST_WAYS, HowMany, OfParts, Standing

Node: TypeAlias = nodes.AnyComponent | nodes.AllComponents | nodes.AtLeastComponents | nodes.AtMostComponents

OF_PARTS: Final = (nodes.AnyComponent, nodes.AllComponents, nodes.AtLeastComponents, nodes.AtMostComponents)

MOST_COMPONENTS: Final = 1_000

_STANDINGS: Final[Mapping[type[nodes.Side], Standing]] = {
    nodes.AtOrBetter: Standing.AT_OR_BETTER,
    nodes.Better: Standing.BETTER,
    nodes.AtOrWorse: Standing.AT_OR_WORSE,
    nodes.Worse: Standing.WORSE,
}


def of_parts(node: Node, room: Room) -> OfParts | None:
    """The condition, or None if something in it is wrong and reported, or its components are."""
    if room.parts is None:
        return None
    if not room.parts:
        room.found.append(scheme_wording.condition_without_components(node.span))
        return None
    standing, band = _standing(node.outcome)
    if band is not None and not _has_band(band, standing, room):
        return None
    number = _number(node, room)
    if number is None:
        return None
    made = OfParts(_HOW_MANY[type(node)], number, standing, band.text if band else None, tuple(room.parts))
    if made.ways > MOST_WAYS:
        room.found.append(scheme_wording.too_many_ways(node.span, len(room.parts), made.ways, MOST_WAYS))
        return None
    return made


_HOW_MANY: Final[Mapping[type[Node], HowMany]] = {
    nodes.AnyComponent: HowMany.ANY,
    nodes.AllComponents: HowMany.ALL,
    nodes.AtLeastComponents: HowMany.AT_LEAST,
    nodes.AtMostComponents: HowMany.AT_MOST,
}


def _standing(node: nodes.Outcome) -> tuple[Standing, nodes.Name | None]:
    match node:
        case nodes.IsBand():
            return Standing.IS, node.band
        case nodes.IsNotBand():
            return Standing.IS_NOT, node.band
        case nodes.BandCompares():
            return _STANDINGS[type(node.side)], node.band
        case nodes.IsUnrated():
            return Standing.UNRATED, None
        case _:
            assert_never(node)


def _has_band(band: nodes.Name, standing: Standing, room: Room) -> bool:
    """Whether some component has the band; and all of them, in an order, where they are compared with it."""
    parts = room.parts or ()
    if not any(band.text in part.bands for part in parts):
        known = [name for part in parts for name in part.bands]
        room.found.append(scheme_wording.unknown_band(band.span, list(dict.fromkeys(known))))
        return False
    if standing in (Standing.IS, Standing.IS_NOT):
        return True
    for part in parts:
        if band.text not in part.bands or not part.ranked:
            room.found.append(scheme_wording.component_without_band(band.span, part.name, ranked=part.ranked))
            return False
    return True


def _number(node: Node, room: Room) -> int | None:
    match node:
        case nodes.AnyComponent() | nodes.AllComponents():
            return 1
        case nodes.AtLeastComponents() | nodes.AtMostComponents():
            return whole(node.count, MOST_COMPONENTS, room.found)
        case _:
            assert_never(node)
