"""Comparisons that read nothing are decided at once, and what contradicts itself never holds."""

from fractions import Fraction

from kpirules.core import Form
from kpirules.core.conditions import ALWAYS, NEVER, AtLeast, Missing, above, all_of, at_least, opposite


def number(text: str) -> Form:
    return Form.number(Fraction(text))


def test_plain_numbers_are_compared_at_once() -> None:
    assert at_least(number("5"), number("5")) == ALWAYS
    assert above(number("5"), number("5")) == NEVER
    assert above(number("5.5"), number("5")) == ALWAYS
    assert at_least(number("5.5"), number("5")) == ALWAYS
    assert at_least(number("4.5"), number("5")) == NEVER


def test_a_comparison_and_its_opposite_never_hold_together() -> None:
    edge = at_least(Form.of("value"), number("5"))
    assert isinstance(edge, AtLeast)
    other = at_least(Form.of("value"), number("3"))
    assert all_of(other, edge, Missing("floor"), opposite(edge)) == NEVER


def test_the_same_comparison_is_written_the_same_way() -> None:
    assert at_least(Form.of("value") * 4, number("20")) == at_least(Form.of("value"), number("5"))
    assert at_least(Form.of("value") * 2, number("10")) == at_least(Form.of("value"), number("5"))
    assert at_least(Form.of("value") * -2, number("-10")) == at_least(number("5"), Form.of("value"))
