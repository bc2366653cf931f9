"""Where the faulty rows of a file stand in it: what was said of rows of columns, said of lines of the file."""

import re
from collections.abc import Mapping, Sequence

from attrs import evolve, frozen

from kpirules.diagnostics import Diagnostic
from kpirules.source import Source, Span

_COLUMN = re.compile(r"(\w+)=$")


@frozen
class Line:
    """A row as a file has it: the number of its line, from 1, its text, and where in that each thing read stands."""

    number: int
    text: str
    places: Mapping[str, tuple[int, int]]


def rows_of(diagnostics: Sequence[Diagnostic]) -> frozenset[int]:
    """The rows that are spoken of, counted from 0."""
    return frozenset(span.line - 1 for each in diagnostics for span in (each.span, *(more.span for more in each.also)))


def placed(diagnostics: Sequence[Diagnostic], name: str, lines: Mapping[int, Line]) -> tuple[Diagnostic, ...]:
    """The same, in a text with the name of the file that has the lines of those rows where they are in it."""
    starts, text, at = dict[int, int](), "", 1
    for row, line in sorted(lines.items()):
        text += "\n" * (line.number - at)
        starts[row], at = len(text), line.number
        text += line.text
    source = Source(name, text)

    def moved(span: Span) -> Span:
        row = span.line - 1
        column = _COLUMN.search(span.source.line(span.line)[: span.column - 1])
        start, end = lines[row].places.get(column[1] if column else "", (0, len(lines[row].text)))
        return source.span(starts[row] + start, starts[row] + end)

    return tuple(
        evolve(each, span=moved(each.span), also=tuple(evolve(more, span=moved(more.span)) for more in each.also))
        for each in diagnostics
    )
