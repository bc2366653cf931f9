"""Numbers that make comparisons hold together, beside going through every number there is."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpirules.core import AtLeast, Domain, Form
from kpirules.core.feasible import feasible, find_numbers

STEPS = [Fraction(step) for step in ("1", "1/2", "0.1", "3", "100")]
factors = st.sampled_from([Fraction(each) for each in ("-3", "-1", "-1/2", "1/3", "1/2", "1", "2")])
constants = st.fractions(-6, 6, max_denominator=4)


@st.composite
def systems(draw: st.DrawFn, most: int) -> tuple[list[AtLeast], dict[str, Domain]]:
    """A few comparisons of inputs that have at most five numbers each, and are labels or come in steps."""
    names = draw(st.sampled_from([("a",), ("a", "b"), ("b", "c", "a")][:most]))
    domains = {}
    for name in names:
        step = draw(st.sampled_from(STEPS))
        low = draw(st.integers(-4, 3))
        high = draw(st.integers(low, low + 4))
        of_steps = Domain(low * step, high * step, step)
        domains[name] = draw(st.just(of_steps) | st.integers(1, 5).map(lambda n: Domain.of_labels(tuple("abcde"[:n]))))
    scale = max((domain.step or Fraction(1)) for domain in domains.values())
    terms = st.lists(st.tuples(st.sampled_from(names), factors), min_size=1, max_size=2)
    forms = st.builds(lambda found, constant: Form(found, constant * scale), terms, constants)
    tests = draw(st.lists(st.builds(AtLeast, forms, st.booleans()), max_size=4))
    return [test for test in tests if test.form.terms], domains


def every(domains: Mapping[str, Domain]) -> Iterator[dict[str, Fraction]]:
    """All numbers of the domains, those of the last name counted through first."""
    sides = []
    for domain in domains.values():
        low, high, step = (Fraction(each or 0) for each in (domain.low, domain.high, domain.step))
        sides.append([low + each * step for each in range(int((high - low) / step) + 1)])
    for numbers in product(*sides):
        yield dict(zip(domains, numbers, strict=True))


def keep(tests: list[AtLeast], numbers: Mapping[str, Fraction]) -> bool:
    return all(
        (amount := test.form.constant + sum(factor * numbers[name] for name, factor in test.form.terms)) > 0
        or (amount == 0 and not test.strict)
        for test in tests
    )


def within(domains: Mapping[str, Domain], numbers: Mapping[str, Fraction]) -> bool:
    return all(
        (domain.low is None or domain.low <= numbers[name]) and (domain.high is None or numbers[name] <= domain.high)
        for name, domain in domains.items()
    )


@given(systems(most=3))
def test_what_is_found_on_the_steps_is_what_going_through_them_finds(
    system: tuple[list[AtLeast], dict[str, Domain]],
) -> None:
    tests, domains = system
    there = [numbers for numbers in every(domains) if keep(tests, numbers)]
    found = find_numbers(tests, domains)
    if there:
        assert found in there
        assert feasible(tests, domains)
    elif found is not None:  # between the steps, which labels never are
        assert keep(tests, found)
        assert any(found[name] % (domain.step or 1) for name, domain in domains.items())
        for name, domain in domains.items():
            assert not domain.labels or found[name] in range(len(domain.labels))
            assert (domain.low or 0) <= found[name] <= (domain.high or 0)


@given(systems(most=2), st.lists(st.sampled_from([None, Domain(), Domain(Fraction(-1)), Domain(None, Fraction(2))])))
def test_numbers_of_every_kind_hold_where_there_are_some(
    system: tuple[list[AtLeast], dict[str, Domain]], others: list[Domain | None]
) -> None:
    tests, domains = system
    other_ends = {name: other or domain for (name, domain), other in zip(domains.items(), others, strict=False)}
    free = domains | {name: domain for name, domain in other_ends.items() if not domains[name].labels}
    found = find_numbers(tests, free)
    assert found is None or keep(tests, found)
    if any(keep(tests, numbers) and within(free, numbers) for numbers in every(domains)):
        assert found is not None


# A comparison is a factor of `a`, a constant, and whether it is strict.
@pytest.mark.parametrize(
    ("bounds", "domain", "expected"),
    [
        ([("1", "-3", True), ("1", "-3", False)], Domain(step=Fraction(1)), "10"),
        ([("1", "-3", True), ("1", "-3", False), ("-1", "3.5", False)], Domain(), "3.1"),
        ([("-1", "-3", True), ("-1", "-3", False), ("1", "3.5", False)], Domain(), "-3.1"),
        ([("1", "-3", False), ("1/2", "-1", False), ("-1", "9", False)], Domain(), "3"),
        ([("-1", "-3", False), ("-1/2", "-1", False), ("1", "9", False)], Domain(), "-3"),
        ([("1", "-0.25", False), ("-1", "0.35", False)], Domain(step=Fraction("0.1")), "0.3"),
        ([("1", "-0.2", True), ("-1", "0.4", True)], Domain(step=Fraction("0.1")), "0.3"),
        ([("1", "-250", False), ("-1", "350", False)], Domain(step=Fraction(100)), "300"),
        ([("1", "-200", True), ("-1", "300", True)], Domain(step=Fraction(100)), "210"),
        ([("1", "-3", False), ("-1", "3", True)], Domain(), None),
        ([("1", "-3", True), ("-1", "3", False)], Domain(), None),
    ],
    ids=str,
)
def test_the_roundest_number_is_found(
    bounds: list[tuple[str, str, bool]], domain: Domain, expected: str | None
) -> None:
    tests = [AtLeast(Form((("a", Fraction(f)),), Fraction(constant)), strict) for f, constant, strict in bounds]
    found = find_numbers(tests, {"a": domain})
    assert found == (None if expected is None else {"a": Fraction(expected)})
    assert feasible(tests, {"a": domain}) == (expected is not None)


def multiple(of: str, factor: int) -> list[AtLeast]:
    """`b` is so many times the other."""
    difference = Form.of("b") - Form.of(of) * factor
    return [AtLeast(difference), AtLeast(-difference)]


@pytest.mark.parametrize("label", [1, 6, 13, 19])
def test_every_label_is_tried_however_many_there_are(label: int) -> None:
    labels = Domain.of_labels(tuple(map(str, range(20))))
    tests = [*multiple("a", label), AtLeast(Form.of("a"), strict=True)]
    assert find_numbers(tests, {"a": Domain.of_labels(("no", "yes")), "b": labels}) == {"a": 1, "b": label}


@pytest.mark.parametrize(
    ("low", "high", "factor", "expected"),
    [
        (1, 9, 7, 7),
        (1, 9, 5, 5),
        (-9, -1, 7, -7),
        (None, -1, 7, -7),
        (None, -8, 7, -14),
        (None, -9, 8, -16),
        (11, None, 7, 14),
        (None, 8, 7, 7),
    ],
)
def test_steps_are_tried_from_an_end(low: int | None, high: int | None, factor: int, expected: int) -> None:
    """The last input is chosen first, and only some of its numbers leave a step for the other."""
    whole = Fraction(1)
    ends = Domain(None if low is None else Fraction(low), None if high is None else Fraction(high), whole)
    away = [AtLeast(Form.of("a") * (1 if expected > 0 else -1) - Form.number(1))]
    found = find_numbers([*multiple("a", factor), *away], {"a": Domain(step=whole), "b": ends})
    assert found == {"a": expected // factor, "b": expected}


@pytest.mark.parametrize("size", ["1", "1/2", "10"])
def test_what_the_plainest_number_does_not_leave_is_found_from_the_lower_end_up(size: str) -> None:
    """Sevenfold, of 4 to 12 steps 7 is the only one, and of 4 to 6 none is."""
    step = Fraction(size)
    tests = [*multiple("a", 7), AtLeast(Form.of("a") - Form.number(step / 2))]
    whole = Domain(step=step)
    assert find_numbers(tests, {"a": whole, "b": Domain(4 * step, 12 * step, step)}) == {"a": step, "b": 7 * step}
    between = find_numbers(tests, {"a": whole, "b": Domain(4 * step, 6 * step, step)})
    assert between is not None
    assert between["b"] == 7 * between["a"] <= 6 * step
