"""What a proof must find, in cases so small that the answer is plain."""

from fractions import Fraction

import pytest
from hypothesis import example, given

from kpirules.core import AtLeast, Domain, Flawed, Form, decide, prove
from kpirules.core.feasible import find_numbers
from kpirules.lower import lower
from kpirules.model import Terms
from kpirules.periods import Part
from kpirules.units import Percent
from kpirules.vocabulary import figures as f
from kpirules.vocabulary import schemes as s
from kpirules.vocabulary.polarity import Polarity
from tests.properties.strategies import AMBER, GREEN, LAW, RED, amounts, numbers

X, Y = Form.of("x"), Form.of("y")
ANYWHERE = {"x": Domain(), "y": Domain()}


@LAW
@given(numbers, amounts)
@example(Fraction(9, 2), Fraction(1, 2))
def test_a_number_strictly_between_two_is_found_however_near_they_are(low: Fraction, wide: Fraction) -> None:
    """X lies above y, which reaches up to x's own end: y must then stop short of that end."""
    high = low + wide
    tests = [AtLeast(X - Y, strict=True), AtLeast(Form.number(high) - X), AtLeast(Y - Form.number(low))]
    found = find_numbers(tests, ANYWHERE)
    assert found is not None
    assert low <= found["y"] < found["x"] <= high


@LAW
@given(numbers, amounts)
def test_nothing_lies_beyond_the_ends_of_a_domain(end: Fraction, beyond: Fraction) -> None:
    outside = AtLeast(X - Form.number(end), strict=True)
    assert find_numbers([outside], {"x": Domain(high=end)}) is None
    assert find_numbers([AtLeast(Form.number(end) - X, strict=True)], {"x": Domain(low=end)}) is None
    found = find_numbers([outside], {"x": Domain(high=end + beyond)})
    assert found is not None
    assert end < found["x"] <= end + beyond


@pytest.mark.parametrize("bands", [(GREEN, AMBER), (GREEN, AMBER, RED)])
@pytest.mark.parametrize("polarity", [Polarity.HIGHER, Polarity.LOWER, Polarity.CLOSER_TO_ZERO])
@LAW
@given(number=numbers)
def test_a_setback_by_any_number_of_bands_is_found_with_two_values_that_show_it(
    polarity: Polarity, bands: tuple[s.Band, ...], number: Fraction
) -> None:
    best, *_, last = bands
    worse = s.Compares(s.Relation.WORSE, f.Number(number))
    backwards = s.Scheme("s", "", (s.SchemeLine(best, worse), s.SchemeLine(last, s.OTHERWISE)), bands=bands)
    rule = lower(Terms(backwards, Percent(), polarity), part=Part(4, 4))
    [flaw] = [flaw for flaw in prove(rule) if flaw.kind is Flawed.NOT_MONOTONE]
    better_value, worse_value = (witness["value"] for witness in flaw.witnesses)
    assert better_value != worse_value
    match polarity:
        case Polarity.HIGHER:
            assert better_value > worse_value
        case Polarity.LOWER:
            assert better_value < worse_value
        case _:
            assert abs(better_value) < abs(worse_value)
    rated = [decide(rule, witness).outcome for witness in flaw.witnesses]
    assert rated == [rule.lines[line].outcome for line in flaw.lines]
