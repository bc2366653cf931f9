"""The command line: arguments in, text and an exit code out; it decides nothing."""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Final, Protocol, cast

from kpirules.cli.console import Console, Outcome, deliver, open_console, with_minus_signs

COMMANDS: Final[Mapping[str, str]] = {
    "check": "find every fault in definitions and observations",
    "report": "rate everything for one period and print the scorecard",
    "show": "say in plain English what is defined",
    "rate": "rate one value",
    "explain": "say why a value is rated as it is, or what a diagnostic means",
    "rate-file": "rate a table of any length, from file to file",
    "test": "run the tests that stand beside the definitions",
    "mutate": "make small mistakes in the definitions and show those that no test notices",
    "fmt": "write definitions in the one canonical layout",
    "export": "write definitions as JSON for other tools",
}
"""The commands and what they do; each lives in the module of its name, which is imported when it is called."""

_HELP: Final = """\
examples:
  kpirules check   indicators/sandwell-2023-24
  kpirules report  indicators/sandwell-2023-24 --period "2023/24 Q2"
  kpirules explain indicators/sandwell-2023-24 B3d 79%

`kpirules COMMAND --help` tells more about each.

exit codes:
  0  fine (a red rating is fine: it is a result)
  1  findings: faults in what was checked, or failed tests
  2  it could not run: no such folder, a value that cannot be read, definitions with errors that should rate
"""


class Command(Protocol):
    """What the module of a command has."""

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Say which arguments the command takes, and teach them."""

    def run(self, arguments: argparse.Namespace, console: Console) -> Outcome:
        """Do it."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 fine, 1 findings, 2 could not run."""
    given = with_minus_signs(sys.argv[1:] if argv is None else argv)
    name = next((word for word in given if word in COMMANDS), None)
    command = cast(Command, import_module(f"{__name__}.{name.replace('-', '_')}")) if name else None
    console = open_console(os.environ)
    try:
        arguments = _parser(name, command).parse_args(given)
        outcome = command.run(arguments, console) if command else Outcome(2)
    except SystemExit as end:  # argparse has said all there is to say
        outcome = Outcome(end.code if isinstance(end.code, int) else 2)
    except OSError as fault:
        outcome = console.cannot(_unopened(fault))
    except KeyboardInterrupt:
        outcome = Outcome(130)
    return deliver(outcome)


def _parser(name: str | None, command: Command | None) -> argparse.ArgumentParser:
    """The parser; only the command that is called says its arguments."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="kpirules",
        description="Ratings and directions of travel for performance indicators that are defined in text.",
        epilog=_HELP,
        formatter_class=raw,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show program's version number and exit")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, title="commands")
    for each, summary in COMMANDS.items():
        part = commands.add_parser(each, help=summary, formatter_class=raw)
        if command is not None and each == name:
            command.arguments(part)
    return parser


class _Version(argparse.Action):
    """Prints the version, which is looked up only when somebody asks: that takes as long as rating a page of rows."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        print(f"kpirules {_version()}")
        parser.exit()


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("kpirules")
    except PackageNotFoundError:
        return "(not installed)"


def _unopened(fault: OSError) -> str:
    what = f"{fault.filename}: " if fault.filename else ""
    return f"{what}{fault.strerror or fault}"
