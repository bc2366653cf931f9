"""A direction of travel as people read it, and as data."""

from collections.abc import Mapping
from typing import Final

from kpirules.assess.results import TravelResult
from kpirules.reasons import Direction

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
