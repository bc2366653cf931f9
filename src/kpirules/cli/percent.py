"""A percentage that is said on the command line."""

import argparse
from fractions import Fraction

from kpirules.exact import exact

_MOST = 100


def percent(text: str) -> Fraction:
    """A number from 0 to 100, with or without its sign; what is none, argparse refuses in these words."""
    try:
        number = exact(text.removesuffix("%"))
    except ValueError:
        number = None
    if number is None or not 0 <= number <= _MOST:
        raise argparse.ArgumentTypeError(f"write a number from 0 to 100, not {text!r}")
    return number
