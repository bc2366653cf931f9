"""Which earlier periods a comparator looks at, and how far off they are."""

from fractions import Fraction

import pytest

from kpirules.periods import Calendar, Frequency, parse_period
from kpirules.vocabulary.comparators import (
    Baseline,
    BeforePrevious,
    Comparator,
    Earlier,
    LookedUp,
    OfLast,
    Previous,
    Summary,
    YearsEarlier,
    periods_of,
    years_between,
)

COUNCIL = Calendar("council", "Council year", 4, 1)
BASE = Baseline(parse_period("2019/20 Q2", COUNCIL))
QUARTERLY, MONTHLY, YEARLY = Frequency.QUARTERLY, Frequency.MONTHLY, Frequency.YEARLY


@pytest.mark.parametrize(
    ("comparator", "seen_from", "expected"),
    [
        (Previous(), "2023/24 Q2", ["2023/24 Q1"]),
        (Previous(QUARTERLY), "2023/24 Q1", ["2022/23 Q4"]),
        (Previous(QUARTERLY), "2023-09", ["2023/24 Q1"]),
        (BeforePrevious(), "2023/24 Q1", ["2022/23 Q3"]),
        (YearsEarlier(2), "2023/24 Q2", ["2021/22 Q2"]),
        (Earlier(3), "2023/24 Q2", ["2022/23 Q3"]),
        (Earlier(6, MONTHLY), "2023/24 Q2", ["2022/23 Q4"]),
        (Earlier(2, Frequency.HALF_YEARLY), "2023/24 Q2", ["2022/23 Q2"]),
        (BASE, "2023/24 Q2", ["2019/20 Q2"]),
        (OfLast(Summary.MEAN, 3, QUARTERLY), "2023/24 Q2", ["2023/24 Q1", "2022/23 Q4", "2022/23 Q3"]),
        (OfLast(Summary.BEST, 2, YEARLY), "2023/24 Q2", ["2022/23 Q2", "2021/22 Q2"]),
    ],
)
def test_a_comparator_looks_at_these_periods(comparator: LookedUp, seen_from: str, expected: list[str]) -> None:
    assert [each.text for each in periods_of(comparator, parse_period(seen_from, COUNCIL))] == expected


@pytest.mark.parametrize(
    ("comparator", "years"),
    [
        (Previous(), Fraction(1, 4)),
        (YearsEarlier(2), 2),
        (BASE, 4),
        (OfLast(Summary.MEAN, 3, QUARTERLY), None),
        (Earlier(1, MONTHLY), None),
    ],
)
def test_so_many_years_lie_between(comparator: Comparator, years: Fraction | None) -> None:
    assert years_between(comparator, parse_period("2023/24 Q2", COUNCIL)) == years
