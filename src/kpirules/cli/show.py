"""`kpirules show`: a definition in plain English."""

import argparse

from attrs import evolve

from kpirules.cli import asking
from kpirules.cli.console import Console, Outcome
from kpirules.cli.opening import opened
from kpirules.model import Definition
from kpirules.periods import Period, PeriodError
from kpirules.present.definition import DEFINITION_FORMATS

_EXAMPLES = """\
examples:
  kpirules show indicators/sandwell-2023-24 B12b
  kpirules show indicators/sandwell-2023-24 B6c --period "2023/24 Q2"   # only what is in force then
  kpirules show indicators/sandwell-2023-24 B12a --component other-partners
  kpirules show indicators/sandwell-2023-24 B3d --format json

exit codes: 0 shown; 2 it could not run
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """A path and a reference."""
    parser.description = "Say in plain English what is defined: unit, target, tolerance, every edge, and since when."
    parser.epilog = _EXAMPLES
    parser.add_argument("path", metavar="PATH", help="a folder of definitions, or a file")
    parser.add_argument("reference", metavar="REF", help="the indicator's reference")
    parser.add_argument("--component", metavar="C", help="only a component of the indicator")
    parser.add_argument("--period", metavar="P", help="only what is in force in this period")
    parser.add_argument("--format", choices=tuple(DEFINITION_FORMATS), default="text", help="how to show it")


def run(arguments: argparse.Namespace, console: Console) -> Outcome:
    """Show it."""
    found = opened(arguments.path, console)
    if isinstance(found, Outcome):
        return found
    library, _ = found
    draw = DEFINITION_FORMATS[arguments.format]
    indicator = asking.indicator_of(library, arguments.reference, arguments.component)
    if isinstance(indicator, str):
        return console.cannot(indicator)
    if not arguments.period:
        return Outcome(0, draw(indicator.definition, console.results, None))
    try:
        period = library.period(arguments.period)
    except PeriodError as fault:
        return console.cannot(str(fault))
    return Outcome(0, draw(_during(indicator.definition, period), console.results, period))


def _during(definition: Definition, period: Period) -> Definition:
    """The definition with only the version that is in force at the end of the period."""
    versions = tuple(version for version in definition.versions if version.holds_on(period.end))
    parts = tuple(_during(part, period) for part in definition.components)
    return evolve(definition, versions=versions, components=parts)
