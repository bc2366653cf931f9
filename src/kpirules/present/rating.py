"""One rating, with the directions of travel that were asked for, as people read it and as data."""

from collections.abc import Callable, Mapping
from typing import Final

from attrs import frozen

from kpirules.assess.results import Rating, TravelResult
from kpirules.present.json_text import json_text
from kpirules.present.screen import Screen
from kpirules.present.travel import travel_data, travel_words
from kpirules.vocabulary.schemes import Band


@frozen
class Rated:
    """What was asked and what came of it; `band` has the looks of the rating, if there is one."""

    reference: str
    component: str | None
    period: str | None
    value: str | None
    rating: Rating
    band: Band | None
    travels: Mapping[str, TravelResult]


def as_text(rated: Rated, screen: Screen) -> str:
    """The band, or `not rated: target pending`; then each direction of travel on a line of its own."""
    reason = rated.rating.reason
    outcome = rated.rating.band or f"not rated: {reason.words if reason else ''}"
    first = screen.badge(screen.plain(outcome), rated.band.colour if rated.band else None)
    travels = (screen.plain(f"{name}: {travel_words(result)}") for name, result in rated.travels.items())
    return "\n".join([first, *travels])


def as_json(rated: Rated, screen: Screen) -> str:
    """One object, with the keys of a report's rows as far as they are known."""
    reason = rated.rating.reason
    return json_text(
        {
            "reference": rated.reference,
            "component": rated.component,
            "period": rated.period,
            "value": rated.value,
            "rating": rated.rating.band,
            "reason": None if reason is None else str(reason),
            "travel": {name: travel_data(result) for name, result in rated.travels.items()},
        },
        screen,
    )


RATING_FORMATS: Final[Mapping[str, Callable[[Rated, Screen], str]]] = {"text": as_text, "json": as_json}
"""The ways to show a rating; the first is the usual one."""
