"""Rules whose inputs are all labels, such as the bands of components: every case there is, in one diagram.

A decision diagram with an order of inputs, in which equal parts are one (R. Bryant 1986): a node asks in which state
one input is, missing or one of its labels, and leads to the next. It stays small where a listing of the cases would
not, as for the worst of forty components.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from fractions import Fraction
from itertools import chain
from operator import and_, or_
from typing import assert_never

from kpirules.core.conditions import All, AnyOf, AtLeast, Condition, Missing, Not, Test, inputs_of, tests
from kpirules.core.decide import test_holds
from kpirules.core.rule import Input, Rule
from kpirules.core.satisfy import TooLargeError
from kpirules.core.witness import Witness

Cases = int
"""A set of cases, as the number of its node."""

NO_CASE: Cases = 0
EVERY_CASE: Cases = 1

# What rules about components take is a few hundred.
MOST_NODES = 50_000


def is_labelled(rule: Rule, *conditions: Condition) -> bool:
    """Whether the inputs are all labels, and each test of the rule and of the conditions asks for one of them."""
    asked = chain(rule.tests, *map(tests, conditions))
    return all(input.domain.labels for input in rule.inputs) and all(len(inputs_of(test)) == 1 for test in asked)


class Diagram:
    """The cases of some inputs with labels, and sets of them. What takes too long raises `TooLargeError`."""

    def __init__(self, inputs: Sequence[Input]) -> None:
        # The last input is asked first, so that the plainest witness needs only the first ones to be there.
        self._inputs = tuple(reversed(inputs))
        self._levels = {input.name: level for level, input in enumerate(self._inputs)}
        self._states = [_states(input) for input in self._inputs]
        self._nodes: list[tuple[int, tuple[Cases, ...]]] = [(len(inputs), ()), (len(inputs), ())]
        self._known: dict[tuple[int, tuple[Cases, ...]], Cases] = {}
        self._done: dict[tuple[object, Cases, Cases], Cases] = {}

    def where(self, condition: Condition) -> Cases:
        """The cases in which the condition holds; each of its tests reads one input."""
        match condition:
            case AtLeast() | Missing():
                return self._passing(condition)
            case Not():
                return self.opposite(self.where(condition.of))
            case All():
                return self.all_of(self.where(part) for part in condition.parts)
            case AnyOf():
                return self.any_of(self.where(part) for part in condition.parts)
            case _:
                assert_never(condition)

    def decided(self, rule: Rule) -> list[Cases]:
        """By line of the rule the cases that it decides, and at the end those that none does."""
        left, found = EVERY_CASE, []
        for line in rule.lines:
            holding = self.where(line.when)
            found.append(self.all_of((left, holding)))
            left = self.all_of((left, self.opposite(holding)))
        return [*found, left]

    def all_of(self, sets: Iterator[Cases] | Sequence[Cases]) -> Cases:
        """The cases in every one of the sets."""
        found = EVERY_CASE
        for each in sets:
            found = self._both(and_, found, each)
        return found

    def any_of(self, sets: Iterator[Cases] | Sequence[Cases]) -> Cases:
        """The cases in any of the sets."""
        found = NO_CASE
        for each in sets:
            found = self._both(or_, found, each)
        return found

    def opposite(self, cases: Cases) -> Cases:
        """All other cases."""
        if cases in (NO_CASE, EVERY_CASE):
            return 1 - cases
        key = ("not", cases, cases)
        if key not in self._done:
            level, then = self._nodes[cases]
            self._done[key] = self._node(level, [self.opposite(each) for each in then])
        return self._done[key]

    def whatever(self, cases: Cases, names: Collection[str]) -> Cases:
        """The cases that are in the set if these inputs are in a suitable state."""
        free = {self._levels[name] for name in names}
        done: dict[Cases, Cases] = {NO_CASE: NO_CASE, EVERY_CASE: EVERY_CASE}

        def freed(node: Cases) -> Cases:
            if node not in done:
                level, then = self._nodes[node]
                each = [freed(below) for below in then]
                done[node] = self.any_of(each) if level in free else self._node(level, each)
            return done[node]

        return freed(cases)

    def at(self, cases: Cases, name: str, state: Fraction) -> Cases:
        """The cases of the set in which an input has that label, whatever it has in them."""
        level = self._levels[name]
        only = self._node(level, [int(each == state) for each in self._states[level]])
        return self.whatever(self.all_of((cases, only)), [name])

    def only(self, numbers: Witness, names: Collection[str]) -> Cases:
        """The cases in which these inputs are as they are in a witness."""
        levels = [self._levels[name] for name in names]
        states = [numbers.get(self._inputs[level].name) for level in levels]
        return self.all_of(
            [
                self._node(level, [int(each == state) for each in self._states[level]])
                for level, state in zip(levels, states, strict=True)
            ]
        )

    def first(self, cases: Cases) -> Witness | None:
        """The numbers of one case of the set, with as many inputs missing as may be; None of an empty one."""
        if cases == NO_CASE:
            return None
        found: dict[str, Fraction] = {}
        for level, input in enumerate(self._inputs):
            place = 0
            if self._nodes[cases][0] == level:
                then = self._nodes[cases][1]
                place = next(place for place, each in enumerate(then) if each != NO_CASE)
                cases = then[place]
            state = self._states[level][place]
            if state is not None:
                found[input.name] = state
        return {input.name: found[input.name] for input in reversed(self._inputs) if input.name in found}

    # --- nodes ---

    def _node(self, level: int, then: Sequence[Cases]) -> Cases:
        if all(each == then[0] for each in then):
            return then[0]
        key = (level, tuple(then))
        if key not in self._known:
            if len(self._nodes) > MOST_NODES:
                raise TooLargeError
            self._known[key] = len(self._nodes)
            self._nodes.append(key)
        return self._known[key]

    def _passing(self, test: Test) -> Cases:
        [name] = inputs_of(test)
        level = self._levels[name]
        numbers = ({} if state is None else {name: state} for state in self._states[level])
        return self._node(level, [int(test_holds(test, each)) for each in numbers])

    def _both(self, how: Callable[[int, int], int], one: Cases, other: Cases) -> Cases:
        if one == other:
            return one
        if one > other:
            one, other = other, one
        if one in (NO_CASE, EVERY_CASE):
            # The outcome for all cases or none: both are neutral to one of the two, and decide the other.
            return other if how(one, 1) != how(one, 0) else one
        key = (how, one, other)
        if key not in self._done:
            level = min(self._nodes[one][0], self._nodes[other][0])
            pairs = zip(self._then(one, level), self._then(other, level), strict=True)
            self._done[key] = self._node(level, [self._both(how, first, second) for first, second in pairs])
        return self._done[key]

    def _then(self, node: Cases, level: int) -> tuple[Cases, ...]:
        own, then = self._nodes[node]
        return then if own == level else (node,) * len(self._states[level])


def _states(input: Input) -> list[Fraction | None]:
    """In which states an input can be: missing (None), where it may be, and each of its labels."""
    labels = [Fraction(rank) for rank in range(len(input.domain.labels))]
    return [None, *labels] if input.optional else [*labels]
