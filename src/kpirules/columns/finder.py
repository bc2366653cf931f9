"""Where the columns that rules read are found: by comparator in another period, by name in another series."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from kpirules.columns.laid_out import cell_of
from kpirules.columns.ruled import Read
from kpirules.columns.slots import Known, Series
from kpirules.periods import Period

Array: TypeAlias = NDArray[Any]
Floats: TypeAlias = NDArray[np.float64]


@frozen(eq=False, slots=False)
class Finder:
    """The columns by their numbers, and what each of them holds; 0 is the value itself."""

    series: tuple[Series, ...]
    periods: tuple[Period, ...]
    reads: Mapping[int, Read]
    known: Known

    @cached_property
    def _periods(self) -> Mapping[int, Array]:
        """For each comparator the number of the period that it looks at from each; one too many where there is none."""
        numbers = {id(period): number for number, period in enumerate(self.periods)}
        found = {}
        for column, read in self.reads.items():
            if not isinstance(read, str):
                seen = self.known.earlier(read, self.periods)
                found[column] = np.array([numbers.get(id(each), len(self.periods)) for each in seen], dtype=np.int32)
        return found

    @cached_property
    def _back(self) -> Mapping[int, int | None]:
        """By how many periods a comparator looks back, where that is the same for each and none lies in between."""
        found: dict[int, int | None] = {}
        many = len(self.periods)
        for number, seen in self._periods.items():
            back = int((seen == many).sum())
            steady = (seen[back:] == np.arange(many - back)).all() and (seen[:back] == many).all()
            found[number] = back if steady else None
        return found

    @cached_property
    def _series(self) -> Mapping[int, Array]:
        """For each figure the series that has it beside each series; -1 where there is none."""
        numbers = {(each.whole.reference, each.component): number for number, each in enumerate(self.series)}
        return {
            number: np.array([numbers.get((each.whole.reference, read), -1) for each in self.series])
            for number, read in self.reads.items()
            if isinstance(read, str)
        }

    def own(self, columns: tuple[int, ...]) -> bool:
        """Whether all of these are values of the series itself, and none of a figure beside it."""
        return self._series.keys().isdisjoint(columns)

    def beside(self, column: int, series: Array) -> Array:
        """The series in which a figure stands beside some; -1 where there is none."""
        found: Array = self._series[column][series]
        return found

    def look(self, column: int, series: Array, periods: Array) -> tuple[Array, Array]:
        """The series and the periods in which a column stands, seen from some; the series is -1 where there is none."""
        if not column:
            return series, periods
        if column in self._series:
            return self.beside(column, series), periods
        seen = self._periods[column][periods]
        many = len(self.periods)
        return np.where(seen < many, series, -1), np.minimum(seen, many - 1)

    def cells(self, column: int, series: Array, periods: Array) -> Array:
        """The cells in which a column stands, seen from some rows; cells that are nobody's where it stands nowhere."""
        found, seen = self.look(column, series, periods)
        return cell_of(found, seen, len(self.series), len(self.periods))

    def spans(
        self, columns: tuple[int, ...], block: Floats, figure: Callable[[int], Floats]
    ) -> Iterator[tuple[slice, Mapping[int, Floats], bool]]:
        """The columns for whole series, part of the time by part of the time, and whether some are not all there.

        `block` holds the values of the series, a row for each, and `figure` gives those of a figure. Where a comparator
        looks back by as many periods from each, its column is the values again, further on; and for the first few
        periods there is none.
        """
        many = block.shape[1]
        back: dict[int, int] = {}
        whole: dict[int, Floats] = {}
        for column in columns:
            steady = self._back.get(column) if column else 0
            if steady is not None:
                back[column] = steady
            elif column in self._series:
                whole[column] = figure(column)
            else:
                seen = self._periods[column]
                whole[column] = block.take(np.minimum(seen, many - 1), axis=1)
                whole[column][:, seen == many] = np.nan
        for start, stop in pairwise(sorted({0, many, *back.values()})):
            nothing = np.broadcast_to(np.nan, (len(block), stop - start))
            moved = {
                column: block[:, start - by : stop - by] if by <= start else nothing for column, by in back.items()
            }
            rest = {column: each[:, start:stop] for column, each in whole.items()}
            yield slice(start, stop), moved | rest, bool(whole) or any(by > start for by in back.values())
