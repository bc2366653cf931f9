"""A second opinion on red, amber and green: slow, plain, and sharing no code with what it judges."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, getcontext, localcontext
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st

from kpirules.model import Terms
from kpirules.units import Percent
from kpirules.vocabulary import figures as f
from kpirules.vocabulary import targets as t
from kpirules.vocabulary import tolerances as tol
from kpirules.vocabulary.polarity import Polarity
from tests.properties.strategies import BETTERS, LAW, RAG, Asked, asked, values

RANGE_PARTS: Mapping[tol.RangePart, Callable[[Fraction, Fraction], tuple[Fraction, Fraction]]] = {
    tol.RangePart.WIDTH: lambda low, high: (high - low, high - low),
    tol.RangePart.ENDS: lambda low, high: (low, high),
    tol.RangePart.MIDDLE: lambda low, high: ((low + high) / 2, (low + high) / 2),
}


def opinion(terms: Terms, value: Fraction, given: Mapping[str, Fraction | None]) -> str:
    """Green, amber, red or the reason for none, by the sentences of the language's description."""
    target = terms.target
    assert isinstance(target, t.Plain | t.Strict | t.Range)
    ends = [figure.number for figure in t.target_figures(target) if isinstance(figure, f.Number)]
    strict = isinstance(target, t.Strict)
    if any(name not in given or given[name] is None for name in shared_figures(terms.tolerance)):
        return "not-comparable"
    if worse_by(terms.polarity, ends, value) <= 0 and not (strict and value == ends[0]):
        return "green"
    within = tolerates(terms.tolerance, terms.polarity, ends, value, given)
    return "not-computable" if within is None else "amber" if within else "red"


def worse_by(polarity: Polarity, ends: Sequence[Fraction], value: Fraction) -> Fraction:
    """How far beyond the target the value lies, zero and less being on it or better."""
    match polarity:
        case Polarity.HIGHER:
            return ends[0] - value
        case Polarity.LOWER:
            return value - ends[0]
        case Polarity.CLOSER_TO_ZERO:
            return abs(value) - abs(ends[0])
        case Polarity.INSIDE:
            return max(ends[0] - value, value - ends[1])
        case _:
            return min(value - ends[0], ends[1] - value)


def beyond_low_end(polarity: Polarity, ends: Sequence[Fraction], value: Fraction) -> list[bool]:
    """On which sides of a range the value is to be looked at: inside a range that is to be avoided, on either."""
    if polarity is Polarity.OUTSIDE:
        return [True, False]
    return [value < ends[0]]


def tolerates(
    tolerance: tol.Tolerance,
    polarity: Polarity,
    ends: Sequence[Fraction],
    value: Fraction,
    given: Mapping[str, Fraction | None],
) -> bool | None:
    """Whether a value that does not meet the target is within the tolerance."""
    match tolerance:
        case tol.NoTolerance():
            return False
        case tol.Wider():
            return any(tolerates(part, polarity, ends, value, given) for part in tolerance.parts)
        case tol.Narrower():
            return all(tolerates(part, polarity, ends, value, given) for part in tolerance.parts)
        case tol.FarEdge():
            return before_far_edge(tolerance, polarity, ends, value)
        case tol.PerSide():
            halves = {True: tolerance.below, False: tolerance.above}
            return any(
                beyond_by(polarity, ends, value, low=low) <= amount(halves[low], ends, given, low=low)
                for low in beyond_low_end(polarity, ends, value)
            )
        case _ if len(ends) == 1:
            return worse_by(polarity, ends, value) <= amount(tolerance, ends, given, low=True)
        case _:
            return any(
                beyond_by(polarity, ends, value, low=low) <= amount(tolerance, ends, given, low=low)
                for low in beyond_low_end(polarity, ends, value)
            )


def beyond_by(polarity: Polarity, ends: Sequence[Fraction], value: Fraction, *, low: bool) -> Fraction:
    """How far beyond one end of a range the value lies."""
    away = ends[0] - value if low else value - ends[1]
    return -away if polarity is Polarity.OUTSIDE else away


def amount(
    tolerance: tol.Tolerance, ends: Sequence[Fraction], given: Mapping[str, Fraction | None], *, low: bool
) -> Fraction:
    """How far a tolerance of one amount reaches beyond one end of the target."""
    end = ends[0] if low else ends[-1]
    match tolerance:
        case tol.Wide(number=number):
            return number
        case tol.ShareOfTarget(percent=percent):
            return abs(end) * percent / 100
        case tol.ShareOfFigure(percent=percent, figure=f.Named(name=name)):
            whole = given[name]
            assert whole is not None
            return abs(whole) * percent / 100
        case tol.ShareOfRange(percent=percent, part=part):
            return abs(RANGE_PARTS[part](ends[0], ends[1])[0 if low else 1]) * percent / 100
        case _:
            raise AssertionError(tolerance)


def before_far_edge(tolerance: tol.FarEdge, polarity: Polarity, ends: Sequence[Fraction], value: Fraction) -> bool:
    """Whether the value is no worse than the far edge, or better than it where the edge is excluded."""
    here, there = worse_by(polarity, ends, value), worse_by(polarity, ends, tolerance.edge)
    return here < there if tolerance.excluded else here <= there


