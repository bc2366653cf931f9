"""Formulas of `value` statements, with their units checked."""

from collections.abc import Mapping
from fractions import Fraction
from typing import TypeAlias

from attrs import frozen

from kpirules.checking import rule_wording, wording
from kpirules.checking.figures import MOST_TERMS
from kpirules.checking.findings import Found
from kpirules.checking.literals import number_in
from kpirules.source import Span
from kpirules.syntax import nodes
from kpirules.units import Count, Duration, Milestone, Money, OnScale, Percent, Unit, unit_words
from kpirules.vocabulary.formulas import Constant, Formula, InputValue, OfComponents, Operation, Sign


@frozen
class _Measured:
    """A formula and its unit: None is a pure number."""

    formula: Formula
    unit: Unit | None


def formula(
    node: nodes.ValueStatement, unit: Unit, inputs: Mapping[str, Unit], found: Found
) -> Formula | OfComponents | None:
    """How the value follows, or None if something in it is wrong and reported."""
    match node.value:
        case nodes.SumOfComponents() | nodes.MeanOfComponents() if isinstance(unit, OnScale | Milestone):
            found.append(
                rule_wording.formula_units(
                    node.span, f"{unit_words(unit)} has labels and not numbers, which cannot be added up"
                )
            )
            return None
        case nodes.SumOfComponents():
            return OfComponents()
        case nodes.MeanOfComponents():
            return OfComponents(mean=True)
        case made:
            measured = _measured(made, inputs, found)
    if measured is None:
        return None
    if measured.unit == unit or (measured.unit is None and isinstance(unit, Count)):
        return measured.formula
    if measured.unit is None and isinstance(unit, Percent):
        return Operation(measured.formula, Sign.TIMES, Constant(Fraction(100)))
    if measured.unit is None and not isinstance(unit, Money | Duration | OnScale | Milestone):
        # A ratio of two counts may well be so many days, points or visits, but neither money nor time.
        return measured.formula
    comes_out = unit_words(measured.unit) if measured.unit else "a pure number"
    why = f"the formula comes out in {comes_out}, and the indicator's unit is {unit_words(unit)}"
    found.append(rule_wording.formula_units(node.span, why))
    return None


_Step: TypeAlias = nodes.Plus | nodes.Minus | nodes.Times | nodes.DividedBy

_SIGNS: Mapping[type[_Step], Sign] = {
    nodes.Plus: Sign.PLUS,
    nodes.Minus: Sign.MINUS,
    nodes.Times: Sign.TIMES,
    nodes.DividedBy: Sign.OVER,
}


def _measured(node: nodes.Formula, inputs: Mapping[str, Unit], found: Found) -> _Measured | None:
    match node:
        case nodes.Name():
            if node.text not in inputs:
                found.append(rule_wording.unknown_input(node.span, list(inputs)))
                return None
            return _Measured(InputValue(node.text), _pure(inputs[node.text]))
        case nodes.Quantity():
            number = number_in(node, Count(), found)
            return None if number is None else _Measured(Constant(number), None)
        case nodes.Added() | nodes.Scaled() if len(node.rest) > MOST_TERMS:
            found.append(wording.too_deep(node.span, "this formula", MOST_TERMS))
            return None
        case nodes.Added() | nodes.Scaled():
            total = _measured(node.first, inputs, found)
            for step in node.rest:
                operand = _measured(step.operand, inputs, found)
                total = _joined(total, step, operand, node.span, found) if total and operand else None
            return total


def _pure(unit: Unit) -> Unit | None:
    """Counts are pure numbers."""
    return None if isinstance(unit, Count) else unit


def _joined(left: _Measured, step: _Step, right: _Measured, span: Span, found: Found) -> _Measured | None:
    sign = _SIGNS[type(step)]
    made = Operation(left.formula, sign, right.formula)
    match sign:
        case Sign.PLUS | Sign.MINUS if left.unit == right.unit:
            return _Measured(made, left.unit)
        case Sign.OVER if left.unit == right.unit:
            return _Measured(made, None)
        case Sign.TIMES | Sign.OVER if right.unit is None:
            return _Measured(made, left.unit)
        case Sign.TIMES if left.unit is None:
            return _Measured(made, right.unit)
    names = [unit_words(unit) if unit else "a pure number" for unit in (left.unit, right.unit)]
    found.append(rule_wording.formula_units(span, f"{names[0]} {sign.value} {names[1]} has no unit that we know"))
    return None
