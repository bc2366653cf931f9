"""Exact numbers as text that other programs read back without loss."""

from fractions import Fraction

from kpirules.exact import decimal_text


def exact_text(number: Fraction) -> str:
    """The number in decimal figures, or as a fraction such as `1/3` where no decimal writes it exactly."""
    decimal = decimal_text(number)
    return str(number) if decimal.startswith("≈") else decimal
