"""The command `kpirules` as a process of its own, which `python -m kpirules` is too."""

import gc
import sys

# A command makes a great many small values that live to its end: looking for rubbish among them, as often as Python
# does by itself, takes a tenth of its time and finds next to nothing. It is looked for all the same, only less often.
_BETWEEN_COLLECTIONS = 50_000


def run() -> int:
    """Run one command and return its exit code."""
    gc.set_threshold(_BETWEEN_COLLECTIONS, 20, 100)
    from kpirules.cli import main

    return main()


if __name__ == "__main__":
    sys.exit(run())
