"""Which decisions of a definition its tests exercise: decisions are counted, not lines.

A decision is a band, a reason for none, one side of an edge, a dated version, or an outcome of a travel. A test
exercises what it expects: a line that expects a band exercises nothing of travel. A side of an edge is exercised by the
values on it that are no more than one step away, so that a test far from the edge does not count for it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from functools import partial
from itertools import pairwise
from math import ceil

from attrs import frozen

from kpirules.assess import Explanation, Indicator
from kpirules.core import AtLeast, Decision, Form, Rated, Rule, Segment, Unrated, UnratedAs, segments
from kpirules.core.conditions import Test, opposite
from kpirules.core.decide import at_the_door, test_holds
from kpirules.core.laws import deciding_lines
from kpirules.core.rule import VALUE
from kpirules.core.satisfy import TooLargeError, satisfy
from kpirules.exact import decimal_text
from kpirules.lower import DIRECTIONS
from kpirules.model import (
    Case,
    Definition,
    ExpectedBand,
    ExpectedDirection,
    ExpectedNoDirection,
    ExpectedUnrated,
    TestBlock,
    Version,
)
from kpirules.model.reads import needs
from kpirules.reading import ReadingError
from kpirules.testing.ruled import Ruled, rules_of
from kpirules.testing.run import direction, rate_case, tested
from kpirules.testing.steps import printed_step


class Kind(StrEnum):
    """What a decision is about, in the order of the columns of a table."""

    BAND = "bands"
    EDGE = "edges"
    REASON = "reasons"
    VERSION = "versions"
    TRAVEL = "travel"


@frozen
class Point:
    """Something that a definition, or one of its components, decides: `words` say what, such as `76%: amber side`."""

    subject: str
    kind: Kind
    words: str


@frozen
class Covered:
    """The decisions of one indicator with its components, and those of them that its tests exercise."""

    reference: str
    points: tuple[Point, ...]
    exercised: frozenset[Point]

    @property
    def missed(self) -> tuple[Point, ...]:
        """The decisions that no test exercises."""
        return tuple(point for point in self.points if point not in self.exercised)

    def counts(self, kind: Kind) -> tuple[int, int]:
        """How many decisions of a kind are exercised, and how many there are."""
        own = [point for point in self.points if point.kind is kind]
        return sum(point in self.exercised for point in own), len(own)


@frozen
class Coverage:
    """How much the tests of a library exercise."""

    indicators: tuple[Covered, ...]

    @property
    def percent(self) -> Fraction:
        """How many of a hundred decisions are exercised; 100 where there are none."""
        every = sum(len(each.points) for each in self.indicators)
        missed = sum(len(each.missed) for each in self.indicators)
        return Fraction(100 * (every - missed), every) if every else Fraction(100)


def coverage(blocks: Sequence[TestBlock], indicators: Mapping[str, Indicator]) -> Coverage:
    """What the blocks exercise of the indicators."""
    own: dict[str, list[TestBlock]] = {}
    for block in blocks:
        own.setdefault(block.reference, []).append(block)
    return Coverage(tuple(covered(own.get(each.reference, ()), each) for each in indicators.values()))


def covered(blocks: Sequence[TestBlock], indicator: Indicator) -> Covered:
    """What the blocks exercise of one indicator."""
    points = tuple(dict.fromkeys(_points(indicator)))
    found = {point for block in blocks for case in block.cases for point in _exercised(block, case, indicator)}
    return Covered(indicator.reference, points, frozenset(found).intersection(points))


# --- what there is to decide ---


def _points(indicator: Indicator) -> Iterator[Point]:
    for ruled in rules_of(indicator):
        subject = _subject(indicator, ruled.definition)
        lines = deciding_lines(ruled.rule)
        yield from (_outcome(subject, ruled.rule, line) for line in sorted(lines))
        yield from (Point(subject, Kind.EDGE, side.words) for side in _sides(ruled))
        yield from _travels(subject, ruled)
    for definition in (indicator.definition, *indicator.definition.components):
        if len(definition.versions) > 1:
            for version in definition.versions:
                yield _version(_subject(indicator, definition), definition, definition.versions.index(version))


def _subject(indicator: Indicator, definition: Definition) -> str:
    own = definition is indicator.definition
    return indicator.reference if own else f"{indicator.reference} component {definition.reference}"


def _outcome(subject: str, rule: Rule, line: int) -> Point:
    match rule.lines[line].outcome:
        case Rated(band=band):
            return Point(subject, Kind.BAND, rule.bands[band])
        case Unrated(reason=reason):
            return Point(subject, Kind.REASON, reason)
        case UnratedAs(input=name):
            return Point(subject, Kind.REASON, f"{name} missing")


def _version(subject: str, definition: Definition, place: int) -> Point:
    version = definition.versions[place]
    since = f"from {version.since.isoformat()}" if version.since else ""
    until = f"until {version.until.isoformat()}" if version.until else ""
    return Point(subject, Kind.VERSION, " ".join(filter(None, (since, until))))


def _travels(subject: str, ruled: Ruled) -> Iterator[Point]:
    """Each line of a travel's rule: those for directions that there cannot be have been left out of it."""
    for name, rule in ruled.force.travel_rules.items():
        for line in rule.lines:
            match line.outcome:
                case Rated(band=place):
                    yield Point(subject, Kind.TRAVEL, f"{name} {DIRECTIONS[place]}")
                case Unrated() | UnratedAs():
                    yield Point(subject, Kind.TRAVEL, f"{name} not comparable")


# --- edges ---


