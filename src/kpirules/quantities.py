"""Amounts as people write them: `79%`, `£1.222m`, `3m 39s`, `0.5 points`, and which of them fit a unit.

The language's numbers and the tables of observations are both read here, so that they can never disagree.
"""

import re
from collections.abc import Mapping
from enum import Enum
from fractions import Fraction
from functools import lru_cache
from typing import Final, assert_never

from attrs import frozen

from kpirules.exact import exact
from kpirules.units import (
    CURRENCY_SIGNS,
    MILESTONES,
    Count,
    Days,
    Duration,
    Milestone,
    Money,
    OnScale,
    OwnUnit,
    Percent,
    Points,
    RatePer,
    ScoreOutOf,
    Unit,
    show,
    unit_words,
)


class QuantityError(ValueError):
    """A text that is no amount, or an amount that does not fit its unit; the message says what would."""


class Kind(Enum):
    """What is written beside the figures of an amount."""

    PLAIN = "plain"
    PERCENT = "percent"
    POINTS = "points"
    MONEY = "money"
    DURATION = "duration"
    DAYS = "days"


@frozen
class Quantity:
    """An exact number and what it was written as; a duration is in seconds, money in units of its currency."""

    number: Fraction
    kind: Kind
    currency: str | None = None


_MOST_FIGURES: Final = 60
_FIGURES: Final = r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
_PLAIN: Final = re.compile(rf"({_FIGURES})")
_SUFFIXED: Final = re.compile(rf"({_FIGURES})\s*(%|points?|days?)")
_MONEY: Final = re.compile(rf"(?:([£€$])\s*|([A-Z]{{3}})\s+)({_FIGURES})(k|K|m|M|bn)?")
_TIMES: Final = re.compile(
    rf"(?:({_FIGURES})\s*(?:hours|hour|hrs|hr|h)(?![a-z]))?(?:\s*,?\s*(?:and\s+)?"
    rf"({_FIGURES})\s*(?:minutes|minute|mins|min|m)(?![a-z]))?(?:\s*,?\s*(?:and\s+)?"
    rf"({_FIGURES})\s*(?:seconds|second|secs|sec|s)(?![a-z]))?"
)
_SIGN: Final = re.compile(r"([-−]?)([£€$]?)([-−]?)(.*)", re.DOTALL)

_SUFFIXES: Final[Mapping[str, Kind]] = {
    "%": Kind.PERCENT,
    "point": Kind.POINTS,
    "points": Kind.POINTS,
    "day": Kind.DAYS,
    "days": Kind.DAYS,
}
_CURRENCIES: Final = {sign: code for code, sign in CURRENCY_SIGNS.items()}
_TIMES_OF: Final[Mapping[str | None, int]] = {
    None: 1,
    "k": 10**3,
    "K": 10**3,
    "m": 10**6,
    "M": 10**6,
    "bn": 10**9,
}
_SECONDS: Final = (3600, 60, 1)
_SECONDS_A_DAY: Final = 86_400

_SLIPS: Final = (
    (re.compile(r".*(?![0-9])\d.*"), "only the figures 0 to 9 are read"),
    (re.compile(r"[-−].*"), "one minus sign stands right before the figures or the currency sign"),
    (
        re.compile(r"[£$€]?([0-9]+,[0-9]{1,2}|0,[0-9]+)\s*(%|k|m|bn|points?|days?)?", re.IGNORECASE),
        "a decimal is written with a point: 1.75, not 1,75",
    ),
    (re.compile(r"[0-9,]+(\.[0-9]+)?"), "a comma stands before every three figures: 2,528 or 2528"),
    (re.compile(r"[0-9.]+[eE][-+]?[0-9]+"), "write all the figures: 1,200,000 or £1.2m, not 1.2e6"),
    (re.compile(r"\.[0-9]+.*"), "write the nought before the point: 0.5"),
    (re.compile(r"[0-9]+\.\D*"), "write figures after the point, or leave it out"),
    (re.compile(r"\+.*"), "leave the plus sign out"),
    (re.compile(r"[0-9.,]+\s*(k|m|bn|thousand|million|billion)", re.IGNORECASE), "only money is shortened: £740k"),
    (re.compile(r"[£€$].*(thousand|million|billion)", re.IGNORECASE), "write £740k, £1.2m or £2bn"),
)
_EXAMPLES: Final = "write it like 79, 2,528, 79%, £740k, 3m 39s, 0.5 points or 30 days"


@lru_cache(maxsize=4_096)
def parse_quantity(text: str) -> Quantity:
    """The amount that `text` is, from its first to its last character but for blanks around it.

    A minus (`-` or `−`) stands before the figures or before the currency sign. Raises `QuantityError` for
    anything else than the forms in the module's first line: no `1,75`, no `1e6`, no figures of other scripts.
    """
    written = text.strip()
    sign = _SIGN.fullmatch(written)
    if len(written) > _MOST_FIGURES or sign is None or (sign[1] and sign[3]) or (sign[3] and not sign[2]):
        raise _unreadable(written)
    amount = _unsigned(sign[2] + sign[4])
    if amount is None:
        raise _unreadable(written)
    return Quantity(-amount.number, amount.kind, amount.currency) if sign[1] or sign[3] else amount


