"""A ladder of comparisons for one indicator, with its numbers in the source: the least that anybody could write."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from bench.workload import Spec

TARGET, TOLERANCE = 45.3, 1.1
EXACT_TARGET, EXACT_TOLERANCE = Decimal("45.3"), Decimal("1.1")


def rating(value: float) -> str:
    if value >= TARGET:
        return "green"
    if value >= TARGET - TOLERANCE:
        return "amber"
    return "red"


def exact_rating(value: Decimal) -> str:
    if value >= EXACT_TARGET:
        return "green"
    if value >= EXACT_TARGET - EXACT_TOLERANCE:
        return "amber"
    return "red"


def prepare(spec: Spec, values: Sequence[float]) -> Callable[[], list[str]]:
    if (spec.kind, spec.target, spec.tolerance) != ("higher", EXACT_TARGET, EXACT_TOLERANCE):
        raise ValueError(f"the ladder is not that of {spec.reference}")
    return lambda: [rating(value) for value in values]


def prepare_exact(spec: Spec, values: Sequence[Decimal]) -> Callable[[], list[str]]:
    if (spec.kind, spec.target, spec.tolerance) != ("higher", EXACT_TARGET, EXACT_TOLERANCE):
        raise ValueError(f"the ladder is not that of {spec.reference}")
    return lambda: [exact_rating(value) for value in values]
