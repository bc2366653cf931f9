"""Columns rated the plain way: as observations, one indicator and period after another, by the reference."""

from array import array
from collections.abc import Mapping, Sequence
from functools import cached_property

from attrs import frozen

from kpirules.assess import Indicator, Rating, TravelResult
from kpirules.assess.scorecard import assessed
from kpirules.columns.coding import NONE, Codes
from kpirules.columns.results import RatedColumns
from kpirules.columns.slots import period_of, series_of
from kpirules.columns.table import Table
from kpirules.model import Definitions
from kpirules.observations import Observations
from kpirules.periods import Period


@frozen
class Answer:
    """The rating of a slot and its travels."""

    rating: Rating
    travels: Mapping[str, TravelResult]


@frozen(slots=False)
class Plainly:
    """Answers by the reference with some travels, each worked out once.

    `observations` are all that an answer can look at.
    """

    indicators: Mapping[str, Indicator]
    observations: Observations
    travels: tuple[str, ...]

    @cached_property
    def _found(self) -> dict[tuple[str, Period], Mapping[str | None, Answer]]:
        """What has been asked for. It only ever gains equal values."""
        return {}

    def answers(self, reference: str, period: Period) -> Mapping[str | None, Answer]:
        """The answers for an indicator in a period: for itself under None, and for its components by name."""
        key = reference, period
        if key not in self._found:
            row = assessed(self.indicators[reference], self.observations, period, self.travels)
            by_part = {part.component: Answer(part.rating, part.travels) for part in row.parts}
            self._found[key] = {None: Answer(row.rating, row.travels), **by_part}
        return self._found[key]


@frozen
class Collected:
    """The codes of answers as they are collected, row by row."""

    ratings: Codes
    travels: Codes
    names: tuple[str, ...]

    def copied(self) -> "Collected":
        """The same codes, to hand out more of them apart from these."""
        return Collected(self.ratings.copied(), self.travels.copied(), self.names)

    def of(self, answers: Mapping[str | None, Answer], component: str | None) -> tuple[int, int, tuple[int, ...]]:
        """The codes of a row's rating, of its indicator's, and of its travels; NONE of all for a figure or an input."""
        overall = self.ratings.of_rating(answers[None].rating)
        answer = answers.get(component)
        if answer is None:
            return NONE, overall, (NONE,) * len(self.names)
        travels = (answer.travels.get(name) for name in self.names)
        codes = tuple(NONE if travel is None else self.travels.of_travel(travel) for travel in travels)
        return self.ratings.of_rating(answer.rating), overall, codes

    def columns(self, rating: object, overall: object, travels: Sequence[object]) -> RatedColumns:
        """The result, of columns of codes."""
        bands, reasons = self.ratings.ratings(rating)
        overall_bands, overall_reasons = self.ratings.ratings(overall)
        both = {name: self.travels.travels(codes) for name, codes in zip(self.names, travels, strict=True)}
        return RatedColumns(
            bands,
            reasons,
            overall_bands,
            overall_reasons,
            {name: directions for name, (directions, _) in both.items()},
            {name: reasons for name, (_, reasons) in both.items()},
        )


def rate_plainly(
    indicators: Mapping[str, Indicator], definitions: Definitions, table: Table, names: tuple[str, ...]
) -> RatedColumns:
    """Columns rated one by one, with the travels of these names. Raises `FaultyRowsError` for rows that are faulty."""
    plain = Plainly(indicators, table.observations(range(table.size), definitions), names)
    collected = Collected(Codes(), Codes(), names)
    rating, overall, travels = array("H"), array("H"), [array("H") for _ in collected.names]
    for row in range(table.size):
        said = table.mapping(row)
        series = series_of(said["indicator"], said.get("component"), definitions)
        period = None if series is None else period_of(said["period"], series.owner.calendar)
        if series is None or period is None:
            raise AssertionError("such a row has been refused before")
        codes = collected.of(plain.answers(series.whole.reference, period), series.component)
        rating.append(codes[0])
        overall.append(codes[1])
        for column, code in zip(travels, codes[2], strict=True):
            column.append(code)
    return collected.columns(rating, overall, travels)
