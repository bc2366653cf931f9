"""`kpirules explain`: why a value is rated as it is, and what would change it."""

import argparse

from kpirules.cli import asking
from kpirules.cli.console import Console, Outcome
from kpirules.present.explanation import EXPLANATION_FORMATS

_EXAMPLES = """\
examples:
  kpirules explain indicators/sandwell-2023-24 B3d 79%
  kpirules explain indicators/sandwell-2023-24 B6c 54% --period "2023/24 Q2"
  kpirules explain indicators/sandwell-2023-24 B3d NA --format json

exit codes: 0 explained; 2 it could not run
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Those of `asking`."""
    parser.description = "Say why a value is rated as it is: the target, every edge, and what would change the rating."
    parser.epilog = _EXAMPLES
    asking.arguments(parser, EXPLANATION_FORMATS)


def run(arguments: argparse.Namespace, console: Console) -> Outcome:
    """Show the explanation."""
    asked = asking.ask(arguments, console)
    if isinstance(asked, Outcome):
        return asked
    return Outcome(0, EXPLANATION_FORMATS[arguments.format](asked.rating.explain(), console.results))
