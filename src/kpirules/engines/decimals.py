"""Decimals compared and subtracted at their own speed, with whatever could be inexact told apart."""

from collections.abc import Iterable
from decimal import (
    Clamped,
    Context,
    Decimal,
    DecimalException,
    Inexact,
    InvalidOperation,
    Overflow,
    Rounded,
    Subnormal,
)
from fractions import Fraction
from typing import Final

from kpirules.core import Cut

DECIMALS: Final = Context(
    prec=30, Emin=-9, Emax=29, traps=[Clamped, Inexact, InvalidOperation, Overflow, Rounded, Subnormal]
)
"""Raises `DoubtError` where a result is not exact, or not of everyday size. What is infinite or NaN mostly stays so.

Neither what passes nor what it was made from has a figure beyond the 38th decimal place, but two very large numbers
may have an everyday difference.
"""

DoubtError = DecimalException

_WIDE: Final = Context(prec=100)
_BESIDE: Final = Decimal("1E-40")
_MOST_PLACES: Final = 20


def decimal_cut(cut: Cut) -> Decimal | None:
    """The decimal `d` at which `x >= d` says whether a decimal that passes `DECIMALS` has passed the cut.

    None for a cut that is no decimal of at most 20 places. A cut that belongs to the zone below is a little above it,
    by less than anything that passes can be.
    """
    written = decimal_number(cut.at)
    return written if written is None or cut.owned_above else _WIDE.add(written, _BESIDE)


def decimal_cuts(cuts: Iterable[Cut]) -> tuple[Decimal, ...] | None:
    """All of them; None where one is none."""
    every = [decimal_cut(cut) for cut in cuts]
    found = tuple(cut for cut in every if cut is not None)
    return found if len(found) == len(every) else None


def decimal_number(number: Fraction) -> Decimal | None:
    """The number as a decimal; None if it has more than 20 places, or is of no everyday size."""
    scaled = number * 10**_MOST_PLACES
    if scaled.denominator != 1 or abs(scaled.numerator) >= 10**30:
        return None
    return _WIDE.normalize(_WIDE.scaleb(Decimal(scaled.numerator), -_MOST_PLACES))
