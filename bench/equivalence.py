"""Every fast way of rating beside the plain reference, on numbers chosen to go wrong.

    python bench/equivalence.py --comparisons 1e7

Hypothesis draws library after library, with components, dates and every kind of rule (`bench/hard_tables.py`), and
tables of it with the numbers that go wrong. The reference is `core.decide` by way of the scorecard; beside it are asked
the arrays, in a grid and row by row, lists, plain Python without NumPy, Arrow, pandas, Polars, files of CSV, raters and
`Indicator.rate` (`bench/every_engine.py`). One answer of one engine with its reason, a rating or a direction of travel,
is one comparison. The first differences are printed, and the exit code is 1 if there is any.
"""

import argparse
import sys
import time
from collections import Counter
from math import inf
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from hypothesis import HealthCheck, Phase, given, seed, settings

from bench.every_engine import Difference, differences
from bench.hard_tables import Table, tables

LIBRARIES = 25
TABLES = 10

ROUND = settings(
    max_examples=LIBRARIES,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def one_round(number: int, tally: Counter[str]) -> list[tuple[Difference, str]]:
    """Some libraries with some tables of each: everything that differs, with the text of the library."""
    found: list[tuple[Difference, str]] = []

    @seed(number)
    @ROUND
    @given(tables(TABLES))
    def compare(drawn: list[Table]) -> None:
        tally["libraries"] += 1
        for table in drawn:
            found.extend((each, repr(table.library)) for each in differences(table, tally))

    compare()
    return found


def main() -> int:
    """Compare until there have been enough comparisons."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--comparisons", type=float, default=1e5, help="how many answers to compare, at least")
    parser.add_argument("--seed", type=int, default=1, help="the first round's seed")
    parser.add_argument("--minutes", type=float, default=inf, help="stop after so long, whatever has been compared")
    asked = parser.parse_args()
    tally, started, number = Counter[str](), time.monotonic(), asked.seed
    wrong = 0
    while tally.total() < asked.comparisons and time.monotonic() - started < asked.minutes * 60:
        for difference, library in one_round(number, tally):
            wrong += 1
            if wrong <= 20:
                print(difference, library, sep="\n", flush=True)
        number += 1
        print(f"round {number - 1}: {tally.total():,} comparisons, {wrong} differences", file=sys.stderr, flush=True)
    drawn = tally.pop("libraries", 0)
    for engine, count in sorted(tally.items()):
        print(f"{engine:42} {count:>12,}")
    print(f"{'all':42} {tally.total():>12,}")
    print(f"{wrong} differences; {drawn} libraries in {time.monotonic() - started:.0f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
