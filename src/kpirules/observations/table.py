"""Long tables of observations as delimited text: a header, then a row for each observed value."""

import re
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import islice, takewhile
from types import MappingProxyType
from typing import Final

from attrs import field, frozen

from kpirules.diagnostics import Diagnostic, Severity
from kpirules.observations import wording
from kpirules.observations.cells import Cell, Record, records
from kpirules.observations.headers import MOST_ABOVE, folded, header_among, separator_of
from kpirules.observations.silences import silenced
from kpirules.observations.wide import Back, as_long, columns_of_values, period_in_name
from kpirules.observations.written import places_in
from kpirules.source import Source, Span

COLUMNS: Final = ("indicator", "component", "period", "value", "measured", "note")
REQUIRED: Final = ("indicator", "period", "value")

_LINE: Final = re.compile(r"([^\r\n]+)")


@frozen
class Row:
    """One row as written: nothing is resolved or read yet, and `value` may be text or any number.

    `component` names a component, an input or an observed figure; None is the indicator itself. The value is of the
    period, or stands `back` of it: as what a report prints beside it for comparison. `places` has the span
    of every column that was written; a row made in Python is written out for the purpose.
    """

    indicator: str
    component: str | None
    period: str
    value: object
    measured: str | None = None
    note: str | None = None
    back: Back = field(default=Back.NOW, kw_only=True)
    places: Mapping[str, Span] = field(eq=False, repr=False)

    @places.default
    def _written_out(self) -> Mapping[str, Span]:
        return places_in("<row>", [{column: getattr(self, column) for column in COLUMNS}])[0]

    def __reduce__(self) -> tuple[object, ...]:
        """For copies and pickles, into which a read-only view of a mapping cannot go."""
        columns = (getattr(self, column) for column in COLUMNS)
        return partial(Row, back=self.back, places=dict(self.places)), tuple(columns)

    def place(self, column: str) -> Span:
        """The span of a column, or an empty one where it is not written."""
        span = self.places.get(column)
        return Source("<row>", "").span(0, 0) if span is None else span


def read_csv(source: Source, period: str | None = None) -> tuple[tuple[Row, ...], tuple[Diagnostic, ...]]:
    """The rows of a table, and every fault in it; a faulty row is left out and all others load.

    The header names the columns in any order: `indicator`, `period`, `value`, and if need be `component`, `measured`
    and `note`. The separator is a comma, or a semicolon or tab where the header has no comma. Rows without anything in
    them are passed over; a row may end before columns that it does not need, and may have empty cells too many. An
    empty value stays, because it says that there is none. Lines above the header, such as a title, are passed over.

    Instead of `period` and `value` there may be a column for each period, named by it, or told from the report's:
    *this quarter*, *last quarter*, *same quarter last year*. The report's period is that of the row's own `period`,
    else that in the name of the file (`2023-24-q2.csv`), else `period`.
    """
    start = int(source.text.startswith("\ufeff"))
    separator = _separator(source.text[start:])
    lines = list(records(source, separator, start))
    faults = [line for line in lines if isinstance(line, Diagnostic)]
    written = [line for line in lines if isinstance(line, Diagnostic) or any(cell.text.strip() for cell in line)]
    if not written:
        return (), (wording.no_header(source.span(start, start), COLUMNS),)
    header, *rest = _from_header(written)
    if isinstance(header, Diagnostic):
        return (), tuple(faults)
    above = header[0].span.start
    whole = [line for line in rest if not isinstance(line, Diagnostic)]
    header, whole = _named_columns(header, whole)
    backs = [Back.NOW] * len(whole)
    if values := columns_of_values(header):
        seen = next((place for place, known in values.items() if known.period is None), None)
        reported = period_in_name(source.name) or period
        if seen is not None and reported is None and "period" not in (folded(cell.text) for cell in header):
            return (), (wording.untold_period(_trimmed(header[seen])), *faults)
        header, long = as_long(header, whole, values, reported)
        backs, whole = [back for back, _ in long], [line for _, line in long]
    columns, of_header = _columns(header)
    if any(fault.severity is Severity.ERROR for fault in of_header):
        return (), (*of_header, *faults)
    read = [_row(line, columns, separator, back) for line, back in zip(whole, backs, strict=True)]
    bad = [row for row in read if isinstance(row, Diagnostic)]
    bad = sorted((*bad, *faults), key=lambda fault: fault.span.start)
    told = tuple(silenced(source, above, (*of_header, *bad)))
    return tuple(row for row in read if isinstance(row, Row)), told


def _from_header(written: Sequence[Record | Diagnostic]) -> Sequence[Record | Diagnostic]:
    """From the first row on that names a column `indicator`, if one of the first few does: a title may stand above."""
    sound = takewhile(lambda line: not isinstance(line, Diagnostic), written)
    rows = ([cell.text for cell in line] for line in sound if not isinstance(line, Diagnostic))
    return written[header_among(rows, REQUIRED[0]) or 0 :]


def _named_columns(header: Record, rows: Sequence[Record]) -> tuple[Record, list[Record]]:
    """The columns that have a name, or anything written in them: empty ones between the others are none."""
    written = max(map(len, (header, *rows)))
    kept = [
        place
        for place in range(written)
        if place >= len(header)
        or header[place].text.strip()
        or any(place < len(row) and row[place].text.strip() for row in rows)
    ]
    if len(kept) == written:
        return header, list(rows)
    return tuple(header[place] for place in kept if place < len(header)), [
        tuple(row[place] for place in kept if place < len(row)) for row in rows
    ]


def _separator(text: str) -> str:
    """The mark that parts the cells of the header, or else of the first line."""
    lines = (match[1] for match in _LINE.finditer(text))
    return separator_of(list(islice((line for line in lines if line.strip()), MOST_ABOVE)), REQUIRED[0])


def _columns(header: Record) -> tuple[tuple[str, ...], tuple[Diagnostic, ...]]:
    """The name of every column, folded, and the header's faults; empty cells behind the last name are no columns."""
    names = [folded(cell.text) for cell in header]
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


def _row(record: Record, columns: Sequence[str], separator: str, back: Back) -> Row | Diagnostic:
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
        back=back,
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
