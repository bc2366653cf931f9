"""A gallery entry as a page: for the screen, for the documentation, and as data."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from kpirules.diagnostics import Diagnostic, Severity
from kpirules.gallery import Entry, faults
from kpirules.present.diagnostics import as_text as drawn
from kpirules.present.json_text import json_text
from kpirules.present.screen import Screen, wrapped
from kpirules.source import Source

_PRINTED: Final = Screen(width=100)
_WIDEST: Final = 100
_INDENT: Final = "    "


def as_text(entry: Entry, screen: Screen) -> str:
    """The meaning in lines that fit the screen, the faulty file, what is shown for it, and the file mended."""
    width = min(screen.width, _WIDEST)
    lines = [screen.styled(screen.plain(entry.code), "bold")]
    for paragraph in entry.meaning:
        lines += ["", *wrapped(screen.plain(paragraph), width)]
    if (example := entry.example) is not None:
        if example.given is not None:
            lines += ["", *_titled("With these definitions", example.given, screen)]
        lines += ["", *_titled("Faulty", example.faulty, screen)]
        found = faults(example.faulty, example.given)
        lines += ["", "Shown for it:", "", *_indented(drawn(found, screen)), ""]
        lines += _titled("Mended", example.mended, screen)
    return "\n".join(lines)


def as_json(entry: Entry, screen: Screen) -> str:
    """The entry as an object; without an example its parts are null."""
    example = entry.example
    return json_text(
        {
            "code": entry.code,
            "severity": severity(entry).value,
            "meaning": list(entry.meaning),
            "given": _text(example.given if example else None),
            "faulty": _text(example.faulty if example else None),
            "mended": _text(example.mended if example else None),
            "shown": drawn(faults(example.faulty, example.given), _PRINTED) if example else None,
        },
        screen,
    )


PAGE_FORMATS: Final[Mapping[str, Callable[[Entry, Screen], str]]] = {"text": as_text, "json": as_json}
"""The ways to show an entry; the first is the usual one."""


def as_markdown(entry: Entry) -> str:
    """The page of the documentation."""
    parts = [f"# {entry.code}", *entry.meaning]
    if (example := entry.example) is not None:
        found = faults(example.faulty, example.given)
        if example.given is not None:
            parts += ["With these definitions:", _fenced(example.given)]
        parts += ["This is faulty:", _fenced(example.faulty, found if example.given is None else ())]
        parts += ["It is shown like this:", f"```text\n{drawn(found, _PRINTED)}\n```"]
        parts += ["Mended:", _fenced(example.mended)]
    return "\n\n".join([*parts, "[All diagnostics](index.md)"]) + "\n"


def index(entries: Iterable[Entry]) -> str:
    """The page that lists all codes, each with the first sentence of its meaning."""
    rows = [f"| [{each.code}]({each.code}.md) | {severity(each).value} | {_first(each)} |" for each in entries]
    return "\n".join(
        [
            "# Diagnostics",
            "",
            "Every fault that kpirules tells has a code that stays the same. `kpirules explain CODE` prints its page.",
            "An error keeps its definition or row from loading; a warning does not, and one about definitions can be",
            "silenced in the text: a comment `# allow CODE: reason` on its line or right above it.",
            "",
            "| code | is | says |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


def severity(entry: Entry) -> Severity:
    """Whether the code is an error or a warning; a fault without a small example always is an error."""
    if entry.example is None:
        return Severity.ERROR
    found = faults(entry.example.faulty, entry.example.given)
    return next(fault.severity for fault in found if fault.code == entry.code)


def _first(entry: Entry) -> str:
    """The first sentence of the meaning."""
    return entry.meaning[0].split(". ")[0].removesuffix(".")


def _titled(title: str, file: Source, screen: Screen) -> list[str]:
    lines = (screen.plain(line) for line in file.text.splitlines())
    return [screen.styled(f"{title} ({file.name}):", "bold"), "", *_indented("\n".join(lines))]


def _indented(text: str) -> list[str]:
    return [f"{_INDENT}{line}".rstrip() for line in text.split("\n")]


def _fenced(file: Source, found: Iterable[Diagnostic] = ()) -> str:
    """The file in a fence that says of definitions what is wrong with them, so that the page can be tested."""
    language = file.name.rpartition(".")[2]
    wrong = sorted({("bad" if fault.severity is Severity.ERROR else "warns", fault.code) for fault in found})
    return f"```{' '.join([language, *(word for pair in wrong for word in pair)])}\n{file.text}```"


def _text(file: Source | None) -> str | None:
    return file.text if file else None
