"""Observations that a Python program has at hand, as mappings from column to value."""

from collections.abc import Iterable, Mapping
from typing import Final

from kpirules.errors import RowError
from kpirules.observations.table import COLUMNS, REQUIRED, Row
from kpirules.observations.wording import listed, nearest
from kpirules.observations.written import as_text, places_in

# What numpy and pandas call missing, told by its text so that neither need be imported.
_MISSING: Final = ("", "nan", "NaN", "<NA>", "NaT")


def from_mappings(rows: Iterable[Mapping[str, object]]) -> tuple[Row, ...]:
    """Rows with the columns of a table as their keys; capitals and blanks around a key do not matter.

    A value may be text, a number, or None for none; the other columns are taken as text, and None or NaN leaves
    `component`, `measured` and `note` out. In diagnostics the rows are the lines of `<rows>`. Raises `RowError` for a
    row without `indicator`, `period` or `value` and for a key that is no column, `TypeError` for what is no mapping.
    """
    tidy = [_checked(number, row) for number, row in enumerate(rows, start=1)]
    return tuple(
        Row(
            indicator=_text(row["indicator"]) or "",
            component=_text(row.get("component")),
            period=_text(row["period"]) or "",
            value=row["value"],
            measured=_text(row.get("measured")),
            note=_text(row.get("note")),
            places=places,
        )
        for row, places in zip(tidy, places_in("<rows>", tidy), strict=True)
    )


def _checked(number: int, row: object) -> Mapping[str, object]:
    if not isinstance(row, Mapping):
        raise TypeError(f"row {number} is to be a mapping with indicator, period and value, not {type(row).__name__}")
    named = {" ".join(str(key).split()).casefold(): value for key, value in row.items()}
    if unknown := [key for key in named if key not in COLUMNS]:
        meant = nearest(unknown[0], {column: column for column in COLUMNS})
        hint = f"did you mean `{meant}`?" if meant else f"the columns are {', '.join(COLUMNS)}"
        raise RowError(f"row {number} has {listed(unknown)}, which is no column: {hint}")
    if missing := [column for column in REQUIRED if column not in named]:
        raise RowError(f"row {number} has no {listed(missing)}")
    return named


def _text(value: object) -> str | None:
    text = "" if value is None else as_text(value)
    return None if text in _MISSING else text
