"""Exact numbers: every number in kpirules is a `Fraction` from the moment it is read until it is shown.

A float is the number its `repr` prints, so `53.35` is 53.35 and not its binary neighbour. Nothing is
ever compared with an epsilon.
"""

from decimal import Decimal
from fractions import Fraction
from typing import SupportsFloat, SupportsIndex

_MOST_FIGURES = 1000

type_error = "a number is text, int, float, Decimal or Fraction, not {}"


def exact(number: object) -> Fraction:
    """The exact number that is meant: text, int, float, Decimal, Fraction or a numpy scalar.

    Raises `TypeError` for anything else (`bool` included: a tick is not a measurement) and
    `ValueError` for text that is no decimal number, for infinity and NaN, and beyond 1,000 figures before
    or noughts after the point, where `1e999999999` would fill the memory.
    """
    match number:
        case bool():
            raise TypeError(type_error.format("bool"))
        case Fraction():
            return number
        case int():
            return Fraction(number)
        case Decimal():
            return _finite(number)
        case float():
            # float.__repr__ and not repr(): a numpy float64 is a float whose repr names its type.
            return _finite(Decimal(float.__repr__(number)))
        case str():
            return _finite(_decimal(number))
    if type(number).__name__ in ("bool_", "bool"):
        raise TypeError(type_error.format("bool"))
    if isinstance(number, SupportsIndex):
        return Fraction(number.__index__())
    if isinstance(number, SupportsFloat):
        # numpy's float32 and float16 print their own shortest decimal.
        return _finite(_decimal(str(number)))
    raise TypeError(type_error.format(type(number).__name__))


def _decimal(text: str) -> Decimal:
    if not text.isascii() or "_" in text:
        raise ValueError(f"{text!r} is not a decimal number")
    try:
        return Decimal(text.strip())
    except ArithmeticError:
        raise ValueError(f"{text!r} is not a decimal number") from None


def _finite(number: Decimal) -> Fraction:
    if not number.is_finite():
        raise ValueError(f"{number} is not a finite number")
    if abs(number.adjusted()) > _MOST_FIGURES:
        raise ValueError(f"{number} has more than {_MOST_FIGURES} figures")
    return Fraction(number)


def rounded(number: Fraction, places: int, *, half_even: bool = False) -> Fraction:
    """`number` rounded to `places` decimal places, halves away from zero (or to the even neighbour)."""
    scale = Fraction(10) ** places
    scaled = abs(number) * scale
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    twice = 2 * rest - scaled.denominator
    if twice > 0 or (twice == 0 and (whole % 2 == 1 or not half_even)):
        whole += 1
    return (whole if number >= 0 else -whole) / scale


def decimal_text(number: Fraction, *, most_places: int = 6, grouped: bool = False) -> str:
    """`number` in decimal figures without an exponent: `0.5`, `-13`, `1,204.25`.

    Exact whenever the number has at most `most_places` decimals or is any terminating decimal;
    a fraction that never terminates is rounded to `most_places` and begins with `≈`.
    """
    places = _places(number)
    mark = ""
    if places is None:
        number, places, mark = rounded(number, most_places), most_places, "≈"
    sign = "-" if number < 0 else ""
    digits = str(abs(number.numerator) * 10**places // number.denominator).rjust(places + 1, "0")
    whole, part = (digits[:-places], digits[-places:]) if places else (digits, "")
    part = part.rstrip("0") if mark else part
    whole = f"{int(whole):,}" if grouped else whole
    return f"{mark}{sign}{whole}.{part}" if part else f"{mark}{sign}{whole}"


def _places(number: Fraction) -> int | None:
    """How many decimals write the number exactly, or None if none do."""
    rest, twos, fives = number.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def roundest(low: Fraction | None, high: Fraction | None, *, low_in: bool, high_in: bool) -> Fraction | None:
    """The multiple of the greatest power of ten between two ends, nearest to zero among equals; None if there is none.

    Zero comes first where it lies between them. An end of None is unbounded, and the power of ten just beyond
    the other end is taken: 100 above 75. `low_in` and `high_in` say whether the end itself counts.
    """
    if low is not None and high is not None and (low > high or (low == high and not (low_in and high_in))):
        return None
    if low is not None and low == high:
        return low
    if (low is None or low < 0 or (low == 0 and low_in)) and (high is None or high > 0 or (high == 0 and high_in)):
        return Fraction(0)
    if low is None or (low < 0):  # all negative: mirror
        mirrored = roundest(
            None if high is None else -high, None if low is None else -low, low_in=high_in, high_in=low_in
        )
        return None if mirrored is None else -mirrored
    step = Fraction(10) ** (len(str(int(low))) if high is None else len(str(int(high))))
    while True:
        multiple = -(-low // step) * step
        if multiple == low and not low_in:
            multiple += step
        if high is None or multiple < high or (multiple == high and high_in):
            return multiple
        step /= 10
