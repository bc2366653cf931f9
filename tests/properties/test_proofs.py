"""What a proof must find, in cases so small that the answer is plain."""

from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st

from kpirules.core import (
    All,
    AnyOf,
    AtLeast,
    Domain,
    Flawed,
    Form,
    Input,
    Line,
    Missing,
    Not,
    Rated,
    Rule,
    Stretch,
    UnratedAs,
    decide,
    prove,
)
from kpirules.core.alike import likeness
from kpirules.core.conditions import with_tests
from kpirules.core.feasible import find_numbers
from kpirules.core.prove import walk
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


@st.composite
def plain_rules(draw: st.DrawFn) -> Rule:
    """Any rule on the value alone: right ones and wrong ones, with ends and steps, ranked and exclusive or not."""
    cuts = draw(st.lists(numbers, min_size=1, max_size=3))
    value = Form.of("value")
    turned = st.sampled_from([value - Form.number(cut) for cut in cuts]).flatmap(lambda up: st.sampled_from([up, -up]))
    tests = st.builds(AtLeast, turned, st.booleans()) | st.just(Missing("value"))
    conditions = st.recursive(
        tests,
        lambda inner: (
            st.builds(Not, inner)
            | st.builds(All, st.lists(inner, max_size=2).map(tuple))
            | st.builds(AnyOf, st.lists(inner, max_size=2).map(tuple))
        ),
        max_leaves=3,
    )
    outcomes = st.builds(Rated, st.integers(0, 2)) | st.just(UnratedAs("value"))
    lines = draw(st.lists(st.builds(Line, conditions, outcomes, needed=st.booleans()), min_size=1, max_size=4))
    ends = sorted(draw(st.lists(numbers, min_size=2, max_size=2, unique=True)))
    low, high = (end if draw(st.booleans()) else None for end in ends)
    domain = Domain(low, high, draw(st.sampled_from([None, None, Fraction(1)])))
    stretches = draw(st.lists(st.builds(Stretch, st.booleans(), conditions), max_size=2))
    return Rule(
        (Input("value", domain, optional=draw(st.booleans())),),
        (*lines, *([Line(All(), Rated(2))] if draw(st.booleans()) else [])),
        ("green", "amber", "red"),
        ranked=draw(st.booleans()),
        exclusive=draw(st.booleans()),
        stretches=tuple(stretches),
    )


@LAW
@given(plain_rules(), amounts, numbers)
def test_a_proof_that_rules_alike_share_is_the_proof_of_each(rule: Rule, scale: Fraction, shift: Fraction) -> None:
    """The rule with its axis moved and stretched is alike, so its proof may be the other's; both must be its own."""
    moved = _moved(rule, scale or Fraction(1), shift)
    assert likeness(moved) == likeness(rule) or rule.inputs[0].domain.step is not None
    for each in (rule, moved):
        assert prove(each) == tuple(walk(each))


def _moved(rule: Rule, scale: Fraction, shift: Fraction) -> Rule:
    def test(each: AtLeast | Missing) -> AtLeast | Missing:
        if isinstance(each, Missing):
            return each
        [(name, factor)] = each.form.terms
        cut = -each.form.constant / factor * scale + shift
        return AtLeast(Form(((name, factor),), -cut * factor), each.strict)

    def number(end: Fraction | None) -> Fraction | None:
        return None if end is None else end * scale + shift

    [value] = rule.inputs
    domain = evolve(value.domain, low=number(value.domain.low), high=number(value.domain.high))
    return evolve(
        rule,
        inputs=(evolve(value, domain=domain),),
        lines=tuple(evolve(line, when=with_tests(line.when, test)) for line in rule.lines),
        stretches=tuple(evolve(each, where=with_tests(each.where, test)) for each in rule.stretches),
    )
