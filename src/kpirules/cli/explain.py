"""`kpirules explain`: why a value is rated as it is and what would change it, or what a diagnostic means."""

import argparse
from difflib import get_close_matches

from kpirules.cli import asking
from kpirules.cli.console import Console, Outcome
from kpirules.gallery import codes, entry
from kpirules.gallery.pages import PAGE_FORMATS
from kpirules.present.explanation import EXPLANATION_FORMATS, Explained

_EXAMPLES = """\
examples:
  kpirules explain indicators/sandwell-2023-24 B3d 79%
  kpirules explain indicators/sandwell-2023-24 B3d 79% --given short=77%     # and: better than the quarter before
  kpirules explain indicators/sandwell-2023-24 B6c 54% --period "2023/24 Q2"
  kpirules explain indicators/sandwell-2023-24 B3d NA --format json
  kpirules explain ambiguous-percent                      # what this diagnostic means, and how to mend it

exit codes: 0 explained; 2 it could not run
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Those of `asking`, or a code alone."""
    parser.description = (
        "Say why a value is rated as it is: the target, every edge, and what would change the rating;\n"
        "and with earlier values (--given short=77%) which way it has travelled.\n"
        "Or say what a diagnostic means, with a faulty and a mended example."
    )
    parser.epilog = _EXAMPLES
    parser.usage = "kpirules explain PATH REF [VALUE] [options]\n       kpirules explain CODE [--format FORMAT]"
    parser.add_argument(
        "path", metavar="PATH | CODE", help="a folder of definitions, or a file; or a diagnostic's code"
    )
    parser.add_argument("reference", metavar="REF", nargs="?", help="the indicator's reference")
    asking.details(parser, EXPLANATION_FORMATS)


def run(arguments: argparse.Namespace, console: Console) -> Outcome:
    """Show the explanation, and the directions of travel for which an earlier value was given."""
    if arguments.reference is None:
        return _page(arguments.path, arguments.format, console)
    asked = asking.ask(arguments, console)
    if isinstance(asked, Outcome):
        return asked
    explained = Explained(asked.rating.explain(), asked.terms, asked.travels)
    return Outcome(0, EXPLANATION_FORMATS[arguments.format](explained, console.results))


def _page(code: str, form: str, console: Console) -> Outcome:
    """What a diagnostic means, or a sentence on which code was probably meant."""
    known = codes()
    if code in known:
        return Outcome(0, PAGE_FORMATS[form](entry(code), console.results))
    near = get_close_matches(code.casefold(), known, n=3)
    hint = f"Did you mean {' or '.join(near)}?" if near else "`kpirules check` shows the codes in square brackets."
    return console.cannot(f"There is no diagnostic {code}. {hint} To explain a value, say PATH REF VALUE.")
