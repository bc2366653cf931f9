"""Where the header of a table is: in the first few rows that say anything, for a title may stand above it."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Final

from kpirules.observations.encoding import SEPARATORS, separator_in

MOST_ABOVE: Final = 10
"""How many rows that say anything are looked at."""


def folded(name: str) -> str:
    """The name of a column without what people write in different ways: capitals, and blanks around and in it."""
    return " ".join(name.split()).casefold()


def header_among(rows: Iterable[Sequence[str]], column: str) -> int | None:
    """The place of the row that names this column (folded); None if none of the first few does."""
    first = enumerate(islice(rows, MOST_ABOVE))
    return next((place for place, row in first if column in map(folded, row)), None)


def separator_of(lines: Sequence[str], column: str) -> str:
    """The mark that parts the cells of the header, which has this column (folded), or else of the first line."""
    first = lines[:MOST_ABOVE]
    header = next((line for line in first if column in folded(line) and any(m in line for m in SEPARATORS)), "")
    return separator_in(header or next(iter(first), ""))
