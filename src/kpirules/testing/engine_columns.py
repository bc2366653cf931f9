"""Whether columns are rated as values are one at a time: all that is tried of a library, in one call.

Values whose rule looks at nothing else have been rated by the reference already, and stand in any period of that rule.
Those that are compared stand in a year behind one in which their earlier value is held, and the reference is asked for
their slots.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TypeAlias

from attrs import frozen

from kpirules.assess import Indicator
from kpirules.model import Definitions
from kpirules.model.reads import needs
from kpirules.periods import Needs, Period
from kpirules.testing.moments import some_period
from kpirules.testing.results import Counterexample
from kpirules.testing.ruled import Ruled

Answer: TypeAlias = tuple[object, object]
"""A band or a direction, or the reason why there is none."""

_MOST_ALONE = 24
_MOST_COMPARED = 24


@frozen
class Tried:
    """What columns are to say of one rule of the `indicator`, which is in force in the `period`, if that matters.

    `alone` are doubles with the answer of each, `compared` doubles with the earlier ones that they are compared with.
    """

    indicator: str
    ruled: Ruled
    period: Period | None
    alone: Mapping[float, Answer]
    compared: Sequence[tuple[float, float]]

    @property
    def first(self) -> Period:
        """A period in which the rule is in force."""
        return self.period or some_period(self.ruled)


@frozen
class _Row:
    """A row of the columns: the indicator, the period, the value, and the answer that is expected of it if it is known.

    Of a row that is `held` nothing is asked: what stands there is the earlier value of others.
    """

    indicator: str
    period: Period
    value: float
    expected: Answer | None = None
    held: bool = False


def column_differences(
    indicators: Mapping[str, Indicator], tried: Sequence[Tried]
) -> Iterator[tuple[str, Counterexample]]:
    """Where columns say something else, with the reference of the indicator."""
    from kpirules.columns import ColumnRater
    from kpirules.columns.plainly import Plainly
    from kpirules.columns.table import table_of

    calendars = {each.definition.calendar.name: each.definition.calendar for each in indicators.values()}
    definitions = Definitions({name: each.definition for name, each in indicators.items()}, calendars)
    rater = ColumnRater(indicators, definitions)

    alone = _in_slots(row for each in tried for row in _alone(each))
    if alone:
        rated = rater.rate(_columns(alone), travels=())
        for row, band, reason in zip(alone, rated.rating.to_list(), rated.reason.to_list(), strict=True):
            if row.expected is not None and (band, reason) != row.expected:
                yield row.indicator, _told(row, "", (band, reason), row.expected)

    compared = _in_slots(row for each in tried for row in _compared(each))
    if compared:
        columns = _columns(compared)
        rated = rater.rate(columns)
        plain = Plainly(indicators, table_of(columns).observations(range(len(compared)), definitions), rater.travels)
        for place, row in enumerate(compared):
            if not row.held:
                answer = plain.answers(row.indicator, row.period)[None]
                said, expected = (rated.rating[place], rated.reason[place]), (answer.rating.band, answer.rating.reason)
                if said != expected:
                    yield row.indicator, _told(row, "", said, expected)
                for name, travel in answer.travels.items():
                    way = rated.directions[name][place], rated.no_directions[name][place]
                    if way != (travel.direction, travel.reason):
                        yield row.indicator, _told(row, f"{name} ", way, (travel.direction, travel.reason))


def _columns(rows: Sequence[_Row]) -> dict[str, list[object]]:
    return {
        "indicator": [row.indicator for row in rows],
        "period": [str(row.period) for row in rows],
        "value": [row.value for row in rows],
    }


def _told(row: _Row, of: str, said: Answer, expected: Answer) -> Counterexample:
    return Counterexample(
        f"{row.value!r} in {row.period}",
        f"{of}{said[0] or said[1]} from columns",
        f"{of}{expected[0] or expected[1]}, as the rule says",
    )


def _in_slots(rows: Iterable[_Row]) -> Sequence[_Row]:
    """The rows, each in a slot of its own: what finds none is left out."""
    taken: dict[tuple[str, Period], _Row] = {}
    for row in rows:
        taken.setdefault((row.indicator, row.period), row)
    return [*taken.values()]


def _alone(tried: Tried) -> Iterator[_Row]:
    """Each value in a period of its rule, from the first on."""
    period, needed = tried.first, needs(tried.ruled.version.terms)
    for value, answer in [*tried.alone.items()][: 1 if needed is Needs.PERIOD else _MOST_ALONE]:
        if tried.ruled.version.holds_on(period.end):
            yield _Row(tried.indicator, period, value, answer)
        period = period.before(-period.frequency.parts if needed is Needs.PART else -1)


def _compared(tried: Tried) -> Iterator[_Row]:
    """Years of compared values, each behind a year of the earlier one: the last is that of the first period."""
    parts = tried.first.frequency.parts
    year = tried.first.before(tried.first.index - 1)
    most = parts if needs(tried.ruled.version.terms) is Needs.PERIOD else _MOST_COMPARED
    for earlier, pairs in groupby(tried.compared[:most], key=lambda pair: pair[1]):
        values = [value for value, _ in pairs]
        for at in range(0, len(values), parts):
            held = year.before(parts)
            yield from (_Row(tried.indicator, held.before(-place), earlier, held=True) for place in range(parts))
            for place, value in enumerate(values[at : at + parts]):
                yield _Row(tried.indicator, year.before(-place), value)
            year = held.before(parts)
