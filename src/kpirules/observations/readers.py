"""How a table of observations is read, by the end of its file's name."""

from pathlib import PurePath

from kpirules.diagnostics import Diagnostic
from kpirules.observations.json_table import read_json
from kpirules.observations.table import Row, read_csv
from kpirules.source import Source

TABLES = (".csv", ".json")


def is_table(name: str) -> bool:
    """Whether a file of this name holds a table."""
    return PurePath(name).suffix.lower() in TABLES


def read_table(source: Source, period: str | None = None) -> tuple[tuple[Row, ...], tuple[Diagnostic, ...]]:
    """The rows of a table and every fault in it; what has no known ending is read as CSV.

    `period` is that of the report, for headings such as *last quarter* in a table that does not say which it is.
    """
    if PurePath(source.name).suffix.lower() == ".json":
        return read_json(source)
    return read_csv(source, period)
