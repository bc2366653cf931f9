"""Python's collector of cyclic garbage, put off where a great deal is made and next to all of it is kept."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collecting_later() -> Iterator[None]:
    """Collect nothing while the block runs; it may be used as a decorator.

    The collector walks all that has been made again and again, and finds nothing while everything is kept. What no
    cycle holds is freed at once, as ever.

    Whoever finds the collector running stops it and starts it again, whatever happens in between; whoever finds it
    stopped leaves it so. It is one for all threads: of two that read at the same time, the first to end starts it for
    both, and the other is only slower.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
