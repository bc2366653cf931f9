"""How a table of observations is read, by the end of its file's name."""

from pathlib import PurePath

from kpirules.diagnostics import Diagnostic
from kpirules.observations.json_table import read_json
from kpirules.observations.table import Row, read_csv
from kpirules.source import Source

READERS = {".csv": read_csv, ".json": read_json}


def is_table(name: str) -> bool:
    """Whether a file of this name holds a table."""
    return PurePath(name).suffix.lower() in READERS


def read_table(source: Source) -> tuple[tuple[Row, ...], tuple[Diagnostic, ...]]:
    """The rows of a table and every fault in it; what has no known ending is read as CSV."""
    return READERS.get(PurePath(source.name).suffix.lower(), read_csv)(source)
