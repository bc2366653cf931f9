"""Conditions on the components of a row: how many of them stand so to a band.

A component's band is an input of the row's rule, whose labels are the bands that the component can have, worst first.
Every condition is of the form *at least so many pass*; a component without a rating passes nothing but `not rated`.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import combinations
from math import comb
from typing import Final, assert_never

from attrs import evolve, frozen

from kpirules.core import Condition, Domain, Form, Input, Missing, Stretch
from kpirules.core.conditions import NEVER, all_of, any_of, negated
from kpirules.vocabulary.pieces import Pieces

# In so many ways some of the components may be the ones that pass.
MOST_WAYS = 500


class Standing(StrEnum):
    """How a component's band stands to another; `UNRATED` is that it has none."""

    IS = ""
    IS_NOT = "not"
    AT_OR_BETTER = "at or better than"
    BETTER = "better than"
    AT_OR_WORSE = "at or worse than"
    WORSE = "worse than"
    UNRATED = "not rated"


# What is plainly said of the components that do not stand so; `not all components green` is plain as it is.
_OPPOSITE: Final = {
    Standing.IS_NOT: Standing.IS,
    Standing.AT_OR_BETTER: Standing.WORSE,
    Standing.BETTER: Standing.AT_OR_WORSE,
    Standing.AT_OR_WORSE: Standing.BETTER,
    Standing.WORSE: Standing.AT_OR_BETTER,
}


class HowMany(StrEnum):
    """How many components must pass."""

    ANY = "any component"
    ALL = "all components"
    AT_LEAST = "at least"
    AT_MOST = "at most"


@frozen
class PartBands:
    """A component by name and the bands it can have, best first; without an order of merit if not `ranked`."""

    name: str
    bands: tuple[str, ...]
    ranked: bool = True

    @property
    def input(self) -> Input:
        """The rule's input for its band."""
        return Input(input_name(self.name), Domain.of_labels(tuple(reversed(self.bands))))

    @property
    def stretch(self) -> Stretch:
        """The better the component, the better the row."""
        return Stretch(upwards=True, input=self.input.name)


def input_name(component: str) -> str:
    """What the band of a component is called among a rule's inputs, where no figure can be called the same."""
    return f"component {component}"


@frozen
class OfParts:
    """So many of the components stand so to a band; `number` counts where `how_many` is a bound, else it is 1."""

    how_many: HowMany
    number: int
    standing: Standing
    band: str | None
    parts: tuple[PartBands, ...]

    @property
    def words(self) -> str:
        """As it is written: `at least 2 components at or worse than red`."""
        bound = self.how_many in (HowMany.AT_LEAST, HowMany.AT_MOST)
        who = f"{self.how_many} {self.number} component{'s' if self.number != 1 else ''}" if bound else self.how_many
        return " ".join(word for word in (who, self.standing.value, self.band) if word)

    @property
    def in_the_way(self) -> "OfParts | None":
        """For `all components not red`: `any component red`, which says in plain words why it does not hold."""
        standing = _OPPOSITE.get(self.standing)
        return evolve(self, how_many=HowMany.ANY, standing=standing) if standing is not None else None

    @property
    def least(self) -> int:
        """At least so many pass; for `at most`, the least that are too many."""
        match self.how_many:
            case HowMany.ANY:
                return 1
            case HowMany.ALL:
                return len(self.parts)
            case HowMany.AT_LEAST:
                return self.number
            case HowMany.AT_MOST:
                return self.number + 1
            case _:
                assert_never(self.how_many)

    @property
    def ways(self) -> int:
        """In how many ways some of the components may be the ones that pass."""
        return comb(len(self.parts), self.least)


def lower_parts(condition: OfParts) -> Condition:
    """What the condition asks of the components' bands."""
    enough = _at_least(condition.least, [_passes(part, condition) for part in condition.parts])
    return negated(enough) if condition.how_many is HowMany.AT_MOST else enough


def _at_least(number: int, passes: Sequence[Condition]) -> Condition:
    return any_of(*(all_of(*some) for some in combinations(passes, number)))


def passing(condition: OfParts) -> Iterator[tuple[str, Condition]]:
    """The name of each component, and when it passes."""
    for part in condition.parts:
        yield part.name, _passes(part, condition)


def _passes(part: PartBands, condition: OfParts) -> Condition:
    name = part.input.name
    if condition.standing is Standing.UNRATED:
        return Missing(name)
    if condition.band not in part.bands:
        return _rated(name) if condition.standing is Standing.IS_NOT else NEVER
    own, other = Pieces.of(Form.of(name)), Pieces.number(part.input.domain.labels.index(condition.band))
    match condition.standing:
        case Standing.IS:
            return own.equals(other)
        case Standing.IS_NOT:
            return any_of(own.above(other), other.above(own))
        case Standing.AT_OR_BETTER:
            return own.at_least(other)
        case Standing.BETTER:
            return own.above(other)
        case Standing.AT_OR_WORSE:
            return other.at_least(own)
        case Standing.WORSE:
            return other.above(own)
        case _:
            assert_never(condition.standing)


def _rated(name: str) -> Condition:
    return negated(Missing(name))
