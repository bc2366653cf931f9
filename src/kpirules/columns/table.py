"""The columns as they were handed in, and any of their rows as a row of observations."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context
from struct import pack, unpack
from typing import Any

from attrs import frozen

from kpirules.diagnostics import Diagnostic, Severity
from kpirules.errors import KpirulesError
from kpirules.model import Definitions
from kpirules.observations import Observations, Row, from_mappings, observe
from kpirules.observations.written import places_in


class ColumnsError(KpirulesError, ValueError):
    """Columns that do not belong together, for they are not of one length; or something that is no column."""


class FaultyRowsError(Exception):
    """Some rows have errors; `diagnostics` says which."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("\n".join(map(str, diagnostics)))


@frozen
class Table:
    """Columns by name, each with something of one item for each row; those that were not handed in are left out."""

    columns: Mapping[str, Any]
    size: int

    def mapping(self, row: int) -> dict[str, object]:
        """One row by its columns."""
        return {name: plain(column[row]) for name, column in self.columns.items()}

    def observations(self, rows: Sequence[int], definitions: Definitions) -> Observations:
        """What these rows come to, taken by themselves. Raises `FaultyRowsError` for those that are faulty."""
        found, faults = observe(_rows([self.mapping(row) for row in rows]), definitions)
        if any(fault.severity is Severity.ERROR for fault in faults):
            raise FaultyRowsError(observe(self._placed(rows), definitions)[1])
        return found

    def _placed(self, rows: Sequence[int]) -> tuple[Row, ...]:
        """The rows with their places, which are lines of `<rows>` numbered as the columns are, from 1."""
        lines: list[Mapping[str, object]] = [{}] * (max(rows) + 1)
        for row in rows:
            lines[row] = self.mapping(row)
        places = places_in("<rows>", lines)
        made = _rows([lines[row] for row in rows])
        return tuple(
            Row(each.indicator, each.component, each.period, each.value, each.measured, each.note, places[row])
            for row, each in zip(rows, made, strict=True)
        )


def _rows(mappings: Iterable[Mapping[str, object]]) -> tuple[Row, ...]:
    return from_mappings(mappings)


def plain(item: Any) -> object:
    """An item as Python has it: of Arrow its own value, of a short float the one that its shortest decimal says."""
    as_python: Callable[[], object] | None = getattr(item, "as_py", None)
    if as_python is None:
        return item
    value = as_python()
    short = _SHORT.get(str(item.type))
    return value if short is None or value is None else _shortest(float(value), short)  # type: ignore[arg-type]


_SHORT = {"float": "f", "halffloat": "e"}
"""The types of Arrow's floats that are shorter than those of Python, as `struct` calls them."""


def _shortest(value: float, short: str) -> float:
    """The shortest decimal that such a float still reads back from; of several the nearest.

    At a power of two what reads back reaches further up than down, so the nearest decimal of so many figures may not
    read back where the other neighbour does.
    """
    for figures in range(1, 10):
        for rounding in (ROUND_HALF_EVEN, ROUND_FLOOR, ROUND_CEILING):
            near = float(Context(figures, rounding).create_decimal(value))
            try:
                if unpack(short, pack(short, near)) == (value,):
                    return near
            except OverflowError:  # rounded up beyond the greatest of them
                continue
    return value  # NaN


def table_of(columns: Mapping[str, Any]) -> Table:
    """The columns that are not None. Raises `ColumnsError` if they are not of one length, or not columns at all."""
    there = {name: _unmasked(column) for name, column in columns.items() if column is not None}
    for name, column in there.items():
        if isinstance(column, str | bytes) or not hasattr(column, "__len__") or getattr(column, "ndim", 1) != 1:
            raise ColumnsError(f"{name} must be a list or an array of one dimension, not {type(column).__name__}")
    lengths = {name: len(column) for name, column in there.items()}
    if len(set(lengths.values())) > 1:
        said = ", ".join(f"{name} has {length}" for name, length in lengths.items())
        raise ColumnsError(f"the columns must have as many rows as each other: {said}")
    return Table(there, next(iter(lengths.values()), 0))


def _unmasked(column: Any) -> Any:
    """A masked array of NumPy as a list with None where it is masked: its numbers go on below the mask."""
    if not type(column).__module__.startswith("numpy.ma"):
        return column
    return [None if type(item).__name__ == "MaskedConstant" else item for item in column]
