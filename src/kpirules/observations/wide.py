"""Wide tables, as reports print them: a column for each period, named (`2023/24 Q2`) or told (`last quarter`).

A heading that is told is seen from the period of the report: the one that the row names in a column `period`, else the
one in the file's name, else the one that is asked for.
"""

import re
from collections.abc import Sequence
from enum import Enum
from typing import Final

from attrs import frozen

from kpirules.observations.cells import Cell, Record
from kpirules.periods import usual_text


class Back(Enum):
    """Which period a column is of, seen from that of the report."""

    NOW = "this quarter"
    LAST = "last quarter"
    YEAR = "same quarter last year"


@frozen
class Heading:
    """What a column holds: the values of a named period, or those of one seen from the report's."""

    period: str | None
    back: Back = Back.NOW


# In the name of a file a year is written with a hyphen or without: 2023-24-q2, Q2 2023-24.
_IN_NAME: Final = re.compile(
    r"(?<![0-9])([0-9]{4}-[0-9]{2})[-_ ]*(q|qtr|quarter)[-_ ]*([1-4])(?![0-9])"
    r"|(q|qtr|quarter)[-_ ]*([1-4])[-_ ]+([0-9]{4}-[0-9]{2})(?![0-9])",
    re.IGNORECASE,
)

_STEP: Final = "(quarter|period|month|year|point|time|half-year)"
_VALUE: Final = r"(\W*(actual|performance|value|result|outturn|figure)s?)?"
_TOLD: Final = (
    (re.compile(rf"(the )?same {_STEP}( in| of)?( the)? (last|previous|prior) year{_VALUE}"), Back.YEAR),
    (re.compile(rf"this {_STEP} (last|previous|prior) year{_VALUE}|(a|one) year (ago|earlier){_VALUE}"), Back.YEAR),
    (re.compile(rf"(last|previous|prior) (quarter|period|month|half-year){_VALUE}"), Back.LAST),
    (re.compile(rf"(this|current|latest|reporting) {_STEP}{_VALUE}"), Back.NOW),
    (re.compile(r"(current |latest )?(actual|performance|result|outturn)"), Back.NOW),
)


def heading(text: str) -> Heading | None:
    """What a column of this heading holds; None if it is no column of values."""
    words = " ".join(text.split())
    if (named := _named(words)) is not None:
        return Heading(named)
    bare = re.sub(r"\W*\(.*\)$", "", words).strip(" :").casefold()
    return next((Heading(None, back) for told, back in _TOLD if told.fullmatch(bare)), None)


def _named(words: str) -> str | None:
    """The period that a heading names, as periods are usually written: `Q2 2023/24 Actual` is 2023/24 Q2."""
    return usual_text(re.sub(_VALUE + r"$", "", words, flags=re.IGNORECASE).strip(" :()"))


def period_in_name(name: str) -> str | None:
    """The quarter that the name of a file says, such as `2023-24-q2.csv`."""
    if found := _IN_NAME.search(name):
        year, quarter = (found[1], found[3]) if found[1] else (found[6], found[5])
        return f"{year.replace('-', '/')} Q{quarter}"
    return None


def columns_of_values(header: Record) -> dict[int, Heading]:
    """The places of the columns of values, with what they hold; none in a long table.

    Where there is a column `value`, it is that of the report's period, and only what stands beside it is told.
    """
    names = [" ".join(cell.text.split()).casefold() for cell in header]
    found = {place: known for place, cell in enumerate(header) if (known := heading(cell.text)) is not None}
    if "value" in names:
        beside = {place: known for place, known in found.items() if known.back is not Back.NOW}
        return {names.index("value"): Heading(None), **beside} if beside else {}
    if "period" in names:
        return {place: known for place, known in found.items() if known.period is None}
    return found


def as_long(
    header: Record, rows: Sequence[Record], columns: dict[int, Heading], reported: str | None
) -> tuple[Record, list[tuple[Back, Record]]]:
    """The same table with a row for each value, and which period it is of seen from the one that the row then names.

    `reported` is the period of the report, for rows that do not name it themselves. What is not printed of an earlier
    period is left out.
    """
    names = [" ".join(cell.text.split()).casefold() for cell in header]
    kept = [place for place in range(len(header)) if place not in columns]
    first = header[min(columns)]
    named = () if "period" in names else (Cell("period", first.span),)
    long_header = (*(header[place] for place in kept), Cell("value", first.span), *named)
    long: list[tuple[Back, Record]] = []
    for row in rows:
        if len(row) > len(header):
            long.append((Back.NOW, row))  # too many cells, which the reader of rows tells
            continue
        beside = [row[place] for place in kept if place < len(row)]
        if len(beside) < len([place for place in kept if place < max(columns)]):
            continue
        beside += [Cell("", row[-1].span)] * (len(kept) - len(beside))
        for place, told in columns.items():
            if place >= len(row) or (told.back is not Back.NOW and not row[place].text.strip()):
                continue
            period = told.period or reported or ""
            slot = () if "period" in names else (Cell(period, header[place].span),)
            long.append((told.back, (*beside, row[place], *slot)))
    return long_header, long
