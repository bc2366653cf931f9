"""`kpirules rate`: the rating of one value."""

import argparse

from kpirules.cli import asking
from kpirules.cli.console import Console, Outcome
from kpirules.present.rating import RATING_FORMATS, Rated

_EXAMPLES = """\
examples:
  kpirules rate indicators/sandwell-2023-24 B3d 79%                        # amber
  kpirules rate indicators/sandwell-2023-24 B3d 79% --given short=79%      # and: unchanged since the quarter before
  kpirules rate indicators/sandwell-2023-24 B6c 54% --period "2023/24 Q2"  # its target depends on the period
  kpirules rate indicators/sandwell-2023-24 B8c -£207k
  kpirules rate indicators/sandwell-2023-24 B12a --component other-partners 48%
  kpirules rate indicators/sandwell-2023-24 B12a --given strengthening-families=52% --given other-partners=48%

exit codes: 0 rated, or not rated for a reason; 2 it could not run
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Those of `asking`."""
    parser.description = "Rate one value."
    parser.epilog = _EXAMPLES
    asking.arguments(parser, RATING_FORMATS)


def run(arguments: argparse.Namespace, console: Console) -> Outcome:
    """Show the rating, and the directions of travel for which an earlier value was given."""
    asked = asking.ask(arguments, console)
    if isinstance(asked, Outcome):
        return asked
    band = next((band for band in asked.terms.scheme.bands if band.name == asked.rating.band), None)
    rated = Rated(
        arguments.reference, arguments.component, arguments.period, arguments.value, asked.rating, band, asked.travels
    )
    return Outcome(0, RATING_FORMATS[arguments.format](rated, console.results))
