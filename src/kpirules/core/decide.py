"""The plain reference engine: one rule, one set of inputs, one decision.

Every other engine must give the answers of this one.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import TypeAlias, assert_never

from attrs import frozen

from kpirules.core.conditions import AtLeast, Missing, Test, holds
from kpirules.core.rule import Outcome, Rated, Rule, Unrated, UnratedAs


@frozen
class Absent:
    """An input is missing, for a reason."""

    reason: str


Given: TypeAlias = Mapping[str, Fraction | Absent]


@frozen
class Decision:
    """Which line decided (by its place in the rule; None if it was no line) and what came of it."""

    line: int | None
    outcome: Rated | Unrated


def decide(rule: Rule, given: Given) -> Decision:
    """What the rule makes of the inputs. `given` has a number or an `Absent` for each input of the rule.

    Raises `KeyError` if an input is not given and `LookupError` if no line holds, which a proved rule rules out.
    """
    numbers, absent = at_the_door(rule, given)
    line = deciding_line(rule, numbers)
    if line is None:
        raise LookupError("no line of the rule holds")
    return Decision(line, _settled(rule.lines[line].outcome, absent))


def at_the_door(rule: Rule, given: Given) -> tuple[dict[str, Fraction], dict[str, Absent]]:
    """The inputs that are there, rounded as the rule says, and those that are missing."""
    numbers: dict[str, Fraction] = {}
    absent: dict[str, Absent] = {}
    for input in rule.inputs:
        match given[input.name]:
            case Absent() as missing:
                absent[input.name] = missing
            case number:
                numbers[input.name] = input.rounding(number) if input.rounding else number
    return numbers, absent


def deciding_line(rule: Rule, numbers: Mapping[str, Fraction]) -> int | None:
    """The place of the first line that holds when these inputs are there and all others missing."""

    return next(
        (place for place, line in enumerate(rule.lines) if holds(line.when, lambda test: test_holds(test, numbers))),
        None,
    )


def test_holds(test: Test, numbers: Mapping[str, Fraction]) -> bool:
    """Whether a test holds when these inputs are there and all others missing."""
    match test:
        case Missing():
            return test.input not in numbers
        case AtLeast():
            amount = test.form.constant
            for name, factor in test.form.terms:
                if name not in numbers:
                    return False
                amount += factor * numbers[name]
            return amount > 0 or (amount == 0 and not test.strict)
        case _:
            assert_never(test)


def _settled(outcome: Outcome, absent: Mapping[str, Absent]) -> Rated | Unrated:
    match outcome:
        case UnratedAs():
            return Unrated(absent[outcome.input].reason)
        case Rated() | Unrated():
            return outcome
        case _:
            assert_never(outcome)
