"""Earlier points in time to compare with: `previous quarter`, `same quarter last year`, `baseline 2019/20`."""

from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias, assert_never

from attrs import frozen

from kpirules.periods import Frequency, Period, PeriodError, months_between, period_on

WORDS = {
    Frequency.YEARLY: "year",
    Frequency.HALF_YEARLY: "half-year",
    Frequency.FOUR_MONTHLY: "four months",
    Frequency.QUARTERLY: "quarter",
    Frequency.TWO_MONTHLY: "two months",
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
class Earlier:
    """The period of the same length that ends so many quarters (or months, half-years, or None: periods) earlier."""

    count: int
    frequency: Frequency | None = None

    @property
    def words(self) -> str:
        """As the language says it."""
        return f"{self.count} {WORDS[self.frequency]}{'' if self.count == 1 else 's'} earlier"


@frozen
class BeforePrevious:
    """The period before the previous one: what a running total had come to before the previous period added to it."""

    frequency: Frequency | None = None

    @property
    def words(self) -> str:
        """As people say it; the language has no word for it."""
        return f"{WORDS[self.frequency]} before the previous one"


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


Comparator: TypeAlias = Previous | YearsEarlier | Earlier | Baseline | OfLast
LookedUp: TypeAlias = Comparator | BeforePrevious
"""What is looked up in a table: what is written, and what running totals need besides."""


def periods_of(comparator: LookedUp, period: Period) -> tuple[Period, ...]:
    """The earlier periods that the comparator looks at, seen from `period`.

    Raises `PeriodError` before the first year there is, and where no period of this length ends so much earlier.
    """
    match comparator:
        case Previous(frequency=frequency):
            return (_as_long_as(frequency, period).before(),)
        case BeforePrevious(frequency=frequency):
            return (_as_long_as(frequency, period).before(2),)
        case YearsEarlier():
            return (period.years_earlier(comparator.years),)
        case Earlier(count=count, frequency=frequency):
            return (period.months_earlier(count * (frequency or period.frequency).months),)
        case Baseline():
            return (comparator.period,)
        case OfLast():
            whole_years = comparator.frequency is Frequency.YEARLY
            steps = range(1, comparator.count + 1)
            return tuple(period.years_earlier(n) if whole_years else period.before(n) for n in steps)
        case _:
            assert_never(comparator)


def _as_long_as(frequency: Frequency | None, period: Period) -> Period:
    """The period of this length in which `period` ends."""
    if frequency is None or frequency is period.frequency:
        return period
    return period_on(period.end, frequency, period.calendar)


def years_between(comparator: Comparator, period: Period) -> Fraction | None:
    """How many years lie between the ends of a period and of the one that it is compared with.

    None where it is compared with several, or with none that there can be.
    """
    try:
        periods = periods_of(comparator, period)
    except PeriodError:
        return None
    if isinstance(comparator, OfLast):
        return None
    return Fraction(abs(months_between(periods[0].after, period.after)), 12)
