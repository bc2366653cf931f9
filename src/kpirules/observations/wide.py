"""Wide tables: a column for each period, as reports print them (`indicator, 2023/24 Q2, 2023/24 Q1, 2022/23 Q2`)."""

import re
from collections.abc import Sequence
from typing import Final

from kpirules.observations.cells import Cell, Record

# What looks like a period; whether there is such a period only the indicator's calendar can tell.
_PERIOD: Final = re.compile(r"[0-9]{4}([/-][0-9]+)?(\s*[HTQ][0-9]+)?", re.IGNORECASE)

BESIDE: Final = ("indicator", "component", "note")


def period_columns(header: Record) -> tuple[int, ...]:
    """The places of the columns that are named by a period; none in a long table, which has a column `period`."""
    names = [" ".join(cell.text.split()).casefold() for cell in header]
    if "period" in names or "value" in names:
        return ()
    return tuple(place for place, cell in enumerate(header) if _PERIOD.fullmatch(cell.text.strip()))


def as_long(header: Record, rows: Sequence[Record]) -> tuple[Record, list[Record]]:
    """The same table with a row for each value: the header's cell becomes the value's period."""
    periods = period_columns(header)
    kept = [place for place in range(len(header)) if place not in periods]
    named = Cell("period", header[periods[0]].span), Cell("value", header[periods[0]].span)
    long_header = (*(header[place] for place in kept), *named)
    long: list[Record] = []
    for row in rows:
        if len(row) > len(header):
            long.append(row)  # too many cells, which the reader of rows tells
            continue
        beside = [row[place] for place in kept if place < len(row)]
        long.extend((*beside, header[place], row[place]) for place in periods if place < len(row))
    return long_header, long
