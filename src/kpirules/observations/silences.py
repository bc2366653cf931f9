"""Silences in tables: a line `# allow unknown-column: reason` above the header takes those warnings out."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kpirules.diagnostics import Diagnostic, Severity
from kpirules.observations import wording
from kpirules.source import Source

SILENCEABLE: Final = frozenset({"unknown-column"})
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
        elif not any(fault.code == code.text for fault in found):
            yield wording.unused_silence(code)
    yield from (fault for fault in found if fault.severity is Severity.ERROR or fault.code not in quiet)
