"""A fault as data: what is wrong, where exactly, in the user's own words, and what to do about it.

Every stage returns its diagnostics beside its result; only the command line draws them.
"""

from enum import StrEnum

from attrs import frozen

from kpirules.source import Span


class Severity(StrEnum):
    """How bad it is: an `ERROR` keeps its definition or row from loading, a `WARNING` does not."""

    ERROR = "error"
    WARNING = "warning"


@frozen
class Label:
    """A second place that matters for a diagnostic, with a few words on why."""

    span: Span
    words: str


@frozen
class Diagnostic:
    """One fault: a stable hyphenated code, a severity, the exact span, a message that stands alone, and help."""

    code: str
    severity: Severity
    span: Span
    message: str
    help: str
    also: tuple[Label, ...] = ()

    def __str__(self) -> str:
        return f"{self.span}: {self.severity}[{self.code}]: {self.message}"


def error(code: str, span: Span, message: str, help: str, also: tuple[Label, ...] = ()) -> Diagnostic:
    """A diagnostic that keeps its definition or row from loading."""
    return Diagnostic(code, Severity.ERROR, span, message, help, also)


def warning(code: str, span: Span, message: str, help: str, also: tuple[Label, ...] = ()) -> Diagnostic:
    """A diagnostic that does not."""
    return Diagnostic(code, Severity.WARNING, span, message, help, also)
