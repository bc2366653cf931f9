"""Opens a library for a command that rates, which it can only with definitions that are sound."""

from collections.abc import Sequence
from pathlib import Path

from kpirules.cli.console import Console, Outcome
from kpirules.diagnostics import Diagnostic, Severity
from kpirules.library import Library
from kpirules.loading import check
from kpirules.observations import is_table
from kpirules.present.diagnostics import as_text


def opened(path: str, console: Console, *, tests: bool = False) -> tuple[Library, Sequence[Diagnostic]] | Outcome:
    """The library and the faults of its observations; the faults of its definitions if they have errors.

    Its tests and laws are read only with `tests`.
    """
    library, found = check(path, tests=tests)
    definitions = [fault for fault in found if not _in_table(fault, path)]
    if any(fault.severity is Severity.ERROR for fault in definitions):
        return Outcome(2, complaint=as_text(definitions, console.complaints))
    return library, [fault for fault in found if _in_table(fault, path)]


def _in_table(fault: Diagnostic, path: str) -> bool:
    """Whether it stands in a table of observations, and not in the definitions themselves, which may be JSON too."""
    return is_table(fault.span.source.name) and fault.span.source.name != str(Path(path))
