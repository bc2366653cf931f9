"""`kpirules report`: the scorecard of one period."""

import argparse
from pathlib import Path

from kpirules.assess import Scorecard
from kpirules.cli.choosing import UnknownWordError, of_owner, of_theme, ratings
from kpirules.cli.console import Console, Outcome
from kpirules.cli.opening import opened
from kpirules.definition_files import read_observations
from kpirules.diagnostics import Severity
from kpirules.periods import PeriodError
from kpirules.present.diagnostics import as_text
from kpirules.present.report import REPORT_FORMATS

_EXAMPLES = """\
examples:
  kpirules report indicators/sandwell-2023-24                         # the newest period observed
  kpirules report indicators/sandwell-2023-24 --period "2023/24 Q2"
  kpirules report indicators/sandwell-2023-24 --theme best-start      # one theme, by its name or title
  kpirules report indicators/sandwell-2023-24 --owner "Public Health" --only red,amber
  kpirules report indicators --observations figures.csv --format json
  kpirules report indicators --format markdown                        # or csv, for a spreadsheet

The counts at the end are of all rows of the theme and owner, also where --only shows but some of them.

The observations are a table with the columns indicator, period, value and, if need be, component, measured and note;
without --observations those in the folder PATH/observations are used.

exit codes: 0 fine, whatever the ratings; 1 some observations cannot be read and are left out; 2 it could not run
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """A path, and what to report how."""
    parser.description = "Rate every indicator for one period and print the scorecard."
    parser.epilog = _EXAMPLES
    parser.add_argument("path", metavar="PATH", help="a folder of definitions, or a file")
    parser.add_argument("--period", metavar="P", help='such as "2023/24 Q2"; without it the newest that was observed')
    parser.add_argument("--observations", metavar="FILE", type=Path, help="a CSV table, instead of the folder's own")
    parser.add_argument("--theme", metavar="T", help="only the indicators of this theme")
    parser.add_argument("--owner", metavar="O", help="only the indicators of this owner")
    parser.add_argument("--only", metavar="RATINGS", help="only rows rated so, such as red,amber,not-rated")
    parser.add_argument("--format", choices=tuple(REPORT_FORMATS), default="table", help="how to show the scorecard")


def run(arguments: argparse.Namespace, console: Console) -> Outcome:
    """Show the scorecard; what of the observations cannot be read goes to standard error."""
    found = opened(arguments.path, console)
    if isinstance(found, Outcome):
        return found
    library, faults = found
    observations = library.observations
    if arguments.observations:
        observations, faults = read_observations(arguments.observations, library.definitions, period=arguments.period)
    complaint = as_text(faults, console.complaints)
    periods = observations.periods()
    if not arguments.period and not periods:
        return Outcome(2, complaint=f"{complaint}\n\nThere are no observations: say --observations FILE.".strip())
    try:
        scorecard: Scorecard = library.score(observations, period=arguments.period or periods[-1])
    except PeriodError as fault:
        return console.cannot(str(fault))
    try:
        if arguments.theme:
            scorecard = of_theme(scorecard, arguments.theme)
        if arguments.owner:
            scorecard = of_owner(scorecard, arguments.owner)
        only = ratings(scorecard, arguments.only) if arguments.only else frozenset[str]()
    except UnknownWordError as fault:
        return console.cannot(str(fault))
    errors = any(fault.severity is Severity.ERROR for fault in faults)
    return Outcome(int(errors), REPORT_FORMATS[arguments.format](scorecard, console.results, only), complaint)
