"""CSV files of any length, a row at a time, in the encoding and with the separator that they have."""

import csv
import io
from array import array
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import accumulate, islice
from pathlib import Path
from typing import Any, TextIO

from attrs import frozen

from kpirules.columns import Coded
from kpirules.errors import TableError
from kpirules.observations import encoding_of, folded, header_among, separator_of
from kpirules.observations.headers import MOST_ABOVE
from kpirules.progress import Watch, unwatched
from kpirules.rated_tables.faulty_rows import Line
from kpirules.rated_tables.naming import words

_BLOCK = 1 << 20
_EVERY = 4096


@frozen
class CsvFile:
    """A CSV file: its encoding, its separator and line ends, the lines above its header, and the names there."""

    path: Path
    encoding: str
    separator: str
    line_end: str
    above: tuple[str, ...]
    names: tuple[str, ...]

    @staticmethod
    def at(path: Path, named: str) -> "CsvFile":
        """The file at a path; its header is the line that names this column, or else the first.

        Raises `OSError` if it cannot be read, `TableError` if its first line names nothing.
        """
        with path.open("rb") as data:
            encoding = encoding_of(iter(lambda: data.read(_BLOCK), b""))
        with path.open(encoding=encoding, errors="replace", newline="") as stream:
            lines = list(_first_lines(stream))
        written = [place for place, line in enumerate(lines) if line.strip()]
        separator = separator_of([lines[place] for place in written], folded(named))
        found = header_among((_cells(lines[place], separator) for place in written), folded(named))
        place = 0 if found is None else written[found]
        names = _cells(lines[place], separator) if lines else []
        if not any(map(str.strip, names)):
            raise TableError(f"the first line of {path.name} is empty: it must name the columns")
        line_end = "\r\n" if lines[place].endswith("\r\n") else "\n"
        above = tuple(lines[:place])
        return CsvFile(path, encoding, separator, line_end, above, tuple(" ".join(name.split()) for name in names))

    def columns(self, names: Sequence[str], watch: Watch) -> dict[str, list[str | None]]:
        """These columns as texts; of equal texts one is kept. A row may end early: what it lacks is missing."""
        places = [self.names.index(name) for name in names]
        known: dict[str, int] = {}
        texts: list[str] = []
        found = [array("q") for _ in names]
        for _, row in self._rows(watch):
            for column, place in zip(found, places, strict=True):
                text = row[place].strip() if place < len(row) else ""
                number = known.get(text)
                if number is None:
                    number = known[text] = len(texts)
                    texts.append(text)
                column.append(number)
        return {name: [texts[each] or None for each in column] for name, column in zip(names, found, strict=True)}

    def write(self, target: Path, added: Mapping[str, Coded[Any]], watch: Watch) -> None:
        """The same rows at another place, with columns added. Raises `TableError` and `OSError`."""
        answers = [([word or "" for word in words(each)], each.codes) for each in added.values()]
        width = len(self.names)
        with target.open("w", encoding=self.encoding, newline="") as stream:
            stream.writelines(self.above)
            out = csv.writer(stream, delimiter=self.separator, lineterminator=self.line_end)
            out.writerow([*self.names, *added])
            for place, (_, row) in enumerate(self._rows(watch)):
                cells = [*row[:width], *[""] * (width - len(row))]
                out.writerow([*cells, *[meanings[codes[place]] for meanings, codes in answers]])

    def lines(self, rows: Collection[int], read: Mapping[str, str]) -> dict[int, Line]:
        """Some rows with their places; of cells in quotation marks, what they say."""
        found = {}
        for row, (number, cells) in enumerate(self._rows(unwatched)):
            if row in rows:
                ends = list(accumulate(len(cell) + 1 for cell in cells))
                spans = [(end - 1 - len(cell), end - 1) for cell, end in zip(cells, ends, strict=True)]
                places = {what: self.names.index(name) for what, name in read.items()}
                there = {what: spans[place] for what, place in places.items() if place < len(spans)}
                found[row] = Line(number, " ".join(self.separator.join(cells).splitlines()), there)
        return found

    def _rows(self, watch: Watch) -> Iterator[tuple[int, list[str]]]:
        """The line and the cells of each row below the header that has anything in it.

        Raises `TableError` for what is no row.
        """
        size, width = self.path.stat().st_size, len(self.names)
        with self.path.open("rb") as data, io.TextIOWrapper(data, self.encoding, "replace", newline="") as text:
            above = sum(1 for _ in islice(text, len(self.above)))
            rows = csv.reader(text, delimiter=self.separator)
            try:
                next(rows, None)
                line = above + rows.line_num
                for count, row in enumerate(rows):
                    if count % _EVERY == 0:
                        watch(min(data.tell(), size), size)
                    if any(row[width:]):
                        raise TableError(
                            f"{self.path.name}: line {above + rows.line_num} has more cells than the header has names"
                        )
                    if any(row):
                        yield line + 1, row
                    line = above + rows.line_num
            except csv.Error as error:
                raise TableError(
                    f"{self.path.name}: line {above + rows.line_num} is no row of a table: {error}"
                ) from error
        watch(size, size)


def _first_lines(stream: TextIO) -> Iterator[str]:
    """The lines among which the header is looked for, empty ones between them included."""
    left = MOST_ABOVE
    for line in stream:
        yield line
        left -= bool(line.strip())
        if not left:
            break


def _cells(line: str, separator: str) -> list[str]:
    """The cells of a line that may be the header; none if it is no row of a table."""
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return []
