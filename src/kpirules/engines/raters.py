"""Raters for hot loops: from tables of rules to one function that looks its answer up.

The functions are methods of small frozen values, so that nothing is compiled at run time and a thousand of them lie
close together in memory. Each looks first at plain floats, with thresholds that are exact. A difference of two floats
is not, so only what surely lies on one side of an edge is settled at once. What a first look cannot settle goes to
exact numbers. What is no plain number, or may not come in, goes to the plain way, which reads it or refuses it.
"""

from collections.abc import Sequence
from functools import partial

from attrs import evolve

from kpirules.engines.asked import Asked, Question, Rater, exactly
from kpirules.engines.doors import OPEN, Door
from kpirules.engines.of_two import of_two
from kpirules.engines.of_value import of_value
from kpirules.engines.trees import Tree, unfolded


def rater(question: Question) -> Rater:
    """A function of the arguments that looks its answer up; what is missing is None or NaN, or left out at the end."""
    if question.arguments == 2 and all(asked.never_handed for asked in _rules(question)):
        alone = _alone(question)
        return lambda value, previous=None: alone(value)  # noqa: ARG005  # nothing reads what stands behind the value
    slowly = exactly(question)
    doors = _doors(question)
    tree = None if doors is None else _tree(question)
    if doors is None or tree is None:
        return slowly
    if question.arguments == 1:
        return of_value(tree, doors[0], slowly)
    return of_two(tree, (doors[0], doors[1]), partial(_alone, question), slowly)


def _rules(question: Question) -> Sequence[Asked]:
    return (question.rating,) if question.travel is None else (question.rating, question.travel)


def _alone(question: Question) -> Rater:
    """The rater of a value with nothing to compare it with."""
    rating, *travel = (
        evolve(asked, handed=tuple(evolve(how, argument=None) if how.argument else how for how in asked.handed))
        for asked in _rules(question)
    )
    return rater(evolve(question, rating=rating, travel=next(iter(travel), None), arguments=1))


def _doors(question: Question) -> tuple[Door, ...] | None:
    """The door of each argument; None where there are more than two, or numbers must be read, or doors differ."""
    if not question.reads_numbers or question.arguments > 2:
        return None
    doors: list[Door] = []
    for argument in range(question.arguments):
        found = {how.door: None for asked in _rules(question) for how in asked.handed if how.argument == argument}
        if len(found) > 1:
            return None
        doors += found or [OPEN]
    return tuple(doors)


def _tree(question: Question) -> Tree | None:
    rating, travel = question.rating, question.travel

    def answer(lines: Sequence[int]) -> object:
        return question.answers(rating.outcome(lines[0]), None if travel is None else travel.outcome(lines[1]))

    return unfolded(_rules(question), answer)
