"""`kpirules test`: the tests and laws that stand beside the definitions, and the laws that hold of all of them."""

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from kpirules.cli.console import Console, Outcome
from kpirules.cli.opening import opened
from kpirules.library import read_sources
from kpirules.present.screen import Screen
from kpirules.present.suite_data import as_json, as_junit
from kpirules.present.suite_text import as_text
from kpirules.testing.suite import Suite, run_suite

_EXAMPLES = """\
examples:
  kpirules test indicators/sandwell-2023-24
  kpirules test indicators/sandwell-2023-24 -k B3d      # only what has B3d in its name
  kpirules test indicators --junit results.xml          # for a build server, beside what is shown
  kpirules test indicators --format json

Runs the `test` blocks, decides the `always` laws for every number that can occur, and checks the built-in laws: every
case has a rating or a reason, a better value is never rated worse, each edge belongs to one side, and so on.

exit codes: 0 all passed, 1 some failed, 2 it could not run
"""

_FORMATS: Final[Mapping[str, Callable[[Suite, Screen], str]]] = {"text": as_text, "json": as_json}


def arguments(parser: argparse.ArgumentParser) -> None:
    """A path, which tests, and in which form."""
    parser.description = "Run the tests and laws that stand beside the definitions."
    parser.epilog = _EXAMPLES
    parser.add_argument("path", metavar="PATH", help="a folder of definitions, or a file")
    parser.add_argument("-k", metavar="WORD", dest="word", help="only tests and laws that have this word in their name")
    parser.add_argument("--format", choices=tuple(_FORMATS), default="text", help="how to show the results")
    parser.add_argument("--junit", metavar="FILE", help="also write the results as JUnit XML to this file")


def run(arguments: argparse.Namespace, console: Console) -> Outcome:
    """Show what passed, each failure, and the counts."""
    found = opened(arguments.path, console, tests=True)
    if isinstance(found, Outcome):
        return found
    suite = run_suite(found[0], read_sources(arguments.path))
    if arguments.word:
        suite = suite.about(arguments.word)
        if not len(suite):
            return console.cannot(f"No test and no law has {arguments.word!r} in its name.")
    if arguments.junit:
        text = f"<?xml version='1.0' encoding='utf-8'?>\n{as_junit(suite)}\n"
        Path(arguments.junit).write_text(text, encoding="utf-8")
    return Outcome(int(not suite.passed), _FORMATS[arguments.format](suite, console.results))
