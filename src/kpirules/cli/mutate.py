"""`kpirules mutate`: small mistakes made in the definitions, to see which of them no test would notice."""

import argparse
from fractions import Fraction

from kpirules.cli.console import Console, Outcome
from kpirules.cli.percent import percent
from kpirules.cli.progress import bar
from kpirules.library import LibraryError
from kpirules.loading import mutate
from kpirules.present import mutation
from kpirules.present.diagnostics import as_text

_EXAMPLES = """\
examples:
  kpirules mutate indicators/sandwell-2023-24
  kpirules mutate indicators/sandwell-2023-24 -k B3d         # only mistakes in B3d, or in lines that speak of it
  kpirules mutate indicators/sandwell-2023-24 --fail-under 95

Every line of the definitions is made a little wrong, one at a time: the polarity turned round, a target or an edge
moved by one step, an edge given to the other band, points for a share of the target, a date a period later, and so
on. A mistake that neither the checker nor a `test` notices is shown as a change of the text, with a test that would.
A test or law that fails already is named first: it cannot tell a mistake, so the others judge alone.

exit codes: 0 every mistake is noticed (or at least as many of a hundred as --fail-under says), 1 it is not, or a test
or law fails already, 2 it could not run
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """A path, which mistakes, a format, and how many may go unnoticed."""
    parser.description = "Make small mistakes in the definitions and see which of them no test would notice."
    parser.epilog = _EXAMPLES
    parser.add_argument("path", metavar="PATH", help="a folder of definitions, or a file")
    parser.add_argument("-k", metavar="WORD", dest="word", help="only mistakes in indicators or lines with this word")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to show them")
    parser.add_argument(
        "--fail-under",
        metavar="PERCENT",
        type=percent,
        default=Fraction(100),
        help="how many of a hundred must be caught (100)",
    )


def run(arguments: argparse.Namespace, console: Console) -> Outcome:
    """Show what survives, and the counts."""
    try:
        with bar("trying mistakes") as watch:
            made = mutate(arguments.path, word=arguments.word, watch=watch)
    except LibraryError as wrong:
        return Outcome(2, complaint=as_text(wrong.diagnostics, console.complaints))
    if arguments.word and not made.mutants and not made.same:
        return console.cannot(f"No indicator and no line of a rule has {arguments.word!r} in it.")
    write = mutation.as_json if arguments.format == "json" else mutation.as_text
    return Outcome(int(bool(made.failing) or made.percent < arguments.fail_under), write(made, console.results))
