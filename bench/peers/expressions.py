"""The rule of an indicator as two expressions in the common form `a ? b : c`, which three of the engines share."""

from attrs import frozen

from bench.workload import SHORT_ZONE, Spec


@frozen
class Style:
    """How an engine writes what they do not share: the magnitude, and numbers."""

    magnitude: str  # with {} for the number
    float_literals: bool = False


def rating(spec: Spec, style: Style) -> str:
    low, width = _literal(spec.target, style), _literal(spec.tolerance, style)
    high = _literal(spec.high, style)
    match spec.kind:
        case "higher":
            return f'value >= {low} ? "green" : (value >= {low} - {width} ? "amber" : "red")'
        case "lower":
            return f'value <= {low} ? "green" : (value <= {low} + {width} ? "amber" : "red")'
        case "range":
            return (
                f'value >= {low} and value <= {high} ? "green" : '
                f'(value >= {low} - {width} and value <= {high} + {width} ? "amber" : "red")'
            )
        case "bands":
            return (
                f'value >= {high} ? "blue" : (value >= {low} ? "green" : (value >= {low} - {width} ? "amber" : "red"))'
            )
        case "zero":
            size, target = style.magnitude.format("value"), _literal(abs(spec.target), style)
            return f'{size} <= {target} ? "green" : ({size} <= {target} + {width} ? "amber" : "red")'


def direction(spec: Spec, style: Style) -> str:
    zone = _literal(SHORT_ZONE, style)
    match spec.kind:
        case "higher" | "bands":
            return _gained("value - previous", zone)
        case "lower":
            return _gained("previous - value", zone)
        case "range":
            low, high = _literal(spec.target, style), _literal(spec.high, style)
            now, was = (
                f"({name} < {low} ? {low} - {name} : ({name} > {high} ? {name} - {high} : {_literal(0, style)}))"
                for name in ("value", "previous")
            )
            inside = " and ".join(f"{name} >= {low} and {name} <= {high}" for name in ("value", "previous"))
            moved = _gained("value - previous", zone, "up", "down")
            return f"({inside}) ? ({moved}) : ({_gained(f'{was} - {now}', zone)})"
        case "zero":
            return _gained(f"{style.magnitude.format('previous')} - {style.magnitude.format('value')}", zone)


def _gained(gain: str, zone: str, more: str = "improved", less: str = "worsened") -> str:
    return f'{gain} > {zone} ? "{more}" : ({gain} < -{zone} ? "{less}" : "unchanged")'


def _literal(number: object, style: Style) -> str:
    return str(float(str(number))) if style.float_literals else str(number)
