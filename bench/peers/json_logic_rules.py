"""json-logic (json-logic-qubit): a rule is JSON, and is walked at every call."""

from collections.abc import Callable, Sequence
from typing import Any

from json_logic import jsonLogic

from bench.workload import SHORT_ZONE, Asked, Spec

Rule = dict[str, Any]
VALUE: Rule = {"var": "value"}
PREVIOUS: Rule = {"var": "previous"}


def rating(spec: Spec) -> Rule:
    target, tolerance, high = float(spec.target), float(spec.tolerance), float(spec.high)
    match spec.kind:
        case "higher":
            return {"if": [{">=": [VALUE, target]}, "green", {">=": [VALUE, target - tolerance]}, "amber", "red"]}
        case "lower":
            return {"if": [{"<=": [VALUE, target]}, "green", {"<=": [VALUE, target + tolerance]}, "amber", "red"]}
        case "range":
            within = {"<=": [target - tolerance, VALUE, high + tolerance]}
            return {"if": [{"<=": [target, VALUE, high]}, "green", within, "amber", "red"]}
        case "bands":
            amber = {">=": [VALUE, target - tolerance]}
            return {"if": [{">=": [VALUE, high]}, "blue", {">=": [VALUE, target]}, "green", amber, "amber", "red"]}
        case "zero":
            size = _magnitude(VALUE)
            within = {"<=": [size, abs(target) + tolerance]}
            return {"if": [{"<=": [size, abs(target)]}, "green", within, "amber", "red"]}


def direction(spec: Spec) -> Rule:
    match spec.kind:
        case "higher" | "bands":
            return _gained({"-": [VALUE, PREVIOUS]})
        case "lower":
            return _gained({"-": [PREVIOUS, VALUE]})
        case "range":
            low, high = float(spec.target), float(spec.high)
            now, was = (
                {"if": [{"<": [name, low]}, {"-": [low, name]}, {">": [name, high]}, {"-": [name, high]}, 0]}
                for name in (VALUE, PREVIOUS)
            )
            inside = {"and": [{"<=": [low, VALUE, high]}, {"<=": [low, PREVIOUS, high]}]}
            return {"if": [inside, _gained({"-": [VALUE, PREVIOUS]}, "up", "down"), _gained({"-": [was, now]})]}
        case "zero":
            return _gained({"-": [_magnitude(PREVIOUS), _magnitude(VALUE)]})


def _magnitude(number: Rule) -> Rule:
    return {"if": [{"<": [number, 0]}, {"-": [number]}, number]}


def _gained(gain: Rule, more: str = "improved", less: str = "worsened") -> Rule:
    zone = float(SHORT_ZONE)
    return {"if": [{">": [gain, zone]}, more, {"<": [gain, -zone]}, less, "unchanged"]}


def prepare(specs: Sequence[Spec], asked: Sequence[Asked]) -> Callable[[], list[tuple[str, str]]]:
    rules = [(rating(spec), direction(spec)) for spec in specs]
    calls = [(*rules[each.place], {"value": each.value, "previous": each.previous}) for each in asked]
    return lambda: [(jsonLogic(band, given), jsonLogic(travel, given)) for band, travel, given in calls]