@frozen
class Side:
    """One side of an edge, in words, and whether inputs lie on it and no more than a step away."""

    words: str
    near: Callable[[Mapping[str, Fraction]], bool]


def _sides(ruled: Ruled) -> Iterator[Side]:
    """Each side of each edge on the value; of a rule without one, of whatever it reads."""
    names = [each.name for each in ruled.rule.inputs]
    step = printed_step(ruled)
    if names == [VALUE]:
        yield from _along_the_value(ruled, step)
        return
    for test in dict.fromkeys(map(_upwards, ruled.rule.tests)):
        if isinstance(test, AtLeast) and (VALUE in test.form.inputs or VALUE not in names):
            for side, words in ((test, "at or above"), (opposite(test), "below")):
                if _can_hold(ruled.rule, side):
                    strictly = "above" if test.strict else words
                    other = "at or below" if test.strict else words
                    said = strictly if side is test else other
                    yield Side(_worded(ruled, test, said), partial(_near, side=side, step=step))


def _along_the_value(ruled: Ruled, step: Fraction) -> Iterator[Side]:
    labelled = bool(ruled.rule.input(VALUE).domain.labels)
    reach = Fraction(0) if labelled else step
    for left, right in pairwise(segments(ruled.rule, {})):
        for segment, end in ((left, left.high), (right, right.low)):
            if end is not None:
                name = _named(ruled, segment.decision)
                words = f"{ruled.force.terms.show(end)}: {name}{'' if labelled else ' side'}"
                yield Side(_dated(words, ruled), partial(_within, segment=segment, end=end, reach=reach))


def _within(numbers: Mapping[str, Fraction], *, segment: Segment, end: Fraction, reach: Fraction) -> bool:
    return VALUE in numbers and numbers[VALUE] in segment and abs(numbers[VALUE] - end) <= reach


def _near(numbers: Mapping[str, Fraction], *, side: AtLeast, step: Fraction) -> bool:
    if not test_holds(side, numbers):
        return False
    weight = side.form.factor(VALUE)
    return not weight or abs(side.form.at(numbers) / weight) <= step


def _can_hold(rule: Rule, test: AtLeast) -> bool:
    try:
        return satisfy(test, rule.inputs) is not None
    except TooLargeError:
        return True


def _upwards(test: Test) -> Test:
    """Of a comparison and its opposite the one in which the value, else the first input, counts upwards."""
    if not isinstance(test, AtLeast):
        return test
    factor = test.form.factor(VALUE) or test.form.terms[0][1]
    return test if factor > 0 else opposite(test)


def _worded(ruled: Ruled, test: AtLeast, side: str) -> str:
    """`value at or above 0.95 × same quarter last year`."""
    name = VALUE if test.form.factor(VALUE) else test.form.inputs[0]
    factor = test.form.factor(name)
    labels = ruled.rule.input(name).domain.labels
    rest = Form.of(name) - test.form * (1 / factor)
    if labels and not rest.terms:
        return _dated(f"{name} {side} {labels[max(0, min(ceil(rest.constant), len(labels) - 1))]}", ruled)
    parts = [f"{input}" if share == 1 else f"{decimal_text(share)} × {input}" for input, share in rest.terms]
    if rest.constant or not parts:
        parts.append(ruled.force.terms.show(rest.constant))
    return _dated(f"{name} {side} {' + '.join(parts)}", ruled)


def _named(ruled: Ruled, decision: Decision) -> str:
    match decision.outcome:
        case Rated(band=band):
            return ruled.rule.bands[band]
        case Unrated():
            return "not rated"


def _dated(words: str, ruled: Ruled) -> str:
    return f"{words} {ruled.when}".rstrip()


# --- what a case exercises ---


def _exercised(block: TestBlock, case: Case, indicator: Indicator) -> Iterator[Point]:
    """What a line of a test expects of the indicator; of one that cannot be rated, nothing."""
    own = tested(block, indicator)
    subject = _subject(indicator, own.definition)
    try:
        for expected in case.expectations:
            match expected:
                case ExpectedBand() | ExpectedUnrated():
                    explanation = rate_case(case, own).explain()
                    yield from _rated_as(subject, own, case, explanation)
                    for name, part in explanation.parts.items():
                        yield from _rated_as(f"{subject} component {name}", own.components[name], case, part)
                case ExpectedDirection(travel=travel) | ExpectedNoDirection(travel=travel):
                    found = direction(travel, case, own)
                    yield Point(
                        subject,
                        Kind.TRAVEL,
                        f"{travel} not comparable" if found.startswith("no direction") else f"{travel} {found}",
                    )
    except (ReadingError, ValueError):
        return


def _rated_as(subject: str, indicator: Indicator, case: Case, explanation: Explanation) -> Iterator[Point]:
    definition = indicator.definition
    place = next(
        (place for place, version in enumerate(definition.versions) if _holds(version, case, definition)), None
    )
    if place is None:
        return
    if len(definition.versions) > 1:
        yield _version(subject, definition, place)
    if explanation.basis is None:
        return
    basis = explanation.basis
    if basis.decision.line is not None:
        yield _outcome(subject, basis.rule, basis.decision.line)
    numbers, _ = at_the_door(basis.rule, basis.given)
    for ruled in rules_of(indicator):
        here = ruled.definition is definition and ruled.version is definition.versions[place]
        if here and (ruled.force.part == basis.force.part or not needs(ruled.version.terms)):
            yield from (Point(subject, Kind.EDGE, side.words) for side in _sides(ruled) if side.near(numbers))


def _holds(version: Version, case: Case, definition: Definition) -> bool:
    return len(definition.versions) == 1 or (case.period is not None and version.holds_on(case.period.end))
