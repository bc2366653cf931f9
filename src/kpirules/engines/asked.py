"""Rules asked with exact numbers, by way of their tables: what every faster way falls back on."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias

from attrs import field, frozen

from kpirules.core import Rated, Unrated, UnratedAs
from kpirules.engines.doors import Door
from kpirules.engines.tables import Table
from kpirules.exact import exact

Rater: TypeAlias = Callable[..., Any]
Settled: TypeAlias = Rated | Unrated
Answers: TypeAlias = Callable[[Settled, Settled | None], object]

_NOUGHT = Fraction(0)
_NUMBERS = (int, float, Decimal, Fraction)


@frozen
class Handed:
    """How an input of a rule is handed in: the place of its argument (None: never), its door, the reason if missing."""

    argument: int | None
    door: Door
    missing: str


@frozen
class Asked:
    """A rule to be asked again and again, and how each of its inputs is handed in, in the order of the table's."""

    table: Table
    handed: tuple[Handed, ...]

    def settled(self, place: int) -> Settled:
        """What comes of a place of the table. Raises `LookupError` where no line decides."""
        line = self.table.lines[place]
        if line < 0:
            raise LookupError("no line of the rule holds")
        return self.outcome(line)

    def outcome(self, line: int) -> Settled:
        """What comes of a line."""
        match self.table.rule.lines[line].outcome:
            case UnratedAs(input=name):
                return Unrated(self.handed[self.table.inputs.index(name)].missing)
            case outcome:
                return outcome

    @property
    def never_handed(self) -> bool:
        """Whether nothing but the value is ever handed in."""
        return all(how.argument in (None, 0) for how in self.handed)

    def place(self, arguments: Sequence[Fraction | None]) -> int | None:
        """The place of the table for exact arguments (None is missing), or None where one may not come in."""
        numbers: list[Fraction] = []
        missing = 0
        for bit, how in enumerate(self.handed):
            number = None if how.argument is None else arguments[how.argument]
            if number is None:
                missing |= 1 << bit
                numbers.append(_NOUGHT)
            elif not how.door.lets_in(number):
                return None
            else:
                numbers.append(how.door.rounding(number) if how.door.rounding else number)
        zones = (
            0 if any(missing >> at & 1 for at in scale.reads) else scale.zone(numbers) for scale in self.table.scales
        )
        return self.table.place(missing, zones)


@frozen
class Question:
    """All that a rater answers: a rating, and a direction of travel if one is asked for.

    `answers` gives the answer of an outcome of each rule, for equal ones best the same object. `plainly` is the plain
    way, asked with the same arguments wherever one is no plain number, or may not come in. `of_text` gives the number
    of a text, and raises `ValueError` where there is more to a text than a number. Where numbers themselves must be
    read, as labels must be, `reads_numbers` is off.
    """

    rating: Asked
    travel: Asked | None
    answers: Answers
    plainly: Rater
    of_text: Callable[[str], Fraction]
    arguments: int = 1
    reads_numbers: bool = field(default=True, kw_only=True)

    def number(self, argument: object) -> Fraction | None:
        """The exact number of an argument, None if it is missing. Raises `ValueError` where the plain way must see."""
        kind = type(argument)
        if argument is None:
            return None
        if kind is str:
            return self.of_text(argument)  # type: ignore[arg-type]
        if kind not in _NUMBERS or not self.reads_numbers:
            raise ValueError
        if argument != argument:  # NaN
            return None
        return exact(argument)


def exactly(question: Question) -> Rater:
    """A function of the arguments that works with exact fractions only."""
    asked = (question.rating,) if question.travel is None else (question.rating, question.travel)
    kept: dict[tuple[int | None, ...], object] = {}
    number, plainly, most = question.number, question.plainly, question.arguments

    def answer(places: Sequence[int]) -> object:
        outcomes = [each.settled(place) for each, place in zip(asked, places, strict=True)]
        return question.answers(outcomes[0], outcomes[1] if len(outcomes) > 1 else None)

    def rate(*arguments: object) -> object:
        if len(arguments) > most:
            return plainly(*arguments)
        if len(arguments) < most:
            arguments = (*arguments, *(None,) * (most - len(arguments)))
        try:
            numbers = [number(argument) for argument in arguments]
        except (ValueError, ArithmeticError):
            return plainly(*arguments)
        places = [each.place(numbers) for each in asked]
        known = [place for place in places if place is not None]
        if len(known) < len(places):
            return plainly(*arguments)
        key = tuple(known)
        if key not in kept:
            kept[key] = answer(key)  # equal whoever makes it, so that threads need not agree
        return kept[key]

    return rate
