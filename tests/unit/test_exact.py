"""Exact numbers: what is meant by a float, how a number is rounded and written, and the roundest in a stretch."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpirules.exact import decimal_text, exact, rounded, roundest

FRACTIONS = st.fractions(min_value=-1000, max_value=1000, max_denominator=997)


@pytest.mark.parametrize(
    ("number", "meant"),
    [
        (53.35, "53.35"),
        (0.1, "0.1"),
        (1e-7, "0.0000001"),
        (np.float64(53.35), "53.35"),
        (np.float32(53.35), "53.35"),
        (np.float16(0.1), "0.1"),
        (np.int64(7), "7"),
        (np.uint8(7), "7"),
        (Decimal("1.20"), "1.2"),
        (" 1.2 ", "1.2"),
        (-3, "-3"),
        (Fraction(1, 3), "≈0.333333"),
    ],
)
def test_a_number_is_what_its_text_says(number: object, meant: str) -> None:
    assert decimal_text(exact(number)) == meant


@pytest.mark.parametrize("number", [True, np.True_, None, [1], b"1", 1j, object])
def test_what_is_no_number_is_refused_by_type(number: object) -> None:
    with pytest.raises(TypeError):
        exact(number)


@pytest.mark.parametrize(
    "number",
    [
        *("", "x", "1_000", "٣", "nan", "inf", "1e999999999"),
        *(float("nan"), float("inf"), np.float32("nan")),
        *(Decimal("-Infinity"), Decimal("sNaN"), Decimal("1e-999999999")),
    ],
)
def test_what_is_no_finite_number_is_refused_by_value(number: object) -> None:
    with pytest.raises(ValueError, match=r"not a (decimal|finite) number|figures"):
        exact(number)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_float_comes_back_from_its_exact_number(number: float) -> None:
    assert float(exact(number)) == number


@pytest.mark.parametrize(
    ("number", "places", "away", "even"),
    [
        ("0.5", 0, 1, 0),
        ("1.5", 0, 2, 2),
        ("-0.5", 0, -1, 0),
        ("2.25", 1, "2.3", "2.2"),
        ("2.35", 1, "2.4", "2.4"),
        ("-2.251", 1, "-2.3", "-2.3"),
        ("1250", -2, 1300, 1200),
    ],
)
def test_halves_round_away_from_zero_or_to_even(number: str, places: int, away: object, even: object) -> None:
    assert rounded(exact(number), places) == exact(away)
    assert rounded(exact(number), places, half_even=True) == exact(even)


@given(FRACTIONS, st.integers(0, 4), st.booleans())
def test_rounding_mirrors_settles_and_moves_at_most_half_a_step(number: Fraction, places: int, half_even: bool) -> None:
    once = rounded(number, places, half_even=half_even)
    assert rounded(once, places, half_even=half_even) == once
    assert rounded(-number, places, half_even=half_even) == -once
    assert abs(once - number) * 10**places <= Fraction(1, 2)


@given(st.decimals(-(10**9), 10**9, places=7))
def test_decimal_text_is_exact_and_never_uses_an_exponent(number: Decimal) -> None:
    text = decimal_text(Fraction(number))
    assert Fraction(text) == Fraction(number)
    assert set(text) <= set("-.0123456789")
    assert Fraction(decimal_text(Fraction(number), grouped=True).replace(",", "")) == Fraction(number)


@pytest.mark.parametrize(
    ("number", "text"),
    [(Fraction(120425, 100), "1,204.25"), (Fraction(-2, 3), "≈-0.666667"), (Fraction(999), "999"), (Fraction(0), "0")],
)
def test_decimal_text_groups_and_marks_what_it_rounds(number: Fraction, text: str) -> None:
    assert decimal_text(number, grouped=True) == text


ENDS = st.none() | st.fractions(min_value=-50, max_value=50, max_denominator=60)


@given(ENDS, ENDS, st.booleans(), st.booleans())
def test_the_roundest_lies_inside_and_none_means_empty(
    low: Fraction | None, high: Fraction | None, low_in: bool, high_in: bool
) -> None:
    found = roundest(low, high, low_in=low_in, high_in=high_in)
    if found is None:
        assert low is not None
        assert high is not None
        assert low > high or (low == high and not (low_in and high_in))
        return
    assert low is None or low < found or (low == found and low_in)
    assert high is None or found < high or (found == high and high_in)


@given(ENDS, ENDS, st.booleans(), st.booleans())
def test_the_roundest_has_no_more_decimals_than_any_other_inside(
    low: Fraction | None, high: Fraction | None, low_in: bool, high_in: bool
) -> None:
    found = roundest(low, high, low_in=low_in, high_in=high_in)
    if found is None or low == high:
        return
    places = len(decimal_text(found).partition(".")[2])
    if places == 0:
        return
    assert low is not None
    assert high is not None
    coarser = Fraction(1, 10 ** (places - 1))
    multiple = -(-low // coarser) * coarser
    candidates = (multiple, multiple + coarser)
    assert not any((low < c < high) or (c == low and low_in) or (c == high and high_in) for c in candidates)


@pytest.mark.parametrize(
    ("low", "high", "found"),
    [
        ("75.99", "76", "75.991"),
        ("0.2", "0.7", "0.3"),
        ("-0.7", "-0.2", "-0.3"),
        ("-1", "5", "0"),
        ("75", "130", "100"),
    ],
)
def test_the_roundest_of_an_open_stretch(low: str, high: str, found: str) -> None:
    assert roundest(exact(low), exact(high), low_in=False, high_in=False) == exact(found)


def test_the_roundest_of_an_unbounded_stretch_is_the_power_of_ten_beyond_its_end() -> None:
    assert roundest(exact("75"), None, low_in=False, high_in=False) == 100
    assert roundest(None, exact("-75"), low_in=False, high_in=False) == -100
