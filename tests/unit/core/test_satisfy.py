"""What a question may cost, and where the numbers that settle it lie."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kpirules.core import AtLeast, Condition, Domain, Form, Input, Missing, Not
from kpirules.core.conditions import All, AnyOf, above, at_least, holds
from kpirules.core.decide import test_holds as passes
from kpirules.core.satisfy import TooLargeError, satisfy
from kpirules.core.witness import on_step, witness
from tests.unit.core.test_laws import conditions

A, B = Form.of("a"), Form.of("b")
WHOLE, LABELS = Domain(Fraction(-3), Fraction(3), Fraction(1)), Domain.of_labels(("no", "perhaps", "yes"))


def number(text: str | int | Fraction) -> Form:
    return Form.number(Fraction(text))


def equal(one: Form, other: Form) -> Condition:
    return All((AtLeast(one - other), AtLeast(other - one)))


# --- what it costs ---

INPUTS = (Input("a", optional=False), Input("b", optional=False))
EITHER = AnyOf((above(A, B), above(B, A)))


@pytest.mark.parametrize(
    ("condition", "branches"),
    [
        (at_least(A, B), 1),  # nothing to choose
        (EITHER, 2),  # the first way leads somewhere
        (All((EITHER, at_least(B, A))), 1),  # only one way is open
        (
            All((AnyOf((equal(A, number(1)), equal(A, number(2)))), above(A, number("3/2")))),
            5,
        ),  # the second does, the first being ruled out
    ],
)
def test_a_question_may_open_so_many_branches_and_no_more(condition: Condition, branches: int) -> None:
    assert satisfy(condition, INPUTS, branches) is not None
    with pytest.raises(TooLargeError):
        satisfy(condition, INPUTS, branches - 1)


# --- where the numbers lie ---


@given(
    condition=conditions(("a", "b")),
    domains=st.lists(st.sampled_from([WHOLE, LABELS]), min_size=2, max_size=2),
    optional=st.booleans(),
)
def test_numbers_on_the_steps_are_found_wherever_there_are_some(
    condition: Condition, domains: list[Domain], *, optional: bool
) -> None:
    inputs = [Input(name, domain, optional) for name, domain in zip("ab", domains, strict=True)]
    sides = [
        [None, *range(-3, 4)][not optional :] if domain is WHOLE else [None, *range(3)][not optional :]
        for domain in domains
    ]
    every = [
        {name: Fraction(each) for name, each in zip("ab", point, strict=True) if each is not None}
        for point in product(*sides)
    ]
    there = [numbers for numbers in every if holds(condition, lambda test, at=numbers: passes(test, at))]
    try:
        found = witness(condition, inputs)
    except TooLargeError:
        assume(False)
    assert (found in there) if there else found is None


@pytest.mark.parametrize("step", ["1", "1/2", "0.1", "100"])
@pytest.mark.parametrize("factor", [19, 23])
def test_a_strip_between_two_steps_is_cut_out_and_the_steps_on_either_side_are_not(step: str, factor: int) -> None:
    """No plain number of `b` leaves a step for `a`, so that numbers between the steps are found first."""
    size = Fraction(step)
    inputs = [Input("a", Domain(step=size), optional=False), Input("b", Domain(step=size), optional=False)]
    ways = [equal(B, A * factor), at_least(A, number(size / 2)), at_least(number(2 * size), A)]
    found = satisfy(All(tuple(ways)), inputs)
    assert found is not None
    assert not on_step(found["a"], inputs[0].domain)
    assert witness(All(tuple(ways)), inputs) == {"a": size, "b": size * factor}
    strictly = [*ways, above(A, number(size))]
    assert witness(All(tuple(strictly)), inputs) == {"a": 2 * size, "b": 2 * size * factor}
    assert witness(All((*strictly, above(number(2 * size), A))), inputs) is None
    below = All((equal(B, A * factor), at_least(number(-size / 2), A), above(A, number(-size * 3 / 2))))
    found = satisfy(below, inputs)
    assert found is not None
    assert not on_step(found["a"], inputs[0].domain)
    assert witness(below, inputs) == {"a": -size, "b": -size * factor}


def test_between_two_steps_nothing_is_found() -> None:
    half = Domain(step=Fraction(1, 2))
    inputs = [Input("a", half, optional=False), Input("b")]
    between = All((above(A, number("5/2")), above(number(3), A)))
    assert satisfy(between, inputs) is not None
    assert witness(between, inputs) is None
    # The other side of a missing input is no place to be.
    assert witness(AnyOf((between, All((Not(Missing("b")), equal(B, number(7)))))), inputs) == {"a": 0, "b": 7}


def test_numbers_behind_a_missing_input_are_made_plain_as_well() -> None:
    """The first way that is open has the greater number."""
    inputs = [Input("a"), Input("b", optional=False)]
    either = AnyOf((at_least(B, number(1000)), at_least(B, number(5))))
    assert satisfy(All((Missing("a"), either)), inputs) == {"b": 10_000}
    assert witness(All((Missing("a"), either)), inputs) == {"b": 5}
