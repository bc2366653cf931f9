"""One small door for each kind of dataframe, through which the answers are put beside its rows, in their order.

Polars' lazy frames stay lazy: the answers are a step of their plan, ahead of which no later step may be moved, because
a row's travel looks at other rows. A DuckDB relation cannot hold such a step and is read when it is handed in; what
comes back is a relation of the same connection.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import narwhals as nw

from kpirules.columns import Coded
from kpirules.errors import TableError
from kpirules.rated_tables.naming import words

Answered: TypeAlias = Callable[[nw.DataFrame[Any]], Mapping[str, Coded[Any]]]


def to_native(frame: Any, answered: Answered, names: Sequence[str]) -> Any:
    """The frame as its user knows it, with the answers added. Raises `TableError` for lazy frames of unknown kinds."""
    native = frame.to_native()
    match frame.implementation, isinstance(frame, nw.LazyFrame):
        case nw.Implementation.POLARS, True:
            return _lazy_polars(native, answered, names)
        case nw.Implementation.POLARS, False:
            return _polars(native, answered)
        case nw.Implementation.PANDAS, _:
            return _pandas(native, answered)
        case nw.Implementation.PYARROW, _:
            return _arrow(native, answered)
        case nw.Implementation.DUCKDB, _:
            return _duckdb(native, answered)
        case kind, True:
            raise TableError(f"a lazy frame of {kind.value} cannot be rated exactly where it is: collect it first")
        case _:
            return _any_other(frame, answered)


def _polars(frame: Any, answered: Answered) -> Any:
    import polars as pl

    return frame.with_columns(
        pl.Series(name, words(answer), dtype=pl.String).gather(pl.Series(answer.codes))
        for name, answer in answered(nw.from_native(frame, eager_only=True)).items()
    )


def _lazy_polars(frame: Any, answered: Answered, names: Sequence[str]) -> Any:
    import polars as pl

    return frame.map_batches(
        lambda whole: _polars(whole, answered),
        schema={**frame.collect_schema(), **dict.fromkeys(names, pl.String())},
        predicate_pushdown=False,
        projection_pushdown=False,
        slice_pushdown=False,
    )


def _pandas(frame: Any, answered: Answered) -> Any:
    import pandas as pd

    return frame.assign(
        **{
            name: pd.Series(pd.Series(words(answer)).array.take(answer.codes), index=frame.index)
            for name, answer in answered(nw.from_native(frame, eager_only=True)).items()
        }
    )


def _arrow(table: Any, answered: Answered) -> Any:
    import pyarrow as pa

    for name, answer in answered(nw.from_native(table, eager_only=True)).items():
        meanings = pa.array(words(answer), pa.string())
        table = table.append_column(name, pa.DictionaryArray.from_arrays(answer.codes, meanings).dictionary_decode())
    return table


def _duckdb(relation: Any, answered: Answered) -> Any:
    rated_rows = _arrow(relation.to_arrow_table(), answered)  # noqa: F841  the query finds it by this name
    return relation.query("observed_rows", "SELECT * FROM rated_rows")


def _any_other(frame: nw.DataFrame[Any], answered: Answered) -> Any:
    return frame.with_columns(
        nw.new_series(name, answer.to_list(), nw.String(), backend=frame.implementation)
        for name, answer in answered(frame).items()
    ).to_native()
