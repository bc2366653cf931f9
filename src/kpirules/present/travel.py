"""A direction of travel as people read it, and as data."""

from collections.abc import Mapping
from typing import Final

from kpirules.assess.results import TravelResult
from kpirules.model import Terms
from kpirules.reasons import Direction
from kpirules.units import show_difference
from kpirules.vocabulary.travels import Travel, zone_words

_SHOWN: Final[Mapping[Direction, tuple[str, str]]] = {
    Direction.IMPROVED: ("▲", "better"),
    Direction.UNCHANGED: ("=", "same"),
    Direction.WORSENED: ("▼", "worse"),
    Direction.UP: ("▲", "up"),
    Direction.DOWN: ("▼", "down"),
    Direction.MIXED: ("~", "mixed"),
}


def travel_words(result: TravelResult | None, *, brief: bool = False) -> str:
    """`▲ better`, or `– pending` where there is no direction; in brief without the arrow or the reason.

    Empty for an indicator that does not have this travel.
    """
    if result is None:
        return ""
    if result.direction is None:
        return "–" if brief or result.reason is None else f"– {result.reason.words}"
    arrow, word = _SHOWN[result.direction]
    return word if brief else f"{arrow} {word}"


def travel_data(result: TravelResult | None) -> dict[str, str | None]:
    """Its direction and its reason, both None for an indicator that does not have this travel."""
    if result is None:
        return {"direction": None, "reason": None}
    return {
        "direction": None if result.direction is None else result.direction.value,
        "reason": None if result.reason is None else result.reason.value,
    }


def travel_sentence(travel: Travel, result: TravelResult, terms: Terms) -> str:
    """`▲ better: 3 points more than 76% (previous quarter)`; no numbers where it has none, as of ratings.

    Within the dead zone it is said how wide that is.
    """
    words = travel_words(result)
    if result.change is None or result.earlier is None:
        return f"{words} ({travel.earlier}{', by band' if travel.by_band else ''})"
    earlier = terms.show(result.earlier)
    if not result.change:
        return f"{words}: {earlier} as before ({travel.earlier})"
    size = show_difference(abs(result.change), terms.unit)
    said = f"{words}: {size} {'more' if result.change > 0 else 'less'} than {earlier} ({travel.earlier})"
    zone = zone_words(travel.dead_zone, terms.unit)
    return f"{said}, {zone}" if zone and result.direction is Direction.UNCHANGED else said
