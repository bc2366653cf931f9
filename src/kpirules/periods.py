"""Calendars and the periods of their years: `2023/24`, `2023/24 Q2`, `2023-09`.

A year is named by the calendar year in which it starts, so `2023/24 Q4` has `year` 2023 although it ends
in 2024. Months belong only to calendars whose year starts on the 1st: elsewhere (6 April, say) a calendar
month would lie in two periods, and `2023-09` is refused.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from enum import Enum, IntEnum
from typing import Final

from attrs import frozen

from kpirules.errors import KpirulesError

MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class PeriodError(KpirulesError, ValueError):
    """A period or calendar that cannot be; the message says in plain words what would be right."""


class Frequency(Enum):
    """How often a year is cut; the value is the number of parts."""

    YEARLY = 1
    HALF_YEARLY = 2
    FOUR_MONTHLY = 3
    QUARTERLY = 4
    TWO_MONTHLY = 6
    MONTHLY = 12

    @property
    def parts(self) -> int:
        """How many periods a year has."""
        return self.value

    @property
    def months(self) -> int:
        """How many months a period lasts."""
        return 12 // self.value


FREQUENCY_WORDS: Final[Mapping[str, Frequency]] = {
    "yearly": Frequency.YEARLY,
    "annual": Frequency.YEARLY,
    "half-yearly": Frequency.HALF_YEARLY,
    "four-monthly": Frequency.FOUR_MONTHLY,
    "quarterly": Frequency.QUARTERLY,
    "two-monthly": Frequency.TWO_MONTHLY,
    "monthly": Frequency.MONTHLY,
}
"""What may stand after `frequency`."""

PERIOD_WORDS: Final[Mapping[str, Frequency | None]] = {
    "year": Frequency.YEARLY,
    "half-year": Frequency.HALF_YEARLY,
    "quarter": Frequency.QUARTERLY,
    "month": Frequency.MONTHLY,
    "period": None,
}
"""What may stand after `previous` or `same`; None is whatever frequency the indicator has."""

_LETTERS: Final[Mapping[str, Frequency]] = {
    "H": Frequency.HALF_YEARLY,
    "T": Frequency.FOUR_MONTHLY,
    "Q": Frequency.QUARTERLY,
    "B": Frequency.TWO_MONTHLY,
}
_LETTER_OF: Final = {frequency: letter for letter, frequency in _LETTERS.items()}

_MONTH: Final = re.compile(r"([0-9]{4})-([0-9]{2})")
_YEAR: Final = re.compile(r"([0-9]{4})(?:/([0-9]{4}|[0-9]{2}))?(?:[ \t]*([A-Za-z])([0-9]{1,2}))?")
_PART: Final = r"(?P<part>[HTQB]|half|qtr|quarter)\s*(?P<index>[0-9]{1,2})"
_YEARS: Final = r"(?P<year>[0-9]{4})(?:(?P<mark>[/-])(?P<second>[0-9]{1,4}))?"
_YEAR_FIRST: Final = re.compile(rf"{_YEARS}(?:\s*,?\s*{_PART})?", re.IGNORECASE)
_PART_FIRST: Final = re.compile(rf"{_PART}\s*,?\s*(?:of\s+)?{_YEARS}", re.IGNORECASE)
_SHORT_SECOND_YEAR: Final = re.compile(r"([0-9]{4})/([0-9])(?![0-9]).*", re.DOTALL)
_LAST_YEAR: Final = 9998


@frozen
class Calendar:
    """A kind of year: the month and day on which it starts.

    The day is 1 to 28, so that every quarter and month can start on it. Raises `PeriodError` otherwise.
    """

    name: str
    title: str
    month: int
    day: int

    def __attrs_post_init__(self) -> None:
        if not 1 <= self.month <= 12:
            raise PeriodError(f"there is no month {self.month}: months go from 1 to 12")
        if not 1 <= self.day <= 28:
            raise PeriodError(f"a year starts on a day from 1 to 28, which every month has, not on day {self.day}")

    @property
    def starts_in_january(self) -> bool:
        """Whether a year lies in one calendar year, so that it is written `2023` and not `2023/24`."""
        return (self.month, self.day) == (1, 1)

    @property
    def starts(self) -> str:
        """When a year starts, in words: `1 April`."""
        return f"{self.day} {MONTHS[self.month - 1]}"


class Needs(IntEnum):
    """How much of a period a rule asks for: nothing, which part of its year it is, or which period exactly."""

    NOTHING = 0
    PART = 1
    PERIOD = 2


@frozen
class Part:
    """Which part of its year a period is: the second of four. Most of what changes over time hangs on this alone.

    `period` is the period itself, for what is another number every time: a straight line, a distance in time.
    """

    index: int
    of: int
    period: "Period | None" = None

    @property
    def ends_year(self) -> bool:
        """Whether the year ends with it."""
        return self.index == self.of

    def within(self, parts: int) -> int | None:
        """The index of the part in which it lies when the year is cut in `parts`; None if it lies in none of them."""
        if self.of % parts:
            return None
        return (self.index - 1) // (self.of // parts) + 1


@frozen
class Period:
    """One part of one year of a calendar; `index` counts from 1.

    Raises `PeriodError` for an index that the year does not have, a year before 1 or after 9998, or a month
    of a calendar that does not start on the 1st.
    """

    calendar: Calendar
    frequency: Frequency
    year: int
    index: int = 1

    def __attrs_post_init__(self) -> None:
        if not 1 <= self.year <= _LAST_YEAR:
            raise PeriodError(f"years go from 0001 to {_LAST_YEAR}, not {self.year}")
        if not 1 <= self.index <= self.frequency.parts:
            raise PeriodError(_index_message(self.frequency, self.index))
        if self.frequency is Frequency.MONTHLY and self.calendar.day != 1:
            raise PeriodError(
                f"the {self.calendar.title} starts on {self.calendar.starts}, so a calendar month lies in two of its "
                "periods: months need a calendar that starts on the 1st"
            )

    @property
    def start(self) -> date:
        """The first day."""
        return self._starts(self.index - 1)

    @property
    def end(self) -> date:
        """The last day, included."""
        return self._starts(self.index) - timedelta(days=1)

    @property
    def after(self) -> date:
        """The first day that lies behind it."""
        return self._starts(self.index)

    def _starts(self, parts_done: int) -> date:
        years, month = divmod(self.calendar.month - 1 + parts_done * self.frequency.months, 12)
        return date(self.year + years, month + 1, self.calendar.day)

    @property
    def ends_year(self) -> bool:
        """Whether the year ends with this period."""
        return self.index == self.frequency.parts

    @property
    def part(self) -> Part:
        """Which part of the year it is."""
        return Part(self.index, self.frequency.parts)

    @property
    def text(self) -> str:
        """The period as people write it; `parse_period` reads it back."""
        if self.frequency is Frequency.MONTHLY:
            return f"{self.start.year:04}-{self.start.month:02}"
        year = _year_text(self.year, self.calendar)
        return year if self.frequency is Frequency.YEARLY else f"{year} {_LETTER_OF[self.frequency]}{self.index}"

    def __str__(self) -> str:
        return self.text

    def before(self, n: int = 1) -> "Period":
        """The period `n` periods earlier; later if `n` is negative. Raises `PeriodError` before the year 1."""
        year, index = divmod(self.year * self.frequency.parts + self.index - 1 - n, self.frequency.parts)
        return Period(self.calendar, self.frequency, year, index + 1)

    def years_earlier(self, n: int = 1) -> "Period":
        """The same part of the year `n` years earlier."""
        return self.before(n * self.frequency.parts)

    def months_earlier(self, n: int) -> "Period":
        """The period of the same length that ends `n` months earlier.

        Raises `PeriodError` where none ends then, as two months before the end of a quarter, and before the year 1.
        """
        periods, rest = divmod(n, self.frequency.months)
        if rest:
            raise PeriodError(f"no period of {self.frequency.months} months ends {n} months before another one")
        return self.before(periods)


def months_between(first: date, last: date) -> int:
    """How many whole months lie between two days; negative where the last is the earlier one."""
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)


def period_on(day: date, frequency: Frequency, calendar: Calendar) -> Period:
    """The period that contains `day`. Raises `PeriodError` as `Period` does."""
    year = day.year if (day.month, day.day) >= (calendar.month, calendar.day) else day.year - 1
    months = (day.year - year) * 12 + day.month - calendar.month - (day.day < calendar.day)
    return Period(calendar, frequency, year, months // frequency.months + 1)


def usual_text(text: str) -> str | None:
    """What looks like a period, as periods are usually written: `Q2 2023/24` and `2023-24 Quarter 2` as `2023/24 Q2`.

    None for any other text. Whether there is such a period only a calendar can tell.
    """
    written = text.strip()
    found = _YEAR_FIRST.fullmatch(written) or _PART_FIRST.fullmatch(written)
    if found is None:
        return None
    part = f" {found['part'][0].upper()}{found['index']}" if found["part"] else ""
    # Without a part of the year behind it, 2011-12 is a month.
    mark = "/" if part else found["mark"]
    return found["year"] + (f"{mark}{found['second']}" if found["second"] else "") + part


def parse_period(text: str, calendar: Calendar) -> Period:
    """The period that is written: `2023/24`, `2023/24 Q2` (or H1, T3, B5), `2023-09`, and `2023` in a January calendar.

    `2023/2024` is read as `2023/24`; `2011-12` is always the month, December 2011. The part of a year may stand first
    (`Q2 2023/24`) and be written out (`Quarter 2, 2023/24`, `2023-24 half 1`). Raises `PeriodError`.
    """
    written = usual_text(text) or text.strip()
    if month := _MONTH.fullmatch(written):
        return _parse_month(int(month[1]), int(month[2]), calendar)
    if match := _YEAR.fullmatch(written):
        year = _parse_year(int(match[1]), match[2], calendar)
        if match[3] is None:
            return Period(calendar, Frequency.YEARLY, year)
        frequency = _LETTERS.get(match[3].upper())
        if frequency is None:
            raise PeriodError(
                f"{match[3]}{match[4]} is no part of a year: write H1 or H2 (halves), T1 to T3 (four months), "
                "Q1 to Q4 (quarters), B1 to B6 (two months)"
            )
        return Period(calendar, frequency, year, int(match[4]))
    if short := _SHORT_SECOND_YEAR.fullmatch(written):
        raise PeriodError(f"{written} has a second year of one figure: write {_joined(int(short[1]))}")
    shown = _year_text(2023, calendar)
    raise PeriodError(f"{written!r} is not a period: write a year ({shown}), a part of one ({shown} Q2) or 2023-09")


def period_in(text: str, calendars: Sequence[Calendar]) -> Period:
    """The period that is written, in the first of the calendars that knows it. Raises the first one's `PeriodError`."""
    if not calendars:
        raise PeriodError("a library without indicators has no periods")
    for calendar in calendars:
        try:
            return parse_period(text, calendar)
        except PeriodError:
            continue
    return parse_period(text, calendars[0])


