"""How the conditions and rules of schemes are written."""

from typing import assert_never

from kpirules.syntax import nodes
from kpirules.syntax.print.figures import figure, text


def phrase(*parts: str) -> str:
    """The parts that are there, with blanks between."""
    return " ".join(part for part in parts if part)


def title(node: nodes.Text | None) -> str:
    """A text that may be absent."""
    return "" if node is None else text(node)


def side(node: nodes.Side | nodes.PlainSide) -> str:
    """The side of a comparison."""
    match node:
        case nodes.AtOrBetter():
            return "at or better"
        case nodes.Better():
            return "better"
        case nodes.AtOrWorse():
            return "at or worse"
        case nodes.Worse():
            return "worse"
        case nodes.AtLeast():
            return "at least"
        case nodes.AtMost():
            return "at most"
        case nodes.Above():
            return "above"
        case nodes.Below():
            return "below"
    assert_never(node)


def direction(node: nodes.Direction) -> str:
    """A direction of travel."""
    match node:
        case nodes.Improved():
            return "improved"
        case nodes.Unchanged():
            return "unchanged"
        case nodes.Worsened():
            return "worsened"
        case nodes.Up():
            return "up"
        case nodes.Down():
            return "down"
    assert_never(node)


def outcome(node: nodes.Outcome) -> str:
    """What another rating must be."""
    match node:
        case nodes.IsBand():
            return node.band.text
        case nodes.IsNotBand():
            return f"not {node.band.text}"
        case nodes.BandCompares():
            return f"{side(node.side)} than {node.band.text}"
        case nodes.IsUnrated():
            return "not rated"
    assert_never(node)


def subject(node: nodes.Subject | nodes.TheTarget | None) -> str:
    """What is compared; nothing where it is the value itself."""
    match node:
        case None:
            return ""
        case nodes.TheValue():
            return "value"
        case nodes.TheTarget():
            return "target"
        case nodes.Name():
            return node.text
    assert_never(node)


def condition(node: nodes.Condition) -> str:
    """A condition, with brackets only where they are needed."""
    match node:
        case nodes.TargetMet():
            return "target met"
        case nodes.WithinTolerance():
            return "within tolerance"
        case nodes.Compares():
            return phrase(subject(node.subject), side(node.side), "than", figure(node.figure))
        case nodes.Inside():
            return phrase(subject(node.subject), "inside", figure(node.low), "to", figure(node.high))
        case nodes.Plainly():
            return phrase(subject(node.subject), side(node.side), figure(node.figure))
        case nodes.Labelled():
            return f"{subject(node.subject)} is {text(node.label)}"
        case nodes.Travelled():
            return f"{node.travel.text} {direction(node.direction)}"
        case nodes.NotComparable():
            return f"{node.travel.text} not comparable"
        case nodes.Missing():
            return f"no {subject(node.what)}"
        case nodes.TargetPending():
            return "target pending"
        case nodes.TargetNotApplicable():
            return "target not applicable"
        case nodes.AtYearEnd():
            return "at year end"
        case nodes.AnyComponent():
            return f"any component {outcome(node.outcome)}"
        case nodes.AllComponents():
            return f"all components {outcome(node.outcome)}"
        case nodes.AtLeastComponents():
            return f"at least {_components(node.count)} {outcome(node.outcome)}"
        case nodes.AtMostComponents():
            return f"at most {_components(node.count)} {outcome(node.outcome)}"
        case nodes.Negation():
            return f"not {_atom(node.condition)}"
        case nodes.AllOf():
            return " and ".join(_part_of_all(part) for part in node.conditions)
        case nodes.AnyOf():
            return " or ".join(_part_of_any(part) for part in node.conditions)
    assert_never(node)


def _components(count: nodes.Number) -> str:
    return f"{count.text} component{'' if count.text == '1' else 's'}"


def _atom(node: nodes.Condition) -> str:
    joined = isinstance(node, nodes.Negation | nodes.AllOf | nodes.AnyOf)
    return f"({condition(node)})" if joined else condition(node)


def _part_of_all(node: nodes.Condition) -> str:
    return f"({condition(node)})" if isinstance(node, nodes.AllOf | nodes.AnyOf) else condition(node)


def _part_of_any(node: nodes.Condition) -> str:
    return f"({condition(node)})" if isinstance(node, nodes.AnyOf) else condition(node)


def guard(node: nodes.Guard) -> str:
    """When a rule holds."""
    match node:
        case nodes.When():
            return f"when {condition(node.condition)}"
        case nodes.Otherwise():
            return "otherwise"
    assert_never(node)


def rule(node: nodes.Rule) -> str:
    """One line of a scheme."""
    match node:
        case nodes.BandRule():
            return phrase(node.band.text, title(node.title), guard(node.guard))
        case nodes.UnratedRule():
            named = f"as {node.reason.text}" if node.reason else ""
            return phrase("not rated", named, title(node.title), guard(node.guard))
        case nodes.Cap():
            return f"no better than {node.band.text} {guard(node.when)}"
    assert_never(node)
