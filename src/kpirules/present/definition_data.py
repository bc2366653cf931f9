"""A definition as data: every version with its target, its edges and the days from and until which it holds."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from kpirules.assess.explain import Edges
from kpirules.model import Definition, Overall, OverallKind, Terms
from kpirules.model.definition import Version
from kpirules.periods import FREQUENCY_WORDS, Frequency, Period
from kpirules.present.edges import edges_of
from kpirules.present.figures import exact_text
from kpirules.present.json_text import json_text
from kpirules.present.screen import Screen
from kpirules.units import Percent, Unit, unit_words
from kpirules.vocabulary.declared import declared_words
from kpirules.vocabulary.formulas import Constant, OfComponents, Operation, Sign, formula_words
from kpirules.vocabulary.schemes import Band
from kpirules.vocabulary.targets import NoTarget, target_words
from kpirules.vocabulary.tolerances import tolerance_words
from kpirules.vocabulary.travels import Travel, zone_words


def definition_json(definition: Definition, screen: Screen, period: Period | None) -> str:
    """One object, with its components in it; numbers are exact text in the unit, days as 2023-10-01."""
    return json_text(_data(definition, period), screen)


def _data(definition: Definition, period: Period | None) -> dict[str, object]:
    facts = definition.facts
    return {
        "reference": definition.reference,
        "title": definition.title,
        "theme": definition.theme.title if definition.theme else None,
        "owner": facts.owner,
        "tags": list(facts.tags),
        "source": facts.source,
        "note": facts.note,
        "frequency": frequency_word(definition.frequency),
        "calendar": definition.calendar.title,
        "where": definition.where,
        "versions": [_version_data(definition, version, period) for version in definition.versions],
        "components": [_data(part, period) for part in definition.components],
    }


def _version_data(definition: Definition, version: Version, period: Period | None) -> dict[str, object]:
    terms = version.terms
    edges, at_year_end = edges_of(definition, version, period)
    return {
        "since": version.since.isoformat() if version.since else None,
        "until": version.until.isoformat() if version.until else None,
        "unit": unit_words(terms.unit),
        "value": value_words(terms),
        "inputs": {name: unit_words(unit) for name, unit in terms.inputs.items()},
        "reads": read_words(terms),
        "weight": exact_text(terms.weight),
        "polarity": terms.polarity.value,
        "accumulates": terms.accumulates,
        "by_increment": terms.by_increment,
        "figures": {name: declared_words(declared, terms.unit) for name, declared in terms.figures.items()},
        "target": target_words(terms.target, terms.unit),
        "tolerance": None if isinstance(terms.target, NoTarget) else tolerance_words(terms.tolerance, terms.unit),
        "edges": [_edges_data(each) for each in edges],
        "edges_at_year_end": at_year_end,
        "overall": overall_words(terms.overall) if terms.overall else None,
        "scheme": {
            "name": terms.scheme.name,
            "title": terms.scheme.title,
            "bands": [_band_data(band) for band in terms.scheme.bands],
        },
        "travels": [_travel_data(travel, terms.unit) for travel in terms.travels],
    }


def _edges_data(edges: Edges) -> dict[str, object]:
    return {
        "outcome": edges.outcome,
        "low": _number(edges.low),
        "high": _number(edges.high),
        "low_in": edges.low_in,
        "high_in": edges.high_in,
        "words": edges.words,
    }


def _band_data(band: Band) -> dict[str, object]:
    return {"name": band.name, "title": band.title, "letter": band.letter, "colour": band.colour}


def _travel_data(travel: Travel, unit: Unit) -> dict[str, object]:
    zone = zone_words(travel.dead_zone, unit) or None
    return {
        "name": travel.name,
        "title": travel.title,
        "against": travel.earlier,
        "dead_zone": zone,
        "by_band": travel.by_band,
    }


def _number(number: Fraction | None) -> str | None:
    return None if number is None else exact_text(number)


def value_words(terms: Terms) -> str | None:
    """How the value follows from the inputs or the components, as it is written; None where it is observed."""
    match terms.formula:
        case None:
            return None
        case OfComponents(mean=mean):
            return f"{'mean' if mean else 'sum'} of components"
        # What divides two amounts of one unit is a share, and a share times a hundred is what counts in per cent.
        case Operation(left=share, sign=Sign.TIMES, right=Constant(number=hundred)) if (
            hundred == 100 and isinstance(terms.unit, Percent) and Percent() not in terms.inputs.values()
        ):
            return formula_words(share)
        case formula:
            return formula_words(formula)


def read_words(terms: Terms) -> Mapping[str, str]:
    """What each word of a `reads` statement means: the sign that it carries, or the reason for which it stands."""
    signs = {word: "positive" if sign > 0 else "negative" for word, sign in terms.readings.items()}
    return signs | {word: reason.words for word, reason in terms.reasons.items()}


def overall_words(overall: Overall) -> str:
    """How the row is rated, in plain words."""
    words = f"the component {overall.component} decides" if overall.component else _OVERALL[overall.kind]
    return f"{words}, components without a rating left out" if overall.ignoring_unrated else words


_OVERALL: Final[Mapping[OverallKind, str]] = {
    OverallKind.WORST: "the worst component decides",
    OverallKind.BEST: "the best component decides",
    OverallKind.COMPONENT: "one component decides",
    OverallKind.OWN: "its own value decides, the components stand beside it",
    OverallKind.SCHEME: "the scheme decides, by what the components are rated",
    OverallKind.NONE: "each component is rated by itself, the row is not",
}


def frequency_word(frequency: Frequency | None) -> str | None:
    """`quarterly`; None where it follows the period of the report."""
    return next((word for word, known in FREQUENCY_WORDS.items() if known is frequency), None)
