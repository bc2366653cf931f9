"""A library of checked indicators, ready to be asked: for a scorecard, for columns, frames and files, for its tests."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from attrs import field, fields, frozen

from kpirules import assess
from kpirules.assess import Indicator
from kpirules.assess.references import unknown
from kpirules.definition_files import (
    Where,
    read_observations,
)
from kpirules.diagnostics import Diagnostic, Severity
from kpirules.errors import KpirulesError, TableError
from kpirules.in_force import InForce
from kpirules.model import Definitions
from kpirules.observations import Observations, from_mappings, observe
from kpirules.periods import Period, period_in
from kpirules.progress import Watch, unwatched
from kpirules.testing import CaseResult, run_tests

if TYPE_CHECKING:
    from kpirules.columns import ColumnRater, RatedColumns

Column: TypeAlias = Any
Frame = TypeVar("Frame")
NO_NAMES: Mapping[str, str] = {}
NOTHING_LOWERED: Mapping[str, tuple[InForce, ...]] = {}
Observed: TypeAlias = Observations | Where | Iterable[Mapping[str, object]]


@frozen(slots=False)
class Library:
    """Checked indicators, by reference, with the observations that came with them.

    `lowered` is what checking has lowered of each indicator, so that it need not be done again.
    """

    definitions: Definitions = field(repr=False)
    observations: Observations = field(repr=False)
    lowered: Mapping[str, tuple[InForce, ...]] = field(default=NOTHING_LOWERED, eq=False, repr=False)

    def __getstate__(self) -> Mapping[str, object]:
        """For copies and pickles: without what has been worked out, which functions are among."""
        return {**{each.name: getattr(self, each.name) for each in fields(type(self))}, "lowered": NOTHING_LOWERED}

    @cached_property
    def indicators(self) -> Mapping[str, Indicator]:
        """Every indicator that loads, in the order of the files' names and then of writing."""
        return {
            name: Indicator(definition, self.lowered.get(name, ()))
            for name, definition in self.definitions.definitions.items()
        }

    def __getitem__(self, reference: str) -> Indicator:
        """The indicator of that reference. Raises `KeyError`, which names those that are most like it."""
        if reference not in self.indicators:
            raise unknown(reference, self.indicators)
        return self.indicators[reference]

    def score(self, observations: Observed | None = None, *, period: str | Period) -> "Scorecard":
        """Rate every indicator for one period.

        Args:
            observations: what was observed: a table made by `observe`, the path of a CSV file, or mappings with
                `indicator`, `period`, `value` and perhaps `component`, `measured`, `note`; without it, the tables in
                the library's own `observations` folder.
            period: such as `"2023/24 Q2"`, in the library's calendar.

        Raises:
            PeriodError: there is no such period.
            LibraryError: the observations have errors.
        """
        table = self.observations if observations is None else self._observed(observations, period)
        rated = assess.score(self.indicators, table, self.period(period))
        return Scorecard(rated.period, rated.rows, rated.travels)

    def rate_columns(
        self,
        *,
        indicator: Column,
        period: Column,
        value: Column,
        component: Column | None = None,
        measured: Column | None = None,
        note: Column | None = None,
        travels: Iterable[str] | None = None,
    ) -> "RatedColumns":
        """Rate many observations at once, each in its own period and as `score` would with these rows as the table.

        Columns are lists, NumPy or Arrow arrays of one length, a place for each observation, in any order. Earlier
        values that ratings and travels compare with, figures and inputs are found among the rows themselves.

        Args:
            indicator: references.
            period: periods as people write them.
            value: numbers in the unit of each indicator, texts as people write them, None and NaN where missing. A
                float is the number that its `repr` prints, a float32 its own shortest decimal.
            component: names of components, of inputs or of observed figures; None for the indicator itself.
            measured: when it was measured, in words; decides nothing.
            note: notes; decide nothing, but a value whose note calls it revised takes the place of another.
            travels: the names of the travels that are wanted, such as `("short",)`; `()` for the rating alone, None for
                every travel of the library. What is not wanted is not worked out.

        Raises:
            AskingError: no indicator has a travel of such a name.
            LibraryError: some row cannot be observed, as in `score`; it has a diagnostic for each.
            ColumnsError: the columns are not of one length, or something is no column.
        """
        from kpirules.columns import FaultyRowsError

        columns = {
            "indicator": indicator,
            "component": component,
            "period": period,
            "value": value,
            "measured": measured,
            "note": note,
        }
        try:
            return self._column_rater.rate(columns, travels)
        except FaultyRowsError as faulty:
            raise LibraryError(self, faulty.diagnostics) from None

    @cached_property
    def _column_rater(self) -> "ColumnRater":
        from kpirules.columns import ColumnRater

        return ColumnRater(self.indicators, self.definitions)

    def rate_frame(
        self,
        frame: Frame,
        *,
        columns: Mapping[str, str] = NO_NAMES,
        into: Mapping[str, str | None] = NO_NAMES,
        travels: Iterable[str] | None = None,
    ) -> Frame:
        """A dataframe of observations with the answers beside its rows, as `rate_columns` gives them.

        What comes back is of the frame's own kind, with its rows in their order: pandas, PyArrow, Polars (a lazy frame
        stays lazy), a DuckDB relation (read at once, for it cannot wait), or any other kind with rows that narwhals
        knows. The columns added are texts: `rating`, `reason`, and for each travel its direction (`short`) and the
        reason for none (`short_reason`). Needs the extra `kpirules[frames]`.

        Args:
            frame: has columns `indicator`, `period` and `value`, and perhaps `component`, `measured` and `note`, in
                any capitals.
            columns: other names of these columns, such as `{"indicator": "kpi_code"}`.
            into: other names for answers, such as `{"rating": "RAG"}`; None leaves one out, and a name for `overall`
                adds the rating of the row's indicator as a whole.
            travels: the names of the travels that are wanted, as in `rate_columns`.

        Raises:
            AskingError: no indicator has a travel of such a name.
            TableError: a column is missing or there already, or frames of its kind cannot be rated where they are.
            LibraryError: some row cannot be observed, as in `score`.
        """
        from kpirules.rated_tables.naming import Named

        try:
            from kpirules.rated_tables.frames import rate_frame
        except ModuleNotFoundError as error:
            raise TableError("dataframes need narwhals: pip install kpirules[frames]") from error

        return rate_frame(frame, self._rate, self._column_rater.asked(travels), Named(columns, into))

    def rate_file(
        self,
        source: Where,
        target: Where,
        *,
        columns: Mapping[str, str] = NO_NAMES,
        into: Mapping[str, str | None] = NO_NAMES,
        travels: Iterable[str] | None = None,
        watch: Watch = unwatched,
    ) -> "RatedColumns":
        """Write the rows of a CSV or Parquet file to another with the answers beside them, as `rate_frame` adds them.

        The file is read twice and never held whole: of its rows only what rating reads. The target may be the source
        itself; it is written under another name first, so that an end in between leaves the old file or none. A CSV
        keeps its encoding, its separator and its line ends. Parquet needs the extra `kpirules[frames]`.

        Args:
            source: a file that ends in `.csv` or `.parquet`. A title may stand above the header of a CSV.
            target: where to write, with the same ending.
            columns: other names of columns, as in `rate_frame`.
            into: other names for answers, as in `rate_frame`.
            travels: the names of the travels that are wanted, as in `rate_columns`.
            watch: is told how much of how much is done.

        Raises:
            AskingError: no indicator has a travel of such a name.
            TableError: a column is missing or there already, or it is no table of a known kind.
            LibraryError: some row cannot be observed, as in `score`; its diagnostics stand on the lines of the file.
            OSError: a file cannot be read or written.
        """
        from kpirules.rated_tables.files import rate_file, said_of_lines
        from kpirules.rated_tables.naming import Named

        wanted = self._column_rater.asked(travels)
        named = Named(columns, into)
        try:
            return rate_file(Path(source), Path(target), self._rate, wanted, named, watch)
        except LibraryError as faulty:
            raise LibraryError(self, said_of_lines(Path(source), named, faulty.diagnostics)) from None

    @property
    def travels(self) -> tuple[str, ...]:
        """The names of all the travels that some indicator has, in the order in which they first come."""
        return self._column_rater.travels

    def _rate(self, columns: Mapping[str, Column], travels: Sequence[str]) -> "RatedColumns":
        return self.rate_columns(**columns, travels=travels)

    def _observed(self, observations: Observed, period: str | Period) -> Observations:
        if isinstance(observations, Observations):
            return observations
        if isinstance(observations, str | PathLike):
            table, found = read_observations(observations, self.definitions, period=period)
        else:
            table, found = observe(from_mappings(observations), self.definitions)
        if any(fault.severity is Severity.ERROR for fault in found):
            raise LibraryError(self, found)
        return table

    def period(self, period: str | Period) -> Period:
        """A period as people write it, in whichever of the library's calendars knows it. Raises `PeriodError`."""
        if isinstance(period, Period):
            return period
        calendars = {
            definition.calendar.name: definition.calendar for definition in self.definitions.definitions.values()
        }
        return period_in(period, tuple(calendars.values()))

    def run_tests(self) -> tuple[CaseResult, ...]:
        """Run the `test` blocks of the library."""
        return run_tests(self.definitions.tests, self.indicators)


@frozen
class Scorecard(assess.Scorecard):
    """The rows of one period, in the order of the library; a notebook shows them as a table."""

    def _repr_html_(self) -> str:
        from kpirules.present.html_report import to_html

        return to_html(self)


class LibraryError(KpirulesError):
    """The definitions have errors. `library` is what loads all the same, `diagnostics` is everything found."""

    def __init__(self, library: Library, diagnostics: Sequence[Diagnostic]) -> None:
        self.library = library
        self.diagnostics = tuple(diagnostics)
        errors = [fault for fault in diagnostics if fault.severity is Severity.ERROR]
        count = f"{len(errors)} error" if len(errors) == 1 else f"{len(errors)} errors"
        super().__init__("\n".join([count, *map(str, errors)]))

    def __reduce__(self) -> tuple[object, ...]:
        """For other processes, which hand back what they raise: it is made of more than its words."""
        return LibraryError, (self.library, self.diagnostics)
