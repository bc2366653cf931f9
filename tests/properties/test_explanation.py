"""What an explanation says is true: its outcome, its edges, and what would change the rating."""

from fractions import Fraction

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from kpirules.core import Rounding
from kpirules.exact import rounded
from kpirules.reading import Bound, Reading
from kpirules.units import Count, OwnUnit, Percent
from tests.properties.strategies import LAW, Asked, asked, edges, ordinals, values

TINY = Fraction(1, 10**30)


def outcome(case: Asked, value: object) -> str:
    rating = case.indicator.rate(value, period=case.period, given=case.given)
    return rating.band or "not rated"


@st.composite
def in_steps(draw: st.DrawFn) -> Asked:
    """Terms whose values come in steps: whole ones, tenths, or those to which they are rounded."""
    case = draw(asked())
    kinds = [{"unit": Count()}, {"precision": Fraction(1, 10)}, {"rounding": Rounding(1)}, {"unit": OwnUnit("x")}]
    whole = {name: number and Fraction(round(number)) for name, number in case.given.items()}
    steps = draw(st.sampled_from(kinds))
    return evolve(case, terms=evolve(case.terms, **steps), given=whole)  # type: ignore[arg-type]


@LAW
@given(asked(), st.data())
def test_every_step_is_true(case: Asked, data: st.DataObject) -> None:
    value = data.draw(values(case))
    said = case.indicator.rate(value, period=case.period, given=case.given).explain()
    assert said.outcome == outcome(case, value)
    for step in said.steps:
        sign = (
            1 if step.change > 0 or (step.change == 0 and "more makes" in step.words.replace("more than", "")) else -1
        )
        reached = value + step.change
        assert outcome(case, reached + sign * TINY) == step.outcome
        assert (outcome(case, reached) == step.outcome) is not step.beyond
        if step.change:
            assert outcome(case, reached - sign * TINY) == said.outcome


@LAW
@given(in_steps(), st.integers(-(10**6), 10**6))
def test_every_whole_step_is_true(case: Asked, count: int) -> None:
    size = Fraction(1) if case.terms.unit == Count() else Fraction(1, 10)
    value = count * size
    for step in case.indicator.rate(value, period=case.period, given=case.given).explain().steps:
        if not step.beyond:
            assert outcome(case, value + step.change) == step.outcome


@LAW
@given(asked() | ordinals(), st.data())
def test_the_edges_are_the_edges_of_the_rating(case: Asked, data: st.DataObject) -> None:
    value = data.draw(values(case)) if case.terms.unit == Percent() else data.draw(st.integers(0, 2).map(Fraction))
    handed: object = value if case.terms.unit == Percent() else Reading(value)
    edges = case.indicator.rate(handed, period=case.period, given=case.given).explain().edges
    holding = [
        edge.outcome
        for edge in edges
        if (edge.low is None or value > edge.low or (edge.low_in and value == edge.low))
        and (edge.high is None or value < edge.high or (edge.high_in and value == edge.high))
    ]
    assert holding in ([outcome(case, handed)], [])
    assert bool(holding) is bool(edges)


@LAW
@given(asked(), st.integers(0, 3), st.booleans(), st.data())
def test_what_is_shown_and_what_is_rated_never_disagree(
    case: Asked, places: int, half_even: bool, data: st.DataObject
) -> None:
    value = data.draw(values(case))
    terms = evolve(case.terms, rounding=Rounding(places, half_even))
    door = evolve(case, terms=terms)
    shown = rounded(value, places, half_even=half_even)
    assert door.rate(value) == door.rate(shown)
    assert door.travel(value) == door.travel(shown)


@LAW
@given(asked(), st.sampled_from(Bound), st.data())
def test_a_bound_is_rated_only_if_everything_in_it_is_rated_so(case: Asked, bound: Bound, data: st.DataObject) -> None:
    end, away = data.draw(values(case)), data.draw(st.fractions(0, 1000) | st.just(TINY))
    inside = end + away * (1 if bound.upward else -1)
    if inside == end and bound.strict:
        return
    rated = case.rate(Reading(end, None, bound))
    if rated != "bound":
        assert case.rate(inside) == rated
    said = case.indicator.rate(Reading(end, None, bound), period=case.period, given=case.given).explain()
    assert said.steps == ()


@LAW
@given(asked(), st.sampled_from(Bound), st.data())
def test_a_bound_is_not_rated_only_if_two_values_in_it_differ(case: Asked, bound: Bound, data: st.DataObject) -> None:
    end = data.draw(values(case))
    if case.rate(Reading(end, None, bound)) == "bound":
        points = [end, *edges(case)]
        tried = {
            case.rate(point + way)
            for point in points
            for way in (TINY, -TINY, Fraction(0))
            if (point + way > end if bound.upward else point + way < end) or (point + way == end and not bound.strict)
        }
        far = max(map(abs, points)) + 1
        tried.add(case.rate(far if bound.upward else -far))
        assert len(tried) > 1
