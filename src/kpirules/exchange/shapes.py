"""Which shape a type has in JSON: derived from the type itself and the forms, so that there is no second list.

A number is text, because JSON's own numbers are binary fractions to most programs. A member that can be None, false or
empty is left out when it is.
"""

import types
from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import lru_cache, reduce
from operator import or_
from typing import Any, Final, TypeAlias, Union, get_args, get_origin, get_type_hints

from attrs import fields, frozen

from kpirules.exchange.forms import FORMS, TABLES, Form, Member
from kpirules.model import Case
from kpirules.periods import FREQUENCY_WORDS, Calendar, Frequency, Period, parse_period
from kpirules.source import Span

Hint: TypeAlias = Any
"""A type as an annotation writes it."""


@frozen
class Text:
    """Any text."""


@frozen
class Flag:
    """True or false."""


@frozen
class Whole:
    """A whole number."""


@frozen
class Exact:
    """An exact number, as text."""


@frozen
class Day:
    """A day, as text."""


@frozen
class Words:
    """One of a closed list of words, each with what it stands for."""

    meanings: Mapping[str, Enum]


@frozen
class Maybe:
    """Something, or null."""

    of: Hint


@frozen
class Listed:
    """A list; in Python a tuple, or a frozenset, which is written in the order of the alphabet."""

    of: Hint
    kind: type[tuple[object, ...]] | type[frozenset[object]] = tuple


@frozen
class Named:
    """An object whose members are names that the author chose."""

    of: Hint


@frozen
class Referred:
    """The key of an entry in a table of the document."""

    table: str
    of: type


@frozen
class Written:
    """An object of a form."""

    form: Form


@frozen
class OneOf:
    """One of several, told apart by their kinds; those that stand in a table are text."""

    of: tuple[Hint, ...]


Shape: TypeAlias = Text | Flag | Whole | Exact | Day | Words | Maybe | Listed | Named | Referred | Written | OneOf

_PLAIN: Final[Mapping[Hint, Shape]] = {str: Text(), bool: Flag(), int: Whole(), Fraction: Exact(), date: Day()}

# A period is written as people write it; what it is made from otherwise are numbers of which nobody would think. What
# a case gives is written as people write it, too.
_HINTS: Final[Mapping[type, Mapping[str, Hint]]] = {
    Period: {"calendar": Calendar, "text": str},
    Case: {"given": Mapping[str, str | None]},
}
_MAKERS: Final[Mapping[type, Callable[..., object]]] = {Period: lambda calendar, text: parse_period(text, calendar)}


@lru_cache(maxsize=512)
def shape_of(hint: Hint) -> Shape:
    """The shape of a type that stands where no table does: what a table holds is written out."""
    if hint in _PLAIN:
        return _PLAIN[hint]
    origin: Any = get_origin(hint)
    inner = get_args(hint)
    if origin in (Union, types.UnionType):
        rest = tuple(each for each in inner if each is not type(None))
        return OneOf(rest) if len(rest) == len(inner) else Maybe(reduce(or_, rest))
    if origin in (tuple, frozenset):
        return Listed(inner[0], origin)
    if origin is not None and issubclass(origin, Mapping):
        return Named(inner[1])
    if issubclass(hint, Enum):
        return Words(_words(hint))
    return Referred(TABLES[hint], hint) if hint in TABLES else Written(FORMS[hint])


def _words(kind: type[Enum]) -> Mapping[str, Enum]:
    if kind is Frequency:
        return {word: each for word, each in FREQUENCY_WORDS.items() if word != "annual"}
    # A word that goes without saying in the language has its name here.
    return {str(each.value) or each.name.lower(): each for each in kind}


def can_be_left_out(hint: Hint) -> bool:
    """Whether a member of this type is left out when it is None, false or empty."""
    return isinstance(shape_of(hint), Maybe | Flag | Listed | Named)


@lru_cache(maxsize=256)
def members_of(form: Form) -> tuple[tuple[str, Hint, Member], ...]:
    """The members of a form in the order of writing: the name, the type, and what is said of it.

    A place in a text stays behind, as the text does.
    """
    hints = {**get_type_hints(form.type), **_HINTS.get(form.type, {})}
    names = form.members if form.type in _MAKERS else [each.name for each in fields(form.type)]
    names = [name for name in names if Span not in get_args(hints[name])]
    return tuple((name, hints[name], form.members[name]) for name in names)


def made(form: Form, values: Mapping[str, object]) -> object:
    """The value of a form from its members. Raises `ValueError` for members that do not go together."""
    maker: Callable[..., object] = _MAKERS.get(form.type, form.type)
    return maker(**values)
