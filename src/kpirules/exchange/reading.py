"""From JSON back to definitions, with every fault and its place; what is whole loads, whatever else is wrong."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Final, Never, TypeVar, cast

from attrs import frozen

from kpirules.diagnostics import Diagnostic
from kpirules.exchange import shapes, wording
from kpirules.exchange.forms import FORMS, TABLES, Document, Form, Member
from kpirules.exchange.places import Path, member_span, value_span
from kpirules.exchange.shapes import Hint, can_be_left_out, made, members_of, shape_of
from kpirules.exchange.writing import FORMAT, VERSION
from kpirules.source import Source, Span

EXACT: Final = re.compile(r"-?[0-9]{1,400}(\.[0-9]{1,400})?|-?[0-9]{1,400}/[1-9][0-9]{0,400}")
DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
DEEPEST: Final = 150
MOST: Final = 9_999

_KNOWN: Final = f'`"format": "{FORMAT}", "version": {VERSION}`'
_HELP: Final = "`kpirules export --format schema` says what may stand there"
_HEAD: Final = (
    ("format", FORMAT, "these are no definitions"),
    ("version", VERSION, f"this kpirules reads version {VERSION} of the format and no other"),
)
_TWICE: Final = object()
"""The key under which a parsed object keeps the name of a member that it has twice."""

T = TypeVar("T")
K = TypeVar("K")


class DamagedError(Exception):
    """A value is not what it should be: `fault` says why, unless that has been told of a part of it."""

    def __init__(self, fault: Diagnostic | None = None) -> None:
        self.fault = fault
        super().__init__(str(fault))


def parsed(source: Source) -> object:
    """The data of a JSON text. Raises `DamagedError`, which carries the fault."""
    text = source.text
    try:
        data = _DECODER.decode(text.removeprefix("\ufeff"))
        json.dumps(data, ensure_ascii=False, skipkeys=True).encode()
    except json.JSONDecodeError as fault:
        at = min(fault.pos + text.startswith("\ufeff"), len(text))
        raise DamagedError(wording.bad_json(source.span(at, min(at + 1, len(text))), fault.msg.lower())) from None
    except UnicodeEncodeError:
        raise DamagedError(wording.bad_json(source.span(0, 1), "it has half a letter (a lone surrogate)")) from None
    except RecursionError:
        raise DamagedError(wording.bad_json(source.span(0, 1), "it is nested too deeply")) from None
    except ValueError:  # what Python says of a number with thousands of figures
        raise DamagedError(wording.bad_json(source.span(0, 1), "it has a number of thousands of figures")) from None
    return data


def _once(pairs: Sequence[tuple[str, object]]) -> Mapping[object, object]:
    members: dict[object, object] = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        members[_TWICE] = next(name for name in members if names.count(cast(str, name)) > 1)
    return members


_DECODER: Final = json.JSONDecoder(object_pairs_hook=_once)


@frozen
class Reader:
    """A JSON text being read: its source, what its tables hold so far, and the faults found."""

    source: Source
    tables: Mapping[str, dict[str, object]]
    found: list[Diagnostic]

    @staticmethod
    def of(source: Source) -> "Reader":
        """Nothing has been read yet."""
        return Reader(source, {table: {} for table in TABLES.values()}, [])

    def at(self, path: Path) -> Span:
        """Where the value at a path stands."""
        return value_span(self.source, path)

    def head(self, data: object) -> Mapping[str, object]:
        """The document, if it is one of ours in a version that is known. Raises `DamagedError`."""
        if not isinstance(data, Mapping):
            raise DamagedError(wording.unknown_format(self.at(()), "this is no object", _KNOWN))
        for name, expected, words in _HEAD:
            if data.get(name) != expected or isinstance(data[name], bool):
                raise DamagedError(wording.unknown_format(self.at((name,) if name in data else ()), words, _KNOWN))
        known = [name for name, *_ in _HEAD] + ["$schema", *TABLES.values(), *FORMS[Document].members]
        for name, _ in self._named(data, ()):
            if name not in known:
                self.found.append(wording.unknown_member(member_span(self.source, (name,)), (name,), known))
        return data

    def table(self, data: object, table: str, of: type) -> None:
        """Read a table of the document; its entries are referred to from then on, and what is damaged is None."""
        named = self.whole(partial(self._named, data, (table,)))
        for name, entry in named or ():
            self.tables[table][name] = self.whole(partial(self.form, entry, FORMS[of], (table, name)))

    def items(self, data: Mapping[str, object], name: str, form: Form) -> Iterator[tuple[int, object]]:
        """The items of a list of the document that are whole, with their places in it."""
        items = data.get(name, [])
        if not isinstance(items, list):
            self.found.append(wording.bad_member(self.at((name,)), (name,), "a list", _HELP))
            return
        for place, item in enumerate(items):
            if (value := self.whole(partial(self.form, item, form, (name, place)))) is not None:
                yield place, value

    def whole(self, read: Callable[[], T]) -> T | None:
        """What comes of reading, or None if it is damaged, which is told."""
        try:
            return read()
        except DamagedError as damage:
            if damage.fault is not None:
                self.found.append(damage.fault)
            return None

    def _all(self, reads: Mapping[K, Callable[[], object]]) -> Mapping[K, object]:
        """What comes of each, so that all of their faults are told. Raises `DamagedError` if any is damaged."""
        values: dict[K, object] = {}
        for name, read in reads.items():
            try:
                values[name] = read()
            except DamagedError as damage:
                if damage.fault is not None:
                    self.found.append(damage.fault)
        if len(values) < len(reads):
            raise DamagedError
        return values

    def form(self, data: object, form: Form, path: Path) -> object:
        """A value of a form. Raises `DamagedError`."""
        named = self._named(data, path)
        if len(path) > DEEPEST:
            raise self._other(path, "anything that can be read: it is nested too deeply")
        members = members_of(form)
        known = [*(["kind"] if form.kind else []), *(name for name, *_ in members)]
        given = dict(named)
        unknown = [name for name in given if name not in known]
        values = self._all(
            {name: partial(self._member, given, name, hint, member, path) for name, hint, member in members}
            | {name: partial(self._unknown, (*path, name), known) for name in unknown}
        )
        try:
            return made(form, values)
        except ValueError as fault:
            raise DamagedError(wording.unsound(self.at(path), path, str(fault))) from None

    def _member(self, data: Mapping[str, object], name: str, hint: Hint, member: Member, path: Path) -> object:
        if name in data:
            return self.value(data[name], hint, member, (*path, name))
        if can_be_left_out(hint) and not member.filled:
            return _nothing(hint)
        raise DamagedError(wording.missing_member(self.at(path), path, name, member.says))

    def _unknown(self, path: Path, known: Sequence[str]) -> Never:
        raise DamagedError(wording.unknown_member(member_span(self.source, path), path, known))

    def value(self, data: object, hint: Hint, member: Member, path: Path) -> object:
        """A value of a type."""
        match shape_of(hint):
            case shapes.Text():
                if isinstance(data, str):
                    return data
                raise self._other(path, "text")
            case shapes.Flag():
                if isinstance(data, bool):
                    return data
                raise self._other(path, "true or false")
            case shapes.Whole():
                return self._whole_number(data, member, path)
            case shapes.Exact():
                if isinstance(data, str) and EXACT.fullmatch(data):
                    return Fraction(data)
                help = 'write it as text, with a decimal point or as a fraction: "80", "0.5", "1/3"'
                raise self._other(path, "an exact number", help)
            case shapes.Day():
                return self._day(data, path)
            case shapes.Words(meanings=meanings):
                if isinstance(data, str) and data in meanings:
                    return meanings[data]
                raise DamagedError(
                    wording.bad_word(self.at(path), path, "a word that may stand there", list(meanings), "words")
                )
            case shapes.Maybe(of=inner):
                return None if data is None else self.value(data, inner, member, path)
            case shapes.Listed(of=inner, kind=kind):
                return kind(self._list(data, inner, member, path))
            case shapes.Named(of=inner):
                named = self._named(data, path)
                return self._all(
                    {name: partial(self.value, each, inner, member, (*path, name)) for name, each in named}
                )
            case shapes.Referred(table=table):
                return self._entry(data, table, path)
            case shapes.Written(form=form):
                return self.form(data, form, path)
            case shapes.OneOf(of=several):
                return self._one_of(data, several, member, path)

    def _whole_number(self, data: object, member: Member, path: Path) -> int:
        low, high = member.low or 0, MOST if member.high is None else member.high
        if isinstance(data, int) and not isinstance(data, bool) and low <= data <= high:
            return data
        raise self._other(path, f"a whole number from {low} to {high}")

    def _day(self, data: object, path: Path) -> date:
        if isinstance(data, str) and DAY.fullmatch(data):
            try:
                return date.fromisoformat(data)
            except ValueError:
                pass
        raise self._other(path, 'a day such as "2023-04-01"')

    def _list(self, data: object, inner: Hint, member: Member, path: Path) -> tuple[object, ...]:
        if not isinstance(data, list) or (member.filled and not data):
            raise self._other(path, "a list with at least one item" if member.filled else "a list")
        items = {place: partial(self.value, each, inner, member, (*path, place)) for place, each in enumerate(data)}
        return tuple(self._all(items).values())

    def _entry(self, data: object, table: str, path: Path) -> object:
        entries = self.tables[table]
        if not isinstance(data, str) or data not in entries:
            raise DamagedError(
                wording.bad_word(self.at(path), path, f"the key of an entry in `{table}`", list(entries), table)
            )
        if (entry := entries[data]) is None:
            raise DamagedError
        return entry

    def _one_of(self, data: object, several: Sequence[Hint], member: Member, path: Path) -> object:
        shaped = [(hint, shape_of(hint)) for hint in several]
        for hint, shape in shaped:
            if isinstance(shape, shapes.Referred) and isinstance(data, str):
                return self.value(data, hint, member, path)
        if not isinstance(data, Mapping):
            raise self._other(path, "an object with a `kind`")
        kinds = {shape.form.kind or "": shape.form for _, shape in shaped if isinstance(shape, shapes.Written)}
        kind = data.get("kind")
        if kind is None:
            raise DamagedError(wording.missing_member(self.at(path), path, "kind", f"It is one of {', '.join(kinds)}."))
        if not isinstance(kind, str) or kind not in kinds:
            at = (*path, "kind")
            raise DamagedError(wording.bad_word(self.at(at), at, "a kind that may stand there", list(kinds), "kinds"))
        return self.form(data, kinds[kind], path)

    def _named(self, data: object, path: Path) -> Sequence[tuple[str, object]]:
        """The members of an object. Raises `DamagedError` for anything else, and for a member that it has twice."""
        if not isinstance(data, Mapping):
            raise self._other(path, "an object")
        if (twice := data.get(_TWICE)) is not None:
            at = (*path, cast(str, twice))
            raise DamagedError(wording.double_member(member_span(self.source, at), at))
        return [(name, each) for name, each in data.items() if isinstance(name, str)]

    def _other(self, path: Path, expected: str, help: str = _HELP) -> DamagedError:
        return DamagedError(wording.bad_member(self.at(path), path, expected, help))


def _nothing(hint: Hint) -> object:
    match shape_of(hint):
        case shapes.Flag():
            return False
        case shapes.Listed(kind=kind):
            return kind()
        case shapes.Named():
            return {}
        case _:
            return None
