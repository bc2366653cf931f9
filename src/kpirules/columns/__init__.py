"""Many observations at once: columns in, columns of small numbers out, each row rated as `Library.score` would."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from attrs import frozen

from kpirules.assess import Indicator
from kpirules.assess.scorecard import travel_names
from kpirules.columns.plainly import rate_plainly
from kpirules.columns.results import Coded, RatedColumns
from kpirules.columns.table import ColumnsError, FaultyRowsError, table_of
from kpirules.errors import AskingError
from kpirules.model import Definitions

if TYPE_CHECKING:
    from kpirules.columns.arrays import ArrayRater

__all__ = ["Coded", "ColumnRater", "ColumnsError", "FaultyRowsError", "RatedColumns"]


@frozen(slots=False)
class ColumnRater:
    """A library made ready to rate columns; it keeps what it has worked out of the rules for the next ones."""

    indicators: Mapping[str, Indicator]
    definitions: Definitions

    def __getstate__(self) -> Mapping[str, object]:
        """For copies and pickles: without what has been worked out."""
        return {"indicators": self.indicators, "definitions": self.definitions}

    @cached_property
    def travels(self) -> tuple[str, ...]:
        """The names of all the travels that some indicator has, in the order in which they first come."""
        return travel_names(self.indicators)

    def asked(self, travels: Iterable[str] | None) -> tuple[str, ...]:
        """The names of these travels, each once; all for None. Raises `AskingError` for names of none."""
        if travels is None:
            return self.travels
        names = (travels,) if isinstance(travels, str) else tuple(dict.fromkeys(travels))
        unknown = [name for name in names if name not in self.travels]
        if unknown:
            there = ", ".join(map(repr, self.travels)) or "none"
            raise AskingError(f"no indicator has a travel {', '.join(map(repr, unknown))}; there is {there}")
        return names

    def rate(self, columns: Mapping[str, Any], travels: Iterable[str] | None = None) -> RatedColumns:
        """The answers for columns of observations by their names; by arrays where NumPy is there.

        Raises `AskingError` for unknown travels, `ColumnsError` for columns of different lengths, and
        `FaultyRowsError` for rows that `observe` refuses.
        """
        names = self.asked(travels)
        table = table_of(columns)
        if find_spec("numpy") is None:
            return rate_plainly(self.indicators, self.definitions, table, names)
        return self._by_arrays.rate(table, names)

    @cached_property
    def _by_arrays(self) -> "ArrayRater":
        from kpirules.columns.arrays import ArrayRater

        return ArrayRater(self.indicators, self.definitions)
