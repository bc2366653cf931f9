"""Rules of labels decided in a diagram, against all their cases one after the other."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import partial
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from kpirules.core import (
    All,
    AnyOf,
    AtLeast,
    Condition,
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
    Unrated,
    prove,
)
from kpirules.core.conditions import ALWAYS, holds
from kpirules.core.decide import deciding_line
from kpirules.core.decide import test_holds as passes
from kpirules.core.labelled import Diagram
from kpirules.core.laws import can_hold, deciding_lines, is_setback, refuted, set_back

LABELS = ("red", "amber", "green")
NAMES = ("north", "south", "west")
INPUTS = tuple(Input(name, Domain.of_labels(LABELS), optional=name != "west") for name in NAMES)

Case = Mapping[str, Fraction]


def at_least() -> st.SearchStrategy[Condition]:
    return st.builds(
        lambda name, rank, up, strict: AtLeast(
            (Form.of(name) - Form.number(Fraction(rank))) * (1 if up else -1), strict
        ),
        st.sampled_from(NAMES),
        st.integers(-1, 3),
        st.booleans(),
        st.booleans(),
    )


LEAVES = at_least() | st.sampled_from([Missing(name) for name in NAMES]) | st.just(ALWAYS)
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: (
        inner.map(Not)
        | st.lists(inner, max_size=3).map(tuple).flatmap(lambda ps: st.sampled_from([All(ps), AnyOf(ps)]))
    ),
    max_leaves=6,
)
OUTCOMES = st.sampled_from([Rated(0), Rated(1), Rated(2), Unrated("why")])
RULES = st.builds(
    lambda lines, exclusive: Rule(
        INPUTS, tuple(lines), ("good", "fair", "poor"), exclusive=exclusive, stretches=(Stretch(True, input="north"),)
    ),
    st.lists(st.builds(Line, CONDITIONS, OUTCOMES), min_size=1, max_size=4),
    st.booleans(),
)


def cases() -> Iterator[Case]:
    states = [[*([None] if input.optional else []), *map(Fraction, range(3))] for input in INPUTS]
    for found in product(*states):
        yield {name: state for name, state in zip(NAMES, found, strict=True) if state is not None}


def held(condition: Condition, case: Case) -> bool:
    return holds(condition, partial(passes, numbers=case))


@given(RULES)
def test_the_flaws_of_a_rule_are_those_that_its_cases_show(rule: Rule) -> None:
    every = list(cases())
    deciding = [deciding_line(rule, case) for case in every]
    overlapping = {
        (first, second)
        for case in every
        for second in range(len(rule.lines))
        for first in range(second)
        if held(rule.lines[first].when, case) and held(rule.lines[second].when, case)
    }
    better = [(one, other) for one, other in product(every, every) if _is_ahead(one, other)]
    wrong = {
        (ours, theirs)
        for one, other in better
        if is_setback(rule, ours := deciding_line(rule, one), theirs := deciding_line(rule, other))
    }
    flaws = prove(rule)
    kinds = [flaw.kind for flaw in flaws]
    assert (Flawed.UNCOVERED in kinds) == (None in deciding)
    assert {flaw.lines for flaw in flaws if flaw.kind is Flawed.OVERLAP} == (overlapping if rule.exclusive else set())
    assert {flaw.lines[0] for flaw in flaws if flaw.kind is Flawed.UNREACHABLE} == {
        place for place in range(len(rule.lines)) if place not in deciding
    }
    setbacks = {flaw.lines for flaw in flaws if flaw.kind is Flawed.NOT_MONOTONE}
    assert setbacks <= wrong
    assert bool(setbacks) == bool(wrong)
    assert deciding_lines(rule) == {place for place in range(len(rule.lines)) if place in deciding}


def _is_ahead(one: Case, other: Case) -> bool:
    shared = all(one.get(name) == other.get(name) for name in NAMES if name != "north")
    return shared and "north" in one and "north" in other and one["north"] > other["north"]


@given(RULES, CONDITIONS, st.sets(st.integers(0, 3)))
def test_a_law_is_refuted_if_and_only_if_some_case_refutes_it(rule: Rule, when: Condition, lines: set[int]) -> None:
    wrong = {line for line in lines if line < len(rule.lines)}
    refuting = [case for case in cases() if held(when, case) and deciding_line(rule, case) in wrong]
    found = refuted(rule, when, wrong)
    assert can_hold(rule, when) == any(held(when, case) for case in cases())
    assert (found is None) == (not refuting)
    assert found is None or found.numbers in refuting


@given(RULES, CONDITIONS, CONDITIONS, st.sets(st.sampled_from(NAMES), min_size=1))
def test_a_comparing_law_is_refuted_if_and_only_if_two_cases_refute_it(
    rule: Rule, when: Condition, than: Condition, apart: set[str]
) -> None:
    refuting = [
        (one, other)
        for one, other in product(cases(), cases())
        if held(when, one)
        and held(than, other)
        and all(one.get(name) == other.get(name) for name in NAMES if name not in apart)
        and is_setback(rule, deciding_line(rule, one), deciding_line(rule, other))
    ]
    found = set_back(rule, when, than, frozenset(apart))
    assert (found is None) == (not refuting)
    assert found is None or (found[0].numbers, found[1].numbers) in refuting


@given(CONDITIONS)
def test_a_diagram_has_the_cases_in_which_a_condition_holds(condition: Condition) -> None:
    diagram = Diagram(INPUTS)
    node = diagram.where(condition)
    for case in cases():
        assert (diagram.all_of((node, diagram.only(case, NAMES))) != 0) == held(condition, case)
    assert node == diagram.opposite(diagram.opposite(node))


def test_of_the_cases_one_is_told_in_which_as_little_is_there_as_may_be() -> None:
    diagram = Diagram(INPUTS)
    green = AtLeast(Form.of("south") - Form.number(2))
    assert diagram.first(diagram.where(green)) == {"south": 2, "west": 0}
    assert diagram.first(diagram.where(ALWAYS)) == {"west": 0}
