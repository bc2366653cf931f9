from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpirules.present.figures import exact_text

WRITTEN = [(Fraction(79), "79"), (Fraction(-1, 8), "-0.125"), (Fraction(1, 3), "1/3"), (Fraction(1222000), "1222000")]


@pytest.mark.parametrize(("number", "text"), WRITTEN)
def test_a_number_is_a_decimal_or_else_a_fraction(number: Fraction, text: str) -> None:
    assert exact_text(number) == text


@given(st.fractions())
def test_every_number_reads_back(number: Fraction) -> None:
    assert Fraction(exact_text(number)) == number
