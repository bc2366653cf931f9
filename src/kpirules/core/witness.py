"""Numbers that make a condition hold, on the steps in which they come: the plainest ones, or the proof of none."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from typing import TypeAlias

from kpirules.core.along import cut_up, turns
from kpirules.core.conditions import All, Condition, Not, above, holds, tests
from kpirules.core.decide import test_holds
from kpirules.core.forms import Form
from kpirules.core.rule import Domain, Input
from kpirules.core.satisfy import TooLargeError, satisfy

Witness: TypeAlias = Mapping[str, Fraction]

# How often a place between the steps is cut out before the question is given up.
MOST_STRIPS = 24


def witness(condition: Condition, inputs: Sequence[Input]) -> Witness | None:
    """Plain numbers for the inputs that are there under which the condition holds, or None if there are none.

    Unlike those of `satisfy` they keep to the steps of the domains: the open strip between two steps in which numbers
    were found is cut out, and the question asked again. Raises `TooLargeError` where the answer takes too long.
    """
    by_name = {input.name: input for input in inputs}
    for _ in range(MOST_STRIPS):
        numbers = satisfy(condition, inputs)
        if numbers is None:
            return None
        strips = [_strip(name, numbers[name], by_name[name].domain) for name in _off_steps(numbers, by_name)]
        if not strips:
            return _plainest(numbers, condition, inputs)
        condition = All((*(Not(strip) for strip in strips), condition))
    raise TooLargeError


def plainness(numbers: Witness) -> tuple[int, Fraction]:
    """The less of this, the plainer are the numbers: whole ones first, then small ones."""
    return sum(number.denominator for number in numbers.values()), sum(map(abs, numbers.values()), Fraction(0))


def on_step(number: Fraction, domain: Domain) -> bool:
    """Whether the number is one of those in which the domain comes."""
    return domain.step is None or (number / domain.step).denominator == 1


def _off_steps(numbers: Witness, inputs: Mapping[str, Input]) -> Iterator[str]:
    return (name for name, number in numbers.items() if not on_step(number, inputs[name].domain))


def _strip(name: str, number: Fraction, domain: Domain) -> Condition:
    """The numbers strictly between the steps on either side."""
    step = domain.step or Fraction(1)
    low = number // step * step
    form = Form.of(name)
    return All((above(form, Form.number(low)), above(Form.number(low + step), form)))


def _plainest(numbers: Witness, condition: Condition, inputs: Sequence[Input]) -> Witness:
    """One number after the other made as plain as the others allow."""
    every = tuple(dict.fromkeys(tests(condition)))
    for input in inputs:
        if input.name not in numbers:
            continue
        held = {name: number for name, number in numbers.items() if name != input.name}
        pieces = cut_up(input.domain, turns(every, held, input.name))
        others = ({**held, input.name: number} for _, _, number in pieces if on_step(number, input.domain))
        right = (each for each in others if holds(condition, partial(test_holds, numbers=each)))
        numbers = min((*right, numbers), key=plainness)
    return numbers
