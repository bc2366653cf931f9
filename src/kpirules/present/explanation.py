"""Why a value is rated as it is, as people read it and as data."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Final

from attrs import frozen

from kpirules.assess.explain import Explanation
from kpirules.assess.results import TravelResult
from kpirules.model import Terms
from kpirules.present.figures import exact_text
from kpirules.present.json_text import json_text
from kpirules.present.screen import Screen
from kpirules.present.travel import travel_data, travel_sentence


@frozen
class Explained:
    """An explanation of a rating under some terms, with the directions of travel that were asked for, by name."""

    explanation: Explanation
    terms: Terms
    travels: Mapping[str, TravelResult]


def as_text(explained: Explained, screen: Screen) -> str:
    """The explanation in three to five lines; then each direction of travel on a line of its own."""
    first, *rest = explained.explanation.text.split("\n")
    for travel in explained.terms.travels:
        if travel.name in explained.travels:
            said = travel_sentence(travel, explained.travels[travel.name], explained.terms)
            rest.append(f"{travel.name}: {said}.")
    return "\n".join([screen.styled(screen.plain(first), "bold"), *map(screen.plain, rest)])


def as_json(explained: Explained, screen: Screen) -> str:
    """The explanation as an object; numbers are exact text in the indicator's unit, None where a band has no end."""
    explanation = explained.explanation
    return json_text(
        {
            "reference": explanation.reference,
            "title": explanation.title,
            "value": explanation.value,
            "outcome": explanation.outcome,
            "because": explanation.because,
            "target": explanation.target,
            "tolerance": explanation.tolerance,
            "edges": [
                {
                    "outcome": edge.outcome,
                    "low": _number(edge.low),
                    "high": _number(edge.high),
                    "low_in": edge.low_in,
                    "high_in": edge.high_in,
                    "words": edge.words,
                }
                for edge in explanation.edges
            ],
            "steps": [
                {
                    "outcome": step.outcome,
                    "change": _number(step.change),
                    "beyond": step.beyond,
                    "words": step.words,
                }
                for step in explanation.steps
            ],
            "travel": {
                name: {
                    **travel_data(result),
                    "earlier": _number(result.earlier),
                    "change": _number(result.change),
                    "percent": _number(result.percent),
                }
                for name, result in explained.travels.items()
            },
            "where": explanation.where,
        },
        screen,
    )


EXPLANATION_FORMATS: Final[Mapping[str, Callable[[Explained, Screen], str]]] = {"text": as_text, "json": as_json}
"""The ways to show an explanation; the first is the usual one."""


def _number(number: Fraction | None) -> str | None:
    return None if number is None else exact_text(number)
