"""A million values at a time: columns that are ready, and columns of text ids in any order."""

import tracemalloc
from collections.abc import Callable, Iterator, Sequence

from bench import truth
from bench.goals import Way
from bench.peers import duckdb_tables, numpy_select, ours, pandas_frames, polars_frames
from bench.peers.columns import Codes, Columns
from bench.race import Contender
from bench.workload import Workload

PEERS: Sequence[tuple[Way, Callable[[Workload], Columns]]] = (
    (Way.NUMPY, numpy_select.prepare),
    (Way.DUCKDB, duckdb_tables.prepare),
    (Way.POLARS, polars_frames.prepare),
    (Way.PANDAS, pandas_frames.prepare),
    (Way.DUCKDB_WHOLE, duckdb_tables.prepare_whole),
    (Way.POLARS_WHOLE, polars_frames.prepare_whole),
    (Way.PANDAS_WHOLE, pandas_frames.prepare_whole),
    (Way.POLARS_WORDS, polars_frames.prepare_words),
    (Way.DUCKDB_WORDS, duckdb_tables.prepare_words),
)
ONE, BOTH = ("short",), ("short", "long")


def contenders(work: Workload, sampled: int) -> Iterator[Contender]:
    """Everybody who can rate columns; their answers are compared with the truth for so many indicators."""
    library = truth.loaded(work)
    places = range(0, len(work.specs), max(len(work.specs) // sampled, 1))
    right, rows = truth.codes(library.indicators, work, places), work.rows()
    checked = len(places) * work.months
    inputs = (rows.place, rows.value, rows.previous)
    yield Contender(Way.MEMCPY, lambda: [column.copy() for column in inputs])
    in_order = work.rows(shuffled=False)
    entered = [
        (Way.COLUMNS_GRID, ours.prepare(library, work, in_order, ONE), in_order),
        (Way.COLUMNS_ROWS, ours.prepare(library, work, rows, ONE), rows),
        (Way.COLUMNS_GRID_BOTH, ours.prepare(library, work, in_order, BOTH), in_order),
        (Way.COLUMNS_ROWS_BOTH, ours.prepare(library, work, rows, BOTH), rows),
        (Way.WHOLE, ours.prepare_whole(library, work), rows),
        (Way.FRAME_POLARS, ours.prepare_polars(library, work), rows),
        (Way.FRAME_DUCKDB, ours.prepare_duckdb(library, work), rows),
        *((way, prepare(work), rows) for way, prepare in PEERS),
    ]
    for way, columns, ordered in entered:
        found: Codes = columns.codes(columns.run())
        yield Contender(way, columns.run, wrong=truth.wrong(right, ordered, found), checked=checked)


def memory(work: Workload) -> Iterator[tuple[Way, float]]:
    """Megabytes a million rows that `rate_columns` needs at its highest beyond what it is given, its answers included.

    As far as Python and NumPy report it; what Arrow takes by itself is not in it.
    """
    library = truth.loaded(work)
    for way, columns in (
        (Way.MEMORY_GRID, ours.prepare(library, work, work.rows(shuffled=False), ONE)),
        (Way.MEMORY_ROWS, ours.prepare(library, work, work.rows(), ONE)),
        (Way.MEMORY_WHOLE, ours.prepare_whole(library, work)),
    ):
        columns.run()  # what is worked out of the rules is kept
        tracemalloc.start()
        columns.run()
        _, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        yield way, highest / work.size
