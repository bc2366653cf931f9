"""Who owns each edge on the value: the drawn picture of a rule told against the reference engine, number by number."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

from kpirules.core import Domain, Segment, segments
from kpirules.core.rule import VALUE
from kpirules.core.witness import on_step
from kpirules.testing.results import Certainty, Counterexample, Found
from kpirules.testing.ruled import Ruled

Numbers: TypeAlias = Mapping[str, Fraction]


def owned_edges(ruled: Ruled) -> Found:
    """Along the value each edge belongs to one side, and just beyond it the outcome is the other side's."""
    names = [input.name for input in ruled.rule.inputs]
    if VALUE not in names:
        return Found(Certainty.PROVED)
    if names == [VALUE]:
        return Found(Certainty.PROVED, _unowned(ruled, {}))
    from kpirules.testing.drawing import beside_value, search

    held = search(beside_value(ruled.rule), lambda numbers: _unowned(ruled, numbers) is not None)
    return Found(Certainty.TESTED, None if held is None else _unowned(ruled, held))


def _unowned(ruled: Ruled, held: Numbers) -> Counterexample | None:
    """The first edge along the value that the drawn picture and the reference engine do not tell in the same way."""
    domain = ruled.rule.input(VALUE).domain
    try:
        drawn = segments(ruled.rule, ruled.given(held))
    except LookupError:  # a value that no line rates has no edges, and `cover` tells it
        return None
    for left, right in pairwise(drawn):
        if left.high is None or right.low is None:
            return Counterexample("between two ratings", "no edge", "an edge")
        if _both_or_neither(left, right, domain):
            return Counterexample(
                ruled.case({**held, VALUE: left.high}), "both sides or neither", "one side of the edge"
            )
        for segment, edge, upwards in ((left, left.high, False), (right, right.low, True)):
            number = _nearest(segment, edge, domain, upwards=upwards)
            numbers = {**held, VALUE: number}
            line = ruled.deciding(numbers)
            if line is None or ruled.rule.lines[line].outcome != ruled.rule.lines[segment.decision.line or 0].outcome:
                expected = f"{ruled.outcome(segment.decision.line)}, on this side of {ruled.case({VALUE: edge})}"
                return Counterexample(ruled.case(numbers), ruled.outcome(line), expected, ruled.line(line))
        if left.decision.outcome == right.decision.outcome:
            return Counterexample(ruled.case({VALUE: left.high}), "one outcome on both sides", "two")
    return None


def _both_or_neither(left: Segment, right: Segment, domain: Domain) -> bool:
    """Whether some number that can occur lies on both sides of an edge, or on none."""
    if left.high == right.low:
        on_edge = not domain.step or on_step(left.high or Fraction(0), domain)
        return left.high_in and right.low_in if not on_edge else left.high_in is right.low_in
    if not domain.step or left.high is None or right.low is None or left.high > right.low:
        return True
    last = left.high // domain.step * domain.step
    last -= domain.step if last == left.high and not left.high_in else 0
    return last + domain.step in left or last + domain.step not in right


def _nearest(segment: Segment, edge: Fraction, domain: Domain, *, upwards: bool) -> Fraction:
    """A number of the segment next to its edge: the edge itself where it owns it."""
    if edge in segment and on_step(edge, domain):
        return edge
    sign = 1 if upwards else -1
    if domain.step:
        number = -(-edge // domain.step) * domain.step if upwards else edge // domain.step * domain.step
        return number if number in segment else number + sign * domain.step
    other = segment.high if upwards else segment.low
    room = Fraction(1) if other is None else min(Fraction(1), abs(other - edge) / 2)
    return edge + sign * room / 1000
