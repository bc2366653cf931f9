"""Conditions as the language says them, and their opposites: `at or better than floor`, `worse than floor`."""

from collections.abc import Mapping
from typing import Final, assert_never

from attrs import evolve

from kpirules.units import Unit
from kpirules.vocabulary.components import OfParts
from kpirules.vocabulary.figures import figure_words
from kpirules.vocabulary.schemes import (
    AllOf,
    AnyOf,
    AtYearEnd,
    Compares,
    Condition,
    Inside,
    Negation,
    NoFigure,
    NotComparable,
    NoValue,
    Relation,
    Sized,
    TargetAbsent,
    TargetMet,
    Travelled,
    WithinTolerance,
)

_OPPOSITE: Final[Mapping[Relation, Relation]] = {
    Relation.AT_OR_BETTER: Relation.WORSE,
    Relation.WORSE: Relation.AT_OR_BETTER,
    Relation.BETTER: Relation.AT_OR_WORSE,
    Relation.AT_OR_WORSE: Relation.BETTER,
    Relation.AT_LEAST: Relation.BELOW,
    Relation.BELOW: Relation.AT_LEAST,
    Relation.ABOVE: Relation.AT_MOST,
    Relation.AT_MOST: Relation.ABOVE,
}


def opposite(condition: Condition) -> Condition:
    """The condition that holds where this one does not, if nothing that it reads is missing."""
    match condition:
        case Compares(relation=relation) | Sized(relation=relation) if relation in _OPPOSITE:
            return evolve(condition, relation=_OPPOSITE[relation])
        case Negation():
            return condition.condition
        case _:
            return Negation(condition)


def condition_words(condition: Condition, unit: Unit) -> str:
    """The condition as the language says it; empty for `otherwise`."""
    match condition:
        case TargetMet():
            return "target met"
        case WithinTolerance():
            return "within tolerance"
        case Compares() | Sized():
            stands = f"{condition.relation.value} {figure_words(condition.figure, unit)}"
            subject = condition.subject or ("value" if isinstance(condition, Sized) else None)
            return f"{subject} {stands}" if subject else stands
        case Inside():
            ends = f"inside {figure_words(condition.low, unit)} to {figure_words(condition.high, unit)}"
            return f"{condition.subject} {ends}" if condition.subject else ends
        case Travelled():
            return f"{condition.travel.name} {condition.direction.value}"
        case NotComparable():
            return f"{condition.travel.name} not comparable"
        case NoValue():
            return "no value"
        case NoFigure():
            return f"no {condition.name}"
        case TargetAbsent():
            return condition.reason.value.replace("-", " ") if condition.reason else "no target"
        case AtYearEnd():
            return "at year end"
        case OfParts():
            return condition.words
        case Negation():
            return f"not {_bracketed(condition.condition, unit)}"
        case AllOf():
            parts = condition.conditions
            return " and ".join(_bracketed(part, unit, AnyOf) for part in parts)
        case AnyOf():
            return " or ".join(condition_words(part, unit) for part in condition.conditions)
        case _:
            assert_never(condition)


def _bracketed(condition: Condition, unit: Unit, *looser: type[Condition]) -> str:
    words = condition_words(condition, unit)
    return f"({words})" if isinstance(condition, looser or (AllOf, AnyOf)) else words
