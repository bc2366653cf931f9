"""`kpirules export`: definitions as JSON for other tools, and the schema of that JSON."""

import argparse

from kpirules.cli.console import Console, Outcome
from kpirules.cli.opening import opened
from kpirules.exchange import written
from kpirules.exchange.schema import schema
from kpirules.present.json_text import json_text

_EXAMPLES = """\
examples:
  kpirules export indicators/sandwell-2023-24 > definitions.json
  kpirules show definitions.json B3d                              # what is exported can be used like a folder
  kpirules report definitions.json --observations figures.csv
  kpirules export --format schema > definitions.schema.json       # the JSON Schema of it, for which no PATH is needed

exit codes: 0 exported; 2 it could not run: no such folder, definitions with errors
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """A path and a format."""
    parser.description = "Write definitions as JSON, from which other tools, and kpirules itself, load the same rules."
    parser.epilog = _EXAMPLES
    parser.add_argument("path", metavar="PATH", nargs="?", help="a folder of definitions, or a file")
    parser.add_argument("--format", choices=("json", "schema"), default="json", help="the definitions, or their schema")


def run(arguments: argparse.Namespace, console: Console) -> Outcome:
    """Write them."""
    if arguments.format == "schema":
        return Outcome(0, json_text(schema(), console.results))
    if not arguments.path:
        return console.cannot("Say which definitions to export: kpirules export PATH.")
    found = opened(arguments.path, console, tests=True)
    if isinstance(found, Outcome):
        return found
    return Outcome(0, json_text(written(found[0].definitions), console.results))
