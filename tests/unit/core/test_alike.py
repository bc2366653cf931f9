"""Rules are alike if only the places of their edges differ; in anything else, one proof does not do for both."""

from fractions import Fraction
from itertools import product

import pytest
from attrs import evolve

from kpirules.core import Condition, Domain, Flawed, Form, Input, Line, Missing, Not, Rated, Rule, Stretch, prove
from kpirules.core.alike import likeness
from kpirules.core.conditions import ALWAYS, All, AnyOf, AtLeast, above, at_least
from kpirules.core.prove import walk

VALUE = Form.of("value")
OFTEN = Input("value", Domain(Fraction(0), Fraction(200)))


def number(text: str) -> Form:
    return Form.number(Fraction(text))


def rule(*whens: Condition, value: Input = OFTEN, upwards: bool = True) -> Rule:
    """A line for each condition, and one for all others."""
    lines = tuple(Line(when, Rated(place)) for place, when in enumerate(whens))
    otherwise = Line(ALWAYS, Rated(len(whens)))
    bands = tuple(f"band {place}" for place in range(len(whens) + 1))
    return Rule((value,), (*lines, otherwise), bands, stretches=(Stretch(upwards),))


PLAIN = rule(at_least(VALUE, number("80")), at_least(VALUE, number("70")))


def test_rules_whose_edges_lie_elsewhere_in_the_same_order_are_alike() -> None:
    assert likeness(PLAIN) is not None
    assert likeness(PLAIN) == likeness(rule(at_least(VALUE, number("8")), at_least(VALUE * 3, number("7"))))


@pytest.mark.parametrize(
    "other",
    [
        rule(at_least(VALUE, number("70")), at_least(VALUE, number("80"))),
        rule(at_least(VALUE, number("80")), at_least(VALUE, number("80"))),
        rule(above(VALUE, number("80")), at_least(VALUE, number("70"))),
        rule(at_least(number("80"), VALUE), at_least(VALUE, number("70"))),
        rule(Not(at_least(VALUE, number("80"))), at_least(VALUE, number("70"))),
        rule(Missing("value"), at_least(VALUE, number("70"))),
        rule(at_least(VALUE, number("200")), at_least(VALUE, number("70"))),
        rule(at_least(VALUE, number("80")), at_least(VALUE, number("70")), upwards=False),
        rule(at_least(VALUE, number("80")), at_least(VALUE, number("70")), value=evolve(OFTEN, optional=False)),
        rule(at_least(VALUE, number("80")), at_least(VALUE, number("70")), value=Input("value", Domain(Fraction(0)))),
        evolve(PLAIN, ranked=False),
        evolve(PLAIN, exclusive=True),
        evolve(PLAIN, stretches=()),
        evolve(PLAIN, lines=(*PLAIN.lines[:2], Line(ALWAYS, Rated(0)))),
        evolve(PLAIN, lines=(*PLAIN.lines[:2], Line(ALWAYS, Rated(2), needed=False))),
    ],
)
def test_rules_that_differ_in_anything_else_are_not(other: Rule) -> None:
    assert likeness(other) is not None
    assert likeness(other) != likeness(PLAIN)


def test_it_matters_at_which_edge_the_values_end() -> None:
    """From 60 on, *60 and below* can occur; from 70 on it cannot."""
    edges = at_least(VALUE, number("70")), at_least(number("60"), VALUE)
    there = Input("value", Domain(Fraction(60)), optional=False)
    from_60 = evolve(rule(*edges, value=there), ranked=False)
    from_70 = evolve(from_60, inputs=(evolve(there, domain=Domain(Fraction(70))),))
    assert likeness(from_60) != likeness(from_70)
    assert prove(from_60) == ()
    assert [flaw.kind for flaw in prove(from_70)] == [Flawed.UNREACHABLE, Flawed.UNREACHABLE]


def test_rules_alike_have_the_same_flaws_wherever_their_values_end() -> None:
    """All rules of two comparisons with two edges, whose values may end at either."""
    edges = [number("60"), number("70")]
    comparisons = [compare(*pair) for compare in (at_least, above) for e in edges for pair in ((VALUE, e), (e, VALUE))]
    ends = [None, Fraction(60), Fraction(70)]
    domains = [Domain(low, high) for low in ends for high in ends if low is None or high is None or low <= high]
    known: dict[object, list[object]] = {}
    for one, other in product(comparisons, repeat=2):
        for domain in domains:
            made = rule(one, other, value=Input("value", domain, optional=False))
            flaws: list[object] = [(flaw.kind, flaw.lines) for flaw in walk(made)]
            assert known.setdefault(likeness(made), flaws) == flaws
    assert len(known) > 100


def test_both_and_either_are_not_alike() -> None:
    parts = at_least(VALUE, number("70")), above(number("80"), VALUE)
    assert likeness(rule(All(parts))) != likeness(rule(AnyOf(parts)))
    assert likeness(rule(All(parts))) == likeness(rule(All((at_least(VALUE, number("7")), above(number("8"), VALUE)))))


@pytest.mark.parametrize(("one", "two"), [("1", "0"), ("0", "-1"), ("1", "-1")])
def test_comparisons_of_plain_numbers_are_told_apart_by_what_they_come_to(one: str, two: str) -> None:
    several = [likeness(rule(AtLeast(number(text), strict=True))) for text in (one, two)]
    assert several[0] != several[1]
    assert likeness(rule(AtLeast(number("0")))) != likeness(rule(AtLeast(number("0"), strict=True)))


def test_a_rule_has_no_like_where_it_matters_where_its_edges_lie() -> None:
    edges = at_least(VALUE, number("80")), at_least(VALUE, number("70"))
    assert likeness(rule(*edges, value=Input("value", Domain(step=Fraction(1))))) is None
    assert likeness(rule(*edges, value=Input("value", Domain.of_labels(("Poor", "Good"))))) is None
    assert likeness(evolve(PLAIN, stretches=(Stretch(upwards=True, where=at_least(number("75"), VALUE)),))) is None
    assert likeness(evolve(PLAIN, stretches=(Stretch(upwards=True, where=at_least(number("80"), VALUE)),))) is not None
    assert likeness(evolve(PLAIN, stretches=(Stretch(upwards=True, where=at_least(number("200"), VALUE)),))) is not None
