"""zen-engine: one compiled expression an indicator, which gives band and direction together."""

from collections.abc import Callable, Sequence

import zen

from bench.peers.expressions import Style, direction, rating
from bench.workload import Asked, Spec

STYLE = Style("abs({})")


def prepare(specs: Sequence[Spec], asked: Sequence[Asked]) -> Callable[[], list[tuple[str, str]]]:
    compiled = [zen.compile_expression(f"[{rating(spec, STYLE)}, {direction(spec, STYLE)}]") for spec in specs]
    calls = [(compiled[each.place], {"value": each.value, "previous": each.previous}) for each in asked]
    return lambda: [tuple(expression.evaluate(given)) for expression, given in calls]