def _unsigned(written: str) -> Quantity | None:
    if match := _PLAIN.fullmatch(written):
        return Quantity(_number(match[1]), Kind.PLAIN)
    if match := _SUFFIXED.fullmatch(written):
        return Quantity(_number(match[1]), _SUFFIXES[match[2]])
    if match := _MONEY.fullmatch(written):
        return Quantity(_number(match[3]) * _TIMES_OF[match[4]], Kind.MONEY, _CURRENCIES.get(match[1], match[2]))
    if written and (match := _TIMES.fullmatch(written)):
        return _duration(written, match.groups())
    return None


def _duration(written: str, parts: tuple[str | None, ...]) -> Quantity:
    given = [(_number(part), size) for part, size in zip(parts, _SECONDS, strict=True) if part is not None]
    if any(number.denominator != 1 for number, _ in given[:-1]):
        raise QuantityError(f"{written!r} has a decimal before its last part: write 1.5h or 1h 30m")
    if any(number >= 60 for number, _ in given[1:]):
        raise QuantityError(f"{written!r} has 60 or more after a larger part: write 1h 30m or 90m")
    return Quantity(sum((number * size for number, size in given), Fraction(0)), Kind.DURATION)


def _number(figures: str) -> Fraction:
    return exact(figures.replace(",", ""))


def _unreadable(written: str) -> QuantityError:
    if len(written) > _MOST_FIGURES:
        return QuantityError(f"{written[:20]!r}… is too long for an amount: {_EXAMPLES}")
    bare = written[1:] if written.startswith(("-", "−")) else written
    hints = (hint for slip, hint in _SLIPS if slip.fullmatch(bare))
    return QuantityError(f"{written!r} is not an amount: {next(hints, _EXAMPLES)}")


def in_unit(quantity: Quantity, unit: Unit) -> Fraction:
    """The number of `quantity` in `unit`; a plain number is in the declared unit already.

    Points also fit per cent, scores and rates, as a difference, and days fit a duration. Raises `QuantityError`,
    naming both sides, where the two do not fit, and for a plain number on a scale (its labels are written).
    """
    match unit:
        case OnScale(scale):
            raise _misfit(quantity, unit, _labels(scale.labels))
        case Milestone():
            raise _misfit(quantity, unit, _labels(MILESTONES.labels))
        case Percent():
            return _fitting(quantity, unit, (Kind.PERCENT, Kind.POINTS), "write 79% or 79")
        case Points():
            return _fitting(quantity, unit, (Kind.POINTS,), "write 3.5 points or 3.5")
        case ScoreOutOf() | RatePer():
            return _fitting(quantity, unit, (Kind.POINTS,), "write the bare number")
        case Count() | OwnUnit():
            return _fitting(quantity, unit, (), "write the bare number")
        case Money(currency):
            if quantity.kind is Kind.MONEY and quantity.currency != currency:
                raise _misfit(quantity, unit, f"write the amount in {currency}")
            return _fitting(quantity, unit, (Kind.MONEY,), "write £740k, £1.2m or all the figures")
        case Duration():
            scale_to_seconds = _SECONDS_A_DAY if quantity.kind is Kind.DAYS else 1
            return _fitting(quantity, unit, (Kind.DURATION, Kind.DAYS), "write 3m 39s or seconds") * scale_to_seconds
        case Days():
            return _fitting(quantity, unit, (Kind.DAYS,), "write 30 days or 30")
        case _:
            assert_never(unit)


def show_quantity(quantity: Quantity) -> str:
    """The amount as people write it, whatever unit it is meant for."""
    match quantity.kind:
        case Kind.PLAIN:
            return show(quantity.number, Count())
        case Kind.PERCENT:
            return show(quantity.number, Percent())
        case Kind.POINTS:
            return show(quantity.number, Points())
        case Kind.MONEY:
            return show(quantity.number, Money(quantity.currency or ""))
        case Kind.DURATION:
            return show(quantity.number, Duration())
        case Kind.DAYS:
            return show(quantity.number, Days())
        case _:
            assert_never(quantity.kind)


def _fitting(quantity: Quantity, unit: Unit, kinds: tuple[Kind, ...], hint: str) -> Fraction:
    if quantity.kind is Kind.PLAIN or quantity.kind in kinds:
        return quantity.number
    raise _misfit(quantity, unit, hint)


def _misfit(quantity: Quantity, unit: Unit, hint: str) -> QuantityError:
    return QuantityError(f"{show_quantity(quantity)} does not fit the unit {unit_words(unit)}: {hint}")


def _labels(labels: tuple[str, ...]) -> str:
    return "write one of " + ", ".join(f'"{label}"' for label in labels)
