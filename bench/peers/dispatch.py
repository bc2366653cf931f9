"""A function over all kinds of indicator, rating and direction in one go, by hand: in floats, and in Decimals."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

from bench.workload import SHORT_ZONE, Asked, Spec

N = TypeVar("N", float, Decimal)


@dataclass(slots=True)
class Indicator(Generic[N]):
    kind: str
    target: N
    tolerance: N
    high: N
    zone: N
    nothing: N


def rate(indicator: Indicator[N], value: N, previous: N) -> tuple[str, str]:
    kind, target, tolerance = indicator.kind, indicator.target, indicator.tolerance
    if kind == "higher":
        gain = value - previous
        if value >= target:
            band = "green"
        elif value >= target - tolerance:
            band = "amber"
        else:
            band = "red"
    elif kind == "lower":
        gain = previous - value
        if value <= target:
            band = "green"
        elif value <= target + tolerance:
            band = "amber"
        else:
            band = "red"
    elif kind == "range":
        off, was_off = distance(indicator, value), distance(indicator, previous)
        gain = was_off - off
        if off == indicator.nothing:
            band = "green"
        elif off <= tolerance:
            band = "amber"
        else:
            band = "red"
        if off == was_off == indicator.nothing:
            change = value - previous
            return band, "up" if change > indicator.zone else "down" if change < -indicator.zone else "unchanged"
    elif kind == "bands":
        gain = value - previous
        if value >= indicator.high:
            band = "blue"
        elif value >= target:
            band = "green"
        elif value >= target - tolerance:
            band = "amber"
        else:
            band = "red"
    else:
        gain = abs(previous) - abs(value)
        if abs(value) <= abs(target):
            band = "green"
        elif abs(value) <= abs(target) + tolerance:
            band = "amber"
        else:
            band = "red"
    if gain > indicator.zone:
        return band, "improved"
    if gain < -indicator.zone:
        return band, "worsened"
    return band, "unchanged"


def distance(indicator: Indicator[N], value: N) -> N:
    if value < indicator.target:
        return indicator.target - value
    if value > indicator.high:
        return value - indicator.high
    return indicator.nothing


def _tolerance(spec: Spec, number: type[N]) -> N:
    if spec.share is None:
        return number(spec.tolerance)
    return number(spec.target) * number(spec.share) / number(100)


def prepare(specs: Sequence[Spec], asked: Sequence[Asked], number: type[N]) -> Callable[[], list[tuple[str, str]]]:
    indicators = [
        Indicator[N](
            spec.kind,
            number(spec.target),
            _tolerance(spec, number),
            number(spec.high),
            number(SHORT_ZONE),
            number(0),
        )
        for spec in specs
    ]
    calls = [(indicators[each.place], number(str(each.value)), number(str(each.previous))) for each in asked]
    return lambda: [rate(indicator, value, previous) for indicator, value, previous in calls]
