"""Long tables of observations as delimited text: a header, then a row for each observed value."""

import codecs
import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from attrs import field, frozen

from kpirules.diagnostics import Diagnostic, Severity
from kpirules.observations import wording
from kpirules.observations.cells import Cell, Record, records
from kpirules.observations.wide import as_long, period_columns
from kpirules.observations.written import places_in
from kpirules.source import Source, Span

COLUMNS: Final = ("indicator", "component", "period", "value", "measured", "note")
REQUIRED: Final = ("indicator", "period", "value")

_SEPARATORS: Final = ",;\t"
_FIRST_LINE: Final = re.compile(r"\s*([^\r\n]*)")
_MARKS: Final[Mapping[bytes, str]] = MappingProxyType(
    {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
)


@frozen
class Row:
    """One row as written: nothing is resolved or read yet, and `value` may be text or any number.

    `component` names a component, an input or an observed figure; None is the indicator itself. `places` has the span
    of every column that was written; a row made in Python is written out for the purpose.
    """

    indicator: str
    component: str | None
    period: str
    value: object
    measured: str | None = None
    note: str | None = None
    places: Mapping[str, Span] = field(eq=False, repr=False)

    @places.default
    def _written_out(self) -> Mapping[str, Span]:
        return places_in("<row>", [{column: getattr(self, column) for column in COLUMNS}])[0]

    def place(self, column: str) -> Span:
        """The span of a column, or an empty one where it is not written."""
        span = self.places.get(column)
        return Source("<row>", "").span(0, 0) if span is None else span


def decoded(data: bytes) -> str:
    """The text of a file: UTF-8 or UTF-16 by its mark, else UTF-8, else the Western Windows code page.

    Never fails: what its encoding cannot mean becomes U+FFFD.
    """
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def read_csv(source: Source) -> tuple[tuple[Row, ...], tuple[Diagnostic, ...]]:
    """The rows of a table, and every fault in it; a faulty row is left out and all others load.

    The header names the columns in any order: `indicator`, `period`, `value`, and if need be `component`, `measured`
    and `note`. The separator is a comma, or a semicolon or tab where the header has no comma. Rows without anything in
    them are passed over; a row may end before columns that it does not need, and may have empty cells too many. An
    empty value stays, because it says that there is none. Instead of `period` and `value` there may be a column for
    each period, named by it.
    """
    start = int(source.text.startswith("\ufeff"))
    separator = _separator(source.text[start:])
    lines = list(records(source, separator, start))
    faults = [line for line in lines if isinstance(line, Diagnostic)]
    written = [line for line in lines if isinstance(line, Diagnostic) or any(cell.text.strip() for cell in line)]
    if not written:
        return (), (wording.no_header(source.span(start, start), COLUMNS),)
    header, *rest = written
    if isinstance(header, Diagnostic):
        return (), tuple(faults)
    if period_columns(header):
        whole = [line for line in rest if not isinstance(line, Diagnostic)]
        header, long = as_long(header, whole)
        rest = [*long]
    columns, of_header = _columns(header)
    if any(fault.severity is Severity.ERROR for fault in of_header):
        return (), (*of_header, *faults)
    read = [line if isinstance(line, Diagnostic) else _row(line, columns, separator) for line in rest]
    bad = [row for row in read if isinstance(row, Diagnostic)]
    bad += [fault for fault in faults if fault not in bad]
    return tuple(row for row in read if isinstance(row, Row)), (*of_header, *bad)


def _separator(text: str) -> str:
    match = _FIRST_LINE.match(text)
    return next((mark for mark in _SEPARATORS if match and mark in match[1]), _SEPARATORS[0])


def _columns(header: Record) -> tuple[tuple[str, ...], tuple[Diagnostic, ...]]:
    """The name of every column, folded, and the header's faults; empty cells behind the last name are no columns."""
    names = [" ".join(cell.text.split()).casefold() for cell in header]
    while not names[-1]:
        names.pop()
    faults, first = list[Diagnostic](), dict[str, Span]()
    unknown = dict[str, Span]()
    for name, cell in zip(names, header, strict=False):
        if name not in COLUMNS:
            unknown[name] = _trimmed(cell)
        elif name in first:
            faults.append(wording.duplicate_column(_trimmed(cell), first[name], name))
        first.setdefault(name, _trimmed(cell))
    for column in REQUIRED:
        if column in first:
            continue
        similar = wording.nearest(column, {name: name for name in unknown})
        if similar is None:
            faults.append(wording.missing_column(_across(header), column, COLUMNS))
        else:
            faults.append(wording.misnamed_column(unknown.pop(similar), column))
    free = {column: column for column in COLUMNS if column not in first}
    faults += [wording.unknown_column(span, wording.nearest(name, free), COLUMNS) for name, span in unknown.items()]
    return tuple(names), tuple(faults)


def _row(record: Record, columns: Sequence[str], separator: str) -> Row | Diagnostic:
    beyond = [cell for cell in record[len(columns) :] if cell.text.strip()]
    if beyond:
        return wording.too_many_cells(_across(beyond), len(record), len(columns), separator)
    cells = dict(zip(columns, record, strict=False))
    if missing := [column for column in REQUIRED if column not in cells]:
        return wording.too_few_cells(_across(record), missing)
    texts = {column: cell.text.strip() for column, cell in cells.items()}
    return Row(
        indicator=texts["indicator"],
        component=texts.get("component") or None,
        period=texts["period"],
        value=cells["value"].text,
        measured=texts.get("measured") or None,
        note=texts.get("note") or None,
        places=MappingProxyType({column: _trimmed(cell) for column, cell in cells.items() if column in COLUMNS}),
    )


def _trimmed(cell: Cell) -> Span:
    """The place of a cell without the blanks around it; of an empty one, its beginning."""
    written = cell.span.text
    trimmed = written.strip()
    if trimmed == written:
        return cell.span
    start = cell.span.start + (len(written) - len(written.lstrip()) if trimmed else 0)
    return cell.span.source.span(start, start + len(trimmed))


def _across(cells: Sequence[Cell]) -> Span:
    return cells[0].span.source.span(cells[0].span.start, cells[-1].span.end)
