"""rule-engine: two rules an indicator. It reads floats as the Decimals that they print."""

from collections.abc import Callable, Sequence

import rule_engine

from bench.peers.expressions import Style, direction, rating
from bench.workload import Asked, Spec

# It has no function for the magnitude of a number.
STYLE = Style("({0} < 0 ? 0 - {0} : {0})")


def prepare(specs: Sequence[Spec], asked: Sequence[Asked]) -> Callable[[], list[tuple[str, str]]]:
    rules = [(rule_engine.Rule(rating(spec, STYLE)), rule_engine.Rule(direction(spec, STYLE))) for spec in specs]
    calls = [(*rules[each.place], {"value": each.value, "previous": each.previous}) for each in asked]
    return lambda: [(band.evaluate(given), travel.evaluate(given)) for band, travel, given in calls]
