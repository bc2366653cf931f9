"""The gallery: for every diagnostic what it means, a small faulty text, what is shown for it, and the text mended.

Each entry is a file in `entries`, named after its code. Its first part is the meaning in a few sentences; further
parts begin with a line such as `~~~ faulty waits.kpi`: `faulty` and `mended` are one file before and after, `given` is
a file that stays as it is (the definitions beside a faulty table). A fault of which no small file can be made has its
meaning only.
"""

from collections.abc import Iterator, Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Final

from attrs import frozen

from kpirules.diagnostics import Diagnostic
from kpirules.loading import check_json, check_text
from kpirules.observations import observe, read_table
from kpirules.source import Source

__all__ = ["Entry", "Example", "codes", "entry", "faults", "gallery"]

_ENDING: Final = ".txt"
_PART: Final = "\n~~~ "


@frozen
class Example:
    """A faulty file and the same file mended, with the definitions that stand beside a table."""

    given: Source | None
    faulty: Source
    mended: Source


@frozen
class Entry:
    """What there is to know about a code: its meaning in paragraphs, and an example where a small one can be made."""

    code: str
    meaning: tuple[str, ...]
    example: Example | None


def codes() -> tuple[str, ...]:
    """All codes that a diagnostic can have, in the order of the alphabet."""
    return tuple(sorted(file.name.removesuffix(_ENDING) for file in _files()))


def entry(code: str) -> Entry:
    """The entry of a code. Raises `KeyError` where there is no such code."""
    for file in _files():
        if file.name == code + _ENDING:
            return _read(code, file.read_text(encoding="utf-8"))
    raise KeyError(code)


def gallery() -> Iterator[Entry]:
    """Every entry, in the order of the alphabet."""
    return map(entry, codes())


def faults(file: Source, given: Source | None = None) -> tuple[Diagnostic, ...]:
    """What is wrong with definitions (JSON by their name), or with a table beside the definitions that are given."""
    if given is None:
        check = check_json if file.name.endswith(".json") else check_text
        return check(file.text, file.name)[1]
    library, found = check_text(given.text, given.name)
    rows, unread = read_table(file)
    return (*found, *unread, *observe(rows, library.definitions)[1])


def _files() -> Iterator[Traversable]:
    folder = resources.files("kpirules") / "gallery" / "entries"
    return (file for file in folder.iterdir() if file.name.endswith(_ENDING))


def _read(code: str, text: str) -> Entry:
    meaning, *parts = text.split(_PART)
    sources = dict(map(_part, parts))
    paragraphs = tuple(" ".join(paragraph.split()) for paragraph in meaning.split("\n\n"))
    return Entry(code, paragraphs, _example(sources) if sources else None)


def _part(text: str) -> tuple[str, Source]:
    heading, _, body = text.partition("\n")
    role, name = heading.split()
    return role, Source(name, body.removesuffix("\n") + "\n")


def _example(sources: Mapping[str, Source]) -> Example:
    return Example(sources.get("given"), sources["faulty"], sources["mended"])
