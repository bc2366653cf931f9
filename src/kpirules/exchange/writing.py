"""From definitions to data that JSON can hold."""

from collections.abc import Mapping
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Final, TypeAlias, cast

from kpirules.exact import decimal_text
from kpirules.exchange import shapes
from kpirules.exchange.forms import FORMS, TABLES, Document, Form
from kpirules.exchange.shapes import Hint, can_be_left_out, members_of, shape_of
from kpirules.model import Definitions

FORMAT: Final = "kpirules-definitions"
VERSION: Final = 1

Data: TypeAlias = bool | int | str | list["Data"] | dict[str, "Data"] | None


def written(definitions: Definitions) -> Mapping[str, Data]:
    """Definitions as data: the tables of what is shared, the indicators, and their tests."""
    tables = _Tables()
    for calendar in definitions.calendars.values():
        tables.key("calendars", calendar)
    document = Document(tuple(definitions.definitions.values()), definitions.tests, definitions.laws)
    rest = tables.members(document, FORMS[Document])
    return {"format": FORMAT, "version": VERSION, **tables.filled(), **rest}


def exact_text(number: Fraction) -> str:
    """The number in decimal figures, or as a fraction such as `1/3` where no decimal writes it exactly."""
    decimal = decimal_text(number)
    return str(number) if decimal.startswith("≈") else decimal


class _Tables:
    """The tables while they fill: each thing is written once, under its name or the next free one."""

    def __init__(self) -> None:
        self._entries: dict[str, dict[str, Data]] = {table: {} for table in TABLES.values()}
        self._keys: dict[tuple[str, object], str] = {}

    def filled(self) -> Mapping[str, Data]:
        """The tables with anything in them."""
        return {table: entries for table, entries in self._entries.items() if entries}

    def key(self, table: str, value: object) -> str:
        """The key of a thing, which is put into its table if it is not there."""
        whole = (table, value)
        if whole not in self._keys:
            entries = self._entries[table]
            name = cast(str, value.name)  # type: ignore[attr-defined]
            key, number = name, 1
            while key in entries:
                number += 1
                key = f"{name} ({number})"
            self._keys[whole] = key
            entries[key] = None  # it is taken, though nothing inside can refer to it
            entries[key] = self.members(value, FORMS[type(value)])
        return self._keys[whole]

    def members(self, value: object, form: Form) -> dict[str, Data]:
        """The members of an object; those that say nothing are left out."""
        data: dict[str, Data] = {"kind": form.kind} if form.kind else {}
        for name, hint, _ in members_of(form):
            member = getattr(value, name)
            if not (can_be_left_out(hint) and _says_nothing(member)):
                data[name] = self.data(member, hint)
        return data

    def data(self, value: object, hint: Hint) -> Data:
        """A value of a type as data."""
        match shape_of(hint):
            case shapes.Text() if isinstance(value, Fraction):
                return exact_text(value)
            case shapes.Text() | shapes.Flag() | shapes.Whole():
                return cast(Data, value)
            case shapes.Exact():
                return exact_text(cast(Fraction, value))
            case shapes.Day():
                return cast(date, value).isoformat()
            case shapes.Words(meanings=meanings):
                return next(word for word, meant in meanings.items() if meant is cast(Enum, value))
            case shapes.Maybe(of=inner):
                return None if value is None else self.data(value, inner)
            case shapes.Listed(of=inner, kind=kind):
                several = cast(tuple[object, ...], value)
                return [
                    self.data(each, inner) for each in (sorted(map(str, several)) if kind is frozenset else several)
                ]
            case shapes.Named(of=inner):
                return {name: self.data(each, inner) for name, each in cast(Mapping[str, object], value).items()}
            case shapes.Referred(table=table):
                return self.key(table, value)
            case shapes.Written(form=form):
                return self.members(value, form)
            case shapes.OneOf():
                return self.data(value, type(value))


def _says_nothing(member: object) -> bool:
    return member is None or member is False or member in ((), {}, frozenset())