def _parse_month(year: int, month: int, calendar: Calendar) -> Period:
    if not 1 <= month <= 12:
        hint = f": the year is written {_joined(year)}" if month == (year + 1) % 100 else ": months go from 01 to 12"
        raise PeriodError(f"there is no month {month:02}{hint}")
    starts_earlier = month < calendar.month
    index = (month - calendar.month) % 12 + 1
    return Period(calendar, Frequency.MONTHLY, year - starts_earlier, index)


def _parse_year(year: int, second: str | None, calendar: Calendar) -> int:
    if second is None and not calendar.starts_in_january:
        raise PeriodError(
            f"{year:04} could be two years, since the {calendar.title} starts on {calendar.starts}: "
            f"write {_joined(year)} or {_joined(year - 1)}"
        )
    if second is not None and calendar.starts_in_january:
        raise PeriodError(f"the {calendar.title} starts on 1 January: write {year:04}, not {year:04}/{second}")
    if second is not None and int(second) != (year + 1) % 10 ** len(second):
        raise PeriodError(f"the years of {year:04}/{second} do not follow one another: write {_joined(year)}")
    return year


def _index_message(frequency: Frequency, index: int) -> str:
    if frequency in _LETTER_OF:
        letter = _LETTER_OF[frequency]
        return f"there is no {letter}{index}: a year has {letter}1 to {letter}{frequency.parts}"
    return f"a year has {frequency.parts} of these periods, and none is number {index}"


def _joined(year: int) -> str:
    return f"{year:04}/{(year + 1) % 100:02}"


def _year_text(year: int, calendar: Calendar) -> str:
    return f"{year:04}" if calendar.starts_in_january else _joined(year)
