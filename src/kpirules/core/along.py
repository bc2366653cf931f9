"""How a rule's outcome changes along one input while the others are held: the drawn picture of a rule."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from attrs import evolve, frozen

from kpirules.core.conditions import AtLeast, Test
from kpirules.core.decide import Absent, Decision, Given, at_the_door, decide
from kpirules.core.rule import VALUE, Domain, Input, Outcome, Rule
from kpirules.exact import roundest


@frozen
class Segment:
    """A stretch of an input over which the outcome is one: its ends (None: no end) and whether they belong to it.

    Of an input with labels only the whole numbers count.
    """

    low: Fraction | None
    high: Fraction | None
    low_in: bool
    high_in: bool
    decision: Decision

    def __contains__(self, number: Fraction) -> bool:
        above_low = self.low is None or number > self.low or (self.low_in and number == self.low)
        below_high = self.high is None or number < self.high or (self.high_in and number == self.high)
        return above_low and below_high


def segments(rule: Rule, given: Given, along: str = VALUE) -> tuple[Segment, ...]:
    """The outcomes along one input, from its lowest number to its highest, without gaps or overlaps.

    Of an input that comes in steps, stretches without a step are left out. What `given` says of that input itself is
    not looked at.
    """
    held, _ = at_the_door(rule, {**given, along: Absent("")})
    domain = rule.input(along).domain
    pieces = [
        Segment(low, high, low == high, low == high, decide(rule, {**given, along: number}))
        for low, high, number in cut_up(domain, cuts(rule, held, along))
        if domain.step is None or (number / domain.step).denominator == 1
    ]
    return tuple(_merged(pieces))


@frozen
class HalfLine:
    """All numbers on one side of another, with that number itself or without it."""

    number: Fraction
    upward: bool
    included: bool


def decided_on(rule: Rule, given: Given, line: HalfLine, along: str = VALUE) -> tuple[Decision, ...]:
    """The different decisions for the numbers of a half-line that can occur, as they are after the door."""
    low, high, end_in = _after_the_door(line, rule.input(along))
    found: dict[Outcome, Decision] = {}
    for segment in segments(rule, given, along):
        if _meet(segment, low, high, rule.input(along).domain.step, end_in=end_in):
            found.setdefault(segment.decision.outcome, segment.decision)
    return tuple(found.values())


def _after_the_door(line: HalfLine, input: Input) -> tuple[Fraction | None, Fraction | None, bool]:
    """The low or high end of the half-line once its numbers are rounded, and whether the end belongs to it."""
    number, included = line.number, line.included
    if input.rounding is not None:
        step = Fraction(1, 10**input.rounding.places)
        number, included = input.rounding(line.number), True
        # The very next numbers may be rounded away from the end: -0.5 is rounded to -1, and what is above it to 0.
        away = line.number - number if line.upward else number - line.number
        if not line.included and away == step / 2:
            number += step if line.upward else -step
    return (number, None, included) if line.upward else (None, number, included)


def _meet(
    segment: Segment, low: Fraction | None, high: Fraction | None, step: Fraction | None, *, end_in: bool
) -> bool:
    """Whether a segment has a number in common with a half-line, on a step where there are steps."""
    start, start_in = segment.low, segment.low_in
    if low is not None and (start is None or low > start or (low == start and not end_in)):
        start, start_in = low, end_in
    end, end_included = segment.high, segment.high_in
    if high is not None and (end is None or high < end or (high == end and not end_in)):
        end, end_included = high, end_in
    if start is None or end is None:
        return True
    if step is not None:
        first = -(-start // step) * step
        first += step if first == start and not start_in else 0
        return first < end or (first == end and end_included)
    return start < end or (start == end and start_in and end_included)


def cuts(rule: Rule, held: Mapping[str, Fraction], along: str) -> list[Fraction]:
    """Where on the input some test of the rule turns, in order, when the other inputs are held."""
    return turns(rule.tests, held, along)


def turns(tests: Iterable[Test], held: Mapping[str, Fraction], along: str) -> list[Fraction]:
    """Where on the input some of the tests turns, in order, when the other inputs are held."""
    found = set()
    for test in tests:
        if isinstance(test, AtLeast) and all(name == along or name in held for name in test.form.inputs):
            left = test.form.with_values(held) if held else test.form
            if left.terms:
                found.add(left.root)
    return sorted(found)


def cut_up(domain: Domain, points: Sequence[Fraction]) -> Iterator[tuple[Fraction | None, Fraction | None, Fraction]]:
    """The domain cut at the points: each point, each open stretch between two, and a number inside of each."""
    if domain.labels:
        yield from ((label, label, label) for label in map(Fraction, range(len(domain.labels))))
        return
    inner = [p for p in points if _inside(p, domain)]
    ends = [end for end in (domain.low, domain.high) if end is not None and end not in inner]
    stops = sorted([*inner, *ends])
    low: Fraction | None = None
    for stop in [*stops, None]:
        at_low_end = domain.low is not None and stop == domain.low
        if not at_low_end and not (stop is None and domain.high is not None):
            number = _number_between(low, stop, domain.step)
            if number is not None:
                yield low, stop, number
        if stop is not None:
            yield stop, stop, stop
            low = stop


def _inside(number: Fraction, domain: Domain) -> bool:
    return (domain.low is None or number >= domain.low) and (domain.high is None or number <= domain.high)


def _number_between(low: Fraction | None, high: Fraction | None, step: Fraction | None) -> Fraction | None:
    """The roundest number of the open stretch, on a step if one lies in it."""
    if step:
        low_step = None if low is None else low / step
        high_step = None if high is None else high / step
        on_step = roundest(
            None if low_step is None else Fraction(low_step // 1 + 1),
            None if high_step is None else Fraction(-(-high_step // 1) - 1),
            low_in=True,
            high_in=True,
        )
        if on_step is not None:
            return on_step * step
    return roundest(low, high, low_in=False, high_in=False)


def _merged(pieces: Sequence[Segment]) -> Iterator[Segment]:
    last: Segment | None = None
    for piece in pieces:
        if last is not None and last.decision.outcome == piece.decision.outcome:
            last = evolve(last, high=piece.high, high_in=piece.high_in)
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last
