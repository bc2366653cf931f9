"""A scorecard as JSON: a list of objects, each component behind its indicator."""

from collections.abc import Collection, Sequence

from kpirules.assess.scorecard import Assessment, Scorecard
from kpirules.present.figures import exact_text
from kpirules.present.json_text import json_text
from kpirules.present.screen import Screen
from kpirules.present.tally import chosen
from kpirules.present.travel import travel_data
from kpirules.units import unit_words


def json_report(scorecard: Scorecard, screen: Screen, only: Collection[str]) -> str:
    """The scorecard as JSON text."""
    return json_text(report_data(scorecard, only), screen)


def report_data(scorecard: Scorecard, only: Collection[str]) -> list[dict[str, object]]:
    """An object for each row and component.

    `value`, `target` and `tolerance` are as people read them; `number` is exact, a decimal or a fraction such as `1/3`,
    and counts what `unit` says, a duration seconds and a label its rank from the worst. Every object has all the
    library's travels, whether its indicator has them or not.
    """
    found = (name for row in scorecard for each in (row, *row.parts) for name in each.travels)
    travels = tuple(dict.fromkeys((*scorecard.travels, *found)))
    return [_row(row, each, travels) for row in chosen(scorecard, only) for each in (row, *row.parts)]


def _row(whole: Assessment, row: Assessment, travels: Sequence[str]) -> dict[str, object]:
    theme = row.definition.theme or whole.definition.theme
    number, bound, reason = row.reading.number, row.reading.bound, row.rating.reason
    return {
        "reference": whole.definition.reference,
        "component": row.component,
        "title": row.definition.title,
        "theme": theme.title if theme else None,
        "owner": row.definition.facts.owner or whole.definition.facts.owner,
        "period": row.period.text,
        "value": row.value or None,
        "number": None if number is None else exact_text(number),
        "bound": None if bound is None else bound.value,
        "unit": unit_words(row.definition.terms(row.period).unit),
        "target": row.target,
        "tolerance": row.tolerance,
        "rating": row.rating.band,
        "reason": None if reason is None else str(reason),
        "previous_rating": row.previous.band if row.previous else None,
        "travel": {name: travel_data(row.travels.get(name)) for name in travels},
        "measured": row.measured,
        "marks": list(row.reading.marks),
        "note": row.note,
    }
