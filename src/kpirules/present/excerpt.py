"""The source line of a span, and marks under exactly its letters, whatever tabs and wide letters stand before them."""

from typing import Final

from kpirules.present.screen import Screen, columns
from kpirules.source import Span

_TAB: Final = 4
_LEAST: Final = 24


def excerpt(span: Span, words: str, screen: Screen, *, gutter: int, mark: str, style: str) -> list[str]:
    """The line and the marks beneath it, behind line numbers `gutter` columns wide; `words` follow the marks.

    Of a span over several lines the first is shown, and the words say where it ends.
    """
    line, column = span.source.position(span.start)
    last, end_column = span.source.position(span.end)
    written = span.source.line(line)
    start = column - 1
    end = end_column - 1 if last == line else len(written)
    if last != line:
        words = f"{words} (to line {last})".strip()
    cells = _cells(written, screen)
    cut = _window(cells, start, end, max(screen.width - gutter - 4, _LEAST))
    dots = screen.plain("…")
    ahead, behind = (dots if cut.start else ""), (dots if cut.stop < len(cells) else "")
    marked = max(columns("".join(cells[start : min(end, cut.stop)])), 1)
    indent = columns(ahead) + columns("".join(cells[cut.start : start]))
    bar = screen.styled("|", "place")
    number = screen.styled(f" {line:>{gutter}} ", "place")
    shown = f"{number}{bar} {ahead}{''.join(cells[cut])}{behind}".rstrip()
    marks = screen.styled(f"{mark * marked} {screen.plain(words)}".rstrip(), style)
    return [shown, f" {'':{gutter}} {bar} {' ' * indent}{marks}"]


def _cells(line: str, screen: Screen) -> list[str]:
    """How each letter of the line is shown; a tab as blanks up to the next stop."""
    cells, at = list[str](), 0
    for letter in line:
        cells.append(" " * (_TAB - at % _TAB) if letter == "\t" else screen.plain(letter))
        at += columns(cells[-1])
    return cells


def _window(cells: list[str], start: int, end: int, room: int) -> slice:
    """The part of a long line to show: the whole of it if it fits, else from a little before the marks."""
    if columns("".join(cells)) <= room:
        return slice(0, len(cells))
    room -= 6  # for the dots at either end
    first, last = start, start
    while (
        first
        and columns("".join(cells[first - 1 : end])) <= room
        and columns("".join(cells[first - 1 : start])) <= room // 2
    ):
        first -= 1
    while last < len(cells) and columns("".join(cells[first : last + 1])) <= room:
        last += 1
    return slice(first, last)
