"""Where a value stands in a JSON text, found from its path when a fault is told of it."""

import json
import re
from collections.abc import Sequence
from typing import Final, TypeAlias

from kpirules.source import Source, Span

Path: TypeAlias = tuple[str | int, ...]

_DECODER: Final = json.JSONDecoder()
_BLANK: Final = re.compile(r"[\ufeff\s]*")
_PLAIN_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def path_text(path: Path) -> str:
    """The path as people write it: `indicators[3].versions[0].terms.target`."""
    text = ""
    for step in path:
        plain = isinstance(step, str) and _PLAIN_NAME.fullmatch(step)
        text += f".{step}" if plain else f"[{json.dumps(step, ensure_ascii=False)}]"
    return text.removeprefix(".") or "the document"


def value_span(source: Source, path: Path) -> Span:
    """The value at a path that is there: a text within its quotes, and of an object or a list its first character."""
    start = _found(source.text, path)
    return _drawn(source, start)


def member_span(source: Source, path: Path) -> Span:
    """The name of a member that is there, within its quotes; of twice the same the last."""
    *above, name = path
    text, at = source.text, _found(source.text, tuple(above))
    places = [place for place, key, _ in _members(text, at) if key == name]
    return _drawn(source, places[-1])


def item_spans(source: Source, path: Path, member: str) -> Sequence[Span]:
    """Where a member stands in each item of a list that is there, in one walk; the item itself where it lacks one."""
    text, at = source.text, _after_blank(source.text, _found(source.text, path) + 1)
    spans: list[Span] = []
    while text[at] != "]":
        members = _members(text, at) if text[at] == "{" else ()
        spans.append(_drawn(source, next((value for _, name, value in members if name == member), at)))
        at = _next(text, at)
    return spans


def _drawn(source: Source, start: int) -> Span:
    text = source.text
    if text[start] in "{[":
        return source.span(start, start + 1)
    _, end = _DECODER.raw_decode(text, start)
    quotes = text[start] == '"' and end > start + 2
    return source.span(start + quotes, end - quotes)


def _found(text: str, path: Path) -> int:
    at = _after_blank(text, 0)
    for step in path:
        if isinstance(step, int):
            at = _item(text, at, step)
        else:
            at = [value for _, key, value in _members(text, at) if key == step][-1]
    return at


def _members(text: str, at: int) -> Sequence[tuple[int, str, int]]:
    """Of each member of an object the place of its name, the name, and the place of its value."""
    members: list[tuple[int, str, int]] = []
    at = _after_blank(text, at + 1)
    while text[at] != "}":
        name, end = _DECODER.raw_decode(text, at)
        value = _after_blank(text, _after_blank(text, end) + 1)
        members.append((at, name, value))
        at = _next(text, value)
    return members


def _item(text: str, at: int, index: int) -> int:
    at = _after_blank(text, at + 1)
    for _ in range(index):
        at = _next(text, at)
    return at


def _next(text: str, at: int) -> int:
    """What follows on a value: the next one, or the bracket that closes."""
    _, end = _DECODER.raw_decode(text, at)
    end = _after_blank(text, end)
    return _after_blank(text, end + 1) if text[end] == "," else end


def _after_blank(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    return match.end() if match else at
