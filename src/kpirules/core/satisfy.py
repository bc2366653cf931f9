"""Whether a condition can hold at all: the one question that every proof asks.

A tableau: conjunctions are taken apart at once, alternatives one at a time, and a branch is given up as soon as its
comparisons contradict each other. So only combinations that can occur are ever looked at.
"""

from collections.abc import Mapping, Sequence
from typing import assert_never

from attrs import evolve, field, frozen

from kpirules.core.conditions import All, AnyOf, AtLeast, Condition, Missing, Not
from kpirules.core.feasible import Numbers, find_numbers
from kpirules.core.rule import Domain, Input

# A condition that must hold (True) or must not (False).
Goal = tuple[Condition, bool]


@frozen
class _Branch:
    tests: tuple[AtLeast, ...] = ()
    present: frozenset[str] = field(factory=frozenset)
    missing: frozenset[str] = field(factory=frozenset)

    def with_present(self, names: Sequence[str]) -> "_Branch | None":
        return None if self.missing.intersection(names) else evolve(self, present=self.present.union(names))

    def with_missing(self, input: Input) -> "_Branch | None":
        if not input.optional or input.name in self.present:
            return None
        return evolve(self, missing=self.missing | {input.name})

    def with_test(self, test: AtLeast) -> "_Branch | None":
        branch = self.with_present(test.form.inputs)
        return branch and evolve(branch, tests=(*branch.tests, test))


def satisfy(condition: Condition, inputs: Sequence[Input]) -> Numbers | None:
    """Numbers for the inputs that are there (the others missing) under which the condition holds, or None."""
    by_name = {input.name: input for input in inputs}
    found = _search([(condition, True)], _Branch(), by_name)
    if found is None:
        return None
    branch, numbers = found
    return {name: number for name, number in numbers.items() if name not in branch.missing}


def _search(goals: list[Goal], branch: _Branch, inputs: Mapping[str, Input]) -> tuple[_Branch, Numbers] | None:
    alternatives: list[list[Goal]] = []
    grown: _Branch | None = branch
    while goals:
        condition, wanted = goals.pop()
        match condition:
            case Not():
                goals.append((condition.of, not wanted))
            case All() if wanted:
                goals.extend((part, True) for part in condition.parts)
            case AnyOf() if not wanted:
                goals.extend((part, False) for part in condition.parts)
            case All() | AnyOf():
                alternatives.append([(part, wanted) for part in condition.parts])
            case Missing() if wanted:
                grown = branch.with_missing(inputs[condition.input])
            case Missing():
                grown = branch.with_present([condition.input])
            case AtLeast() if wanted:
                grown = branch.with_test(condition)
            case AtLeast():
                # What is not so is missing, or the other way round.
                open_names = [
                    name for name in condition.form.inputs if inputs[name].optional and name not in branch.present
                ]
                if not branch.missing.intersection(open_names):
                    ways: list[Goal] = [(Missing(name), True) for name in open_names]
                    opposite = AtLeast(-condition.form, strict=not condition.strict)
                    if ways:
                        alternatives.append([(opposite, True), *ways])
                    else:
                        grown = branch.with_test(opposite)
            case _:
                assert_never(condition)
        if grown is None:
            return None
        branch = grown
    numbers = find_numbers(branch.tests, _domains(branch, inputs))
    if numbers is None:
        return None
    if not alternatives:
        return branch, numbers
    chosen = min(alternatives, key=len)
    others: list[Goal] = [_one_of(ways) for ways in alternatives if ways is not chosen]
    for goal in chosen:
        found = _search([*others, goal], branch, inputs)
        if found is not None:
            return found
    return None


def _one_of(goals: list[Goal]) -> Goal:
    return AnyOf(tuple(condition if wanted else Not(condition) for condition, wanted in goals)), True


def _domains(branch: _Branch, inputs: Mapping[str, Input]) -> dict[str, Domain]:
    return {name: input.domain for name, input in inputs.items() if name not in branch.missing}
