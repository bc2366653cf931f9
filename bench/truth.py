"""The right answers, by the plain reference engine on exact fractions."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np

from bench.peers.columns import Codes
from bench.workload import BANDS, SCALE, Asked, Rows, Workload
from kpirules import Indicator, Library, load_text
from kpirules.core import Rated, Rule, decide
from kpirules.exact import exact
from kpirules.lower import DIRECTIONS


def loaded(work: Workload) -> Library:
    """The workload's definitions. Raises `LibraryError` if they are not without fault."""
    return load_text(work.text)


def bands(indicators: Mapping[str, Indicator], work: Workload, asked: Sequence[Asked]) -> list[str]:
    """The band of each value."""
    rules = [indicators[spec.reference].in_force().rule for spec in work.specs]
    return [_said(rules[each.place], {"value": exact(each.value)}) for each in asked]


def answers(indicators: Mapping[str, Indicator], work: Workload, asked: Sequence[Asked]) -> list[tuple[str, str]]:
    """The band of each value and its direction since the one before."""
    rules = [indicators[spec.reference].in_force().travel_rules["short"] for spec in work.specs]
    travelled = [
        _said(rules[each.place], {"value": exact(each.value), "previous month": exact(each.previous)}) for each in asked
    ]
    return list(zip(bands(indicators, work, asked), travelled, strict=True))


def _said(rule: Rule, given: Mapping[str, Fraction]) -> str:
    outcome = decide(rule, given).outcome
    if not isinstance(outcome, Rated):
        raise AssertionError("everything in the workload can be rated")
    return str(DIRECTIONS[outcome.band]) if rule.bands == DIRECTIONS else rule.bands[outcome.band]


def codes(indicators: Mapping[str, Indicator], work: Workload, places: Sequence[int]) -> Mapping[int, Codes]:
    """For the indicators at these places: the codes of band, short and long direction, month by month."""
    found: dict[int, Codes] = {}
    for place in places:
        force = indicators[work.specs[place].reference].in_force()
        values = [Fraction(number, SCALE) for number in work.grid[place].tolist()]
        bands = [BANDS.index(_said(force.rule, {"value": value})) for value in values]
        travels = [
            [
                DIRECTIONS.index(_said(force.travel_rules[name], {"value": now, words: values[month - months]}))
                if month >= months
                else -1
                for month, now in enumerate(values)
            ]
            for name, words, months in (("short", "previous month", 1), ("long", "same month last year", 12))
        ]
        found[place] = tuple(np.array(column, dtype=np.int8) for column in (bands, *travels))
    return found


def wrong(truth: Mapping[int, Codes], rows: Rows, found: Codes) -> int:
    """How many rows of the indicators that the truth is known of have some answer that is not right."""
    places = np.isin(rows.place, list(truth))
    place, month = rows.place[places], rows.month[places]
    table = {at: np.stack(columns[: len(found)]) for at, columns in truth.items()}
    right = np.stack([table[at][:, when] for at, when in zip(place.tolist(), month.tolist(), strict=True)], axis=1)
    return int((np.stack([column[places] for column in found]) != right).any(axis=0).sum())
