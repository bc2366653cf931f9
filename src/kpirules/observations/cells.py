"""Delimited text cut into cells that know where they stand, which the standard reader does not tell."""

import re
from collections.abc import Iterator
from typing import Final, TypeAlias

from attrs import frozen

from kpirules.diagnostics import Diagnostic
from kpirules.observations import wording
from kpirules.source import Source, Span


@frozen
class Cell:
    """What a cell says, blanks included, and the place where that is written, quotes included."""

    text: str
    span: Span


Record: TypeAlias = tuple[Cell, ...]

_QUOTED: Final = re.compile(r' *("([^"]*+(?:""[^"]*+)*+)") *')
_OPENING: Final = re.compile(r' *(")')
_LINE_END: Final = re.compile(r"\r\n|\r|\n|\Z")


def records(source: Source, separator: str, start: int = 0) -> Iterator[Record | Diagnostic]:
    """The rows of the text from `start` on, each as its cells or as the fault for which they cannot be told apart.

    A cell may stand in quotes, with blanks around them; inside, a doubled quote is a quote, and separators and line
    ends are plain text. A quote further on in a cell is plain text too. Lines end with LF, CRLF or CR. After a faulty
    row reading goes on at the line below the one on which the faulty cell begins, so that a quote left open does not
    swallow the rest.
    """
    plain = re.compile(f"[^{re.escape(separator)}\r\n]*")
    at = start
    while at < len(source.text):
        record, at = _record(source, at, separator, plain)
        yield record


def _record(source: Source, at: int, separator: str, plain: re.Pattern[str]) -> tuple[Record | Diagnostic, int]:
    text, cells = source.text, list[Cell]()
    while True:
        quoted = _QUOTED.match(text, at)
        if quoted is None and (opening := _OPENING.match(text, at)):
            return _left_open(source, opening.start(1))
        if quoted is not None:
            cells.append(Cell(quoted[2].replace('""', '"'), source.span(*quoted.span(1))))
            after = quoted.end()
        else:
            after = plain.match(text, at).end()  # type: ignore[union-attr]  # it matches the empty text
            cells.append(Cell(text[at:after], source.span(at, after)))
        if text.startswith(separator, after):
            at = after + len(separator)
        elif end := _LINE_END.match(text, after):
            return tuple(cells), end.end()
        else:
            return _behind_quote(source, cells[-1], plain)


def _behind_quote(source: Source, cell: Cell, plain: re.Pattern[str]) -> tuple[Diagnostic, int]:
    """The fault of a quoted cell that goes on behind its closing quote."""
    start, end = cell.span.start, cell.span.end
    if _line_end(source.text, start)[1] < end:  # it closed with the opening quote of a later cell
        return _left_open(source, start)
    rest = plain.match(source.text, end)
    place = source.span(start, end if rest is None else rest.end())
    return wording.text_behind_quote(place), _line_end(source.text, start)[1]


def _left_open(source: Source, quote: int) -> tuple[Diagnostic, int]:
    end, next_line = _line_end(source.text, quote)
    return wording.unclosed_quote(source.span(quote, end)), next_line


def _line_end(text: str, at: int) -> tuple[int, int]:
    """Where the line ends, and where the next one begins."""
    match = _LINE_END.search(text, at)
    return (len(text), len(text)) if match is None else match.span()
