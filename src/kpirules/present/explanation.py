"""Why a value is rated as it is, as people read it and as data."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Final

from kpirules.assess.explain import Explanation
from kpirules.present.figures import exact_text
from kpirules.present.json_text import json_text
from kpirules.present.screen import Screen


def as_text(explanation: Explanation, screen: Screen) -> str:
    """The explanation in three to five lines."""
    first, *rest = (screen.plain(line) for line in explanation.text.split("\n"))
    return "\n".join([screen.styled(first, "bold"), *rest])


def as_json(explanation: Explanation, screen: Screen) -> str:
    """The explanation as an object; numbers are exact text in the indicator's unit, None where a band has no end."""
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
            "where": explanation.where,
        },
        screen,
    )


EXPLANATION_FORMATS: Final[Mapping[str, Callable[[Explanation, Screen], str]]] = {"text": as_text, "json": as_json}
"""The ways to show an explanation; the first is the usual one."""


def _number(number: Fraction | None) -> str | None:
    return None if number is None else exact_text(number)
