"""An exact edge and its float threshold agree on every double, whatever the edge and however near the double."""

from fractions import Fraction
from math import inf, nextafter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kpirules.core import Cut
from kpirules.engines import above, at_least, at_most, below, threshold
from kpirules.exact import exact

LARGEST = 1.7976931348623157e308
LEAST = 5e-324

long_decimals = st.builds(
    lambda digits, places: Fraction(digits, 10**places), st.integers(-(10**18), 10**18), st.integers(0, 22)
)
huge = st.builds(lambda digits, power: Fraction(digits) * 10**power, st.integers(-999, 999), st.integers(280, 320))
tiny = st.builds(lambda digits, power: Fraction(digits, 10**power), st.integers(-999, 999), st.integers(300, 350))
doubles = st.floats(allow_nan=False, allow_infinity=False)
edges = st.one_of(
    long_decimals,
    huge,
    tiny,
    st.fractions(),
    doubles.map(exact),  # on the printed decimal of a double
    doubles.map(Fraction),  # on the double's own binary number
    st.builds(lambda f: (exact(f) + exact(nextafter(f, 0.0))) / 2, doubles),  # between two
)


def near(edge: Fraction) -> list[float]:
    """The doubles about the edge: the nearest ones and the ends of the line."""
    try:
        middle = float(edge)
    except OverflowError:
        middle = LARGEST if edge > 0 else -LARGEST
    found = [middle]
    for way in (inf, -inf):
        at = middle
        for _ in range(3):
            at = nextafter(at, way)
            found.append(at)
    ends = [LARGEST, -LARGEST, LEAST, -LEAST, 0.0, -0.0]
    return [f for f in (*found, *ends) if f not in (inf, -inf)]


@settings(max_examples=max(settings().max_examples, 300), deadline=None)
@given(edges, doubles)
@example(Fraction("5016961206125.3205"), 5016961206125.32)
@example(Fraction("5281011795921.39") * Fraction(95, 100), 5016961206125.32)
@example(Fraction("53.35"), 53.35)
@example(Fraction(0), -0.0)
@example(Fraction(1, 10**400), LEAST)
@example(Fraction(-1, 10**400), -LEAST)
@example(Fraction(10) ** 400, LARGEST)
@example(exact(LARGEST), LARGEST)
@example(exact(LARGEST) + 1, LARGEST)
def test_a_threshold_is_the_edge(edge: Fraction, anywhere: float) -> None:
    for f in (anywhere, *near(edge)):
        number = exact(f)
        assert (f >= at_least(edge)) is (number >= edge)
        assert (f >= above(edge)) is (number > edge)
        assert (f <= at_most(edge)) is (number <= edge)
        assert (f <= below(edge)) is (number < edge)
        for owned_above in (True, False):
            cut = Cut(edge, owned_above)
            assert (f >= threshold(cut)) is cut.passed_by(number)


@given(edges)
def test_no_threshold_is_passed_by_nan(edge: Fraction) -> None:
    nan = float("nan")
    assert not any((nan >= at_least(edge), nan >= above(edge), nan <= at_most(edge), nan <= below(edge)))


@pytest.mark.parametrize("edge", [Fraction(0), Fraction(-1, 10**400)])
def test_no_threshold_is_minus_nought(edge: Fraction) -> None:
    assert {str(f) for f in (at_least(edge), at_most(-edge))} == {"0.0"}
