"""Two cases of one rule that share what is held: what the inputs that are not shared are called in the second."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from attrs import evolve, frozen

from kpirules.core.conditions import AtLeast, Condition, Missing, Test, with_tests
from kpirules.core.rule import Input


@frozen
class Twin:
    """The second of two cases: the inputs that are `apart` have values of their own there, all others are shared."""

    apart: frozenset[str]

    def name(self, input: str) -> str:
        """What an input is called in the second case. No input of a rule is called so, for names have no commas."""
        return f"{input}, again" if input in self.apart else input

    def of(self, condition: Condition) -> Condition:
        """The condition, asked of the second case."""
        names = {name: self.name(name) for name in self.apart}

        def renamed(test: Test) -> Condition:
            match test:
                case AtLeast():
                    return AtLeast(test.form.renamed(names), test.strict)
                case Missing():
                    return Missing(self.name(test.input))

        return with_tests(condition, renamed)

    def both(self, inputs: Sequence[Input]) -> tuple[Input, ...]:
        """The inputs of the two cases together."""
        return (*inputs, *(evolve(each, name=self.name(each.name)) for each in inputs if each.name in self.apart))

    def parted(
        self, numbers: Mapping[str, Fraction], inputs: Sequence[Input]
    ) -> tuple[Mapping[str, Fraction], Mapping[str, Fraction]]:
        """The numbers of the two cases, the first one's first; an input without a number is missing."""
        names = [each.name for each in inputs]
        first = {name: numbers[name] for name in names if name in numbers}
        return first, {name: numbers[self.name(name)] for name in names if self.name(name) in numbers}
