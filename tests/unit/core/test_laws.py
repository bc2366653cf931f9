"""What must hold of the core for every rule, not only for the five examples."""

from fractions import Fraction
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from kpirules.core import (
    Absent,
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
    decide,
    prove,
    segments,
    zoned,
)
from kpirules.core.conditions import ALWAYS
from kpirules.core.decide import deciding_line
from kpirules.core.feasible import find_numbers
from kpirules.core.prove import ask, walk
from kpirules.core.satisfy import satisfy

small = st.integers(-4, 4).map(Fraction)


def forms(names: tuple[str, ...]) -> st.SearchStrategy[Form]:
    terms = st.lists(st.tuples(st.sampled_from(names), small), min_size=1, max_size=3)
    return st.builds(Form, terms, small).filter(lambda form: form.terms)


def conditions(names: tuple[str, ...]) -> st.SearchStrategy[Condition]:
    tests = st.builds(AtLeast, forms(names), st.booleans()) | st.sampled_from(names).map(Missing)
    return st.recursive(
        tests,
        lambda parts: (
            st.builds(Not, parts)
            | st.lists(parts, max_size=3).map(lambda some: All(tuple(some)))
            | st.lists(parts, max_size=3).map(lambda some: AnyOf(tuple(some)))
        ),
        max_leaves=5,
    )


def domains() -> st.SearchStrategy[Domain]:
    return st.sampled_from(
        [Domain(), Domain(low=Fraction(0)), Domain(Fraction(-3), Fraction(3)), Domain(step=Fraction(1)), LABELS]
    )


LABELS = Domain.of_labels(("worst", "middle", "best"))


@st.composite
def rules(draw: st.DrawFn, names: tuple[str, ...]) -> Rule:
    inputs = tuple(Input(name, draw(domains()), optional=draw(st.booleans())) for name in names)
    lines = draw(
        st.lists(st.builds(Line, conditions(names), st.integers(0, 2).map(Rated), st.just(0)), min_size=1, max_size=4)
    )
    if draw(st.booleans()):
        lines.append(Line(ALWAYS, Rated(2), 0))
    stretches = draw(st.sampled_from([(), (Stretch(True),), (Stretch(False),)]))
    return Rule(inputs, tuple(lines), ("a", "b", "c"), exclusive=draw(st.booleans()), stretches=stretches)


def points(rule: Rule) -> list[dict[str, Fraction]]:
    """A coarse grid of inputs, missing ones included."""
    sides = []
    for input in rule.inputs:
        wide = range(3) if input.domain.labels else range(-3, 4)
        numbers: list[Fraction | None] = [
            Fraction(n) for n in wide if input.domain.low is None or n >= input.domain.low
        ]
        sides.append([*numbers, None] if input.optional else numbers)
    names = [input.name for input in rule.inputs]
    return [
        {name: number for name, number in zip(names, numbers, strict=True) if number is not None}
        for numbers in product(*sides)
    ]


@given(rules(("value",)).filter(lambda rule: rule.inputs[0].domain.step is None or rule.inputs[0].domain.labels))
def test_walking_and_asking_find_the_same_flaws(rule: Rule) -> None:
    """Where the value comes in steps, walking sees more: that no step is concerned."""

    def found(flaws: object) -> set[tuple[object, object]]:
        return {(flaw.kind, flaw.lines if flaw.kind is Flawed.UNREACHABLE else None) for flaw in flaws}  # type: ignore[attr-defined]

    assert found(walk(rule)) == found(ask(rule))


@given(rules(("value", "other")))
def test_proofs_agree_with_every_point_of_a_grid(rule: Rule) -> None:
    """A flaw that some point of the grid shows is found; and every witness is confirmed inside `prove`."""
    kinds = {flaw.kind for flaw in prove(rule)}
    unreachable = {line for flaw in prove(rule) if flaw.kind is Flawed.UNREACHABLE for line in flaw.lines}
    deciding = [deciding_line(rule, point) for point in points(rule)]
    if None in deciding:
        assert Flawed.UNCOVERED in kinds
    assert unreachable.isdisjoint(deciding)
    if rule.stretches and Flawed.NOT_MONOTONE not in kinds:
        bands: dict[object, list[tuple[Fraction, int]]] = {}
        for point, line in zip(points(rule), deciding, strict=True):
            if line is not None and "value" in point:
                held = tuple(sorted((name, number) for name, number in point.items() if name != "value"))
                outcome = rule.lines[line].outcome
                assert isinstance(outcome, Rated)
                bands.setdefault(held, []).append((point["value"], outcome.band))
        for line in bands.values():
            ordered = [band for _, band in sorted(line)]
            assert ordered == sorted(ordered, reverse=rule.stretches[0].upwards)


@given(conditions(("a", "b", "c")), st.lists(domains(), min_size=3, max_size=3))
def test_what_some_point_satisfies_is_found_satisfiable(condition: Condition, three: list[Domain]) -> None:
    inputs = tuple(Input(name, domain) for name, domain in zip("abc", three, strict=True))
    rule = Rule(inputs, (Line(condition, Rated(0)),), ("a",))
    found = satisfy(condition, inputs)
    if found is None:
        assert all(deciding_line(rule, point) is None for point in points(rule))
    else:
        assert deciding_line(rule, found) == 0


@given(st.lists(st.builds(AtLeast, forms(("a", "b", "c")), st.booleans()), max_size=6))
def test_found_numbers_make_every_test_hold(tests: list[AtLeast]) -> None:
    found = find_numbers(tests, dict.fromkeys("abc", Domain()))
    if found is not None:
        for test in tests:
            amount = test.form.at(found)
            assert amount > 0 or (amount == 0 and not test.strict)
    else:
        grid = [dict(zip("abc", map(Fraction, numbers), strict=True)) for numbers in product(range(-3, 4), repeat=3)]
        assert not any(
            all(test.form.at(point) > 0 or (test.form.at(point) == 0 and not test.strict) for test in tests)
            for point in grid
        )


@given(rules(("value", "other")), st.data())
def test_zones_decide_as_forms_do(rule: Rule, data: st.DataObject) -> None:
    numbers = data.draw(st.dictionaries(st.sampled_from(["value", "other"]), small | st.fractions(-5, 5)))
    assert zoned(rule).deciding_line(numbers) == deciding_line(rule, numbers)


@given(rules(("value", "other")), st.none() | small, st.fractions(-6, 6))
def test_segments_cover_the_value_once_and_tell_its_outcome(
    rule: Rule, other: Fraction | None, value: Fraction
) -> None:
    rule = Rule(rule.inputs, (*rule.lines, Line(ALWAYS, Rated(2))), rule.bands)
    domain = rule.input("value").domain
    if domain.labels:
        value = Fraction(int(value) % 3)
    elif domain.low is not None:
        value = max(domain.low, value if domain.high is None else min(value, domain.high))
    held = {"other": Absent("no-value") if other is None else other}
    drawn = segments(rule, {**held, "value": Absent("no-value")})
    holding = [segment for segment in drawn if value in segment]
    assert len(holding) == 1
    assert holding[0].decision.outcome == decide(rule, {**held, "value": value}).outcome
