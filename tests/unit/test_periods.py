"""Periods: dates, neighbours, and the text that people write."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpirules.periods import Calendar, Frequency, Period, PeriodError, parse_period, period_on, usual_text

COUNCIL = Calendar("council", "Council year", 4, 1)
CIVIL = Calendar("civil", "Calendar year", 1, 1)
TAX = Calendar("tax", "Tax year", 4, 6)

CALENDARS = st.builds(Calendar, st.just("any"), st.just("Any year"), st.integers(1, 12), st.integers(1, 28))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    calendar = draw(CALENDARS)
    cuts = [each for each in Frequency if each is not Frequency.MONTHLY or calendar.day == 1]
    frequency = draw(st.sampled_from(cuts))
    return Period(calendar, frequency, draw(st.integers(1900, 2100)), draw(st.integers(1, frequency.parts)))


@pytest.mark.parametrize(
    ("text", "calendar", "start", "end", "shown"),
    [
        ("2023/24", COUNCIL, date(2023, 4, 1), date(2024, 3, 31), "2023/24"),
        ("2023/2024", COUNCIL, date(2023, 4, 1), date(2024, 3, 31), "2023/24"),
        ("2023/24 Q2", COUNCIL, date(2023, 7, 1), date(2023, 9, 30), "2023/24 Q2"),
        ("2023/24 Q4", COUNCIL, date(2024, 1, 1), date(2024, 3, 31), "2023/24 Q4"),
        (" 2023/24 h1 ", COUNCIL, date(2023, 4, 1), date(2023, 9, 30), "2023/24 H1"),
        ("2023/24 T2", COUNCIL, date(2023, 8, 1), date(2023, 11, 30), "2023/24 T2"),
        ("1999/00", COUNCIL, date(1999, 4, 1), date(2000, 3, 31), "1999/00"),
        ("2023", CIVIL, date(2023, 1, 1), date(2023, 12, 31), "2023"),
        ("2023 Q1", CIVIL, date(2023, 1, 1), date(2023, 3, 31), "2023 Q1"),
        ("2024-02", COUNCIL, date(2024, 2, 1), date(2024, 2, 29), "2024-02"),
        ("2011-12", COUNCIL, date(2011, 12, 1), date(2011, 12, 31), "2011-12"),
        ("2023/24 Q3", TAX, date(2023, 10, 6), date(2024, 1, 5), "2023/24 Q3"),
    ],
)
def test_a_period_is_read_dated_and_shown(text: str, calendar: Calendar, start: date, end: date, shown: str) -> None:
    period = parse_period(text, calendar)
    assert (period.start, period.end, period.text) == (start, end, shown)


@pytest.mark.parametrize(
    ("text", "calendar", "words"),
    [
        ("2023/25", COUNCIL, "write 2023/24"),
        ("2023/22", COUNCIL, "do not follow"),
        ("2023/4", COUNCIL, "write 2023/24"),
        ("2023/4 Q1", COUNCIL, "write 2023/24"),
        ("2023/24 Q5", COUNCIL, "Q1 to Q4"),
        ("2023/24 Q0", COUNCIL, "Q1 to Q4"),
        ("2023/24 H3", COUNCIL, "H1 to H2"),
        ("2023/24 T4", COUNCIL, "T1 to T3"),
        ("2023/24 P3", COUNCIL, "no part of a year"),
        ("2023-13", COUNCIL, "01 to 12"),
        ("2023-00", COUNCIL, "01 to 12"),
        ("2023-24", COUNCIL, "written 2023/24"),
        ("2023", COUNCIL, "2023/24 or 2022/23"),
        ("2023/24", CIVIL, "write 2023"),
        ("2023-09", TAX, "starts on 6 April"),
        ("Q2", COUNCIL, r"2023/24 Q2"),
        ("Q5 2023/24", COUNCIL, "Q1 to Q4"),
        ("Q1 2023/4", COUNCIL, "write 2023/24"),
        ("2023-25 Q1", COUNCIL, "write 2023/24"),
        ("quarter 2 of 2023", COUNCIL, "2023/24 or 2022/23"),
        ("", COUNCIL, "not a period"),
        ("٢٠٢٣/٢٤", COUNCIL, "not a period"),
        ("0000/01", COUNCIL, "0001"),
    ],
)
def test_what_is_no_period_is_refused_with_what_would_be_right(text: str, calendar: Calendar, words: str) -> None:
    with pytest.raises(PeriodError, match=words):
        parse_period(text, calendar)


@pytest.mark.parametrize(("month", "day"), [(0, 1), (13, 1), (2, 29), (1, 0), (8, 31)])
def test_a_year_starts_on_a_day_that_every_month_has(month: int, day: int) -> None:
    with pytest.raises(PeriodError):
        Calendar("odd", "Odd year", month, day)


def test_a_month_belongs_to_the_calendar_year_that_contains_it() -> None:
    assert parse_period("2024-03", COUNCIL).year == 2023
    assert parse_period("2024-03", COUNCIL).ends_year
    assert parse_period("2024-04", COUNCIL) == Period(COUNCIL, Frequency.MONTHLY, 2024, 1)


def test_a_period_before_the_first_year_is_refused() -> None:
    with pytest.raises(PeriodError):
        Period(COUNCIL, Frequency.QUARTERLY, 1, 1).before()


@given(periods())
def test_the_text_of_a_period_reads_back(period: Period) -> None:
    assert parse_period(period.text, period.calendar) == period


@given(periods(), st.integers(-400, 400))
def test_going_back_and_forth_ends_where_it_began(period: Period, n: int) -> None:
    assert period.before(n).before(-n) == period


@given(periods())
def test_periods_meet_without_hole_or_overlap(period: Period) -> None:
    assert (period.start - period.before().end).days == 1
    assert period.start < period.end


@given(periods(), st.integers(0, 50))
def test_years_earlier_is_the_same_part_of_another_year(period: Period, n: int) -> None:
    earlier = period.years_earlier(n)
    assert (earlier.year, earlier.index) == (period.year - n, period.index)
    assert (earlier.start.month, earlier.start.day) == (period.start.month, period.start.day)


@given(periods())
def test_every_day_of_a_period_finds_it_again(period: Period) -> None:
    for day in (period.start, period.start + (period.end - period.start) / 2, period.end):
        assert period_on(day, period.frequency, period.calendar) == period


@given(periods())
def test_a_year_ends_with_its_last_period_only(period: Period) -> None:
    assert period.ends_year == (period.before(-1).year != period.year)


@given(st.text(max_size=15) | st.from_regex(r"[0-9]{4}[-/ ][0-9]{1,4} ?[A-Z]?[0-9]{0,2}", fullmatch=True), CALENDARS)
def test_no_text_raises_anything_but_a_period_error(text: str, calendar: Calendar) -> None:
    try:
        period = parse_period(text, calendar)
    except PeriodError:
        return
    assert parse_period(period.text, calendar) == period


@pytest.mark.parametrize(
    "text",
    [
        "Q2 2023/24", "q2 2023/24", "Q2, 2023/24", "Q2 2023-24", "2023-24 Q2", "2023/24, Q2", "Q2 2023/2024",
        "Q 2 2023/24", "Quarter 2 2023/24", "quarter 2 of 2023/24", "Qtr 2 2023/24", "2023/24 Quarter 2",
        " 2023/24 qtr2 ", "2023/24\N{NO-BREAK SPACE}Q2",
    ],
)  # fmt: skip
def test_a_quarter_can_be_written_as_people_write_it(text: str) -> None:
    assert parse_period(text, COUNCIL) == Period(COUNCIL, Frequency.QUARTERLY, 2023, 2)


@pytest.mark.parametrize(
    ("text", "frequency", "index"),
    [
        ("H1 2023/24", Frequency.HALF_YEARLY, 1),
        ("half 2, 2023/24", Frequency.HALF_YEARLY, 2),
        ("T3 2023/24", Frequency.FOUR_MONTHLY, 3),
        ("B6 2023-24", Frequency.TWO_MONTHLY, 6),
    ],
)
def test_other_parts_of_a_year_can_stand_before_it_too(text: str, frequency: Frequency, index: int) -> None:
    assert parse_period(text, COUNCIL) == Period(COUNCIL, frequency, 2023, index)


@given(periods())
def test_whatever_is_written_usually_stays_so(period: Period) -> None:
    assert usual_text(period.text) == period.text
