"""Definitions as JSON for other tools, the schema of that JSON, and the way back to the same definitions."""

from typing import cast

from kpirules.checking.wording import duplicate_name
from kpirules.diagnostics import Diagnostic, Severity
from kpirules.exchange.forms import FORMS, TABLES
from kpirules.exchange.reading import Reader, parsed
from kpirules.exchange.sound import faults
from kpirules.exchange.writing import written
from kpirules.model import Definition, Definitions, TestBlock
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
    indicators = reader.items(data, "indicators", FORMS[Definition])
    definitions: dict[str, Definition] = {}
    first: dict[str, Span] = {}
    for path, each in indicators:
        definition = cast(Definition, each)
        place = reader.at((*path, "reference"))
        if definition.reference in first:
            reader.found.append(duplicate_name(place, "indicator", first[definition.reference]))
            continue
        first[definition.reference] = place
        wrong = list(faults(definition, place, path))
        reader.found.extend(wrong)
        if not any(fault.severity is Severity.ERROR for fault in wrong):
            definitions[definition.reference] = definition
    tests = [cast(TestBlock, block) for _, block in reader.items(data, "tests", FORMS[TestBlock])]
    calendars = {
        calendar.name: calendar for calendar in reader.tables["calendars"].values() if isinstance(calendar, Calendar)
    }
    return Definitions(definitions, calendars, tuple(block for block in tests if block.reference in definitions))
