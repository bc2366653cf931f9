"""Laws about one rule are decided as every point of a grid has it, and whatever refutes one does so by evaluation."""

from fractions import Fraction
from functools import partial

import pytest
from attrs import evolve
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kpirules.core import AtLeast, Condition, Domain, Form, Input, Line, Missing, Rated, Rule
from kpirules.core.conditions import ALWAYS, All, AnyOf, Not, at_least, holds
from kpirules.core.decide import deciding_line
from kpirules.core.decide import test_holds as holds_for
from kpirules.core.laws import Found, can_hold, deciding_lines, refuted, set_back
from kpirules.core.satisfy import TooLargeError
from kpirules.core.twin import Twin
from kpirules.core.witness import on_step, plainness, witness
from tests.unit.core.test_laws import conditions, points, rules

Numbers = dict[str, Fraction]
LAW = settings(
    max_examples=min(60, settings().max_examples),
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
    deadline=None,
)


def is_so(condition: Condition, numbers: object) -> bool:
    return holds(condition, partial(holds_for, numbers=numbers))  # type: ignore[arg-type]


def can_occur(rule: Rule, found: Found) -> bool:
    domains = {name: rule.input(name).domain for name in found.numbers}
    return all(
        on_step(number, domains[name])
        and (domains[name].low is None or number >= domains[name].low)
        and (domains[name].high is None or number <= domains[name].high)
        for name, number in found.numbers.items()
    )


def allowed(rule: Rule) -> list[Numbers]:
    """The points of the grid that lie in the domains."""
    every = points(rule)
    return [
        point
        for point in every
        if all((high := rule.input(name).domain.high) is None or number <= high for name, number in point.items())
    ]


@pytest.mark.parametrize("names", [("value",), ("value", "other")])
@LAW
@given(data=st.data())
def test_a_law_is_refuted_if_a_point_of_the_grid_refutes_it(names: tuple[str, ...], data: st.DataObject) -> None:
    rule, when = data.draw(rules(names)), data.draw(conditions(names))
    wrong = data.draw(st.sets(st.sampled_from(range(len(rule.lines)))))
    try:
        found = refuted(rule, when, wrong)
    except TooLargeError:
        assume(False)
    if found is None:
        assert not any(is_so(when, point) and deciding_line(rule, point) in wrong for point in allowed(rule))
    else:
        assert can_occur(rule, found)
        assert is_so(when, found.numbers)
        assert deciding_line(rule, found.numbers) == found.line
        assert found.line in wrong


@pytest.mark.parametrize(
    ("names", "apart"),
    [(("value",), {"value"}), (("value", "other"), {"value"}), (("value", "other"), {"other"})],
)
@LAW
@given(data=st.data())
def test_a_setback_is_found_if_two_points_of_the_grid_show_one(
    names: tuple[str, ...], apart: set[str], data: st.DataObject
) -> None:
    rule = data.draw(rules(names))
    when, than = data.draw(conditions(names)), data.draw(conditions(names))
    held = [name for name in names if name not in apart]
    try:
        pair = set_back(rule, when, than, frozenset(apart))
    except TooLargeError:
        assume(False)
    if pair is None:
        ours = [
            (point, line) for point in allowed(rule) if is_so(when, point) and (line := band(rule, point)) is not None
        ]
        theirs = [
            (point, line) for point in allowed(rule) if is_so(than, point) and (line := band(rule, point)) is not None
        ]
        assert not any(
            worse > better and all(first.get(name) == second.get(name) for name in held)
            for first, worse in ours
            for second, better in theirs
        )
    else:
        first, second = pair
        assert all(can_occur(rule, each) for each in pair)
        assert is_so(when, first.numbers)
        assert is_so(than, second.numbers)
        assert all(first.numbers.get(name) == second.numbers.get(name) for name in held)
        one, other = band(rule, first.numbers), band(rule, second.numbers)
        assert one is not None
        assert other is not None
        assert one > other


def band(rule: Rule, numbers: object) -> int | None:
    line = deciding_line(rule, numbers)  # type: ignore[arg-type]
    outcome = None if line is None else rule.lines[line].outcome
    return outcome.band if isinstance(outcome, Rated) else None


