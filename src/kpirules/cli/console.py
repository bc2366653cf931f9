"""The edge to the console: what it can show, and how text gets there without ever failing."""

import errno
import os
import re
import shutil
import sys
from collections.abc import Mapping, Sequence
from typing import Final, TextIO

from attrs import frozen

from kpirules.present.screen import Screen

_WIDTH_OF_FILES: Final = 120
_NOBODY_READS: Final = (errno.EPIPE, errno.EINVAL)  # the second is what Windows says
_NUMBER: Final = re.compile(r"-(?=[£€$]?\s?[0-9])")


@frozen
class Outcome:
    """What came of a command: its exit code, what it says, and what goes to standard error."""

    code: int
    text: str = ""
    complaint: str = ""


@frozen
class Console:
    """Where results and complaints are read."""

    results: Screen
    complaints: Screen

    def cannot(self, sentence: str) -> Outcome:
        """The outcome of a command that could not run, with a sentence that says why and what would help."""
        return Outcome(2, complaint=self.complaints.plain(sentence))


def open_console(environment: Mapping[str, str]) -> Console:
    """Both streams of this process, set up so that no letter can make them fail."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="replace")
    console = Console(screen_of(sys.stdout, environment), screen_of(sys.stderr, environment))
    if os.name == "nt" and (console.results.colours or console.complaints.colours):
        os.system("")  # makes older Windows consoles heed colours
    return console


def with_minus_signs(argv: Sequence[str]) -> list[str]:
    """The words of a command with `-£207k` as `−£207k`, which reads the same and is no option."""
    return [_NUMBER.sub("−", word, count=1) if _NUMBER.match(word) else word for word in argv]


def screen_of(stream: TextIO, environment: Mapping[str, str]) -> Screen:
    """What a stream can show.

    Colours are for terminals, unless `NO_COLOR` forbids or `FORCE_COLOR` demands them. A file or pipe has no width:
    it gets 120 columns, or what `COLUMNS` says.
    """
    terminal = stream.isatty() and environment.get("TERM") != "dumb"
    if environment.get("NO_COLOR"):
        coloured = False
    elif environment.get("FORCE_COLOR"):
        coloured = environment["FORCE_COLOR"] != "0"
    else:
        coloured = terminal
    full = environment.get("COLORTERM", "") in ("truecolor", "24bit")
    width = shutil.get_terminal_size((_WIDTH_OF_FILES, 0)).columns if terminal else _columns(environment)
    return Screen(width, stream.encoding or "ascii", (2**24 if full else 256) if coloured else 0)


def _columns(environment: Mapping[str, str]) -> int:
    columns = environment.get("COLUMNS", "")
    return int(columns) if columns.isdecimal() and int(columns) else _WIDTH_OF_FILES


def deliver(outcome: Outcome) -> int:
    """Write what a command says, and return its exit code, whether or not anybody still reads."""
    try:
        _write(outcome.complaint, sys.stderr)
        _write(outcome.text, sys.stdout)
    except OSError as fault:
        # The interpreter writes once more as it ends, and would fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if fault.errno not in _NOBODY_READS:
            _write(f"The result could not be written: {fault.strerror}", sys.stderr)
            return 2
    return outcome.code


def _write(text: str, stream: TextIO) -> None:
    if text:
        print(text, file=stream)
    stream.flush()
