"""`kpirules check`: every fault in definitions and observations, with its place and the way out."""

import argparse

from kpirules.cli.console import Console, Outcome
from kpirules.diagnostics import Severity
from kpirules.loading import check
from kpirules.present.diagnostics import DIAGNOSTIC_FORMATS, counted

_EXAMPLES = """\
examples:
  kpirules check indicators/sandwell-2023-24              # a folder, its observations included
  kpirules check waits.kpi --format short                 # file:line:col: code message
  kpirules check indicators --strict                      # warnings are findings, too
  kpirules check indicators --format github               # annotations beside the lines of a pull request

`kpirules explain CODE` tells more about a fault. A warning about definitions that may stay is silenced by a comment
`# allow CODE: reason` on its line or right above it.

exit codes: 0 no errors, 1 errors (with --strict also warnings), 2 it could not run
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """A path, a format, and how strict to be."""
    parser.description = "Find every fault in definitions and observations, all in one run."
    parser.epilog = _EXAMPLES
    parser.add_argument("path", metavar="PATH", nargs="+", help="a folder of definitions, or a file")
    parser.add_argument("--format", choices=tuple(DIAGNOSTIC_FORMATS), default="text", help="how to show the faults")
    parser.add_argument("--strict", action="store_true", help="exit with 1 for warnings, too")


def run(arguments: argparse.Namespace, console: Console) -> Outcome:
    """Show what was found."""
    library, found = check(arguments.path)
    findings = any(arguments.strict or fault.severity is Severity.ERROR for fault in found)
    text = DIAGNOSTIC_FORMATS[arguments.format](found, console.results)
    if not found and arguments.format == "text":
        number = len(library.indicators)
        text = f"{number} indicator{'s' * (number != 1)}, {counted(found)}"
    return Outcome(int(findings), text)
