"""The axis cut up and walked along, beside asking for one number after the other."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpirules.core import Absent, Decision, Domain, Form, Input, Line, Rated, Rounding, Rule, decide, segments
from kpirules.core.along import HalfLine, Segment, cut_up, decided_on, turns
from kpirules.core.conditions import ALWAYS, AtLeast
from kpirules.core.decide import at_the_door

VALUE = Form.of("value")
REACH = 6

# In units: halves are where rules turn, so that quarters and eighths lie between.
halves = st.integers(-6, 6).map(lambda each: Fraction(each, 2))
quarters = st.integers(-14, 14).map(lambda each: Fraction(each, 4))


def on(number: Fraction, step: Fraction) -> bool:
    return (number / step).denominator == 1


@st.composite
def rules(draw: st.DrawFn) -> tuple[Rule, Fraction]:
    """A rule on the value alone, and the unit in which its edges are counted."""
    places = draw(st.sampled_from([0, 1]))
    unit = Fraction(1, 10**places)
    rounding = draw(st.sampled_from([None, Rounding(places), Rounding(places, half_even=True)]))
    step = unit if rounding else draw(st.sampled_from([None, unit, 3 * unit, unit / 2]))
    low = draw(st.sampled_from([None, -3, -2, 0]))
    high = draw(st.sampled_from([None, 1, 3]))
    ends = [None if end is None else end * unit * (3 if step == 3 * unit else 1) for end in (low, high)]
    edges = draw(st.lists(st.tuples(halves, st.sampled_from([-2, -1, 1]), st.booleans()), max_size=4))
    lines = [
        Line(AtLeast((VALUE - Form.number(edge * unit)) * factor, strict), Rated(place))
        for place, (edge, factor, strict) in enumerate(edges)
    ]
    input = Input("value", Domain(ends[0], ends[1], step), rounding=rounding)
    return Rule((input,), (*lines, Line(ALWAYS, Rated(4))), tuple("abcde")), unit


def numbers(unit: Fraction) -> list[Fraction]:
    return [each * unit / 8 for each in range(-8 * REACH, 8 * REACH + 1)]


def can_occur(number: Fraction, domain: Domain) -> bool:
    inside = (domain.low is None or number >= domain.low) and (domain.high is None or number <= domain.high)
    return inside and (domain.step is None or on(number, domain.step))


@given(rules())
def test_each_number_lies_in_the_one_stretch_that_says_what_comes_of_it(drawn: tuple[Rule, Fraction]) -> None:
    rule, unit = drawn
    stretches = segments(rule, {})
    for number in numbers(unit):
        if can_occur(number, rule.inputs[0].domain):
            [found] = [each for each in stretches if number in each]
            assert found.decision.outcome == decide(rule, {"value": number}).outcome
    assert all(one.decision.outcome != two.decision.outcome for one, two in pairwise(stretches))


@given(drawn=rules(), end=quarters, upward=st.booleans(), included=st.booleans())
def test_on_a_half_line_comes_what_comes_of_its_numbers(
    drawn: tuple[Rule, Fraction], end: Fraction, *, upward: bool, included: bool
) -> None:
    rule, unit = drawn
    line = HalfLine(end * unit, upward, included)
    expected = set()
    for number in numbers(unit):
        beyond = number > line.number if upward else number < line.number
        if beyond or (included and number == line.number):
            rounded, _ = at_the_door(rule, {"value": number})
            if can_occur(rounded["value"], rule.inputs[0].domain):
                expected.add(decide(rule, {"value": number}).outcome)
    found = decided_on(rule, {}, line)
    assert {each.outcome for each in found} == expected
    assert len(found) == len(expected)


STEPPED = Domain(Fraction(-3), Fraction(2), Fraction(1))
INPUTS = {
    "any number": Input("value"),
    "limits": Input("value", Domain(Fraction(-1), Fraction(1))),
    "whole numbers": Input("value", STEPPED),
    "halves": Input("value", Domain(step=Fraction(1, 2))),
    "rounded": Input("value", STEPPED, rounding=Rounding(0)),
    "rounded to even": Input("value", STEPPED, rounding=Rounding(0, half_even=True)),
    "rounded to tenths": Input("value", Domain(step=Fraction(1, 10)), rounding=Rounding(1)),
}


@pytest.mark.parametrize("name", INPUTS)
def test_on_every_half_line_about_the_edges_comes_what_comes_of_its_numbers(name: str) -> None:
    """Each edge and each stretch between two has a line of its own, so that no number may be taken for another."""
    input = INPUTS[name]
    unit = Fraction(1, 10) if name == "rounded to tenths" else Fraction(1)
    tests = [
        AtLeast(VALUE - Form.number(edge * unit / 2), strict) for edge in range(4, -5, -1) for strict in (True, False)
    ]
    lines = [Line(test, Rated(place)) for place, test in enumerate((*tests, ALWAYS))]
    rule = Rule((input,), tuple(lines), tuple(map(str, range(len(lines)))))
    rounded = {number: at_the_door(rule, {"value": number})[0]["value"] for number in numbers(unit)}
    outcomes = {
        number: decide(rule, {"value": number}).outcome
        for number, after in rounded.items()
        if can_occur(after, input.domain)
    }
    for end in (each * unit / 4 for each in range(-9, 10)):
        for upward in (True, False):
            for included in (True, False):
                there = {
                    outcome
                    for number, outcome in outcomes.items()
                    if (number > end if upward else number < end) or (included and number == end)
                }
                found = decided_on(rule, {}, HalfLine(end, upward, included))
                assert {each.outcome for each in found} == there, (end, upward, included)


@given(rules(), st.lists(quarters, max_size=5, unique=True))
def test_an_axis_is_cut_into_points_and_what_lies_between(drawn: tuple[Rule, Fraction], points: list[Fraction]) -> None:
    rule, unit = drawn
    domain = rule.inputs[0].domain
    pieces = list(cut_up(domain, [point * unit for point in points]))
    for low, high, number in pieces:
        if low is not None and low == high:
            assert number == low
            continue
        inner = [each for each in numbers(unit) if (low is None or each > low) and (high is None or each < high)]
        assert low is None or number > low
        assert high is None or number < high
        assert on(number, domain.step or number or 1) or not any(on(each, domain.step or 1) for each in inner)
    ends = [(low, high) for low, high, _ in pieces]
    assert all(before[1] == after[0] for before, after in pairwise(ends))
    assert (ends[0][0], ends[-1][1]) == (domain.low, domain.high)
    inside = {point * unit for point in points if can_occur(point * unit, Domain(domain.low, domain.high))}
    assert {low for low, high in ends if low is not None and low == high} == inside | {
        end for end in (domain.low, domain.high) if end is not None
    }


def test_turns_are_in_order() -> None:
    tests = [AtLeast(VALUE - Form.number(edge)) for edge in (70, 200, -5, 0, 31, 3000)]
    assert turns(tests, {}, "value") == [-5, 0, 31, 70, 200, 3000]


@pytest.mark.parametrize(
    ("low_in", "high_in", "inside"), [(True, True, "1 1.5 2"), (False, True, "1.5 2"), (False, False, "1.5")]
)
def test_an_end_is_in_a_stretch_if_it_belongs_to_it(*, low_in: bool, high_in: bool, inside: str) -> None:
    stretch = Segment(Fraction(1), Fraction(2), low_in, high_in, Decision(0, Rated(0)))
    tried = ("0.9", "1", "1.5", "2", "2.1")
    assert [each for each in tried if Fraction(each) in stretch] == inside.split()


def test_what_is_given_of_the_walked_input_is_not_looked_at() -> None:
    rule = Rule((Input("value"),), (Line(ALWAYS, Rated(0)),), ("a",))
    assert segments(rule, {"value": Absent("no-value")}) == segments(rule, {})
