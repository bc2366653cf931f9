"""Formulas: a value worked out from several inputs, exactly."""

from collections.abc import Iterable, Mapping
from enum import Enum
from fractions import Fraction
from typing import TypeAlias, assert_never

from attrs import frozen

from kpirules.exact import decimal_text


class Sign(Enum):
    """The four operations."""

    PLUS = "+"
    MINUS = "-"
    TIMES = "*"
    OVER = "/"


@frozen
class Constant:
    """A number."""

    number: Fraction


@frozen
class InputValue:
    """What was observed of a declared input."""

    name: str


@frozen
class Operation:
    """Two formulas joined by a sign."""

    left: "Formula"
    sign: Sign
    right: "Formula"


@frozen
class OfComponents:
    """The sum of the components' values, or their mean by weight."""

    mean: bool = False


Formula: TypeAlias = Constant | InputValue | Operation


def work_out(formula: Formula, inputs: Mapping[str, Fraction]) -> Fraction | None:
    """The number that the formula comes to, or None where it divides by zero. Raises `KeyError` for a missing input."""
    match formula:
        case Constant():
            return formula.number
        case InputValue():
            return inputs[formula.name]
        case Operation():
            left, right = work_out(formula.left, inputs), work_out(formula.right, inputs)
            return None if left is None or right is None else _joined(left, formula.sign, right)
        case _:
            assert_never(formula)


def _joined(left: Fraction, sign: Sign, right: Fraction) -> Fraction | None:
    match sign:
        case Sign.PLUS:
            return left + right
        case Sign.MINUS:
            return left - right
        case Sign.TIMES:
            return left * right
        case Sign.OVER:
            return left / right if right else None
        case _:
            assert_never(sign)


def inputs_of(formula: Formula) -> tuple[str, ...]:
    """The names of the inputs that the formula reads, each once."""
    match formula:
        case Constant():
            return ()
        case InputValue():
            return (formula.name,)
        case Operation():
            return tuple(dict.fromkeys((*inputs_of(formula.left), *inputs_of(formula.right))))
        case _:
            assert_never(formula)


def formula_words(formula: Formula) -> str:
    """The formula as it is written: `(served - late) / served`."""
    match formula:
        case Constant():
            return decimal_text(formula.number, grouped=True)
        case InputValue():
            return formula.name
        case Operation():
            scaled = formula.sign in (Sign.TIMES, Sign.OVER)
            left = _bracketed(formula.left, _SUMS if scaled else ())
            right = _bracketed(formula.right, Sign if scaled else _SUMS)
            return f"{left} {formula.sign.value} {right}"
        case _:
            assert_never(formula)


_SUMS = (Sign.PLUS, Sign.MINUS)


def _bracketed(part: Formula, weaker: Iterable[Sign]) -> str:
    """A part of a formula, in brackets if its sign binds no closer than what is around it."""
    words = formula_words(part)
    return f"({words})" if isinstance(part, Operation) and part.sign in weaker else words
