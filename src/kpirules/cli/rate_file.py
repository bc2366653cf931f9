"""`kpirules rate-file`: a table of observations, with the answers put beside its rows."""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

from kpirules.cli.console import Console, Outcome
from kpirules.cli.ending import tidied_up
from kpirules.cli.opening import opened
from kpirules.cli.progress import bar
from kpirules.errors import AskingError, KpirulesError
from kpirules.library import LibraryError
from kpirules.present.diagnostics import as_text

_MOST_SHOWN = 100
_EXAMPLES = """\
examples:
  kpirules rate-file indicators/sandwell-2023-24 observed.csv rated.csv
  kpirules rate-file indicators/sandwell-2023-24 observed.parquet rated.parquet
  kpirules rate-file schools warehouse.csv rated.csv --column indicator=kpi_code --column value=actual
  kpirules rate-file schools observed.csv rated.csv --into rating=RAG --into reason=    # no column for the reason
  kpirules rate-file schools observed.csv rated.csv --travel short    # and not the long one

IN has a column for the indicator, the period and the value of each row, and perhaps for its component; OUT has the same
rows in the same order, and for each its rating, the reason why it has none, and every direction of travel (or those
asked for), as `kpirules report` would give them for its period. Earlier values are found among the rows. OUT is written
under another name and renamed when it is whole.

exit codes: 0 rated, 2 it could not run (definitions with errors, rows that cannot be read, a file in use)
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Definitions, a table to read and one to write, and names of columns."""
    parser.description = "Rate a table of any length: CSV or Parquet, from file to file."
    parser.epilog = _EXAMPLES
    parser.add_argument("path", metavar="PATH", help="a folder of definitions, or a file")
    parser.add_argument("source", metavar="IN", help="a table of observations, .csv or .parquet")
    parser.add_argument("target", metavar="OUT", help="where to write it with the answers; may be IN itself")
    parser.add_argument("--column", metavar="WHAT=NAME", action="append", default=[], help="which column of IN it is")
    parser.add_argument(
        "--into", metavar="ANSWER=NAME", action="append", default=[], help="which column of OUT it becomes"
    )
    travels = parser.add_mutually_exclusive_group()
    travels.add_argument("--travel", metavar="NAME", action="append", help="only this travel; may be said again")
    travels.add_argument("--no-travel", dest="travel", action="store_const", const=[], help="ratings alone")


def run(arguments: argparse.Namespace, console: Console) -> Outcome:
    """Rate it, and say how many rows there were of each rating."""
    found = opened(arguments.path, console)
    if isinstance(found, Outcome):
        return found
    try:
        read, into = _named(arguments.column), _named(arguments.into)
        with tidied_up(), bar("rating") as watch:
            rated = found[0].rate_file(
                Path(arguments.source),
                Path(arguments.target),
                columns=read,
                into={what: name or None for what, name in into.items()},
                travels=arguments.travel,
                watch=watch,
            )
    except PermissionError as fault:
        name = fault.filename2 or fault.filename
        return console.cannot(f"{name} cannot be used now. Is it open in another program, such as Excel?")
    except LibraryError as faulty:
        shown = as_text(faulty.diagnostics[:_MOST_SHOWN], console.complaints)
        more = len(faulty.diagnostics) - _MOST_SHOWN
        return Outcome(2, complaint=f"{shown}\n(and {more:,} more)" if more > 0 else shown)
    except KpirulesError as fault:
        return console.cannot(str(fault))
    counts = [f"{count:,} {band}" for band, count in rated.rating.counts().items()]
    unrated = len(rated) - sum(rated.rating.counts().values())
    counts += [f"{unrated:,} not rated"] if unrated else []
    rows = "1 row" if len(rated) == 1 else f"{len(rated):,} rows"
    return Outcome(0, f"{rows} in {arguments.target}: {', '.join(counts) or 'none to rate'}")


def _named(pairs: Sequence[str]) -> Mapping[str, str]:
    found = {}
    for pair in pairs:
        what, sign, name = pair.partition("=")
        if not sign:
            raise AskingError(f"write {pair}=NAME: which column is meant by {pair}?")
        found[what.strip()] = name.strip()
    return found
