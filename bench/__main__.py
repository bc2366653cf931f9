"""The command: `python -m bench [--quick] [--only NAME]` prints Markdown tables."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.goals import Way
from bench.race import Measured, race
from bench.table import report
from bench.workload import Workload, workload

_EXAMPLES = """\
examples:
  python -m bench --quick           # a tenth of everything, in well under a minute
  python -m bench > results.md      # all of it, in some minutes
  python -m bench --only reading    # only what has to do with reading definitions
"""


def main(arguments: Sequence[str]) -> int:
    """Measure and print. Gives 1 if any goal's answers of ours were wrong."""
    parser = argparse.ArgumentParser("bench", epilog=_EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.description = "Measure kpirules beside what its users would otherwise write or install."
    parser.add_argument("--quick", action="store_true", help="small sizes and few rounds: to see that all is well")
    parser.add_argument("--only", choices=list(_SECTIONS), help="one section alone")
    parser.add_argument("--rounds", type=int, metavar="N", help="how many rounds to take the median of")
    chosen = parser.parse_args(arguments)
    indicators, months, calls, rounds = (100, 100, 2_000, 3) if chosen.quick else (1_000, 1_000, 5_000, 7)
    rounds = chosen.rounds or rounds
    work = workload(indicators, months)
    names = [chosen.only] if chosen.only else list(_SECTIONS)
    sections = {}
    for name in names:
        title, measure = _SECTIONS[name]
        print(f"measuring: {name} …", file=sys.stderr, flush=True)
        sections[title] = measure(work, calls, rounds)
    size = f"{indicators:,} indicators, {work.size:,} observations; medians of {rounds} interleaved rounds."
    print(report(sections, indicators, size))
    ours = [each for found in sections.values() for each in found if each.way in OURS]
    return int(any(each.wrong for each in ours))


# Whose answers must never be wrong.
OURS = {
    Way.LEAN_FLOAT,
    Way.LEAN_ONE_WAY,
    Way.LEAN_DECIMAL,
    Way.LEAN_RATING,
    Way.LEAN_BOTH_WAYS,
    Way.RICH,
    Way.COLUMNS_GRID,
    Way.COLUMNS_ROWS,
    Way.COLUMNS_GRID_BOTH,
    Way.COLUMNS_ROWS_BOTH,
    Way.WHOLE,
    Way.FRAME_POLARS,
    Way.FRAME_DUCKDB,
}


def _single(work: Workload, calls: int, rounds: int) -> Sequence[Measured]:
    from bench import single

    return race(single.contenders(work, calls), rounds)


def _many(work: Workload, calls: int, rounds: int) -> Sequence[Measured]:  # noqa: ARG001  as the others
    from bench import many

    found = race(many.contenders(work, 20), rounds)
    return [*found, *(Measured(way, amount, unit="MB") for way, amount in many.memory(work))]


def _reading(work: Workload, calls: int, rounds: int) -> Sequence[Measured]:
    from bench import loading

    found = race(loading.contenders(work), rounds)
    slow = race(loading.whole_processes(), min(rounds, 3))
    with TemporaryDirectory() as folder:
        again = race(loading.reloading(work, Path(folder)), rounds)
    drawn = Measured(Way.DRAW, loading.drawing_time(calls // 10))
    return [*found, *again, *slow, drawn, Measured(Way.IMPORT, loading.import_time(5 * rounds))]


# Each imports what it needs by itself, so that one section runs without the packages of the others.
_SECTIONS: dict[str, tuple[str, Callable[[Workload, int, int], Sequence[Measured]]]] = {
    "single": ("One value at a time (a call)", _single),
    "many": ("All observations at once (the whole column)", _many),
    "reading": ("Reading definitions (all of them)", _reading),
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
