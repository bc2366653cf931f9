"""Silences: `# allow CODE: reason` takes a warning out where the text says why it may stay as it is."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

from attrs import frozen

from kpirules.checking import rule_wording
from kpirules.diagnostics import Diagnostic, Severity
from kpirules.source import Span
from kpirules.syntax import nodes

SILENCEABLE: Final = frozenset(
    {"law-for-nobody", "month-or-year", "near-edge", "not-proved", "steps-miss-band", "unused-figure"}
)
"""The warnings about definitions; an error keeps its definition from loading, whatever a comment says."""

# A word alone or with a colon is a silence; with more words and no colon it is one only if the word is a code.
_ALLOW: Final = re.compile(r"#+\s*allow\s+(?P<code>[^\s:]+)\s*(?P<colon>:?)\s*(?P<reason>.*)")

Place: TypeAlias = tuple[str, str, int]
"""A code, the name of a source, and a line."""


@frozen
class Silence:
    """A warning code, where it is written, the line on which it is silenced, and why (empty where that is not said)."""

    code: Span
    line: int
    reason: str

    @property
    def place(self) -> Place:
        """What it silences."""
        return self.code.text, self.code.source.name, self.line


def silenced(files: Sequence[nodes.File], found: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """What is left of the diagnostics, and what is wrong with the silences themselves.

    A silence without a reason is an error and silences all the same: one slip, one diagnostic.
    An unused silence is told only where nothing else is wrong: an error may be why its warning was not found.
    """
    read = [each for file in files for each in _silences(file)]
    silences = [each for each in read if isinstance(each, Silence)]
    wrong = [each for each in read if isinstance(each, Diagnostic)]
    wrong += [rule_wording.silence_without_reason(silence.code) for silence in silences if not silence.reason]
    quiet = {silence.place for silence in silences}
    yield from (fault for fault in found if fault.severity is Severity.ERROR or _place(fault) not in quiet)
    yield from wrong
    if not any(fault.severity is Severity.ERROR for fault in (*found, *wrong)):
        told = {_place(fault) for fault in found}
        yield from (rule_wording.unused_silence(silence.code) for silence in silences if silence.place not in told)


def _place(fault: Diagnostic) -> Place:
    return fault.code, fault.span.source.name, fault.span.line


def _silences(file: nodes.File) -> Iterator[Silence | Diagnostic]:
    """What the comments say: each of its own line, or where it has that to itself, of the next that is no comment."""
    meant: dict[int, int] = {}
    for comment in reversed(file.comments):
        line = comment.span.line
        alone = file.source.line(line).lstrip().startswith("#")
        meant[line] = meant.get(line + 1, line + 1) if alone else line
        if (silence := _read(comment.span, meant[line])) is not None:
            yield silence


def _read(comment: Span, line: int) -> Silence | Diagnostic | None:
    """The silence that a comment is, or what is wrong with it; None for every other comment."""
    written = _ALLOW.fullmatch(comment.text)
    if written is None:
        return None
    start, end = (comment.start + offset for offset in written.span("code"))
    code = comment.source.span(start, end)
    known = code.text in SILENCEABLE
    if not (known or written["colon"] or not written["reason"]):
        return None
    if not known:
        return rule_wording.bad_silence(code, sorted(SILENCEABLE))
    return Silence(code, line, written["reason"] if written["colon"] else "")
