"""Travel taken as given: earlier values under which a value has travelled so, one for each thing that can follow.

What is supposed and what is known are conditions on the inputs of the rules, and `witness` finds numbers for the rest:
for every line of every rule asked, those with which it decides. A thing that holds for all of these holds for every
earlier value that there can be.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction

from kpirules.assess.given import Known
from kpirules.core import Absent, Condition, Form, Input, Missing, Rated, Rule
from kpirules.core.conditions import all_of, any_of, equal
from kpirules.core.satisfy import TooLargeError
from kpirules.core.witness import witness
from kpirules.lower import DIRECTIONS
from kpirules.reasons import Direction


def travelled(rule: Rule, direction: Direction | None) -> Condition:
    """When the rule of a travel gives this direction, or none if None."""
    found = [
        rule.decides(place)
        for place, line in enumerate(rule.lines)
        if (DIRECTIONS[line.outcome.band] if isinstance(line.outcome, Rated) else None) is direction
    ]
    return any_of(*found)


def earlier_values(
    supposed: Sequence[Condition], asked: Sequence[Rule], known: Mapping[str, Known], free: Collection[str]
) -> tuple[Mapping[str, Fraction], ...]:
    """Numbers for the `free` inputs, those that stay missing left out; nothing if the suppositions cannot hold.

    All other inputs are as they are `known`.
    """
    inputs = tuple({input.name: input for rule in asked for input in rule.inputs}.values())
    given = all_of(*supposed, *_fixed(inputs, known, free))
    questions = (all_of(given, rule.decides(place)) for rule in asked for place in range(len(rule.lines)))
    found: list[Mapping[str, Fraction]] = []
    for question in (given, *questions):
        numbers = _numbers(question, inputs)
        if numbers is None:
            if question is given:
                return ()
            continue
        chosen = {name: number for name, number in numbers.items() if name in free}
        if chosen not in found:
            found.append(chosen)
    return tuple(found)


def _numbers(question: Condition, inputs: Sequence[Input]) -> Mapping[str, Fraction] | None:
    try:
        return witness(question, inputs)
    except TooLargeError:
        return None


def _fixed(inputs: Sequence[Input], known: Mapping[str, Known], free: Collection[str]) -> Iterator[Condition]:
    for input in inputs:
        if input.name in free:
            continue
        match known[input.name]:
            case Absent():
                yield Missing(input.name)
            case number:
                rounded = input.rounding(number) if input.rounding else number
                yield equal(Form.of(input.name), Form.number(rounded))
