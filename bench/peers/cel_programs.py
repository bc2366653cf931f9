"""common-expression-language (CEL, in Rust): one compiled program an indicator. CEL has doubles and no abs."""

from collections.abc import Callable, Sequence

import cel

from bench.peers.expressions import Style, direction, rating
from bench.workload import Asked, Spec

STYLE = Style("({0} < 0.0 ? -{0} : {0})", float_literals=True)


def prepare(specs: Sequence[Spec], asked: Sequence[Asked]) -> Callable[[], list[tuple[str, str]]]:
    texts = [f"[{rating(spec, STYLE)}, {direction(spec, STYLE)}]".replace(" and ", " && ") for spec in specs]
    programs = [cel.compile(text) for text in texts]
    calls = [(programs[each.place], {"value": each.value, "previous": each.previous}) for each in asked]
    return lambda: [tuple(program.execute(given)) for program, given in calls]
