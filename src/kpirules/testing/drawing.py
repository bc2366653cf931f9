"""How Hypothesis draws numbers and the inputs of a core rule: built to fit, and shrinking to the roundest."""

from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from math import ceil, floor
from typing import TypeVar

from hypothesis import HealthCheck, Phase, currently_in_test_context, find, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from kpirules.core import Absent, Domain, Input, Rule
from kpirules.core.along import cuts
from kpirules.core.decide import at_the_door
from kpirules.core.rule import VALUE

T = TypeVar("T")

# In which steps numbers are drawn where none are laid down, and how many of them to either side of an end or of zero.
_SIZES = ((Fraction(1), 10**3), (Fraction(1, 100), 10**4), (Fraction(1), 10**9), (Fraction(1, 10**15), 10**17))


def between(
    low: Fraction | None,
    high: Fraction | None,
    *,
    low_in: bool = True,
    high_in: bool = True,
    step: Fraction | None = None,
) -> st.SearchStrategy[Fraction]:
    """Numbers between two ends (None: no end), on the steps if there are any; nothing where there is none."""
    if low is not None and low == high:
        on_step = step is None or (low / step).denominator == 1
        return st.just(low) if low_in and high_in and on_step else st.nothing()
    ways: list[st.SearchStrategy[Fraction]] = []
    for size, far in [(step, 10**6)] if step else [*_SIZES, *_finer(low, high)]:
        first = None if low is None else ceil(low / size)
        last = None if high is None else floor(high / size)
        if first is not None and first * size == low and not low_in:
            first += 1
        if last is not None and last * size == high and not high_in:
            last -= 1
        lowest = first if first is not None else min(last or 0, 0) - far
        highest = last if last is not None else max(first or 0, 0) + far
        if lowest <= highest:
            ways.append(st.integers(lowest, highest).map(_times(size)))
    if not step:
        ways += [st.just(end) for end, within in ((low, low_in), (high, high_in)) if end is not None and within]
    return st.one_of(ways)


def _times(size: Fraction) -> Callable[[int], Fraction]:
    return lambda number: number * size


def _finer(low: Fraction | None, high: Fraction | None) -> list[tuple[Fraction, int]]:
    """A size of step that leaves at least ten numbers in a stretch that the usual sizes may pass over."""
    if low is None or high is None or high - low > 1:
        return []
    size = Fraction(1)
    while high - low < size * 10:
        size /= 10
    return [(size, 0)]


def numbers_of(domain: Domain) -> st.SearchStrategy[Fraction]:
    """Numbers that an input of this domain can be."""
    if domain.labels:
        return st.sampled_from([Fraction(rank) for rank in range(len(domain.labels))])
    return between(domain.low, domain.high, step=domain.step)


def anywhere(domain: Domain) -> st.SearchStrategy[Fraction]:
    """The same as one way among others, for of several ways each is taken as often, and these are several."""
    return numbers_of(domain).map(lambda number: number)


def inputs_of(rule: Rule) -> st.SearchStrategy[Mapping[str, Fraction]]:
    """Numbers for the inputs of a rule, those that are missing left out; the value is often on an edge or beside it."""
    return _with_inputs(rule, rule.inputs, {})


def beside_value(rule: Rule) -> st.SearchStrategy[Mapping[str, Fraction]]:
    """Numbers for the inputs of a rule other than the value, those that are missing left out."""
    return _with_inputs(rule, [input for input in rule.inputs if input.name != VALUE], {})


def pairs_of(
    rule: Rule, apart: Collection[str]
) -> st.SearchStrategy[tuple[Mapping[str, Fraction], Mapping[str, Fraction]]]:
    """Numbers for the inputs of a rule in two cases that share all but those that are `apart`."""
    free = [input for input in rule.inputs if input.name in apart]

    def with_second(first: Mapping[str, Fraction]) -> st.SearchStrategy[tuple[Mapping[str, Fraction], ...]]:
        shared = {name: number for name, number in first.items() if name not in apart}
        return st.tuples(st.just(first), _with_inputs(rule, free, shared))

    return inputs_of(rule).flatmap(with_second)  # type: ignore[arg-type]


def _with_inputs(
    rule: Rule, inputs: Sequence[Input], shared: Mapping[str, Fraction]
) -> st.SearchStrategy[Mapping[str, Fraction]]:
    """Numbers for these inputs, with those that are laid down already."""
    value = next((input for input in inputs if input.name == VALUE), None)
    others = [input for input in inputs if input is not value]
    drawn = st.tuples(*(st.none() | numbers_of(input.domain) for input in others))
    names = tuple(input.name for input in others)
    there = drawn.map(lambda found: {name: n for name, n in zip(names, found, strict=True) if n is not None})
    held = there.map(lambda numbers: {**shared, **numbers})
    if value is None:
        return held
    return held.flatmap(lambda numbers: _with_value(rule, value, numbers))


def _with_value(rule: Rule, value: Input, held: Mapping[str, Fraction]) -> st.SearchStrategy[Mapping[str, Fraction]]:
    numbers = st.one_of([anywhere(value.domain), *edge_numbers(rule, held, value.domain)])
    present = numbers.map(lambda number: {**held, VALUE: number})
    return present | st.just(held) if value.optional else present


def edge_numbers(rule: Rule, held: Mapping[str, Fraction], domain: Domain) -> list[st.SearchStrategy[Fraction]]:
    """The numbers of a domain on the edges of a rule and just beside them, one strategy an edge, others being held."""
    there, _ = at_the_door(rule, {input.name: held.get(input.name, Absent("")) for input in rule.inputs})
    there.pop(VALUE, None)
    found = [beside(cut, domain) for cut in cuts(rule, there, VALUE)]
    return [st.sampled_from(numbers) for numbers in found if numbers]


def beside(edge: Fraction, domain: Domain) -> list[Fraction]:
    """An edge and the numbers just beside it that an input can be, the edge first; on its steps where it has some."""
    step = domain.step or Fraction(1, 10**9)
    near = [edge, edge - step, edge + step]
    if domain.step:
        near = [edge // step * step, -(-edge // step) * step]
        near = [*near, near[0] - step, near[1] + step]
    low, high = domain.low, domain.high
    inside = (n for n in near if (low is None or n >= low) and (high is None or n <= high))
    return list(dict.fromkeys(inside))


def search(cases: st.SearchStrategy[T], wanted: Callable[[T], bool]) -> T | None:
    """The simplest case that is wanted, of as many as the Hypothesis profile in force says; None if none was found."""

    def found() -> T | None:
        # Why a case fails is told in the words of the rule, so Hypothesis need not try to.
        phases = [phase for phase in settings().phases if phase is not Phase.explain]
        profile = settings(deadline=None, database=None, phases=phases, suppress_health_check=list(HealthCheck))
        try:
            return find(cases, wanted, settings=profile)
        except NoSuchExample:
            return None

    if not currently_in_test_context():
        return found()
    # A law may be asked for inside of a test that Hypothesis runs, and its tests do not nest. In a thread of its own
    # there is none around, and the settings are those of the profile.
    with ThreadPoolExecutor(1) as alone:
        return alone.submit(found).result()
