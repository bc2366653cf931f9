"""Dataframes rated: the user's own frame in, and the same frame with the answers beside its rows out.

The columns come to the engine as NumPy or Arrow arrays that share the frame's own memory wherever they can, and the
answers go back the same way.
"""

from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from typing import Any, TypeVar

import narwhals as nw

from kpirules.columns import Coded
from kpirules.errors import TableError
from kpirules.rated_tables.doors import to_native
from kpirules.rated_tables.naming import Named, Rate, answer, travels_among

Frame = TypeVar("Frame")

_FLOATS = (nw.Float64, nw.Float32)


def rate_frame(frame: Frame, rate: Rate, travels: Sequence[str], named: Named) -> Frame:
    """The frame with columns added: the rating, the reason for none, and for each travel its direction and reason.

    Raises `TableError`, and what `rate` raises.
    """
    try:
        here: Any = nw.from_native(frame)
    except TypeError as error:
        kind = f"{type(frame).__module__}.{type(frame).__name__}"
        raise TableError(f"{kind} is no dataframe that can be rated") from error
    there = here.collect_schema().names()
    read = named.columns(there)
    wanted = named.answers(travels, there)

    def answered(whole: nw.DataFrame[Any]) -> Mapping[str, Coded[Any]]:
        found = rate({what: _column(whole[name]) for what, name in read.items()}, travels_among(wanted, travels))
        return {name: answer(found, what) for what, name in wanted.items()}

    rated: Frame = to_native(here, answered, tuple(wanted.values()))
    return rated


def _column(series: nw.Series[Any]) -> Any:
    """The column as an array, without a copy where there is a way. Nulls stay nulls, or are NaN among floats."""
    if series.dtype in _FLOATS:
        return series.to_numpy()
    return series.to_arrow() if find_spec("pyarrow") is not None else series.to_list()
