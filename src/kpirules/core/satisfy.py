"""Whether a condition can hold at all: the one question that every proof asks.

A tableau: conjunctions are taken apart at once, alternatives one at a time, and a branch is given up as soon as its
comparisons contradict each other. So only combinations that can occur are ever looked at.
"""

from collections.abc import Mapping, Sequence
from typing import assert_never

from attrs import evolve, frozen

from kpirules.core.conditions import All, AnyOf, AtLeast, Condition, Missing, Not, Test, opposite
from kpirules.core.feasible import Numbers, feasible, find_numbers
from kpirules.core.rule import Domain, Input

# What a question may cost. Rules that people write take some tens of branches; some hundreds take seconds.
MOST_BRANCHES = 300

# A condition that must hold (True) or must not (False).
Goal = tuple[Condition, bool]


@frozen
class _Branch:
    """What one way through the alternatives has laid down so far."""

    tests: tuple[AtLeast, ...] = ()
    present: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()

    def with_present(self, names: Sequence[str]) -> "_Branch | None":
        return None if self.missing.intersection(names) else evolve(self, present=self.present.union(names))

    def with_missing(self, input: Input) -> "_Branch | None":
        if not input.optional or input.name in self.present:
            return None
        return evolve(self, missing=self.missing | {input.name})

    def with_test(self, test: AtLeast) -> "_Branch | None":
        if test in self.tests:
            return self
        branch = self.with_present(test.form.inputs)
        return branch and evolve(branch, tests=(*branch.tests, test))

    def knows(self, test: Test) -> bool | None:
        """Whether the test holds, if what is laid down settles it by itself."""
        match test:
            case Missing():
                return True if test.input in self.missing else False if test.input in self.present else None
            case AtLeast():
                if test in self.tests:
                    return True
                if opposite(test) in self.tests or self.missing.intersection(test.form.inputs):
                    return False
                return None
            case _:
                assert_never(test)

    def settled(self, condition: Condition) -> bool | None:
        """Whether the condition holds, if what is laid down settles it by itself."""
        match condition:
            case Not():
                inner = self.settled(condition.of)
                return None if inner is None else not inner
            case All():
                return _every([self.settled(part) for part in condition.parts])
            case AnyOf():
                none = _every(
                    [None if (known := self.settled(part)) is None else not known for part in condition.parts]
                )
                return None if none is None else not none
            case AtLeast() | Missing():
                return self.knows(condition)
            case _:
                assert_never(condition)


def _every(known: Sequence[bool | None]) -> bool | None:
    if False in known:
        return False
    return None if None in known else True


class TooLargeError(Exception):
    """The question has more combinations than are looked at: it stays open."""


class _Budget:
    """How many branches one question may open."""

    def __init__(self, branches: int) -> None:
        self.left = branches

    def spend(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise TooLargeError


def satisfy(condition: Condition, inputs: Sequence[Input], branches: int = MOST_BRANCHES) -> Numbers | None:
    """Numbers for the inputs that are there (the others missing) under which the condition holds, or None.

    Raises `TooLargeError` if the answer would take more than so many branches.
    """
    by_name = {input.name: input for input in inputs}
    found = _search([(condition, True)], _Branch(), by_name, _Budget(branches))
    if found is None:
        return None
    branch, numbers = found
    return {name: number for name, number in numbers.items() if name not in branch.missing}


def _search(
    goals: list[Goal], branch: _Branch, inputs: Mapping[str, Input], budget: _Budget
) -> tuple[_Branch, Numbers] | None:
    """Lay down what must be, then try the ways of one choice after the other."""
    budget.spend()
    laid_down = _lay_down(goals, branch, inputs)
    if laid_down is None:
        return None
    branch, choices = laid_down
    domains = _domains(branch, inputs)
    if not choices:
        numbers = find_numbers(branch.tests, domains)
        return None if numbers is None else (branch, numbers)
    if not feasible(branch.tests, domains):
        return None
    chosen = min(choices, key=len)
    others = [_one_of(ways) for ways in choices if ways is not chosen]
    ruled_out: list[Goal] = []
    for condition, wanted in chosen:
        found = _search([*others, *ruled_out, (condition, wanted)], branch, inputs, budget)
        if found is not None:
            return found
        # That way leads nowhere, so the others need not try it again.
        ruled_out.append((condition, not wanted))
    return None


def _lay_down(
    goals: list[Goal], branch: _Branch, inputs: Mapping[str, Input]
) -> tuple[_Branch, list[list[Goal]]] | None:
    """All that the goals leave no choice about, and the choices that stay open; None where they contradict."""
    choices: list[list[Goal]] = []
    while True:
        while goals:
            condition, wanted = goals.pop()
            grown: _Branch | None = branch
            match condition:
                case Not():
                    goals.append((condition.of, not wanted))
                case All() if wanted:
                    goals.extend((part, True) for part in condition.parts)
                case AnyOf() if not wanted:
                    goals.extend((part, False) for part in condition.parts)
                case All() | AnyOf():
                    choices.append([(part, wanted) for part in condition.parts])
                case Missing() if wanted:
                    grown = branch.with_missing(inputs[condition.input])
                case Missing():
                    grown = branch.with_present([condition.input])
                case AtLeast() if wanted:
                    grown = branch.with_test(condition)
                case AtLeast():
                    choices.append(_ways_not_to_hold(condition, branch, inputs))
                case _:
                    assert_never(condition)
            if grown is None:
                return None
            branch = grown
        choices = [ways for each in choices if (ways := _still_open(each, branch)) is not None]
        if [] in choices:
            return None
        goals = [ways[0] for ways in choices if len(ways) == 1]
        choices = [ways for ways in choices if len(ways) > 1]
        if not goals:
            return branch, choices


def _still_open(ways: list[Goal], branch: _Branch) -> list[Goal] | None:
    """The ways that what is laid down has not closed; None if it has taken one of them already."""
    known = [branch.settled(condition) for condition, _ in ways]
    if any(holds is wanted for holds, (_, wanted) in zip(known, ways, strict=True)):
        return None
    return [way for holds, way in zip(known, ways, strict=True) if holds is None]


def _ways_not_to_hold(test: AtLeast, branch: _Branch, inputs: Mapping[str, Input]) -> list[Goal]:
    """What can make a comparison fail: the opposite, or an input that is missing."""
    names = test.form.inputs
    missing: list[Goal] = [
        (Missing(name), True) for name in names if inputs[name].optional and name not in branch.present
    ]
    return [(opposite(test), True), *missing]


def _one_of(goals: list[Goal]) -> Goal:
    return AnyOf(tuple(condition if wanted else Not(condition) for condition, wanted in goals)), True


def _domains(branch: _Branch, inputs: Mapping[str, Input]) -> dict[str, Domain]:
    return {name: input.domain for name, input in inputs.items() if name not in branch.missing}