def shared_figures(tolerance: tol.Tolerance) -> list[str]:
    return [figure.name for figure in tol.tolerance_figures(tolerance) if isinstance(figure, f.Named)]


@LAW
@given(asked(made_schemes=st.just(RAG), plain=True), st.data())
def test_the_rule_and_the_plain_sentences_agree(case: Asked, data: st.DataObject) -> None:
    value = data.draw(values(case))
    expected = opinion(case.terms, value, case.given)
    if isinstance(case.terms.target, t.Plain | t.Strict) and has_share_of_zero(case.terms):
        return  # refused where it is written
    assert case.rate(value) == expected


def has_share_of_zero(terms: Terms) -> bool:
    [figure] = t.target_figures(terms.target)
    return figure == f.Number(Fraction(0)) and "ShareOfTarget" in repr(terms.tolerance)


@LAW
@given(asked(made_schemes=st.just(RAG), plain=True))
def test_both_agree_on_every_edge(case: Asked) -> None:
    """The second opinion works out the edges itself, so that an edge that the rule forgot is looked at too."""
    terms = case.terms
    ends = [figure.number for figure in t.target_figures(terms.target) if isinstance(figure, f.Number)]
    parts = getattr(terms.tolerance, "parts", (terms.tolerance,))
    points = [*ends, *(-end for end in ends)]
    for part in parts:
        match part:
            case tol.FarEdge():
                points += [part.edge, -part.edge, ends[0] + ends[-1] - part.edge]
            case tol.PerSide():
                low = amount(part.below, ends, case.given, low=True)
                high = amount(part.above, ends, case.given, low=False)
                points += [ends[0] - low, ends[0] + low, ends[-1] + high, ends[-1] - high]
            case tol.NoTolerance():
                pass
            case _:
                for end, is_low in ((ends[0], True), (ends[-1], False)):
                    by = amount(part, ends, case.given, low=is_low)
                    points += [end - by, end + by, -end + by, -end - by]
    if isinstance(terms.target, t.Plain | t.Strict) and has_share_of_zero(terms):
        return
    beside = Fraction(1, 10**18)
    for point in points:
        for value in (point - beside, point, point + beside):
            assert case.rate(value) == opinion(terms, value, case.given)


@pytest.mark.parametrize("polarity", BETTERS)
def test_the_second_opinion_is_right_about_the_plainest_case(polarity: Polarity) -> None:
    """Lest both be wrong: eighty, or eighty to a hundred, with five of tolerance, in plain sight."""
    bands = {
        Polarity.HIGHER: {80: "green", 79: "amber", 75: "amber", 74: "red", 101: "green"},
        Polarity.LOWER: {80: "green", 81: "amber", 85: "amber", 86: "red", -1: "green"},
        Polarity.CLOSER_TO_ZERO: {80: "green", -80: "green", -85: "amber", 86: "red", 0: "green"},
        Polarity.INSIDE: {80: "green", 100: "green", 75: "amber", 105: "amber", 74: "red", 106: "red"},
        Polarity.OUTSIDE: {80: "green", 100: "green", 85: "amber", 95: "amber", 86: "red", 94: "red"},
    }
    ranged = polarity in (Polarity.INSIDE, Polarity.OUTSIDE)
    eighty, hundred = f.Number(Fraction(80)), f.Number(Fraction(100))
    target = t.Range(eighty, hundred) if ranged else t.Plain(eighty)
    case = Asked(Terms(RAG, Percent(), polarity, target, tol.Wide(Fraction(5))), {})
    for value, band in bands[polarity].items():
        assert opinion(case.terms, Fraction(value), {}) == band
        assert case.rate(value) == band


@LAW
@given(
    st.decimals(-(10**6), 10**6, places=4),
    st.decimals("0.01", 50, places=2),
    st.decimals(-(10**6), 10**6, places=4),
    st.booleans(),
)
@example(Decimal(740000), Decimal(5), Decimal(703000), True)
@example(Decimal(170625), Decimal(5), Decimal("162093.75"), True)
@example(Decimal("-13.5"), Decimal(5), Decimal("-14.175"), True)
def test_decimal_arithmetic_by_hand_agrees(target: Decimal, percent: Decimal, value: Decimal, higher: bool) -> None:
    """As someone would do it on paper, with enough figures and no fraction in sight."""
    with localcontext(getcontext()) as context:
        context.prec = 60
        far = target - abs(target) * percent / 100 if higher else target + abs(target) * percent / 100
        met = value >= target if higher else value <= target
        near = value >= far if higher else value <= far
    if not target:
        return
    polarity = Polarity.HIGHER if higher else Polarity.LOWER
    terms = Terms(RAG, Percent(), polarity, t.Plain(f.Number(Fraction(target))), tol.ShareOfTarget(Fraction(percent)))
    case = Asked(terms, {})
    assert case.rate(value) == ("green" if met else "amber" if near else "red")
    assert case.rate(far) == "amber"
    strict = evolve(case, terms=evolve(terms, target=t.Strict(f.Number(Fraction(target)), above=higher)))
    assert strict.rate(target) == "amber"
