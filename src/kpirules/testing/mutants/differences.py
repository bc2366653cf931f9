"""Where two rules decide differently, found exactly: the number that shows it, or that there is none."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain, pairwise, product
from math import ceil, floor

from attrs import evolve

from kpirules.core import Absent, All, Condition, Input, Not, Rated, Rule, decide
from kpirules.core.along import cut_up, cuts
from kpirules.core.feasible import Numbers
from kpirules.core.rule import VALUE, Outcome
from kpirules.core.satisfy import TooLargeError, satisfy
from kpirules.exact import decimal_text, roundest
from kpirules.reasons import Reason


def difference(first: Rule, second: Rule) -> Numbers | None:
    """Numbers of the inputs (those without one are missing) for which two rules decide differently, the roundest.

    None where there are none: then the rules are one, whatever their lines. Raises `TooLargeError` where that is not
    decided: for too many combinations, and for several inputs of which only numbers between the steps were found.
    """
    if _lines(first) == _lines(second) and first.inputs == second.inputs and first.bands == second.bands:
        return None
    inputs = _inputs(first, second)
    if [input.name for input in inputs] == [VALUE]:
        return _along_the_value(first, second)
    questions = list(_questions(first, second))
    all_there = [evolve(input, optional=False) for input in inputs]
    between_steps = False
    for question, asked in chain(product(questions, [all_there]), product(questions, [inputs])):
        numbers = satisfy(question, asked)
        if numbers is None:
            continue
        if _on_steps(numbers, inputs) and _said(first, numbers) != _said(second, numbers):
            return numbers
        between_steps = True
    if between_steps:
        raise TooLargeError
    return None


def _on_steps(numbers: Numbers, inputs: Sequence[Input]) -> bool:
    steps = {input.name: input.domain.step for input in inputs}
    return all((step := steps[name]) is None or (number / step).denominator == 1 for name, number in numbers.items())


def _lines(rule: Rule) -> list[tuple[Condition, Outcome]]:
    return [(line.when, line.outcome) for line in rule.lines]


def _inputs(first: Rule, second: Rule) -> Sequence[Input]:
    by_name = {input.name: input for rule in (second, first) for input in rule.inputs}
    return [by_name[name] for name in sorted(by_name)]


def _said(rule: Rule, numbers: Mapping[str, Fraction]) -> str:
    """The band, or the reason why there is none."""
    known = {input.name: numbers.get(input.name, Absent(Reason.NO_VALUE)) for input in rule.inputs}
    match decide(rule, known).outcome:
        case Rated(band=band):
            return rule.bands[band]
        case unrated:
            return f"not rated: {unrated.reason}"


# --- the plain case: both rules read the value alone ---


def _along_the_value(first: Rule, second: Rule) -> Numbers | None:
    points: list[Numbers] = [{VALUE: number} for number in _numbers_to_try(first, second)]
    differing = [point for point in [*points, {}] if _said(first, point) != _said(second, point)]
    return min(differing, key=lambda point: roundness(point.get(VALUE)), default=None)


def _numbers_to_try(first: Rule, second: Rule) -> Iterator[Fraction]:
    """A number of every stretch over which neither rule changes, on a step where the values come in steps."""
    input = first.input(VALUE)
    marks = {mark for rule in (first, second) for mark in _marks(rule)}
    unrounded = input.rounding is None and second.input(VALUE).rounding is None
    for _, _, number in cut_up(input.domain, sorted(marks)) if unrounded else _between(sorted(marks)):
        if not unrounded or input.domain.step is None or (number / input.domain.step).denominator == 1:
            yield number


def _marks(rule: Rule) -> Iterator[Fraction]:
    """Where the rule may change: at its cuts; with rounding at the door, where numbers are rounded over a cut."""
    rounding = rule.input(VALUE).rounding
    for cut in cuts(rule, {}, VALUE):
        if rounding is None:
            yield cut
            continue
        step = Fraction(1, 10**rounding.places)
        for place in {floor(cut / step), ceil(cut / step)}:
            yield (place - Fraction(1, 2)) * step
            yield (place + Fraction(1, 2)) * step


def _between(marks: Sequence[Fraction]) -> Iterator[tuple[Fraction | None, Fraction | None, Fraction]]:
    """Every mark and a number of every stretch between and beyond them, whatever the steps of the domain."""
    yield from ((mark, mark, mark) for mark in marks)
    stretches = [(None, marks[0]), *pairwise(marks), (marks[-1], None)] if marks else [(None, None)]
    for low, high in stretches:
        number = roundest(low, high, low_in=False, high_in=False)
        if number is not None:
            yield low, high, number


def roundness(number: Fraction | None) -> tuple[int, int, Fraction, bool]:
    """What makes a number easy to read, least first: few decimals, few figures, nearness to zero."""
    if number is None:
        return (0, 99, Fraction(0), False)
    text = decimal_text(abs(number))
    whole, _, part = text.partition(".")
    figures = len((whole + part).strip("0")) if not text.startswith("≈") else 99
    return (len(part), figures, abs(number), number < 0)


# --- the general case: each pair of lines is one question ---


def _questions(first: Rule, second: Rule) -> Iterator[Condition]:
    """What must hold for two lines with different outcomes to decide."""
    for place, line in enumerate(first.lines):
        for other_place, other in enumerate(second.lines):
            if _named(first, line.outcome) != _named(second, other.outcome):
                yield All((*_decides(first, place), *_decides(second, other_place)))


def _named(rule: Rule, outcome: Outcome) -> object:
    return rule.bands[outcome.band] if isinstance(outcome, Rated) else outcome


def _decides(rule: Rule, place: int) -> tuple[Condition, ...]:
    return rule.lines[place].when, *(Not(line.when) for line in rule.lines[:place])
