"""One attempt to parse one item: a walk along the tables that makes each node as soon as its rule is whole."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from attrs import frozen

from kpirules.source import Source, Span
from kpirules.syntax.build import VALUES
from kpirules.syntax.nodes import Item
from kpirules.syntax.tables import END, Reader, reader, tables


@frozen
class Leaf:
    """A token of the text: the name of its terminal, and where it stands."""

    type: str
    span: Span


@frozen
class Fault:
    """Where an attempt stopped: the last tokens before, and the terminal that did not fit.

    `type` is None where no terminal matches the text, and `$END` where the text ended too early.
    Before each of the tokens, and at the fault, the terminals are given that could stand there.
    """

    before: tuple[tuple[Leaf, frozenset[str]], ...]
    at: int
    type: str | None
    wanted: frozenset[str]


_remembered = 12
_thought_brace = "\n}\n"
_deepest = 8  # blocks in blocks: no item has so many


def attempt(source: Source, text: str, offset: int, thought: Sequence[int] = ()) -> Item | Fault:
    """Parse one item, whose text begins at `offset` of the source, as if closing braces stood at `thought`."""
    last = offset + len(text)
    added = [min(at, last) - offset + len(_thought_brace) * index for index, at in enumerate(thought[:_deepest])]
    for at in added:
        text = text[:at] + _thought_brace + text[at:]

    def place(position: int) -> int:
        """The offset in the source of a position in the text with its added braces."""
        before = sum(min(max(position - at, 0), len(_thought_brace)) for at in added)
        return min(offset + position - before, last)

    def plain(start: int, end: int) -> Span:
        return Span(source, offset + start, offset + end)

    def moved(start: int, end: int) -> Span:
        return Span(source, place(start), place(end))

    walk = _walked(text, moved if added else plain)
    if walk.stopped_at is None:
        item: Item = walk.item
        return item
    at = place(walk.stopped_at)
    leaves = [Leaf(type, moved(start, end)) for type, start, end in walk.tokens]
    if walk.refused == END or (walk.refused is not None and at >= last):
        return _fault(leaves, leaves[-1].span.end if leaves else offset, END)
    return _fault(leaves, at, walk.refused)


class _Walk(NamedTuple):
    """The item, or where a token did not fit; before that, each token: its terminal, its start and its end."""

    item: Any
    tokens: list[tuple[str, int, int]]
    stopped_at: int | None = None
    refused: str | None = None


def _walked(text: str, span: Callable[[int, int], Span]) -> _Walk:
    """Walk along the tables to the end of the text, or to the first token that does not fit.

    Three stacks rise and fall together: the states, and for each symbol what it says and where it starts. A rule that
    has become whole ends where the last token does.
    """
    actions, after, ignored, whole = tables().actions, tables().after, tables().ignored, tables().end
    state = tables().start
    states = [state]
    said: list[Any] = [None]
    starts = [0]
    tokens: list[tuple[str, int, int]] = []
    end = last = 0  # of all that is read, and of the last token
    while True:
        here = reader(state)
        if found := here.match(text, end):
            type: str = found.lastgroup  # type: ignore[assignment]  # every choice is a group
            start, end = found.span(type)
            if type in here.words:
                type = here.words[type].get(text[start:end], type)
            if type in ignored:
                continue
        else:
            start, type = len(text) - len(text[end:].lstrip(" \t")), END
            if start < len(text):
                return _Walk(None, tokens, start, _refused(here, text, start))
        while not isinstance(action := actions[state].get(type), int):
            if action is None:
                return _Walk(None, tokens, start, type)
            if action.melts:  # the token completes a rule
                states.pop()
            else:
                size = action.size
                made = action.children(said)
                if action.make:
                    made = action.make(span(starts[-size], last), *made)
                del states[-size:]
                if size == 1:
                    said[-1] = made
                else:
                    said[-size:] = [made]
                    del starts[1 - size :]
            state = after[states[-1]][action.origin]
            states.append(state)
            if state == whole:
                return _Walk(said[-1], tokens)
        state, last = action, end
        states.append(state)
        said.append(VALUES[type](span(start, end)) if type in VALUES else None)
        starts.append(start)
        tokens.append((type, start, end))


def _refused(here: Reader, text: str, at: int) -> str | None:
    """The terminal that stands where none can that may stand `here`, unless two words are glued or there is none."""
    anywhere = reader(None)
    glued = here.loose(text, at)
    found = None if glued else anywhere.loose(text, at)
    return anywhere.type(found) if found else None


def _fault(leaves: Sequence[Leaf], at: int, type: str | None) -> Fault:
    """A fault behind these tokens, with what could have stood before each of the last ones."""
    states: tuple[int, ...] = (tables().start,)
    before = []
    for leaf in leaves:
        before.append((leaf, states))
        states = _after(states, leaf.type) or states
    told = [(leaf, _accepted(above)) for leaf, above in before[-_remembered:]]
    return Fault(tuple(told), at, type, _accepted(states))


def _accepted(states: tuple[int, ...]) -> frozenset[str]:
    """The terminals that can stand next."""
    return frozenset(type for type in tables().actions[states[-1]] if type.isupper() and _after(states, type))


def _after(states: tuple[int, ...], type: str) -> tuple[int, ...] | None:
    """The states after one more token, or None if it does not fit."""
    while not isinstance(action := tables().actions[states[-1]].get(type), int):
        if action is None:
            return None
        states = states[: -action.size]
        states = (*states, tables().after[states[-1]][action.origin])
        if states[-1] == tables().end:
            return states
    return (*states, action)
