"""Definitions as JSON for other tools, the schema of that JSON, and the way back to the same definitions."""

from collections.abc import Iterator, Mapping
from typing import cast

from attrs import evolve

from kpirules.checking.wording import duplicate_name
from kpirules.diagnostics import Diagnostic, Severity
from kpirules.exchange.forms import FORMS, TABLES
from kpirules.exchange.places import item_spans
from kpirules.exchange.reading import Reader, parsed
from kpirules.exchange.sound import faults, law_faults, test_faults
from kpirules.exchange.wording import unsound
from kpirules.exchange.writing import written
from kpirules.model import Definition, Definitions, LawBlock, TestBlock
from kpirules.periods import Calendar
from kpirules.source import Source, Span

__all__ = ["read_definitions", "written"]


def read_definitions(source: Source) -> tuple[Definitions, tuple[Diagnostic, ...]]:
    """The definitions of a JSON text and everything that is wrong with them; never raises, whatever the text.

    What is right loads, whatever else is wrong, and its rules are proved as those of text are.
    """
    reader = Reader.of(source)
    read = reader.whole(lambda: _read(reader))
    return read or Definitions({}, {}), tuple(dict.fromkeys(reader.found))


def _read(reader: Reader) -> Definitions:
    data = reader.head(parsed(reader.source))
    for of, table in TABLES.items():
        reader.table(data.get(table, {}), table, of)
    listed = isinstance(data.get("indicators"), list)
    places = item_spans(reader.source, ("indicators",), "reference") if listed else ()
    definitions: dict[str, Definition] = {}
    first: dict[str, Span] = {}
    for number, each in reader.items(data, "indicators", FORMS[Definition]):
        definition, place, path = cast(Definition, each), places[number], ("indicators", number)
        if definition.reference in first:
            reader.found.append(duplicate_name(place, "indicator", first[definition.reference]))
            continue
        first[definition.reference] = place
        wrong = list(faults(definition, place, path))
        reader.found.extend(wrong)
        if not any(fault.severity is Severity.ERROR for fault in wrong):
            definitions[definition.reference] = definition
    tests = tuple(_tests(reader, data, definitions))
    laws = tuple(_laws(reader, data, definitions))
    calendars = {
        calendar.name: calendar for calendar in reader.tables["calendars"].values() if isinstance(calendar, Calendar)
    }
    return Definitions(definitions, calendars, tests, laws)


def _tests(reader: Reader, data: Mapping[str, object], definitions: Mapping[str, Definition]) -> Iterator[TestBlock]:
    """The tests of those indicators that have loaded."""
    for number, each in reader.items(data, "tests", FORMS[TestBlock]):
        block = cast(TestBlock, each)
        if block.reference not in definitions:
            continue
        wrong = [
            unsound(reader.at(("tests", number)), ("tests", number), why)
            for why in test_faults(block, definitions[block.reference])
        ]
        reader.found.extend(wrong)
        if not wrong:
            yield block


def _laws(reader: Reader, data: Mapping[str, object], definitions: Mapping[str, Definition]) -> Iterator[LawBlock]:
    """The laws, each for those of its indicators that have loaded."""
    for number, each in reader.items(data, "laws", FORMS[LawBlock]):
        law = cast(LawBlock, each)
        law = evolve(law, about=tuple(of for of in law.about if of.reference in definitions))
        wrong = [unsound(reader.at(("laws", number)), ("laws", number), why) for why in law_faults(law, definitions)]
        reader.found.extend(wrong)
        if not wrong:
            yield law
