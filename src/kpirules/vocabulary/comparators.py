"""Earlier points in time to compare with: `previous quarter`, `same quarter last year`, `baseline 2019/20`."""

from enum import StrEnum
from typing import TypeAlias, assert_never

from attrs import frozen

from kpirules.periods import Frequency, Period, period_on

WORDS = {
    Frequency.YEARLY: "year",
    Frequency.HALF_YEARLY: "half-year",
    Frequency.FOUR_MONTHLY: "four months",
    Frequency.QUARTERLY: "quarter",
    Frequency.MONTHLY: "month",
    None: "period",
}


@frozen
class Previous:
    """The period before, of the named frequency or (None) of the indicator's own."""

    frequency: Frequency | None = None

    @property
    def words(self) -> str:
        """As the language says it."""
        return f"previous {WORDS[self.frequency]}"


@frozen
class YearsEarlier:
    """The same part of the year, one or more years earlier."""

    years: int = 1
    frequency: Frequency | None = None

    @property
    def words(self) -> str:
        """As the language says it."""
        return f"same {WORDS[self.frequency]} last year" if self.years == 1 else f"{self.years} years earlier"


@frozen
class Baseline:
    """One fixed period."""

    period: Period

    @property
    def words(self) -> str:
        """As the language says it."""
        return f"baseline {self.period.text}"


class Summary(StrEnum):
    """How several earlier values become one."""

    MEAN = "mean"
    MEDIAN = "median"
    BEST = "best"
    WORST = "worst"
    SUM = "sum"


@frozen
class OfLast:
    """The last so many periods, or the same period of the last so many years, summed up in one number."""

    summary: Summary
    count: int
    frequency: Frequency | None

    @property
    def words(self) -> str:
        """As the language says it."""
        word = WORDS[self.frequency]
        return f"{self.summary} of last {self.count} {word if self.count == 1 or word.endswith('s') else word + 's'}"


Comparator: TypeAlias = Previous | YearsEarlier | Baseline | OfLast


def periods_of(comparator: Comparator, period: Period) -> tuple[Period, ...]:
    """The earlier periods that the comparator looks at, seen from `period`."""
    match comparator:
        case Previous(frequency=frequency) if frequency is not None and frequency is not period.frequency:
            return (period_on(period.end, frequency, period.calendar).before(),)
        case Previous():
            return (period.before(),)
        case YearsEarlier():
            return (period.years_earlier(comparator.years),)
        case Baseline():
            return (comparator.period,)
        case OfLast():
            whole_years = comparator.frequency is Frequency.YEARLY
            steps = range(1, comparator.count + 1)
            return tuple(period.years_earlier(n) if whole_years else period.before(n) for n in steps)
        case _:
            assert_never(comparator)
