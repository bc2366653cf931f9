"""A scorecard as a table for spreadsheets: a line for each row and component, with the keys of the JSON report."""

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final

from kpirules.assess.scorecard import Scorecard
from kpirules.present.json_report import report_data
from kpirules.present.screen import Screen

_FORMULA: Final = ("=", "+", "-", "@")
# An amount, or an exact fraction such as -1/3: whatever begins like a formula and is no more than that.
_NUMBER: Final = re.compile(r"[+-]?[£$€]?[0-9][0-9,]*(\.[0-9]+)?(%|/[0-9]+)?")


def csv_report(scorecard: Scorecard, screen: Screen, only: Collection[str]) -> str:
    """The scorecard as CSV; what is null in JSON is empty here, and what lies within has a dotted name.

    A text that a spreadsheet would work out (`=1+1`) gets an apostrophe before it. The screen plays no part.
    """
    del screen
    rows = [dict(_flat(row)) for row in report_data(scorecard, only)]
    names = dict.fromkeys(name for row in rows for name in row)
    written = io.StringIO()
    table = csv.DictWriter(written, list(names), restval="", lineterminator="\n")
    if names:
        table.writeheader()
    table.writerows(rows)
    return written.getvalue().removesuffix("\n")


def _flat(data: Mapping[str, object], within: str = "") -> Iterator[tuple[str, str]]:
    for key, value in data.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{within}{key}.")
        elif isinstance(value, list):
            yield f"{within}{key}", _harmless("; ".join(map(str, value)))
        else:
            yield f"{within}{key}", _harmless("" if value is None else str(value))


def _harmless(text: str) -> str:
    """The text, so that no spreadsheet takes it for a formula."""
    begins = text.lstrip().startswith(_FORMULA)
    return f"'{text}" if begins and not _NUMBER.fullmatch(text) else text
