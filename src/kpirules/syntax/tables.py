"""The door to Lark: the parser built from the grammar, and its tables laid out for the driver, once when first needed.

Lark finds the states, what each does with each token, and which token wins where several match. The driver in `lalr`
walks these tables itself, because all it needs of a token is two offsets: no object is made for a word that says
nothing.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache, cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import frozen

from kpirules.grammar_file import grammar_text
from kpirules.syntax.build import RULES, VALUES

if TYPE_CHECKING:
    from lark import Lark

END = "$END"
Maker: TypeAlias = Callable[..., Any]


@frozen
class Reduction:
    """What becomes of the last `size` symbols once they are a whole rule: one symbol, of the kind `origin`.

    `children` takes from what all symbols so far say what those say that count, and None for each part that is absent.
    One without `make` is several symbols for the rule above. A rule that `melts` is its only symbol and no more.
    """

    size: int
    origin: str
    children: Callable[[Sequence[Any]], Sequence[Any]]
    make: Maker | None
    melts: bool


@frozen(slots=False)
class Reader:
    """How the next token is read where some terminals may stand: blanks, and one of these.

    A word that `words` knows is no name but the terminal that it stands for.
    """

    pattern: str
    words: Mapping[str, Mapping[str, str]]

    @cached_property
    def match(self) -> Callable[[str, int], re.Match[str] | None]:
        """Read a token.

        Where no name fits, `until` would be seen in `untill`: so no two letters or figures may meet where it ends.
        """
        return re.compile(self.pattern + "(?!(?<=[A-Za-z0-9_])[A-Za-z0-9_])").match

    @cached_property
    def loose(self) -> Callable[[str, int], re.Match[str] | None]:
        """Read a token, whatever it is glued to."""
        return re.compile(self.pattern).match

    def type(self, found: re.Match[str]) -> str:
        """The terminal that has been found."""
        name = str(found.lastgroup)
        return self.words[name].get(found[name], name) if name in self.words else name


@frozen
class Tables:
    """The states of the parser.

    In each, a terminal leads to another or completes a rule (`actions`), and a whole rule leads to another (`after`).
    Tokens of the `ignored` terminals are passed over everywhere.
    """

    start: int
    end: int
    actions: Sequence[Mapping[str, int | Reduction]]
    after: Sequence[Mapping[str, int]]
    ignored: frozenset[str]


@cache
def parser() -> "Lark":
    """Lark's parser for the grammar."""
    from lark import Lark  # here and not above, because programs that only evaluate never need it

    return Lark(grammar_text(), parser="lalr", lexer="basic", keep_all_tokens=True, maybe_placeholders=True)


@cache
def fixed_words() -> dict[str, str]:
    """The text of each terminal that is always written the same: keywords and punctuation."""
    return {terminal.name: terminal.pattern.value for terminal in parser().terminals if terminal.pattern.type == "str"}


@cache
def tables() -> Tables:
    """The tables. They never change, so threads may share them."""
    lalr: Any = parser().parser.parser
    table = lalr._parse_table
    states = [{name: to for name, (_, to) in table.states[state].items()} for state in range(len(table.states))]
    rules = {id(to): _reduction(to) for state in states for to in state.values() if not isinstance(to, int)}
    terminals = {END, *(terminal.name for terminal in parser().terminals)}
    [start], [end] = table.start_states.values(), table.end_states.values()
    return Tables(
        start,
        end,
        [{name: rules.get(id(to), to) for name, to in state.items() if name in terminals} for state in states],
        [{name: to for name, to in state.items() if name not in terminals} for state in states],
        frozenset(parser().ignore_tokens),
    )


def _reduction(rule: Any) -> Reduction:
    size = len(rule.expansion)
    absent = "".join("1" if gone else "0" for gone in rule.options.empty_indices) or "0" * size
    nones = [len(run) for run in absent.split("0")]  # before each symbol, and after the last
    places: list[int | None] = []
    spliced = set()
    for place, symbol in enumerate(rule.expansion):
        places.extend([None] * nones[place])
        if not symbol.is_term or symbol.name in VALUES:
            places.append(place - size)
        if not symbol.is_term and symbol.name.startswith("_"):
            spliced.add(place - size)
    places.extend([None] * nones[size])
    name = str(rule.alias or rule.options.template_source or rule.origin.name)
    melts = bool(rule.options.expand1 and not rule.alias and places == [-1])
    make = None if name.startswith("_") else RULES["only" if melts else name]
    return Reduction(size, str(rule.origin.name), _taken(places, spliced), make, melts and size == 1 and not spliced)


def _taken(places: Sequence[int | None], spliced: Collection[int]) -> Callable[[Sequence[Any]], Sequence[Any]]:
    """How to take what stands at these places; at those `spliced` several stand."""

    # The lowest symbol of all is none of the text's, and says nothing.
    plain = [0 if place is None else place for place in places]
    if not spliced:
        match plain:
            case []:
                return lambda said: ()  # noqa: ARG005
            case [one]:
                return lambda said: (said[one],)
            case _:
                return itemgetter(*plain)
    return lambda said: [each for place in plain for each in (said[place] if place in spliced else (said[place],))]


@cache
def reader(state: int | None) -> Reader:
    """The reader of a state; of None, the one that reads any token."""
    names = frozenset(terminal.name for terminal in parser().terminals)
    return _reader(names if state is None else names & {*tables().actions[state], *tables().ignored})


@cache
def _reader(terminals: frozenset[str]) -> Reader:
    """A reader of these terminals; they are tried in the order in which Lark tries them."""
    words = {
        name: here
        for name, of in _words().items()
        if name in terminals and (here := {word: of[word] for word in of if of[word] in terminals})
    }
    known = {name for of in words.values() for name in of.values()}
    ordered = sorted(
        (terminal for terminal in parser().terminals if terminal.name in terminals - known),
        key=lambda each: (-each.priority, -each.pattern.max_width, -len(each.pattern.value), each.name),
    )
    choices = "|".join(f"(?P<{each.name}>{each.pattern.to_regexp()})" for each in ordered)
    return Reader(rf"[ \t]*+(?>{choices})", words)


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    """For each terminal that is a pattern, the words that it matches and that are terminals themselves."""
    found: dict[str, dict[str, str]] = {}
    for pattern in parser().terminals:
        for word in parser().terminals:
            kinds, text = (pattern.pattern.type, word.pattern.type), word.pattern.value
            one_kind = kinds == ("re", "str") and word.priority == pattern.priority
            if one_kind and re.fullmatch(pattern.pattern.to_regexp(), text):
                found.setdefault(pattern.name, {})[text] = word.name
    return found