@LAW
@given(rules(("value",)), conditions(("value",)))
def test_the_walk_along_the_value_and_the_general_way_agree(rule: Rule, when: Condition) -> None:
    """A second input that nothing reads makes the rule a general one."""
    general = evolve(rule, inputs=(*rule.inputs, Input("other")))
    wrong = set(range(0, len(rule.lines), 2))
    try:
        plain, asked = refuted(rule, when, wrong), refuted(general, when, wrong)
        assert (plain is None) is (asked is None)
        assert can_hold(rule, when) is can_hold(general, when)
        if rule.inputs[0].domain.step is None or rule.inputs[0].domain.labels:
            assert deciding_lines(rule) == deciding_lines(general)
    except TooLargeError:
        assume(False)


VALUE = Form.of("value")


def test_the_plainest_numbers_are_shown() -> None:
    rule = Rule(
        (Input("value"),),
        (Line(AtLeast(VALUE - Form.number(Fraction(7, 3))), Rated(0)), Line(ALWAYS, Rated(1))),
        ("a", "b"),
    )
    found = refuted(rule, ALWAYS, {0})
    assert found == Found({"value": Fraction(10)}, 0)
    assert refuted(rule, AtLeast(Form.number(9) - VALUE), {0}) == Found({"value": Fraction(3)}, 0)


def test_steps_that_never_meet_end_in_no_answer_and_not_in_a_wrong_one() -> None:
    """Twice a whole number is never one more than twice another, which cutting out strips alone cannot tell."""
    twice = Form.of("a") * 2 - Form.of("b") * 2 - Form.number(1)
    whole = Domain(step=Fraction(1))
    with pytest.raises(TooLargeError):
        witness(
            All((AtLeast(twice), AtLeast(-twice))),
            [Input("a", whole, optional=False), Input("b", whole, optional=False)],
        )


def test_a_second_case_shares_what_is_held() -> None:
    twin = Twin(frozenset({"value"}))
    inputs = (Input("value"), Input("other"))
    assert [each.name for each in twin.both(inputs)] == ["value", "other", "value, again"]
    condition = Not(AtLeast(VALUE - Form.of("other")))
    assert twin.of(condition) == Not(AtLeast(Form.of("value, again") - Form.of("other")))
    numbers = {"value": Fraction(1), "value, again": Fraction(2), "other": Fraction(3)}
    assert twin.parted(numbers, inputs) == (
        {"value": 1, "other": 3},
        {"value": 2, "other": 3},
    )


def test_of_several_refutations_the_plainest_is_told() -> None:
    apart = Form.of("value") - Form.of("other")
    lines = (
        Line(AtLeast(apart - Form.number(1000)), Rated(0)),
        Line(AtLeast(apart - Form.number(1)), Rated(1)),
        Line(ALWAYS, Rated(2)),
    )
    rule = Rule((Input("other"), Input("value")), lines, ("a", "b", "c"))
    there = Not(Missing("value"))
    first, second = refuted(rule, there, {0}), refuted(rule, there, {1})
    assert first is not None
    assert second is not None
    assert plainness(first.numbers) > plainness(second.numbers)
    assert refuted(rule, there, {0, 1}) == refuted(rule, there, {1, 0}) == second


@pytest.mark.parametrize(
    ("when", "than", "expected"), [((0, 2), (1,), (2, 1)), ((1,), (0, 2), (1, 0)), ((0,), (1, 2), None)]
)
def test_the_worst_of_the_one_is_held_against_the_best_of_the_other(
    when: tuple[int, ...], than: tuple[int, ...], expected: tuple[int, int] | None
) -> None:
    """A band for each ten of the value."""
    above = [at_least(VALUE, Form.number(edge)) for edge in (20, 10)]
    lines = (*(Line(each, Rated(band)) for band, each in enumerate(above)), Line(ALWAYS, Rated(2)))
    rule = Rule((Input("value", optional=False),), lines, ("a", "b", "c"))
    tens = (above[0], All((above[1], Not(above[0]))), Not(above[1]))
    found = set_back(rule, AnyOf(tuple(tens[band] for band in when)), AnyOf(tuple(tens[band] for band in than)), APART)
    assert (found and tuple(each.line for each in found)) == expected


APART = frozenset({"value"})
