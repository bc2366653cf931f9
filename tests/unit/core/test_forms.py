"""Forms that mean the same are the same, however they came about; and where the labels of a domain end."""

from fractions import Fraction

from kpirules.core import Form
from kpirules.core.conditions import at_least
from kpirules.core.rule import Domain, Input
from kpirules.core.satisfy import satisfy

A, B = Form.of("a"), Form.of("b")


def test_a_sum_does_not_hang_on_its_order() -> None:
    assert B + A == A + B
    assert (B + A).inputs == ("a", "b")


def test_an_input_that_is_taken_away_again_is_not_read() -> None:
    assert A + B - A == B
    assert (A * 0 + B).inputs == ("b",)
    assert Form((("a", Fraction(0)), ("b", Fraction(1)))) == B


def test_a_form_comes_to_the_sum_of_its_parts() -> None:
    form = A * 2 - B + Form.number(3)
    assert form.at({"a": Fraction(5), "b": Fraction(1)}) == 12
    assert form.with_values({"a": Fraction(5)}) == Form.number(13) - B
    assert (form.factor("b"), form.factor("c")) == (-1, 0)


def test_nothing_is_better_than_the_best_label_or_worse_than_the_worst() -> None:
    label = Input("a", Domain.of_labels(("Poor", "Fair", "Good")))
    assert satisfy(at_least(A, Form.number(2)), [label]) == {"a": 2}
    assert satisfy(at_least(A, Form.number(3)), [label]) is None
    assert satisfy(at_least(Form.number(-1), A), [label]) is None
