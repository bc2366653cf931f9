"""Zones of forms that are written in other sizes than their inputs."""

from fractions import Fraction

import pytest

from kpirules.core import AtLeast, Form, Input, Line, Rated, Rule, zoned
from kpirules.core.conditions import ALWAYS
from kpirules.core.decide import deciding_line

VALUE, FLOOR = Form.of("value"), Form.of("floor")


@pytest.mark.parametrize(
    "form",
    [VALUE * 3 - Form.number(12), Form.number(12) - VALUE * 3, VALUE * Fraction(1, 4) - FLOOR * 2 - Form.number(5)],
)
@pytest.mark.parametrize("strict", [False, True])
def test_a_cut_lies_where_its_comparison_turns(form: Form, *, strict: bool) -> None:
    lines = (Line(AtLeast(form, strict), Rated(0)), Line(ALWAYS, Rated(1)))
    rule = Rule((Input("floor"), Input("value")), lines, ("green", "red"))
    laid_out = zoned(rule)
    for value in map(Fraction, ("0", "1", "3.9", "4", "4.1", "12", "36", "59", "60", "61", "240")):
        numbers = {"value": value, "floor": Fraction(5)}
        assert laid_out.deciding_line(numbers) == deciding_line(rule, numbers)
