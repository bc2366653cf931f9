"""What people hand in: the same number in any type is rated the same, and what is no number is refused."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpirules.reading import ReadingError
from tests.properties.strategies import LAW, Asked, asked, values


@LAW
@given(asked(), st.decimals(-(10**6), 10**6, places=2))
def test_text_and_every_kind_of_number_agree(case: Asked, number: Decimal) -> None:
    expected = case.rate(Fraction(number))
    same = [number, str(number), f"{number}%", f" {number} % ", float(number), np.float64(float(number))]
    assert {case.rate(value) for value in same} == {expected}
    assert {case.travel(value) for value in same} == {case.travel(Fraction(number))}


@LAW
@given(asked(), st.integers(-100, 100))
def test_whole_numbers_of_every_kind_agree(case: Asked, number: int) -> None:
    kinds = [number, float(number), np.int8(number), np.int64(number), np.float16(number), np.float32(number)]
    assert {case.rate(value) for value in kinds} == {case.rate(Fraction(number))}


@LAW
@given(asked(), st.data())
def test_a_decimal_is_never_rounded_on_its_way_in(case: Asked, data: st.DataObject) -> None:
    """Numbers of twenty decimals, just beside an edge, are still beside it when they come as text."""
    value = data.draw(values(case).map(lambda number: Fraction(round(number * 10**20), 10**20)))
    digits = str(abs(value.numerator) * (10**20 // value.denominator)).rjust(21, "0")
    text = f"{'-' if value < 0 else ''}{digits[:-20]}.{digits[-20:]}"
    assert case.rate(text) == case.rate(Decimal(text)) == case.rate(value)


@LAW
@given(asked(plain=True))
def test_what_is_missing_in_any_type_is_the_same(case: Asked) -> None:
    missing = [None, float("nan"), Decimal("NaN"), np.float64("nan"), np.float32("nan")]
    assert {case.rate(value) for value in missing} == {case.rate("NA")}


@pytest.mark.parametrize("value", [True, False, np.True_, np.False_, [], object(), 1j])
@LAW
@given(case=asked())
def test_what_is_no_measurement_is_refused(case: Asked, value: object) -> None:
    with pytest.raises(TypeError):
        case.rate(value)


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), Decimal("Infinity"), "seven", "7 apples", "1e5"])
@LAW
@given(case=asked())
def test_what_cannot_be_read_is_refused(case: Asked, value: object) -> None:
    with pytest.raises(ReadingError):
        case.rate(value)
