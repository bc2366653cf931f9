"""Terms with every number in them moved: multiplied by a factor, shifted, or turned upside down by a factor below zero.

What is said of a moved value under moved terms must be what was said before.
"""

from fractions import Fraction
from typing import TypeVar

import attrs
from attrs import evolve, frozen

from kpirules.model import Terms
from kpirules.vocabulary import figures as f
from kpirules.vocabulary import schemes as s
from kpirules.vocabulary import targets as t
from kpirules.vocabulary import tolerances as tol
from kpirules.vocabulary.polarity import Polarity
from kpirules.vocabulary.travels import FlatZone
from tests.properties.strategies import Asked

Part = TypeVar("Part")

OTHER_WAY = {Polarity.HIGHER: Polarity.LOWER, Polarity.LOWER: Polarity.HIGHER}


@frozen
class Move:
    """A number becomes `factor` times itself plus `shift`; an amount becomes `factor` times itself, without a sign."""

    factor: Fraction = Fraction(1)
    shift: Fraction = Fraction(0)

    def __call__(self, number: Fraction) -> Fraction:
        return number * self.factor + self.shift

    @property
    def mirrors(self) -> bool:
        return self.factor < 0

    def asked(self, case: Asked) -> Asked:
        given = {name: None if number is None else self(number) for name, number in case.given.items()}
        polarity = case.terms.polarity
        terms = self.part(case.terms)
        return evolve(
            case,
            terms=evolve(terms, polarity=OTHER_WAY.get(polarity, polarity) if self.mirrors else polarity),
            given=given,
        )

    def part(self, part: Part) -> Part:
        """The same with everything inside of it moved."""
        return self._moved(part)  # type: ignore[return-value]

    def _moved(self, part: object) -> object:
        match part:
            case Fraction():
                return part
            case f.Number():
                return f.Number(self(part.number))
            case f.Flat() | tol.Wide() | FlatZone():
                return evolve(part, number=part.number * abs(self.factor))
            case tol.FarEdge():
                return evolve(part, edge=self(part.edge))
            case t.Strict():
                return t.Strict(self.part(part.figure), part.above is not self.mirrors)
            case t.Range() if self.mirrors:
                return t.Range(self.part(part.high), self.part(part.low))
            case tol.PerSide() if self.mirrors:
                return tol.PerSide(self.part(part.above), self.part(part.below))
            case tuple():
                return tuple(self._moved(each) for each in part)
            case dict():
                return {name: self._moved(each) for name, each in part.items()}
            case s.Band():
                return part
            case _ if attrs.has(type(part)):
                names = [field.name for field in attrs.fields(type(part))]  # type: ignore[arg-type]
                return evolve(part, **{name: self._moved(getattr(part, name)) for name in names})  # type: ignore[misc]
            case _:
                return part


def has_shares(terms: Terms) -> bool:
    """Whether anything in the terms is a percentage, which a shift does not keep."""
    return "percent=" in repr(evolve(terms, scheme=evolve(terms.scheme, name="", title="")))
