"""A rater says what the plain way says, for every kind of number and however near it lies to an edge."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import partial
from itertools import zip_longest
from math import inf, nextafter

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from kpirules import LeanRating
from kpirules.assess import Indicator
from kpirules.core import Rounding
from kpirules.exact import decimal_text
from kpirules.model import Terms
from kpirules.units import Count, Percent
from kpirules.vocabulary.courses import ByPart
from kpirules.vocabulary.declared import PendingFigure
from kpirules.vocabulary.figures import Compared, Midpoint, Named, Number
from kpirules.vocabulary.schemes import OTHERWISE, Relation, TargetMet
from kpirules.vocabulary.targets import Plain
from kpirules.vocabulary.travels import FlatZone, Travel
from tests.properties.strategies import (
    AMBER,
    FLOORED,
    GREEN,
    LAST_YEAR,
    LAW,
    LONG,
    MIDYEAR,
    RAG,
    RED,
    Asked,
    asked,
    compares,
    ordinals,
    scheme,
    unplain,
    values,
)

TEXTS = ("", "NA", "TBC", "79%", "over 7", "12 (revised)", "7*", "1/2", "1e5")
WHOLE = (0, 1, -1, 2**53, 2**53 + 1, -(2**53) - 1, 10**400, True, None)
FLOATS = (0.0, -0.0, 5e-324, -5e-324, 1e22, 1.7976931348623157e308, float("nan"), inf, -inf, 0.1 + 0.2, 1e15 + 0.5)
OTHERS = (np.float64(0.3), np.float32(53.35), np.int8(3), Fraction(1, 3))
ODD = ("NaN", "sNaN", "Infinity", "-Infinity", "0", "-0", "0e-2000", "1e-50", "1e-12", "1e30", "1e2000", "0.3")
DECIMALS = (*map(Decimal, ODD), Decimal("0.1") + Decimal("1e-27"), Decimal(1) / 3)
GROWING = FlatZone(Fraction(1), a_year=True)
NASTY = (*TEXTS, *WHOLE, *FLOATS, *OTHERS)


def said(ask: Callable[[], LeanRating]) -> object:
    """The answer, or what was raised."""
    try:
        return ask()
    except (ValueError, TypeError, ArithmeticError) as fault:
        return type(fault), str(fault)


def plainly(
    indicator: Indicator, case: Asked, travel: str | None, names: Sequence[str], arguments: Sequence[object]
) -> LeanRating:
    """The same, asked in the way that a person would."""
    value, *rest = arguments
    known = dict(zip_longest(names, rest))  # what is left out is missing, also where it stands for a declared figure
    earlier = {} if travel is None else {LAST_YEAR.words: known.pop("previous", None)}
    rating = indicator._rate(value, case.period, {**known, **earlier})
    if travel is None:
        return LeanRating(rating.band, rating.reason)
    found = indicator.travel(travel, value, previous=earlier[LAST_YEAR.words], period=case.period, given=known)
    return LeanRating(rating.band, rating.reason, found.direction, found.reason)


def every_kind(number: Fraction) -> list[object]:
    """A number as each type that can say it, and the doubles about it."""
    near = float(number)
    kinds: list[object] = [number, near, nextafter(near, inf), nextafter(near, -inf), np.float64(near)]
    if number.denominator == 1:
        kinds.append(int(number))
    text = decimal_text(number, most_places=40)
    if not text.startswith("≈"):
        kinds += [Decimal(text), text, Decimal(text) + Decimal("1e-33")]
    return kinds


def doors(case: Asked) -> st.SearchStrategy[Asked]:
    """The same terms with limits, with steps, rounded, or as they are."""
    terms = case.terms
    made = [
        terms,
        evolve(terms, low=Fraction(0), high=Fraction(100)),
        evolve(terms, unit=Count()),
        evolve(terms, precision=Fraction(1, 10)),
        evolve(terms, precision=Fraction(1, 8)),
        evolve(terms, rounding=Rounding(1)),
        evolve(terms, rounding=Rounding(0, half_even=True)),
        evolve(terms, accumulates=True),
        evolve(terms, breaks=(MIDYEAR.start,)),
        evolve(terms, figures={**terms.figures, "floor": PendingFigure()}) if "floor" in terms.figures else terms,
        evolve(terms, figures={**terms.figures, "floor": ByPart((Fraction(1), Fraction(2)))}),
        evolve(terms, travels=tuple(evolve(each, while_target_unchanged=True) for each in terms.travels)),
        evolve(
            terms, travels=tuple(evolve(each, dead_zone=FlatZone(Fraction(1), a_year=True)) for each in terms.travels)
        ),
    ]
    return st.sampled_from(made).map(lambda terms: evolve(case, terms=terms))


@LAW
@given(st.one_of(asked(), asked(plain=True), unplain(), ordinals()).flatmap(doors), st.data())
def test_a_rater_says_what_the_plain_way_says(case: Asked, data: st.DataObject) -> None:
    indicator = case.indicator
    travels = [travel.name for travel in case.terms.travels]
    travel = data.draw(st.sampled_from([None, *travels]))
    others = [
        name
        for name in case.given
        if name in case.terms.figures or (travel is None and name in indicator.reads(case.period))
    ]
    names = data.draw(st.lists(st.sampled_from(others), unique=True)) if others else []
    rater = indicator.rater(travel=travel, given=names, period=case.period)
    number = values(case) if isinstance(case.terms.unit, Percent) else st.integers(-1, 4).map(Fraction)
    argument = (
        st.sampled_from(NASTY) | st.sampled_from(DECIMALS) | number.flatmap(lambda n: st.sampled_from(every_kind(n)))
    )
    if data.draw(st.booleans(), "decimals only"):
        argument = argument.filter(lambda each: isinstance(each, Decimal))
    handed = [name for name in ("previous",) if travel is not None] + names
    for _ in range(12):
        arguments = [data.draw(argument) for _ in range(1 + len(handed))][: data.draw(st.integers(1, 1 + len(handed)))]
        expected = said(partial(plainly, indicator, case, travel, handed, arguments))
        assert said(partial(rater, *arguments)) == expected, arguments


@LAW
@given(asked(plain=True), st.data())
def test_floats_on_a_grid_are_settled_exactly_at_the_edge_of_a_dead_zone(case: Asked, data: st.DataObject) -> None:
    indicator = case.indicator
    rater = indicator.rater(travel="long", period=case.period)
    for _ in range(20):
        value, step = data.draw(st.integers(-1000, 1000)), data.draw(st.integers(-20, 20))
        pair = value / 10, (value - step) / 10
        assert rater(*pair) == plainly(indicator, case, "long", ["previous"], pair)


def test_what_a_rater_does_not_take_is_refused() -> None:
    case = Asked(Terms(RAG, target=Plain(Number(Fraction(80))), travels=(LONG,)), {})
    indicator = case.indicator
    assert indicator.rater()(80.0) == indicator.rater()(80) == LeanRating("green", None)
    with pytest.raises(TypeError):
        indicator.rater()(80.0, 79.0)  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        indicator.rater(travel="long")(80.0, 79.0, 3)  # type: ignore[call-arg]
    with pytest.raises(KeyError):
        indicator.rater(travel="short")
    with pytest.raises(ValueError, match="already"):
        indicator.rater(travel="long", given=[LAST_YEAR.words])
    with pytest.raises(ValueError, match="reads no 'nothing'"):
        indicator.rater(given=["nothing"])
    with pytest.raises(ValueError, match="reads no 'nothing'"):
        indicator.rater(given="nothing")


def test_a_bare_name_is_one_name() -> None:
    case = Asked(Terms(RAG, target=Plain(Number(Fraction(80))), travels=(LONG,)), {})
    assert case.indicator.rater(given=LAST_YEAR.words)(80.0, 79.0) == LeanRating("green", None)


AT_80 = Plain(Number(Fraction(80)))
MIDWAY = scheme(
    (GREEN, TargetMet()),
    (AMBER, compares(Relation.AT_OR_BETTER, Midpoint(Compared(LAST_YEAR), Number(Fraction(90))))),
    (RED, OTHERWISE),
)
LARGEST = 1.7976931348623157e308
BETWEEN_DOUBLES = 2**60 + 4  # the decimal that 2**60 prints as a double lies above it


@pytest.mark.parametrize(
    "pair", [(75.0, 80.0), (75.0, 50.0), (75.0, 60.0), (75, 60), (Decimal(75), Decimal(50)), (Decimal(75), Decimal(60))]
)
def test_a_scheme_may_ask_for_more_of_the_earlier_value_than_the_change(pair: tuple[object, object]) -> None:
    case = Asked(Terms(MIDWAY, Percent(), target=AT_80, travels=(evolve(LONG, dead_zone=FlatZone(Fraction(1))),)), {})
    rater = case.indicator.rater(travel="long")
    assert rater(*pair) == plainly(case.indicator, case, "long", ["previous"], pair)


@pytest.mark.parametrize("floor", [None, 70.0, 75.0, 76.0, 76, Decimal(70)])
def test_what_is_read_beside_a_travel_against_a_declared_figure_counts(floor: object) -> None:
    figures = {"floor": Number(Fraction(1)), "goal": Number(Fraction(75))}
    travel = Travel("goal-met", "Goal", Named("goal"))
    indicator = Asked(Terms(FLOORED, Percent(), target=AT_80, figures=figures, travels=(travel,)), {}).indicator
    known = {"floor": floor}
    rating, found = indicator._rate(75.0, None, known), indicator.travel("goal-met", 75.0, given=known)
    expected = LeanRating(rating.band, rating.reason, found.direction, found.reason)
    assert indicator.rater(travel="goal-met", given=["floor"])(75.0, floor) == expected


@pytest.mark.parametrize(
    ("zone", "pair"),
    [
        (Fraction(1, 10**400), (0.0, 0.0)),
        (Fraction(1, 10**400), (5e-324, 0.0)),
        (Fraction(6, 10**324), (5e-324, 0.0)),
        (Fraction(6, 10**324), (5e-324, -5e-324)),
        (Fraction(10**305), (1.0, -1e305)),
        (Fraction(10**305), (0.0, -1e305)),
        (Fraction(10**400), (0.0, -LARGEST)),
        (Fraction(Decimal(str(LARGEST))) + 1, (1e9, -LARGEST)),
    ],
)
def test_dead_zones_beyond_all_measure_are_exact(zone: Fraction, pair: tuple[float, float]) -> None:
    case = Asked(Terms(RAG, Percent(), target=AT_80, travels=(evolve(LONG, dead_zone=FlatZone(zone)),)), {})
    rater = case.indicator.rater(travel="long")
    assert rater(*pair) == plainly(case.indicator, case, "long", ["previous"], pair)


@pytest.mark.parametrize("number", [Decimal(10**1500), Decimal(10**900), BETWEEN_DOUBLES, BETWEEN_DOUBLES + 10])
def test_what_may_not_come_in_is_refused_beside_its_like(number: Decimal | int) -> None:
    for low in (None, Fraction(BETWEEN_DOUBLES + 10)):
        case = Asked(Terms(RAG, Percent(), target=AT_80, travels=(LONG,), low=low), {})
        rater = case.indicator.rater(travel="long")
        pair = number, number + 1
        expected = said(partial(plainly, case.indicator, case, "long", ["previous"], pair))
        assert said(partial(rater, *pair)) == expected
