"""A bar that grows on a terminal while something takes its time; in files and pipes there is none."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, TextIO

_WIDTH: Final = 30


class Bar:
    """How far it is, drawn whenever another hundredth is done."""

    def __init__(self, what: str, stream: TextIO | None) -> None:
        self._what = what
        self._stream = stream
        self._drawn = -1

    def __call__(self, done: int, total: int) -> None:
        """So many of so many are done."""
        hundredth = 100 * done // total if total else 100
        if self._stream is None or hundredth == self._drawn:
            return
        self._drawn = hundredth
        filled = "#" * (_WIDTH * hundredth // 100)
        self._stream.write(f"\r{self._what} [{filled:<{_WIDTH}}] {hundredth:3}%")
        self._stream.flush()

    def wipe(self) -> None:
        """Leave no trace."""
        if self._stream is not None and self._drawn >= 0:
            self._stream.write(f"\r{' ' * (len(self._what) + _WIDTH + 8)}\r")
            self._stream.flush()


@contextmanager
def bar(what: str) -> Iterator[Bar]:
    """A bar on the terminal that standard error is, for as long as the block runs."""
    drawn = Bar(what, sys.stderr if sys.stderr.isatty() else None)
    try:
        yield drawn
    finally:
        drawn.wipe()
