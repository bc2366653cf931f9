"""Laws tried on examples, for the few questions that would take too long to decide: Hypothesis looks for a refutation.

The examples are numbers at which some test of the rule turns, their neighbours, and any others; those that refute a
law are shrunk to plain ones. That none is found is no proof.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from fractions import Fraction
from functools import partial

from hypothesis import HealthCheck, Phase, find, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from kpirules.core import AtLeast, Domain, Input, Rated, Rule
from kpirules.core.conditions import Condition, holds, tests
from kpirules.core.decide import deciding_line, test_holds
from kpirules.core.laws import Found
from kpirules.core.twin import Twin
from kpirules.core.witness import Witness

# Always the same examples, so that a law does not hold today and fail tomorrow.
_TRIES = settings(
    max_examples=2_000,
    derandomize=True,
    database=None,
    deadline=None,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)
_AWAY = 3


def refuted_by_trying(rule: Rule, when: Condition, wrong: Collection[int]) -> Found | None:
    """Numbers under which the condition holds and one of the `wrong` lines decides, if trying finds any."""
    found = _first(rule.inputs, _points(rule, when), lambda numbers: _decides(rule, when, numbers) in wrong)
    return None if found is None else _found(rule, when, found)


def set_back_by_trying(
    rule: Rule, when: Condition, than: Condition, apart: frozenset[str]
) -> tuple[Found, Found] | None:
    """Two cases of which the first is rated worse, as in `set_back`, if trying finds any."""
    twin = Twin(apart)

    def refutes(numbers: Witness) -> bool:
        first, second = twin.parted(numbers, rule.inputs)
        ours, theirs = _decides(rule, when, first), _decides(rule, than, second)
        if ours is None or theirs is None:
            return False
        match rule.lines[ours].outcome, rule.lines[theirs].outcome:
            case Rated(band=worse), Rated(band=better):
                return worse > better
        return False

    found = _first(twin.both(rule.inputs), _points(rule, when, than), refutes)
    if found is None:
        return None
    first, second = twin.parted(found, rule.inputs)
    return _found(rule, when, first), _found(rule, than, second)


def _decides(rule: Rule, when: Condition, numbers: Witness) -> int | None:
    """The deciding line where the condition holds."""
    return deciding_line(rule, numbers) if holds(when, partial(test_holds, numbers=numbers)) else None


def _found(rule: Rule, when: Condition, numbers: Witness) -> Found:
    line = _decides(rule, when, numbers)
    if line is None:
        raise AssertionError(f"evaluation does not confirm {dict(numbers)}")
    return Found(numbers, line)


def _first(inputs: Sequence[Input], points: Sequence[Fraction], refutes: Callable[[Witness], bool]) -> Witness | None:
    """The plainest example that refutes; one in which an input is None has it missing."""
    each = {input.name: _of_input(input, points) for input in inputs}
    try:
        found = find(st.fixed_dictionaries(each), lambda drawn: refutes(_there(drawn)), settings=_TRIES)
    except NoSuchExample:
        return None
    return _there(found)


def _there(drawn: Mapping[str, Fraction | None]) -> Witness:
    return {name: number for name, number in drawn.items() if number is not None}


def _of_input(input: Input, points: Sequence[Fraction]) -> st.SearchStrategy[Fraction | None]:
    numbers = _of_domain(input.domain, points)
    return numbers | st.none() if input.optional else numbers.map(lambda number: number)


def _of_domain(domain: Domain, points: Sequence[Fraction]) -> st.SearchStrategy[Fraction]:
    if domain.labels:
        return st.sampled_from([Fraction(rank) for rank in range(len(domain.labels))])
    step = domain.step or Fraction(1, 10)

    def placed(point: Fraction, away: int) -> Fraction:
        """So many steps from the point, on a step where there are steps, and within the limits."""
        start = point // step * step if domain.step else point
        number = start + away * step
        number = number if domain.low is None else max(number, domain.low)
        return number if domain.high is None else min(number, domain.high)

    near = st.builds(placed, st.sampled_from(points), st.integers(-_AWAY, _AWAY))
    anywhere = st.builds(placed, st.just(Fraction(0)), st.integers(-10_000, 10_000))
    return near | anywhere


def _points(rule: Rule, *conditions: Condition) -> Sequence[Fraction]:
    """Zero, and where tests of one input turn."""
    asked = [*rule.tests, *(test for condition in conditions for test in tests(condition))]
    forms = [test.form for test in asked if isinstance(test, AtLeast)]
    turned = {-form.constant / factor for form in forms for _, factor in form.terms if len(form.terms) == 1}
    ends = {end for input in rule.inputs for end in (input.domain.low, input.domain.high) if end is not None}
    return sorted({Fraction(0), *turned, *ends}, key=lambda number: (number.denominator, abs(number), number))
