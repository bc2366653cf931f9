"""`python -m kpirules` is the command `kpirules`."""

import sys

from kpirules.cli import main

if __name__ == "__main__":
    sys.exit(main())
