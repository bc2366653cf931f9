"""Parquet files of any length, a batch of rows at a time."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from attrs import frozen

from kpirules.columns import Coded
from kpirules.observations.written import as_text
from kpirules.progress import Watch
from kpirules.rated_tables.faulty_rows import Line
from kpirules.rated_tables.naming import words

_ROWS = 65_536


@frozen
class ParquetFile:
    """A Parquet file and the names of its columns."""

    path: Path
    names: tuple[str, ...]

    @staticmethod
    def at(path: Path) -> "ParquetFile":
        """The file at a path. Raises `OSError` if it cannot be read."""
        return ParquetFile(path, tuple(pq.read_schema(path).names))

    def columns(self, names: Sequence[str], watch: Watch) -> dict[str, Any]:
        """These columns; texts by their different ones, so that much less than the file is held."""
        table = pq.read_table(self.path, columns=list(names), read_dictionary=list(names))
        watch(1, 2)
        return {name: table.column(name) for name in names}

    def lines(self, rows: Collection[int], read: Mapping[str, str]) -> dict[int, Line]:
        """Some rows written out, with a line for each row of the table."""
        table, ordered = pq.read_table(self.path, columns=list(read.values())), sorted(rows)
        found = {}
        for row, cells in zip(ordered, table.take(ordered).to_pylist(), strict=True):
            text, there = "", {}
            for what, name in read.items():
                text += f"{', ' if text else ''}{name}="
                there[what] = len(text), len(text) + len(as_text(cells[name]))
                text += as_text(cells[name])
            found[row] = Line(row + 1, text, there)
        return found

    def write(self, target: Path, added: Mapping[str, Coded[Any]], watch: Watch) -> None:
        """The same rows at another place, with columns added."""
        meanings = {name: pa.array(words(each), pa.string()) for name, each in added.items()}
        with pq.ParquetFile(self.path) as rows:
            schema = rows.schema_arrow
            for name in added:
                schema = schema.append(pa.field(name, pa.string()))
            with pq.ParquetWriter(target, schema) as out:
                done, total = 0, rows.metadata.num_rows
                for batch in rows.iter_batches(_ROWS):
                    end = done + len(batch)
                    columns = [
                        pa.DictionaryArray.from_arrays(each.codes[done:end], meanings[name]).dictionary_decode()
                        for name, each in added.items()
                    ]
                    out.write_batch(pa.RecordBatch.from_arrays([*batch.columns, *columns], schema=schema))
                    done = end
                    watch(done, total)
