"""Tables too big to hold, rated from file to file: the same rows with the answers beside them.

A row's travel looks at other rows, wherever they are. So a file is read twice: once for the columns that rating reads,
of which little is kept for each row, and once more to write it out row by row. What is written has a temporary name in
the target's folder until it is whole, so that an end in between leaves the old file or none.
"""

import os
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from errno import EACCES, EISDIR, ENOENT
from pathlib import Path
from typing import Any, Protocol

from kpirules.columns import Coded, RatedColumns
from kpirules.diagnostics import Diagnostic
from kpirules.errors import TableError
from kpirules.progress import Watch
from kpirules.rated_tables.faulty_rows import Line, placed, rows_of
from kpirules.rated_tables.naming import Named, Rate, answer


class TableFile(Protocol):
    """A file that holds a table."""

    @property
    def names(self) -> tuple[str, ...]:
        """Its columns."""
        ...

    def columns(self, names: Sequence[str], watch: Watch) -> Mapping[str, Any]:
        """Some of its columns, whole."""
        ...

    def lines(self, rows: Collection[int], read: Mapping[str, str]) -> Mapping[int, Line]:
        """Where some of its rows are, of which these columns are read."""
        ...

    def write(self, target: Path, added: Mapping[str, Coded[Any]], watch: Watch) -> None:
        """Its rows at another place, with columns added."""
        ...


def rate_file(
    source: Path,
    target: Path,
    rate: Rate,
    travels: Sequence[str],
    named: Named,
    watch: Watch,
) -> RatedColumns:
    """Write the rows of one file to another with their answers; what comes back are the answers.

    Raises `TableError`, what `rate` raises, and `OSError` for files that cannot be read or written.
    """
    if source.suffix.lower() != target.suffix.lower():
        raise TableError(f"{target.name} must end in {source.suffix}, for it will be what {source.name} is")
    target = target.resolve()
    _writable(target)
    table = _opened(source, named.indicator)
    read = named.columns(table.names)
    wanted = named.answers(travels, table.names)
    columns = table.columns(tuple(read.values()), _half(watch, 0))
    found = rate({what: columns[name] for what, name in read.items()}, travels)
    del columns
    with _whole_or_not_at_all(target) as unfinished:
        table.write(unfinished, {name: answer(found, what) for what, name in wanted.items()}, _half(watch, 1))
    return found


def _opened(path: Path, indicator: str) -> TableFile:
    match path.suffix.lower():
        case ".csv":
            from kpirules.rated_tables.csv_file import CsvFile

            return CsvFile.at(path, indicator)
        case ".parquet":
            try:
                from kpirules.rated_tables.parquet_file import ParquetFile
            except ModuleNotFoundError as error:
                raise TableError("Parquet files need pyarrow: pip install kpirules[frames]") from error
            return ParquetFile.at(path)
        case kind:
            raise TableError(f"{path.name} ends in {kind or 'nothing'}: tables in .csv and .parquet files can be rated")


def said_of_lines(source: Path, named: Named, diagnostics: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """What is said of rows of a file's columns, said of its lines."""
    table = _opened(source, named.indicator)
    return placed(diagnostics, str(source), table.lines(rows_of(diagnostics), named.columns(table.names)))


def _writable(target: Path) -> None:
    """Raise `OSError` for what cannot be written in the end, before hours are spent on what to write there."""
    if target.is_dir():
        raise OSError(EISDIR, os.strerror(EISDIR), str(target))
    if not target.parent.is_dir():
        raise OSError(ENOENT, "there is no such folder", str(target.parent))
    if target.exists() and not os.access(target, os.W_OK):
        raise OSError(EACCES, os.strerror(EACCES), str(target))


@contextmanager
def _whole_or_not_at_all(target: Path) -> Iterator[Path]:
    """A name to write to, which becomes the target's if nothing stops it."""
    with tempfile.TemporaryDirectory(prefix=f".{target.stem} ", dir=target.parent) as place:
        unfinished = Path(place) / target.name
        yield unfinished
        if target.exists():
            unfinished.chmod(target.stat().st_mode)
        unfinished.replace(target)


def _half(watch: Watch, half: int) -> Watch:
    """One half of the work, as a part of the whole."""
    return lambda done, total: watch(done + half * total, 2 * total)
