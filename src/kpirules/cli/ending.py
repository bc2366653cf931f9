"""What happens when a command is told to end: it tidies up, as on Ctrl+C, and ends."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def tidied_up() -> Iterator[None]:
    """While the block runs, SIGTERM ends it with `SystemExit`, so that what it has begun to write is taken away.

    The exit code is what shells give: 128 and the number of the signal. Where somebody else has said what SIGTERM does,
    or in a thread, where Python cannot say, it stays as it is.
    """
    if threading.current_thread() is not threading.main_thread() or signal.getsignal(signal.SIGTERM) != signal.SIG_DFL:
        yield
        return
    signal.signal(signal.SIGTERM, _end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _end(number: int, _: FrameType | None) -> None:
    raise SystemExit(128 + number)
