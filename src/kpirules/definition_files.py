"""Finding and reading the files of a library: its definitions, the tables beside them, the libraries that it uses."""

import re
from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import Final, TypeAlias

from kpirules.checking.wording import unknown_library
from kpirules.diagnostics import Diagnostic
from kpirules.model import Definitions
from kpirules.observations import Observations, decoded, is_table, observe, read_table
from kpirules.periods import Period
from kpirules.source import Source

Where: TypeAlias = str | PathLike[str]

DEFINITIONS: Final = "*.kpi"
TABLES: Final = "observations"
EXPORTED: Final = ".json"

# A `use` item stands at the beginning of a line; the checker reads it again as part of the language.
_USE: Final = re.compile(r'^[ \t]*use[ \t]+("([^"\n]+)")', re.MULTILINE)


def paths_of(where: Where | Sequence[Where]) -> Sequence[Path]:
    """The paths of a folder or file, or of several."""
    return [Path(where)] if isinstance(where, str | PathLike) else [Path(each) for each in where]


def exported_in(where: Where | Sequence[Where]) -> Path | None:
    """The one file that `to_json` wrote, if that is what the path leads to."""
    match paths_of(where):
        case [path] if path.suffix == EXPORTED and not path.is_dir():
            return path
        case _:
            return None


def read_source(path: Where) -> Source:
    """The text of a file. Raises `OSError` if it cannot be read."""
    return Source(str(path), decoded(Path(path).read_bytes()))


def read_sources(path: Where | Sequence[Where]) -> tuple[Source, ...]:
    """The texts of the definitions in a folder (or a file, or several of either), in the order of their names.

    Raises `OSError` for files that cannot be read.
    """
    return tuple(read_source(file) for each in paths_of(path) for file in _files(each))


def read_tables(path: Where | Sequence[Where]) -> tuple[Source, ...]:
    """The texts of the tables beside the definitions of each folder. Raises `OSError` if one cannot be read."""
    folders = [each / TABLES for each in paths_of(path) if (each / TABLES).is_dir()]
    return tuple(read_source(file) for folder in folders for file in sorted(folder.iterdir()) if is_table(file.name))


def read_observations(
    path: Where, definitions: Definitions, *, period: str | Period | None = None
) -> tuple[Observations, tuple[Diagnostic, ...]]:
    """A table of observations, as CSV or JSON by its name, with everything that is wrong in it.

    `period` is that of the report, for a table with headings such as *last quarter* that does not say which it is.

    Raises `OSError` if it cannot be read.
    """
    rows, found = read_table(read_source(path), None if period is None else str(period))
    observations, more = observe(rows, definitions)
    return observations, (*found, *more)


def read_used(definitions: Sequence[Source]) -> tuple[tuple[Source, ...], tuple[Diagnostic, ...]]:
    """The texts of the libraries that these build on, the nearest first, and the paths that lead nowhere.

    Raises `OSError` for files that cannot be read.
    """
    found: dict[Path, Source] = {}
    missing: list[Diagnostic] = []
    known = {Path(source.name).resolve() for source in definitions}
    waiting = list(definitions)
    while waiting:
        source = waiting.pop(0)
        for match in _USE.finditer(source.text):
            path = Path(source.name).parent / match[2]
            if not path.exists():
                missing.append(unknown_library(source.span(*match.span(1))))
                continue
            fresh = [file for file in _files(path) if file.resolve() not in known]
            known.update(file.resolve() for file in fresh)
            found.update((file.resolve(), read_source(file)) for file in fresh)
            waiting.extend(found[file.resolve()] for file in fresh)
    return tuple(found.values()), tuple(missing)


def _files(path: Path) -> Sequence[Path]:
    """The files of definitions that a path leads to."""
    if path.is_dir():
        return sorted(path.rglob(DEFINITIONS), key=lambda file: file.relative_to(path).as_posix())
    return [path]
