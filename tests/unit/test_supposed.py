"""Travel taken as given in tests: which earlier values are tried, and what a failing line says."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpirules import load_text
from kpirules.reasons import Direction

TEXT = """
travel short { against previous quarter }
travel long {
  against same quarter last year
  unchanged within 2
}
scheme far {
  green when at or better than same quarter last year, plus 5
  amber when at or better than same quarter last year
  red   otherwise
}
defaults { unit count
  polarity higher is better
  travel short, long }
indicator three {
  scheme far
  target none
  values 0 to 100
}
indicator summed {
  target 10
  tolerance none
  accumulates over year
}
"""

DIRECTIONS = (Direction.IMPROVED, Direction.UNCHANGED, Direction.WORSENED)


@given(st.integers(0, 100), st.sampled_from(DIRECTIONS))
def test_what_comes_of_the_found_values_is_all_that_comes_of_any(value: int, direction: Direction) -> None:
    three = load_text(TEXT)["three"]
    tried = three.supposed(value, {"long": direction})
    found = {three.rate(value, given=numbers).band for numbers in tried}
    every = {
        three.rate(value, given={"long": earlier}).band
        for earlier in range(101)
        if three.travel("long", value, previous=earlier).direction is direction
    }
    assert found == every
    assert all(three.travel("long", value, given=numbers).direction is direction for numbers in tried)


def test_not_comparable_leaves_the_earlier_value_missing() -> None:
    assert load_text(TEXT)["three"].supposed(9, {"long": None}) == ({},)


def test_a_number_that_is_handed_in_stays() -> None:
    three = load_text(TEXT)["three"]
    assert three.supposed(9, {"long": Direction.IMPROVED}, given={"long": 20}) == ()
    assert three.supposed(9, {"long": Direction.IMPROVED}, given={"long": 2}) == ({},)


def test_what_is_no_fair_comparison_cannot_have_moved() -> None:
    assert load_text(TEXT)["summed"].supposed(9, {"short": Direction.IMPROVED}) == ()


@pytest.mark.parametrize(
    ("line", "failure"),
    [
        ("9 with long improved is green", "expected green, got amber with same quarter last year 5"),
        ("9 with long improved is amber", "expected amber, got green with same quarter last year 0"),
        ("0 with long improved is red", "expected red, got no earlier value with long improved"),
        ("9 with long worsened is red, long unchanged", "expected long unchanged, got long worsened with same"),
    ],
)
def test_a_failing_line_names_an_earlier_value(line: str, failure: str) -> None:
    [result] = load_text(f"{TEXT}\ntest three {{ {line} }}").run_tests()
    assert [each.startswith(failure) for each in result.failures] == [True]


def test_the_found_values_are_exact() -> None:
    three = load_text(TEXT.replace("unit count", "unit percent").replace("within 2", "within 2 points"))["three"]
    numbers = {number for each in three.supposed(9, {"long": Direction.IMPROVED}) for number in each.values()}
    assert numbers
    assert all(type(number) is Fraction for number in numbers)
