"""What a number counts: the closed list of units, and a number shown exactly as people write it in its unit.

The number of a percentage is in per cent (79% is 79), of a duration in seconds, of a label on a scale its rank
counted from the worst (0 upwards, so that higher is better).
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Final, assert_never

from attrs import frozen

from kpirules.exact import decimal_text, rounded


@frozen
class Scale:
    """An ordered list of labels, best first."""

    name: str
    title: str
    labels: tuple[str, ...]

    def number(self, label: str) -> Fraction | None:
        """The rank of a label counted from the worst, 0 upwards; capitals and blanks do not matter. None if unknown."""
        if label in self.labels:
            return self._rank(self.labels.index(label))
        folded = [_fold(known) for known in self.labels]
        return self._rank(folded.index(_fold(label))) if _fold(label) in folded else None

    def label(self, number: Fraction) -> str:
        """The label of a rank. Raises `ValueError` for a number that is no rank of this scale."""
        if number.denominator != 1 or not 0 <= number < len(self.labels):
            raise ValueError(f"{decimal_text(number)} is no rank of the scale {self.name}")
        return self.labels[len(self.labels) - 1 - int(number)]

    def _rank(self, place: int) -> Fraction:
        return Fraction(len(self.labels) - 1 - place)


def _fold(label: str) -> str:
    return " ".join(label.split()).casefold()


MILESTONES: Final = Scale("milestone", "Milestone", ("completed", "completed late", "not completed"))
"""The three ends of a milestone: 2 is completed, 1 completed late, 0 not completed."""


@frozen
class Percent:
    """A share in per cent: 79% is 79."""


@frozen
class Points:
    """Points, and the unit of a difference between two percentages."""


@frozen
class Count:
    """Whole things counted."""


@frozen
class Money:
    """An amount in the unit of a currency, which is its three-letter code."""

    currency: str


@frozen
class Duration:
    """A length of time in seconds."""


@frozen
class Days:
    """Days, which may be parts of one (5.75 days)."""


@frozen
class RatePer:
    """So many per 1,000 or per 10,000."""

    per: Fraction


@frozen
class ScoreOutOf:
    """A score of which `best` is the highest."""

    best: Fraction


@frozen
class OnScale:
    """A label on a scale; the number is its rank."""

    scale: Scale


@frozen
class Milestone:
    """Done or not: the number is its rank in `MILESTONES`."""


@frozen
class OwnUnit:
    """A unit in the user's own words."""

    text: str


Unit = Percent | Points | Count | Money | Duration | Days | RatePer | ScoreOutOf | OnScale | Milestone | OwnUnit

CURRENCY_SIGNS: Final[Mapping[str, str]] = {"GBP": "£", "EUR": "€", "USD": "$"}


def unit_words(unit: Unit) -> str:
    """The unit as a definition declares it: `percent`, `money GBP`, `rate per 10,000`."""
    match unit:
        case Percent():
            return "percent"
        case Points():
            return "points"
        case Count():
            return "count"
        case Money(currency):
            return f"money {currency}"
        case Duration():
            return "duration"
        case Days():
            return "days"
        case RatePer(per):
            return f"rate per {decimal_text(per, grouped=True)}"
        case ScoreOutOf(best):
            return f"score out of {decimal_text(best, grouped=True)}"
        case OnScale(scale):
            return f"scale {scale.name}"
        case Milestone():
            return "milestone"
        case OwnUnit(text):
            return f'"{text}"'
        case _:
            assert_never(unit)


def show(number: Fraction, unit: Unit) -> str:
    """`number` in its unit, exact: `79%`, `£740,000`, `3m 39s`, `54.4 per 10,000`, `Category 2`.

    A fraction that no decimal writes exactly is rounded to six places and begins with `≈`; a number that is
    no rank of its scale is shown as a number of steps above the worst label.
    """
    match unit:
        case Percent():
            return _figures(number, after="%")
        case Points():
            return _figures(number, after=_plural(number, "point"))
        case Count():
            return _figures(number)
        case Money(currency):
            return _figures(number, before=CURRENCY_SIGNS.get(currency, f"{currency} "))
        case Duration():
            return _clock(number)
        case Days():
            return _figures(number, after=_plural(number, "day"))
        case RatePer(per):
            return _figures(number, after=f" per {decimal_text(per, grouped=True)}")
        case ScoreOutOf(best):
            return _figures(number, after=f" out of {decimal_text(best, grouped=True)}")
        case OnScale(scale):
            return _label(number, scale)
        case Milestone():
            return _label(number, MILESTONES)
        case OwnUnit(text):
            return _figures(number, after=f" {text}")
        case _:
            assert_never(unit)


def show_difference(number: Fraction, unit: Unit) -> str:
    """A difference between two numbers of the unit: like `show`, but `1 point` of per cent and `1 step` of a scale."""
    match unit:
        case Percent() | ScoreOutOf():
            return show(number, Points())
        case OnScale() | Milestone():
            return _figures(number, after=_plural(number, "step"))
        case Points() | Count() | Money() | Duration() | Days() | RatePer() | OwnUnit():
            return show(number, unit)
        case _:
            assert_never(unit)


def step(unit: Unit) -> Fraction | None:
    """The step in which values of the unit come by nature; None where any number can occur."""
    match unit:
        case Count() | OnScale() | Milestone():
            return Fraction(1)
        case Percent() | Points() | Money() | Duration() | Days() | RatePer() | ScoreOutOf() | OwnUnit():
            return None
        case _:
            assert_never(unit)


def _figures(number: Fraction, *, before: str = "", after: str = "") -> str:
    text = decimal_text(number, grouped=True)
    digits = text.lstrip("≈-")
    return f"{text.removesuffix(digits)}{before}{digits}{after}"


def _plural(number: Fraction, word: str) -> str:
    return f" {word}" if abs(number) == 1 else f" {word}s"


def _label(number: Fraction, scale: Scale) -> str:
    try:
        return scale.label(number)
    except ValueError:
        return _figures(number, after=_plural(number, "step"))


def _clock(seconds: Fraction) -> str:
    """Hours, minutes and seconds, leaving out what is nought."""
    mark = "≈" if decimal_text(seconds).startswith("≈") else ""
    total = rounded(abs(seconds), 6) if mark else abs(seconds)
    minutes, rest = divmod(total, 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((Fraction(hours), "h"), (Fraction(minutes), "m"), (rest, "s"))
    words = " ".join(f"{decimal_text(part, grouped=True)}{letter}" for part, letter in parts if part)
    sign = "-" if seconds < 0 and words else ""
    return f"{mark}{sign}{words or '0s'}"
