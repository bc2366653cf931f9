"""`kpirules test`: the tests and laws that stand beside the definitions, and the laws that hold of all of them."""

import argparse
from pathlib import Path

from kpirules.cli.asking import indicator_of
from kpirules.cli.console import Console, Outcome
from kpirules.cli.opening import opened
from kpirules.cli.percent import percent
from kpirules.definition_files import read_sources
from kpirules.library import Library
from kpirules.present.coverage_text import coverage_text
from kpirules.present.pytest_module import pytest_module
from kpirules.present.suite_data import as_json, as_junit
from kpirules.present.suite_text import as_text
from kpirules.testing.decisions import Coverage, coverage
from kpirules.testing.suite import run_suite
from kpirules.testing.written_edges import edge_tests

_EXAMPLES = """\
examples:
  kpirules test indicators/sandwell-2023-24
  kpirules test indicators/sandwell-2023-24 -k B3d      # only what has B3d in its name
  kpirules test indicators --junit results.xml          # for a build server, beside what is shown
  kpirules test indicators --format json
  kpirules test indicators --coverage --fail-under 80   # which bands, edges, reasons and travel the tests exercise
  kpirules test indicators --python > test_rules.py     # a module for pytest, to add laws of your own to
  kpirules test indicators --write-edges B3d            # prints tests of every edge, for you to read and keep

Runs the `test` blocks, decides the `always` laws for every number that can occur, and checks the built-in laws: every
case has a rating or a reason, a better value is never rated worse, each edge belongs to one side, and so on.

exit codes: 0 all passed, 1 some failed, 2 it could not run
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """A path, which tests, and in which form."""
    parser.description = "Run the tests and laws that stand beside the definitions."
    parser.epilog = _EXAMPLES
    parser.add_argument("path", metavar="PATH", help="a folder of definitions, or a file")
    parser.add_argument("-k", metavar="WORD", dest="word", help="only tests and laws that have this word in their name")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to show the results")
    parser.add_argument("--coverage", action="store_true", help="also show which decisions the tests exercise")
    parser.add_argument(
        "--fail-under", type=percent, metavar="PERCENT", help="exit with 1 if they exercise less than that of them"
    )
    parser.add_argument(
        "--write-edges", metavar="REF", help="print a test of every edge of an indicator, to read and keep; run nothing"
    )
    parser.add_argument("--python", action="store_true", help="print a pytest module for the library; run nothing")
    parser.add_argument("--junit", metavar="FILE", help="also write the results as JUnit XML to this file")


def run(arguments: argparse.Namespace, console: Console) -> Outcome:
    """Show what passed, each failure, and the counts."""
    found = opened(arguments.path, console, tests=True)
    if isinstance(found, Outcome):
        return found
    library = found[0]
    if arguments.python:
        return Outcome(0, pytest_module(arguments.path).rstrip("\n"))
    if arguments.write_edges is not None:
        return _edges(library, arguments.write_edges, console)
    suite = run_suite(library, read_sources(arguments.path))
    if arguments.word:
        suite = suite.about(arguments.word)
        if not len(suite):
            return console.cannot(f"No test and no law has {arguments.word!r} in its name.")
    measured = _measured(library, arguments) if arguments.coverage or arguments.fail_under is not None else None
    if arguments.junit:
        text = f"<?xml version='1.0' encoding='utf-8'?>\n{as_junit(suite)}\n"
        Path(arguments.junit).write_text(text, encoding="utf-8")
    if arguments.format == "json":
        shown = as_json(suite, measured, console.results)
    else:
        shown = as_text(suite, console.results)
        shown += f"\n\n{coverage_text(measured, console.results)}" if measured else ""
    least = arguments.fail_under
    return Outcome(
        int(not suite.passed or (measured is not None and least is not None and measured.percent < least)), shown
    )


def _measured(library: Library, arguments: argparse.Namespace) -> Coverage:
    """What the tests exercise, of the indicators with the word in their reference if there are any."""
    folded = (arguments.word or "").casefold()
    named = {name: each for name, each in library.indicators.items() if folded in name.casefold()}
    return coverage(library.definitions.tests, named or library.indicators)


def _edges(library: Library, reference: str, console: Console) -> Outcome:
    indicator = indicator_of(library, reference, None)
    if isinstance(indicator, str):
        return console.cannot(indicator)
    text = edge_tests(indicator)
    if not text:
        return console.cannot(f"{reference} has no rule that reads a value, so it has no edges.")
    return Outcome(0, "\n".join(map(console.results.plain, text.split("\n"))))
