"""Silences in tables: a line `# allow unknown-column: reason` above the header takes those warnings out.

What is said of columns is found when a table is read, and what is said of its values when they are observed. Each has
its own function here; what is wrong with a silence itself is told when the table is read.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kpirules.diagnostics import Diagnostic, Severity
from kpirules.observations import wording
from kpirules.source import Source, Span

_OF_COLUMNS: Final = frozenset({"unknown-column"})
_OF_VALUES: Final = frozenset({"value-beside-components"})

SILENCEABLE: Final = _OF_COLUMNS | _OF_VALUES
"""The warnings about tables; an error keeps its row out, whatever a comment says."""

# A spreadsheet writes the line as one cell, in quotes or with separators behind it.
_ALLOW: Final = re.compile(r'^["\s]*#+\s*allow\s+(?P<code>[^\s:,;"]+)\s*:?[ \t]*(?P<reason>[^\r\n]*)', re.MULTILINE)


def silenced(source: Source, header: int, found: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """What is left of the diagnostics, and what is wrong with the silences above the header, which begins there.

    A silence without a reason is an error and silences all the same; one that silences nothing is told.
    """
    quiet: set[str] = set()
    for written in _ALLOW.finditer(source.text, 0, header):
        code = source.span(*written.span("code"))
        if code.text not in SILENCEABLE:
            yield wording.bad_silence(code, sorted(SILENCEABLE))
            continue
        quiet.add(code.text)
        if not written["reason"].strip('",;\t '):
            yield wording.silence_without_reason(code)
        elif code.text in _OF_COLUMNS and not any(fault.code == code.text for fault in found):
            yield wording.unused_silence(code)
    yield from (fault for fault in found if fault.severity is Severity.ERROR or fault.code not in quiet)


def silenced_values(rows: Iterable[Span], found: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """What is left of the warnings about values in tables that have these rows, and which silences silence nothing.

    Every line above a row that looks like a silence is one, for among the rows it would be a row itself.
    """
    first = {id(row.source): row for row in rows}
    allowed = {
        place: [row.source.span(*written.span("code")) for written in _ALLOW.finditer(row.source.text, 0, row.start)]
        for place, row in first.items()
    }
    told = {(id(fault.span.source), fault.code) for fault in found}
    for place, codes in allowed.items():
        yield from (
            wording.unused_silence(code) for code in codes if code.text in _OF_VALUES and (place, code.text) not in told
        )
    quiet = {(place, code.text) for place, codes in allowed.items() for code in codes}
    yield from (fault for fault in found if (id(fault.span.source), fault.code) not in quiet)
