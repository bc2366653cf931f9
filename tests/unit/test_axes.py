"""Sums of doubles against cuts: exact where all are whole millionths, and never surely wrong where they are not."""

from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kpirules.core import Cut
from kpirules.engines.axes import Axis, Numbers, in_millionths
from kpirules.engines.tables import Scale
from kpirules.exact import exact

MOST = 2**29 * 10**6
WHOLE = st.integers(-MOST, MOST) | st.integers(-100, 100) | st.sampled_from([MOST, -MOST, MOST - 1, 1 - MOST])
CUTS = st.builds(
    Cut,
    st.fractions() | st.integers(-2 * MOST, 2 * MOST).map(lambda each: Fraction(each, 10**6)),
    owned_above=st.booleans(),
)
SIGNS = st.sampled_from([(1, 1), (1, -1), (-1, 1)])


def axis(signs: tuple[int, int], cuts: list[Cut]) -> Axis:
    ordered = tuple(sorted(set(cuts), key=lambda cut: (cut.at, not cut.owned_above)))
    scale = Scale((0, 1), tuple(map(Fraction, signs)), ordered, 1)
    return Axis((0, 1), signs, (scale,), tuple(range(len(ordered))), 1)


@given(SIGNS, st.lists(CUTS, min_size=1, max_size=3), st.lists(st.tuples(WHOLE, WHOLE), min_size=1, max_size=20))
def test_sums_of_whole_millionths_are_exact(
    signs: tuple[int, int], cuts: list[Cut], pairs: list[tuple[int, int]]
) -> None:
    # Where a cut lies at a sum, and beside it, is where doubles go wrong.
    first = sum(sign * each for sign, each in zip(signs, pairs[0], strict=True))
    cuts = [*cuts, *(Cut(Fraction(first + by, 10**6), owned_above=own) for by in (-1, 0, 1) for own in (True, False))]
    one, two = (np.array([float(Fraction(pair[at], 10**6)) for pair in pairs]) for at in (0, 1))
    assert in_millionths(one, 2.0**29, gaps=False)
    assert in_millionths(two, 2.0**29, gaps=False)
    compared = axis(signs, cuts)
    at = np.zeros(len(pairs), dtype=np.intp)
    passed, doubt = compared.passed(at, Numbers({0: one, 1: two}, 2.0**29, gaps=False, millionths=True))
    assert doubt is None
    for cut, found in zip(compared.scales[0].cuts, passed, strict=True):
        sums = [sum(sign * Fraction(each, 10**6) for sign, each in zip(signs, pair, strict=True)) for pair in pairs]
        assert found.tolist() == [cut.passed_by(Fraction(each)) for each in sums]


@given(SIGNS, st.lists(CUTS, min_size=1, max_size=3), st.lists(st.tuples(*[st.floats(-1e15, 1e15)] * 2), min_size=1))
def test_what_is_not_in_doubt_is_so(signs: tuple[int, int], cuts: list[Cut], pairs: list[tuple[float, float]]) -> None:
    one, two = (np.array([pair[at] for pair in pairs]) for at in (0, 1))
    compared = axis(signs, cuts)
    passed, doubt = compared.passed(np.zeros(len(pairs), dtype=np.intp), Numbers({0: one, 1: two}, 1e15))
    unsure = [False] * len(pairs) if doubt is None else doubt.tolist()
    for cut, found in zip(compared.scales[0].cuts, passed, strict=True):
        for each, pair, unknown in zip(found.tolist(), pairs, unsure, strict=True):
            amount = sum((sign * exact(number) for sign, number in zip(signs, pair, strict=True)), Fraction(0))
            assert unknown or each == cut.passed_by(amount)


def test_millionths_are_told_from_what_is_near_them() -> None:
    def whole(*numbers: float, most: float = 1.0, gaps: bool = False) -> bool:
        return in_millionths(np.array(numbers), most, gaps=gaps)

    assert whole(0.3, -0.000001, 0.0, 5.25)
    assert not whole(0.1 + 0.2)
    assert not whole(0.0000001)
    assert not whole(0.3, float("nan"))
    assert whole(0.3, float("nan"), gaps=True)
    assert not whole(0.3, most=2.0**29 + 1)
