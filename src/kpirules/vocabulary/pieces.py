"""Figures that depend on a sign: a few linear forms, each with the condition under which it is the one.

`5% of last year` reaches down by 5% where last year is positive and by -5% where it is negative. A figure without
such a doubt is a single piece that always holds.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction

from attrs import frozen

from kpirules.core import Condition, Form
from kpirules.core.conditions import ALWAYS, NEVER, above, all_of, any_of, at_least, holds
from kpirules.core.decide import test_holds


@frozen
class Piece:
    """A form, and when it is the one that counts."""

    when: Condition
    form: Form


@frozen
class Pieces:
    """Forms of which, when every input is there, exactly one counts."""

    pieces: tuple[Piece, ...]

    @staticmethod
    def of(form: Form) -> "Pieces":
        """One form, whatever the signs."""
        return Pieces((Piece(ALWAYS, form),))

    @staticmethod
    def number(number: Fraction | int) -> "Pieces":
        """A plain number."""
        return Pieces.of(Form.number(number))

    @staticmethod
    def cases(*cases: "tuple[Condition, Pieces]") -> "Pieces":
        """Under each condition what stands beside it; the conditions exclude each other."""
        found = (Piece(all_of(when, piece.when), piece.form) for when, some in cases for piece in some.pieces)
        return Pieces(tuple(piece for piece in found if piece.when != NEVER))

    @property
    def constant(self) -> Fraction | None:
        """The number, if it is a plain one."""
        form = self.sole
        return form.constant if form is not None and not form.terms else None

    @property
    def sole(self) -> Form | None:
        """The form, if there is one only and it counts whatever the signs."""
        first = self.pieces[0] if len(self.pieces) == 1 else None
        return first.form if first and (first.when is ALWAYS or first.when == ALWAYS) else None

    def at(self, numbers: Mapping[str, Fraction]) -> Fraction | None:
        """What the figure comes to when its inputs are these numbers; None if one is missing."""
        for piece in self.pieces:
            if all(name in numbers for name in piece.form.inputs) and holds(
                piece.when, lambda test: test_holds(test, numbers)
            ):
                return piece.form.at(numbers)
        return None

    def __add__(self, other: "Pieces") -> "Pieces":
        if other.constant == 0:
            return self
        one, two = self.sole, other.sole
        if one is not None and two is not None:
            return Pieces.of(one + two)
        both = (Piece(all_of(a.when, b.when), a.form + b.form) for a in self.pieces for b in other.pieces)
        return Pieces(tuple(piece for piece in both if piece.when != NEVER))

    def __mul__(self, factor: Fraction | int) -> "Pieces":
        if factor == 1:
            return self
        return Pieces(tuple(Piece(piece.when, piece.form * factor) for piece in self.pieces))

    def __neg__(self) -> "Pieces":
        return self * -1

    def __sub__(self, other: "Pieces") -> "Pieces":
        one, two = self.sole, other.sole
        return Pieces.of(one - two) if one is not None and two is not None else self + -other

    def magnitude(self) -> "Pieces":
        """The figure without its sign; where a piece holds only for one sign, it stays one piece."""
        if (constant := self.constant) is not None:
            return Pieces.number(abs(constant))
        zero = Form.number(0)
        found: list[Piece] = []
        for piece in self.pieces:
            for sign, form in ((at_least(piece.form, zero), piece.form), (above(zero, piece.form), -piece.form)):
                when = all_of(piece.when, sign)
                if when != NEVER:
                    found.append(Piece(when, form))
        return Pieces(tuple(found))

    def at_least(self, other: "Pieces") -> Condition:
        """`self >= other`."""
        return self._compared(other, at_least)

    def above(self, other: "Pieces") -> Condition:
        """`self > other`."""
        return self._compared(other, above)

    def equals(self, other: "Pieces") -> Condition:
        """`self = other`."""
        return all_of(self.at_least(other), other.at_least(self))

    def _compared(self, other: "Pieces", compare: Callable[[Form, Form], Condition]) -> Condition:
        one, two = self.sole, other.sole
        if one is not None and two is not None:
            return compare(one, two)
        return any_of(*(all_of(a.when, b.when, compare(a.form, b.form)) for a in self.pieces for b in other.pieces))


VALUE_PIECES = Pieces.of(Form.of("value"))
