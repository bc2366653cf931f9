"""`kpirules test`: the tests that stand beside the definitions."""

import argparse

from kpirules.cli.console import Console, Outcome
from kpirules.cli.opening import opened
from kpirules.present.case_results import results_text

_EXAMPLES = """\
examples:
  kpirules test indicators/sandwell-2023-24
  kpirules test indicators/sandwell-2023-24 -k B3d      # only those with B3d in their reference or their text

exit codes: 0 all passed, 1 some failed, 2 it could not run
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """A path, and which tests."""
    parser.description = "Run the tests that stand beside the definitions."
    parser.epilog = _EXAMPLES
    parser.add_argument("path", metavar="PATH", help="a folder of definitions, or a file")
    parser.add_argument("-k", metavar="WORD", dest="word", help="only tests that have this word in them")


def run(arguments: argparse.Namespace, console: Console) -> Outcome:
    """Show each failure and the counts."""
    found = opened(arguments.path, console)
    if isinstance(found, Outcome):
        return found
    results = found[0].run_tests()
    if arguments.word:
        word = arguments.word.casefold()
        results = tuple(each for each in results if word in f"{each.reference} {each.case.text}".casefold())
        if not results:
            return console.cannot(f"No test has {arguments.word!r} in its reference or its text.")
    return Outcome(int(any(not result.passed for result in results)), results_text(results, console.results))
