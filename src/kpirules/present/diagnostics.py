"""Diagnostics as people and programs read them: with source line and carets, one on a line, as JSON, for GitHub."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from kpirules.diagnostics import Diagnostic, Severity
from kpirules.present.excerpt import excerpt
from kpirules.present.json_text import json_text
from kpirules.present.screen import Screen
from kpirules.source import Span


def as_text(diagnostics: Sequence[Diagnostic], screen: Screen) -> str:
    """Each with its place, its source line, carets under the very words, and what to do; then how many there are."""
    drawn = [_drawn(diagnostic, screen) for diagnostic in diagnostics]
    return "\n\n".join([*drawn, counted(diagnostics)] if drawn else [])


def as_lines(diagnostics: Sequence[Diagnostic], screen: Screen) -> str:
    """`file:line:col: code message`, one on a line, for editors and `grep`."""
    lines = (f"{diagnostic.span}: {diagnostic.code} {diagnostic.message}" for diagnostic in diagnostics)
    return "\n".join(screen.plain(line) for line in lines)


def as_json(diagnostics: Sequence[Diagnostic], screen: Screen) -> str:
    """A list of objects; lines and columns count from 1, and `end_column` is that behind the last letter."""
    return json_text([_data(diagnostic) for diagnostic in diagnostics], screen)


def as_annotations(diagnostics: Sequence[Diagnostic], screen: Screen) -> str:
    """Commands that GitHub shows beside the changed lines: the message with its help on a second line."""
    return "\n".join(_annotation(diagnostic, screen) for diagnostic in diagnostics)


DIAGNOSTIC_FORMATS: Final[Mapping[str, Callable[[Sequence[Diagnostic], Screen], str]]] = {
    "text": as_text,
    "short": as_lines,
    "json": as_json,
    "github": as_annotations,
}
"""The ways to show diagnostics; the first is the usual one."""


def counted(diagnostics: Sequence[Diagnostic]) -> str:
    """How many there are: `2 errors, 1 warning`, or `no faults`."""
    numbers = Counter(diagnostic.severity for diagnostic in diagnostics)
    each = (f"{numbers[kind]} {kind}{'s' * (numbers[kind] != 1)}" for kind in Severity if numbers[kind])
    return ", ".join(each) or "no faults"


def _drawn(diagnostic: Diagnostic, screen: Screen) -> str:
    severity = diagnostic.severity.value
    name = screen.styled(f"{severity}[{screen.plain(diagnostic.code)}]", severity)
    message = screen.styled(screen.plain(diagnostic.message), "bold")
    labels = [label.span for label in diagnostic.also]
    gutter = max(len(str(span.line)) for span in (diagnostic.span, *labels))
    margin = screen.styled(f" {'':{gutter}} ", "place")
    lines = [f"{screen.plain(str(diagnostic.span))}: {name}: {message}"]
    lines += excerpt(diagnostic.span, "", screen, gutter=gutter, mark="^", style=severity)
    for label in diagnostic.also:
        if label.span.source != diagnostic.span.source:
            lines.append(f"{margin}{screen.styled('in', 'place')} {screen.plain(str(label.span))}")
        lines += excerpt(label.span, label.words, screen, gutter=gutter, mark="-", style="place")
    lines.append(f"{margin}{screen.styled('= help:', 'place')} {screen.plain(diagnostic.help)}")
    return "\n".join(lines)


# What means something else in a message of GitHub's commands, and what does in the properties before it.
_IN_MESSAGES: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTIES: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def _annotation(diagnostic: Diagnostic, screen: Screen) -> str:
    line, column = diagnostic.span.line, diagnostic.span.column
    end_line, end_column = diagnostic.span.source.position(diagnostic.span.end)
    # GitHub's last column is the last letter itself, and over several lines it takes no columns.
    columns = {"col": column, "endColumn": max(end_column - 1, column)} if end_line == line else {}
    properties: dict[str, object] = {
        "file": screen.plain(diagnostic.span.source.name),
        "line": line,
        "endLine": end_line,
        **columns,
        "title": screen.plain(diagnostic.code),
    }
    written = ",".join(f"{name}={str(value).translate(_IN_PROPERTIES)}" for name, value in properties.items())
    message = f"{screen.plain(diagnostic.message)}\n{screen.plain(diagnostic.help)}"
    return f"::{diagnostic.severity.value} {written}::{message.translate(_IN_MESSAGES)}"


def _data(diagnostic: Diagnostic) -> dict[str, object]:
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        **_place(diagnostic.span),
        "text": diagnostic.span.text,
        "message": diagnostic.message,
        "help": diagnostic.help,
        "also": [{**_place(label.span), "words": label.words} for label in diagnostic.also],
    }


def _place(span: Span) -> dict[str, object]:
    end_line, end_column = span.source.position(span.end)
    return {
        "file": span.source.name,
        "line": span.line,
        "column": span.column,
        "end_line": end_line,
        "end_column": end_column,
    }
