"""Whether comparisons can hold together, by exact elimination, with the roundest numbers that show it.

Fourier–Motzkin elimination over the rationals (J. Fourier 1827; T. Motzkin 1936): to remove a variable, every lower
bound on it is set against every upper bound. Our systems have a handful of variables, for which nothing is simpler.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice
from math import ceil, floor
from typing import TypeAlias

from attrs import frozen

from kpirules.core.conditions import AtLeast
from kpirules.core.forms import Form
from kpirules.core.rule import Domain
from kpirules.exact import roundest

Numbers: TypeAlias = dict[str, Fraction]

# How many numbers of one variable are tried before numbers between its steps are taken instead.
TRIES = 8


@frozen
class _Interval:
    low: Fraction | None = None
    high: Fraction | None = None
    low_in: bool = True
    high_in: bool = True

    def within(self, bound: AtLeast, name: str) -> "_Interval":
        """The part of the interval that a comparison on this one variable leaves."""
        factor = bound.form.factor(name)
        at = bound.form.root
        if factor > 0 and (self.low is None or at > self.low or (at == self.low and bound.strict)):
            return _Interval(at, self.high, not bound.strict, self.high_in)
        if factor < 0 and (self.high is None or at < self.high or (at == self.high and bound.strict)):
            return _Interval(self.low, at, self.low_in, not bound.strict)
        return self

    def roundest(self) -> Fraction | None:
        return roundest(self.low, self.high, low_in=self.low_in, high_in=self.high_in)

    def on_steps(self, step: Fraction) -> Iterator[Fraction]:
        """The multiples of `step` inside: the roundest first, then from the one end there is, or the lower, inwards."""
        low = None if self.low is None else ceil(self.low / step)
        high = None if self.high is None else floor(self.high / step)
        if low is not None and low * step == self.low and not self.low_in:
            low += 1
        if high is not None and high * step == self.high and not self.high_in:
            high -= 1
        first = roundest(_fraction(low), _fraction(high), low_in=True, high_in=True)
        if first is None:
            return
        yield first * step
        start = next((Fraction(end) for end in (low, high) if end is not None), first)
        way = -1 if low is None and high is not None else 1
        for away in range(TRIES):
            inner = start + way * away
            if inner != first and (high is None or inner <= high):
                yield inner * step


def _fraction(whole: int | None) -> Fraction | None:
    return None if whole is None else Fraction(whole)


def find_numbers(tests: Sequence[AtLeast], domains: Mapping[str, Domain]) -> Numbers | None:
    """Numbers for all the inputs that make every test hold, or None if there are none.

    The numbers keep to the steps of their domains if such are found, and always where a domain has labels.
    """
    tests = [*tests, *_ends(domains)]
    mixed = sorted({name for test in tests if len(test.form.terms) > 1 for name in test.form.inputs})
    labelled = next((name for name in mixed if domains[name].labels), None)
    if labelled is not None:
        for number in range(len(domains[labelled].labels)):
            fixed = {labelled: Fraction(number)}
            rest = {name: domain for name, domain in domains.items() if name != labelled}
            found = find_numbers([AtLeast(test.form.with_values(fixed), test.strict) for test in tests], rest)
            if found is not None:
                return found | fixed
        return None
    stages = _eliminated(tests, sorted(domains))
    if stages is None:
        return None
    return next(_numbers(stages, {}, domains, keep_to_steps=True), None) or next(
        _numbers(stages, {}, domains, keep_to_steps=False), None
    )


def feasible(tests: Sequence[AtLeast], domains: Mapping[str, Domain]) -> bool:
    """Whether the tests can hold together for some numbers, be they on the steps of the domains or between them."""
    return _eliminated([*tests, *_ends(domains)], sorted(domains)) is not None


def _ends(domains: Mapping[str, Domain]) -> Iterator[AtLeast]:
    for name, domain in domains.items():
        if domain.low is not None:
            yield AtLeast(Form.of(name) - Form.number(domain.low))
        if domain.high is not None:
            yield AtLeast(Form.number(domain.high) - Form.of(name))


def _eliminated(tests: Sequence[AtLeast], names: Sequence[str]) -> list[tuple[str, list[AtLeast]]] | None:
    """For each variable, the tests that bound it once the ones before it are gone; None if they contradict."""
    stages: list[tuple[str, list[AtLeast]]] = []
    rest = list(dict.fromkeys(tests))
    for name in names:
        bounds = [test for test in rest if test.form.factor(name)]
        rest = [test for test in rest if not test.form.factor(name)]
        lower = [test for test in bounds if test.form.factor(name) > 0]
        upper = [test for test in bounds if test.form.factor(name) < 0]
        crossed = {
            AtLeast(low.form * -high.form.factor(name) + high.form * low.form.factor(name), low.strict or high.strict)
            for low in lower
            for high in upper
        }
        rest.extend(crossed - set(rest))
        stages.append((name, bounds))
    if any(test.form.constant < 0 or (test.form.constant == 0 and test.strict) for test in rest):
        return None
    return stages


def _numbers(
    stages: Sequence[tuple[str, list[AtLeast]]], chosen: Numbers, domains: Mapping[str, Domain], *, keep_to_steps: bool
) -> Iterator[Numbers]:
    """Choose the variables back to front; what is left of each by the ones already chosen is an interval."""
    if not stages:
        yield chosen
        return
    *earlier, (name, bounds) = stages
    interval = _Interval()
    for bound in bounds:
        interval = interval.within(AtLeast(bound.form.with_values(chosen), bound.strict), name)
    domain = domains[name]
    candidates: Iterator[Fraction] | list[Fraction | None]
    if domain.step is not None and (keep_to_steps or domain.labels):
        candidates = islice(interval.on_steps(domain.step), TRIES)
    else:
        candidates = [interval.roundest()]
    for number in candidates:
        if number is not None:
            yield from _numbers(earlier, chosen | {name: number}, domains, keep_to_steps=keep_to_steps)
