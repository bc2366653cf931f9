"""Written numbers, periods and days moved by one step, still written as their writer wrote them."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from kpirules.exact import decimal_text
from kpirules.periods import Calendar, PeriodError, parse_period
from kpirules.quantities import QuantityError, parse_quantity

_LAST_FIGURES: Final = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?(?=[^0-9]*\Z)")
_SHORTENED: Final = re.compile(r"(?:[kKmM]|bn)\Z")
_TIMES: Final = re.compile(r"[0-9] ?[hms]")


def nudged(text: str, step: Fraction | None = None) -> Iterator[str]:
    """The amount one step down and one step up: the given step, or that of its last printed figure.

    What comes out is a readable amount again; a way in which none comes out (before `0s`, say) is left out.
    """
    found = _LAST_FIGURES.search(text)
    if found is None:
        return
    figures = found[0]
    places = len(figures.partition(".")[2])
    size = Fraction(1, 10**places)
    if step is not None and not _SHORTENED.search(text) and not _TIMES.search(text):
        size = step
    negative = text.lstrip().startswith(("-", "−"))
    number = Fraction(figures.replace(",", ""))
    for moved in (number + size, number - size) if negative else (number - size, number + size):
        written = _replaced(text, found, moved, places)
        if written is not None:
            yield written


def _replaced(text: str, found: re.Match[str], number: Fraction, places: int) -> str | None:
    """The text with another number in it, readable as an amount; None if it would not be."""
    words = decimal_text(
        abs(number), grouped="," in found[0] or abs(number) >= 1000 > Fraction(found[0].replace(",", ""))
    )
    whole, _, part = words.partition(".")
    words = f"{whole}.{part.ljust(places, '0')}" if places else words
    written = text[: found.start()] + words + text[found.end() :]
    if number < 0:  # the amount goes through zero
        written = written.lstrip("-−") if text.startswith(("-", "−")) else f"-{written}"
    try:
        parse_quantity(written)
    except QuantityError:
        # Amounts with a word for their sign are read elsewhere, and never less than nothing.
        return written if number >= 0 and not _parses(text) else None
    return written


def _parses(text: str) -> bool:
    try:
        parse_quantity(text)
    except QuantityError:
        return False
    return True


def neighbouring_periods(text: str, calendar: Calendar) -> Iterator[str]:
    """The period before and the one after; nothing for what is no period of the calendar."""
    for steps in (1, -1):
        try:
            yield parse_period(text, calendar).before(steps).text
        except PeriodError:
            continue


def neighbouring_days(text: str) -> Iterator[str]:
    """The day before and the day after; nothing for what is no day."""
    for days in (-1, 1):
        try:
            yield (date.fromisoformat(text) + timedelta(days=days)).isoformat()
        except (ValueError, OverflowError):
            continue


def next_count(text: str) -> str:
    """A plain number and one more."""
    return str(int(Fraction(text.replace(",", ""))) + 1)
