"""What a rule is: its inputs, its lines, and in which direction of the value it gets better."""

from fractions import Fraction
from functools import cached_property
from typing import TypeAlias

from attrs import field, frozen

from kpirules.core.conditions import ALWAYS, All, Condition, Not, Test, tests
from kpirules.exact import rounded

VALUE = "value"


@frozen
class Domain:
    """The numbers that an input can be: from `low` to `high`, both included, None where there is no end.

    `step` says in which steps the numbers come; a rule is proved for the numbers in between as well, except on a
    domain with `labels`, where the numbers 0, 1, 2, … are the only ones and stand for the labels, worst first.
    """

    low: Fraction | None = None
    high: Fraction | None = None
    step: Fraction | None = None
    labels: tuple[str, ...] = ()

    @staticmethod
    def of_labels(labels: tuple[str, ...]) -> "Domain":
        """The domain of these labels, worst first."""
        return Domain(Fraction(0), Fraction(len(labels) - 1), Fraction(1), labels)


@frozen
class Rounding:
    """To how many decimal places an input is rounded at the door, before anything compares it."""

    places: int
    half_even: bool = False

    def __call__(self, number: Fraction) -> Fraction:
        """The rounded number."""
        return rounded(number, self.places, half_even=self.half_even)


@frozen
class Input:
    """A number that a rule reads. One that is not `optional` is never missing."""

    name: str
    domain: Domain = Domain()
    optional: bool = True
    rounding: Rounding | None = None


@frozen
class Rated:
    """The outcome is a band, by its place among the rule's bands (0 is the best)."""

    band: int


@frozen
class Unrated:
    """The outcome is no band, for a reason (a hyphenated code such as `target-pending`)."""

    reason: str


@frozen
class UnratedAs:
    """The outcome is no band, for the reason for which this input is missing."""

    input: str


Outcome: TypeAlias = Rated | Unrated | UnratedAs


@frozen
class Line:
    """One line of a decision list.

    `origin` is the number of the line it comes from in what people wrote, if it comes from any. A line that is not
    `needed`, such as a guard against missing inputs, may well have nothing to decide.
    """

    when: Condition
    outcome: Outcome
    origin: int | None = None
    needed: bool = field(default=True, kw_only=True)


@frozen
class Stretch:
    """Where the value, or another `input`, gets better in one direction: upwards or downwards, if the condition holds.

    A target range has two: upwards as far as its upper end and downwards as far as its lower end, so that
    within the range no point is better than another.
    """

    upwards: bool
    where: Condition = ALWAYS
    input: str = VALUE


@frozen(slots=False)
class Rule:
    """A decision list over inputs to a band or a reason; the first line that holds decides.

    `bands` are best first and have an order of merit only if `ranked`. In an `exclusive` rule at most one line may
    hold. An input without `stretches` has no better direction.
    """

    inputs: tuple[Input, ...]
    lines: tuple[Line, ...]
    bands: tuple[str, ...]
    ranked: bool = True
    exclusive: bool = False
    stretches: tuple[Stretch, ...] = ()

    def input(self, name: str) -> Input:
        """The input of that name. Raises `KeyError`."""
        return self._by_name[name]

    def decides(self, place: int) -> Condition:
        """When the line of that place is the one that decides."""
        return All((self.lines[place].when, *(Not(line.when) for line in self.lines[:place])))

    @cached_property
    def _by_name(self) -> dict[str, Input]:
        return {input.name: input for input in self.inputs}

    @cached_property
    def tests(self) -> tuple[Test, ...]:
        """Each different test of the lines once, in the order of writing."""
        return tuple(dict.fromkeys(test for line in self.lines for test in tests(line.when)))
