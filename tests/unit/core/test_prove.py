"""What is told of a wrong rule: each fault once, with the lines it is about, wherever on the axis it lies."""

from fractions import Fraction
from itertools import pairwise

import pytest
from attrs import evolve

from kpirules.core import (
    Condition,
    Domain,
    Flaw,
    Flawed,
    Form,
    Input,
    Line,
    Missing,
    Not,
    Rated,
    Rule,
    Stretch,
    Unrated,
)
from kpirules.core.conditions import ALWAYS, All, AnyOf, above, at_least
from kpirules.core.laws import deciding_lines
from kpirules.core.prove import prove

VALUE, OTHER = Form.of("value"), Form.of("other")
BANDS = ("a", "b", "c")
STEPS = Domain(step=Fraction(1))


def number(text: str | int) -> Form:
    return Form.number(Fraction(text))


def rule(
    *whens: tuple[Condition, int],
    upwards: bool = True,
    exclusive: bool = False,
    inputs: tuple[Input, ...] = (Input("value", optional=False),),
) -> Rule:
    """A line for each condition with its band."""
    lines = tuple(Line(when, Rated(band)) for when, band in whens)
    return Rule(inputs, lines, BANDS, exclusive=exclusive, stretches=(Stretch(upwards),))


def kinds(rule: Rule) -> list[Flawed]:
    return [flaw.kind for flaw in prove(rule)]


def between(low: int, high: int) -> Condition:
    return All((at_least(VALUE, number(low)), above(number(high), VALUE)))


@pytest.mark.parametrize("value", [Input("value", optional=False), Input("value", STEPS, optional=False)])
@pytest.mark.parametrize("upwards", [True, False])
def test_a_worse_rating_is_found_wherever_it_lies(value: Input, *, upwards: bool) -> None:
    """Of six pieces of the axis in a row, one after the other is rated out of order."""
    edges = [-1000, 0, 10, 20, 30, 40, 1000]
    pieces = list(pairwise(edges))
    for wrong in range(len(pieces)):
        bands = [1] * len(pieces)
        bands[wrong] = 0
        lines = [(between(low, high), band) for (low, high), band in zip(pieces, bands, strict=True)]
        found = kinds(rule(*lines, (ALWAYS, 1), upwards=upwards, inputs=(value,)))
        assert found.count(Flawed.NOT_MONOTONE) == 1
    ordered = [(at_least(VALUE, number(edge)), band) for edge, band in ((20, 0), (0, 1))]
    assert kinds(rule(*ordered, (ALWAYS, 2), inputs=(value,), upwards=upwards)) == (
        [] if upwards else [Flawed.NOT_MONOTONE]
    )


@pytest.mark.parametrize("upwards", [True, False])
@pytest.mark.parametrize("more", [[], [20], [0], [0, 20]])
def test_a_single_number_may_be_the_one_that_is_rated_worse(more: list[int], *, upwards: bool) -> None:
    others = [(at_least(VALUE, number(edge)), 0) for edge in more]
    assert Flawed.NOT_MONOTONE in kinds(rule((_equal(VALUE, 10), 1), *others, (ALWAYS, 0), upwards=upwards))


def test_the_first_line_may_be_the_one_that_rates_worse() -> None:
    assert kinds(rule((at_least(VALUE, number(80)), 1), (ALWAYS, 0))) == [Flawed.NOT_MONOTONE]


def test_what_is_not_rated_on_the_way_hides_no_worse_rating() -> None:
    broken = Line(between(40, 50), Unrated("broken"))
    lines = rule((at_least(VALUE, number(80)), 1), (ALWAYS, 0)).lines
    assert kinds(evolve(rule(), lines=(broken, *lines))) == [Flawed.NOT_MONOTONE]


def test_lines_that_hold_together_are_told_once_and_two_of_them() -> None:
    apart = [(at_least(VALUE, number(edge)), band) for edge, band in ((80, 0), (70, 1), (60, 2))]
    below = above(number(60), VALUE), 2
    found = prove(rule(*apart, below, exclusive=True))
    assert [flaw.lines for flaw in found if flaw.kind is Flawed.OVERLAP] == [(1, 2), (0, 1)]
    twice = AnyOf((between(0, 10), between(20, 30)))
    found = prove(rule((twice, 0), (Not(between(5, 6)), 1), exclusive=True))
    assert [flaw.lines for flaw in found if flaw.kind is Flawed.OVERLAP] == [(0, 1)]


def test_rules_that_are_like_no_other_are_each_proved_by_themselves() -> None:
    stepped = (Input("value", STEPS, optional=False),)
    assert prove(rule((at_least(VALUE, number(80)), 0), (ALWAYS, 1), inputs=stepped)) == ()
    assert kinds(rule((at_least(VALUE, number(80)), 1), (ALWAYS, 0), inputs=stepped)) == [Flawed.NOT_MONOTONE]


def test_a_worse_rating_is_looked_for_where_an_input_is_missing_only_if_it_can_be() -> None:
    """Without the other number a better value is rated worse."""
    turned = [
        (All((Missing("other"), at_least(VALUE, number(10)))), 2),
        (All((Missing("other"), above(number(10), VALUE))), 1),
        (at_least(VALUE, OTHER), 0),
        (ALWAYS, 1),
    ]
    value = Input("value")
    assert Flawed.NOT_MONOTONE in kinds(rule(*turned, inputs=(Input("other"), value)))
    assert Flawed.NOT_MONOTONE not in kinds(rule(*turned, inputs=(Input("other", optional=False), value)))


def test_what_takes_too_long_is_told_as_not_proved() -> None:
    """That eight numbers, each nought or one, add up to a half takes as many looks as there are combinations."""
    names = [f"x{place}" for place in range(8)]
    each = [AnyOf((_equal(Form.of(name), 0), _equal(Form.of(name), 1))) for name in names]
    total = All((*each, _equal(sum((Form.of(name) for name in names), number(0)) * 2, 1)))
    inputs = tuple(Input(name, optional=False) for name in names)
    many = Rule(inputs, (Line(total, Rated(0)), Line(ALWAYS, Rated(1))), BANDS)
    assert prove(many) == (Flaw(Flawed.NOT_PROVED),)
    assert deciding_lines(many) == {0, 1}  # for all that is known


def _equal(form: Form, whole: int) -> Condition:
    return All((at_least(form, number(whole)), at_least(number(whole), form)))
