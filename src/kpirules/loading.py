"""The way in: definitions and observations from files, texts and JSON, checked, as a library."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kpirules.checking import Memo, check_sources
from kpirules.checking.standard import standard
from kpirules.collector import collecting_later
from kpirules.definition_files import Where, exported_in, read_source, read_sources, read_tables, read_used
from kpirules.diagnostics import Diagnostic, Severity
from kpirules.library import Library, LibraryError
from kpirules.observations import Observations, Row, observe, read_table
from kpirules.progress import Watch, unwatched
from kpirules.source import Source

if TYPE_CHECKING:
    from kpirules.testing.mutants import Mutation


def check(
    path: Where | Sequence[Where], *, tests: bool = True, memo: Memo | None = None
) -> tuple[Library, tuple[Diagnostic, ...]]:
    """Load a folder of definitions (or a file, or several of either) with everything that is wrong in them.

    A single file `….json` is one that `to_json` wrote.

    What is right loads, whatever else is wrong. Without `tests`, the `test` blocks and laws are passed over unread:
    that is quicker for whoever only rates. With a `memo`, kept by whoever checks again and again, only what has changed
    since its last use is parsed, checked and proved again; the result is the same. Python's collector of cyclic garbage
    stands still meanwhile, in all threads. Never raises for what the files say; raises `OSError` for files that cannot
    be read.
    """
    exported = exported_in(path)
    if exported is not None:
        return _read_json(read_source(exported))
    return _checked(read_sources(path), read_tables(path), tests=tests, memo=memo)


def check_text(text: str, name: str = "<text>", *, memo: Memo | None = None) -> tuple[Library, tuple[Diagnostic, ...]]:
    """Load definitions from a text; with a `memo` as `check` does. Never raises, whatever the text."""
    return _checked([Source(name, text)], [], memo=memo)


def load(path: Where | Sequence[Where]) -> Library:
    """Load a folder of definitions, a file, or several of either.

    Raises `LibraryError`, with the library of what is right and all diagnostics, if there is any error; warnings are
    left to `check`. Raises `OSError` for files that cannot be read. As in `check`, the collector of cyclic garbage
    stands still meanwhile.
    """
    return _sound(*check(path))


def load_text(text: str, name: str = "<text>") -> Library:
    """Load definitions from a text. Raises `LibraryError` if there is any error."""
    return _sound(*check_text(text, name))


def mutate(path: Where | Sequence[Where], *, word: str | None = None, watch: Watch = unwatched) -> "Mutation":
    """Make small mistakes in the definitions, one at a time, and say which of them no `test` would notice.

    A test or law that fails as the definitions are can notice nothing: it is in `failing`, and the others judge alone.

    Args:
        path: a folder of definitions, a file, or several of either.
        word: only mistakes in indicators, or in lines, that have this word in them.
        watch: called with how many mistakes are tried and how many there are.

    Raises:
        LibraryError: the definitions have errors.
        OSError: a file cannot be read.
    """
    from kpirules.testing import mutants

    definitions = read_sources(path)
    library = _sound(*_checked(definitions, []))
    used, _ = read_used(definitions)
    return mutants.mutate(definitions, (*used, *standard()), library.definitions, word=word, watch=watch)


def to_json(library: Library) -> str:
    """The definitions and tests of a library as JSON, for other tools and for `from_json`; observations stay behind.

    `json_schema` describes it. Every decision is in it: versions, targets, tolerances, schemes, travels, components.
    """
    from kpirules.exchange import written

    return json.dumps(written(library.definitions), indent=2, ensure_ascii=False)


def from_json(text: str, name: str = "<json>") -> Library:
    """The library that `to_json` wrote: the same definitions, which rate everything as before; without observations.

    Raises `LibraryError` if there is any error in it, with the path and the place of each.
    """
    return _sound(*check_json(text, name))


def check_json(text: str, name: str = "<json>") -> tuple[Library, tuple[Diagnostic, ...]]:
    """Load definitions from JSON, with everything that is wrong in it. Never raises, whatever the text."""
    return _read_json(Source(name, text))


def json_schema() -> str:
    """The JSON Schema (2020-12) of what `to_json` writes and `from_json` reads, as JSON."""
    from kpirules.exchange.schema import schema

    return json.dumps(schema(), indent=2, ensure_ascii=False)


@collecting_later()
def _read_json(source: Source) -> tuple[Library, tuple[Diagnostic, ...]]:
    from kpirules.exchange import read_definitions

    definitions, found = read_definitions(source)
    return Library(definitions, Observations({})), found


def _sound(library: Library, diagnostics: tuple[Diagnostic, ...]) -> Library:
    if any(fault.severity is Severity.ERROR for fault in diagnostics):
        raise LibraryError(library, diagnostics)
    return library


@collecting_later()
def _checked(
    definitions: Sequence[Source], tables: Sequence[Source], *, tests: bool = True, memo: Memo | None = None
) -> tuple[Library, tuple[Diagnostic, ...]]:
    used, missing = read_used(definitions)
    checked = check_sources(definitions, (*used, *standard()), tests=tests, memo=memo)
    rows: list[Row] = []
    faults = [*missing, *checked.diagnostics]
    for table in tables:
        some, wrong = read_table(table)
        rows.extend(some)
        faults.extend(wrong)
    observations, wrong = observe(rows, checked.definitions)
    faults.extend(_not_following(wrong, checked.diagnostics))
    return Library(checked.definitions, observations, checked.lowered), tuple(faults)


def _not_following(wrong: Sequence[Diagnostic], found: Sequence[Diagnostic]) -> Sequence[Diagnostic]:
    """Observations of an indicator that does not load are no fault of the table."""
    broken = any(fault.severity is Severity.ERROR for fault in found)
    return [fault for fault in wrong if not (broken and fault.code == "unknown-indicator")]
