"""Rows that come from no file, written out so that a diagnostic can point into them."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from kpirules.source import Source, Span


def places_in(name: str, rows: Sequence[Mapping[str, object]]) -> tuple[Mapping[str, Span], ...]:
    """Where each row's values stand in a text with a line for each row: `indicator='B3d', period='2023/24', value=79`.

    The text's name is `name`, and its lines are the rows counted from 1.
    """
    lines, places, at = list[str](), list[dict[str, tuple[int, int]]](), 0
    for row in rows:
        line, place = "", dict[str, tuple[int, int]]()
        for column, value in row.items():
            line += f"{', ' if line else ''}{column}="
            shown = repr(value) if isinstance(value, str) else as_text(value)
            place[column] = (at + len(line), at + len(line) + len(shown))
            line += shown
        lines.append(line)
        places.append(place)
        at += len(line) + 1
    source = Source(name, "\n".join(lines))
    return tuple(MappingProxyType({column: source.span(*ends) for column, ends in place.items()}) for place in places)


def as_text(value: object) -> str:
    """Any value on one line; of a whole number with too many figures to write out, its kind."""
    try:
        return " ".join(str(value).split())
    except ValueError:
        return type(value).__name__
