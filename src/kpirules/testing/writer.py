"""A definition while it is drawn: its lines, and numbers written in its unit."""

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final, TypeVar

from attrs import field, frozen
from hypothesis import strategies as st

from kpirules.exact import decimal_text
from kpirules.testing.kinds import Plan

T = TypeVar("T")
_TOSS: Final = st.booleans()


# Making a strategy takes longer than drawing from it.
@lru_cache(maxsize=1_000)
def _one_of(choices: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    return st.sampled_from(choices)


@lru_cache(maxsize=100)
def _integers(low: int, high: int) -> st.SearchStrategy[int]:
    return st.integers(low, high)


def _once(items: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))


@frozen
class Draft:
    """An indicator as text: what stands beside it on the top level, by name, and its own lines."""

    reference: str
    title: str
    lines: tuple[str, ...]
    beside: tuple[str, ...] = field(default=(), converter=_once)

    @property
    def block(self) -> str:
        """The item itself."""
        return "\n".join([f'indicator {self.reference} "{self.title}" {{', *(f"  {line}" for line in self.lines), "}"])

    @property
    def text(self) -> str:
        """A whole text with nothing but this indicator and what it needs."""
        return "\n\n".join([*self.beside, self.block]) + "\n"


class Writer:
    """What is being written: lines of the indicator and of the top level, while they are drawn."""

    def __init__(self, draw: st.DrawFn, plan: Plan, extras: Sequence[str]) -> None:
        self.draw, self.plan, self.unit, self.extras = draw, plan, plan.unit, extras
        self.lines: list[str] = []
        self.beside: list[str] = []
        self.whole = plan.unit == "count" or "rounded" in extras
        self.numbers: list[Fraction] = []

    def one_of(self, choices: Sequence[T]) -> T:
        """One of several."""
        chosen: T = self.draw(_one_of(tuple(choices)))
        return chosen

    def whole_number(self, low: int, high: int) -> int:
        """A whole number from one to the other."""
        return self.draw(_integers(low, high))

    def toss(self) -> bool:
        """Yes or no."""
        return self.draw(_TOSS)

    def number(self, low: int = -1000, high: int = 1000) -> Fraction:
        """A number of the unit, never zero, whole or in hundredths."""
        if self.whole:
            return self.kept(Fraction(self.whole_number(low, high) or 1))
        # Both are drawn at once, for each draw takes long.
        drawn, in_hundredths = divmod(self.whole_number(2 * low, 2 * high + 1), 2)
        return self.kept(Fraction(drawn or 1, 100 if in_hundredths else 1))

    def amount(self) -> Fraction:
        """A number above zero."""
        return abs(self.number(1, 50))

    def kept(self, number: Fraction) -> Fraction:
        """The number, remembered as one that the rule tells apart."""
        self.numbers.append(number)
        return number

    def worse(self, target: Fraction) -> Fraction:
        """A number worse than the target, and than every other that was drawn."""
        ends = [target, *self.numbers]
        down = self.plan.polarity == "higher"
        return self.kept(min(ends) - self.amount() if down else max(ends) + self.amount())

    def percent(self) -> str:
        """A percentage of something."""
        return f"{self.whole_number(1, 40)}%"

    def shown(self, number: Fraction) -> str:
        """A number of the unit, as it may be written in a definition."""
        figures, sign = decimal_text(abs(number), grouped=abs(number) >= 1000), "-" * (number < 0)
        match self.unit:
            case "percent":
                return f"{sign}{figures}%"
            case "money":
                return f"{sign}£{figures}"
            case "duration" if number >= 60 and number.denominator == 1:
                return f"{number // 60}m {number % 60}s" if number % 60 else f"{number // 60}m"
            case "days" if number.denominator == 1:
                return f"{sign}{figures} days"
            case _:
                return f"{sign}{figures}"

    def difference(self, number: Fraction) -> str:
        """An amount by which two values differ."""
        return f"{decimal_text(number)} points" if self.unit == "percent" else self.shown(number)

    def say(self, *lines: str) -> None:
        """Add lines to the indicator."""
        self.lines += lines

    def observe(self, figure: str) -> None:
        """Declare a figure that is observed, if it is not yet declared."""
        if f"figure {figure}" not in self.lines:
            self.say(f"figure {figure}")
