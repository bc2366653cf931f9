"""Runs the `test` blocks that stand beside the rules, and says what was expected and what came."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import assert_never

from attrs import evolve, field, frozen

from kpirules.assess import Indicator, Rating, TravelResult
from kpirules.assess.by_band import period_then
from kpirules.core.rule import VALUE
from kpirules.model import (
    Case,
    ExpectedBand,
    ExpectedDirection,
    ExpectedNoDirection,
    ExpectedUnrated,
    TestBlock,
)
from kpirules.model.reads import comparators
from kpirules.model.tests import Expectation
from kpirules.periods import Frequency
from kpirules.reading import ReadingError
from kpirules.source import Span
from kpirules.units import Milestone, OnScale
from kpirules.vocabulary.comparators import (
    Baseline,
    BeforePrevious,
    Earlier,
    LookedUp,
    OfLast,
    Previous,
    YearsEarlier,
)
from kpirules.vocabulary.figures import Named
from kpirules.vocabulary.travels import Travel


@frozen
class Difference:
    """What was expected of a case and did not come, and what came instead; `of` which expectation, if of one."""

    expected: str
    got: str
    of: Expectation | None = None

    def __str__(self) -> str:
        return f"expected {self.expected}, got {self.got}"


@frozen
class CaseResult:
    """What came of one line of a test.

    Of one that failed `explanation` says why the value was rated so, and the line of the scheme that decided stands
    `at` a place; both say nothing where it passed, or could not even be rated.
    """

    reference: str
    case: Case
    differences: tuple[Difference, ...]
    explanation: str = ""
    at: Span | None = field(default=None, eq=False)

    @property
    def passed(self) -> bool:
        """Whether everything was as expected."""
        return not self.differences

    @property
    def failures(self) -> tuple[str, ...]:
        """The differences as sentences."""
        return tuple(map(str, self.differences))


def run_tests(blocks: tuple[TestBlock, ...], indicators: Mapping[str, Indicator]) -> tuple[CaseResult, ...]:
    """Run every line of every block, in order."""
    return tuple(
        run_case(case, tested(block, indicators[block.reference]), block.subject)
        for block in blocks
        for case in block.cases
    )


def tested(block: TestBlock, indicator: Indicator) -> Indicator:
    """What a block tests: the indicator, or one of its components."""
    return indicator if block.component is None else indicator.components[block.component]


def run_case(case: Case, indicator: Indicator, subject: str | None = None) -> CaseResult:
    """Run one line of a test; `subject` is what reports call the indicator, if not by its reference."""
    try:
        if case.supposed:
            return _run_supposed(case, indicator, subject)
        rating = rate_case(case, indicator)
        differences = tuple(_differences(case, indicator, rating))
    except (ReadingError, ValueError) as fault:
        differences = (Difference(", ".join(map(_wanted, case.expectations)), f"a fault: {fault}"),)
        return CaseResult(subject or indicator.reference, case, differences)
    if not differences:
        return CaseResult(subject or indicator.reference, case, ())
    explanation = rating.explain()
    rated_otherwise = any(not isinstance(each.of, ExpectedDirection | ExpectedNoDirection) for each in differences)
    at = explanation.at if rated_otherwise else None
    return CaseResult(subject or indicator.reference, case, differences, explanation.text, at)


def _run_supposed(case: Case, indicator: Indicator, subject: str | None) -> CaseResult:
    """Run a line that takes travels as given, with every kind of earlier value that makes them so."""
    instances = _instances(case, indicator)
    if not instances:
        said = " and ".join(f"{name} {way or 'not comparable'}" for name, way in case.supposed.items())
        wanted = ", ".join(map(_wanted, case.expectations))
        return CaseResult(subject or indicator.reference, case, (Difference(wanted, f"no earlier value with {said}"),))
    results = [run_case(each, indicator, subject) for each in instances]
    failed = next((result for result in results if not result.passed), None)
    if failed is None:
        return CaseResult(subject or indicator.reference, case, ())
    differences = tuple(evolve(each, got=f"{each.got}{_beside(failed.case, indicator)}") for each in failed.differences)
    return evolve(failed, case=case, differences=differences)


@frozen
class _Instance(Case):
    """A line that takes travels as given, with earlier values that make them so: numbers, or labels."""

    earlier: Mapping[str, Fraction | str] = field(factory=dict)


def _beside(case: Case, indicator: Indicator) -> str:
    """The earlier values of an instance, in words."""
    if not isinstance(case, _Instance) or not case.earlier:
        return ""
    show = indicator.in_force(case.period).terms.show
    said = (f"{name} {value if isinstance(value, str) else show(value)}" for name, value in case.earlier.items())
    return f" with {', '.join(said)}"


def _instances(case: Case, indicator: Indicator) -> tuple[Case, ...]:
    """The line with earlier values that make its travels so: of each kind that leads to something else, one."""
    if not case.supposed:
        return (case,)
    expected = {each.travel for each in case.expectations if isinstance(each, ExpectedDirection | ExpectedNoDirection)}
    terms = indicator.in_force(case.period).terms
    also = {travel.name for travel in terms.travels if not travel.by_band} & expected - case.supposed.keys()
    given = _given(case, indicator)
    found = indicator.supposed(case.values[-1], case.supposed, also=also, period=case.period, given=given)
    labelled = isinstance(terms.unit, OnScale | Milestone)
    # The value before is not the earlier value of a travel that is supposed.
    told = {travel.name: None for travel in terms.travels if travel.name in case.supposed} | dict(case.given)
    chosen = [{name: terms.show(number) if labelled else number for name, number in each.items()} for each in found]
    return tuple(_Instance(case.values, told, case.expectations, case.period, earlier=each) for each in chosen)


def notices(case: Case, indicator: Indicator) -> bool:
    """Whether a line of a test fails: `run_tests` without the words."""
    try:
        instances = _instances(case, indicator)
        return not instances or any(
            True for each in instances for _ in _differences(each, indicator, rate_case(each, indicator))
        )
    except (ReadingError, ValueError):
        return True


def outcome(case: Case, indicator: Indicator) -> str:
    """What comes of a case: the band, or `not rated: REASON` with hyphens."""
    rating = rate_case(case, indicator)
    return rating.band or f"not rated: {rating.reason}"


def direction(travel: str, case: Case, indicator: Indicator) -> str:
    """Which way it has travelled: the direction, or `no direction: REASON` with hyphens."""
    return _direction(_travelled(travel, case, indicator))


def rate_case(case: Case, indicator: Indicator) -> Rating:
    """Rate the value of a case, with what else it gives. Raises what `rate` raises."""
    overall = indicator.in_force(case.period).terms.overall
    if overall is not None and overall.rests_on_components:
        return indicator.rate({**case.given, VALUE: case.values[-1]}, period=case.period)
    return indicator.rate(case.values[-1], period=case.period, given=_given(case, indicator))


def _given(case: Case, indicator: Indicator) -> dict[str, object]:
    """What the line gives by name, and the earlier values."""
    terms = indicator.in_force(case.period).terms
    given: dict[str, object] = dict(case.given)
    if isinstance(case, _Instance):
        given |= case.earlier
    if case.series:
        parts = (indicator.definition.frequency or Frequency.QUARTERLY).parts
        for words, comparator in comparators(terms).items():
            given.setdefault(words, _back(case.values, comparator, parts))
    elif len(case.values) > 1:
        for travel in terms.travels:
            if travel.name not in case.supposed:
                given.setdefault(travel.name, case.values[-2])
    return given


def _rated_back(case: Case, travel: Travel, indicator: Indicator) -> Rating | None:
    """The rating of an earlier value of a series, by the series up to it; None where the series does not reach back."""
    parts = (indicator.definition.frequency or Frequency.QUARTERLY).parts
    steps = None if isinstance(travel.against, Named) else steps_back(travel.against, parts)
    then = period_then(travel, case.period)
    if steps is None or steps >= len(case.values) or (case.period is not None and then is None):
        return None
    return rate_case(evolve(case, values=case.values[:-steps], period=then), indicator)


def _back(values: Sequence[str | None], comparator: LookedUp, parts: int) -> str | None:
    """The value of a series at which a comparator looks; None where the series does not reach back so far."""
    steps = steps_back(comparator, parts)
    return values[-1 - steps] if steps is not None and steps < len(values) else None


def steps_back(comparator: LookedUp, parts: int) -> int | None:
    """How many periods back a comparator looks in a year of so many; None where it looks at no single one."""
    match comparator:
        case Previous(frequency=frequency):
            return max(1, parts // frequency.parts) if frequency else 1
        case BeforePrevious(frequency=frequency):
            return 2 * max(1, parts // frequency.parts) if frequency else 2
        case Earlier(count=count, frequency=frequency):
            return count * parts // frequency.parts if frequency else count
        case YearsEarlier(years=years):
            return years * parts
        case Baseline() | OfLast():
            return None
        case _:
            assert_never(comparator)


def _differences(case: Case, indicator: Indicator, rating: Rating) -> Iterator[Difference]:
    for expected in case.expectations:
        got = _got(expected, case, indicator, rating)
        wanted = _wanted(expected)
        if got != wanted and not (wanted in ("not rated", "no direction") and got.startswith(wanted)):
            prefix = _prefix(expected)
            yield Difference(f"{prefix}{wanted}", f"{prefix}{got}", expected)


def _prefix(expected: Expectation) -> str:
    match expected:
        case ExpectedDirection() | ExpectedNoDirection():
            return f"{expected.travel} "
        case ExpectedBand() | ExpectedUnrated():
            return ""
        case _:
            assert_never(expected)


def _wanted(expected: Expectation) -> str:
    match expected:
        case ExpectedBand():
            return expected.band
        case ExpectedUnrated():
            return "not rated" if expected.reason is None else f"not rated: {expected.reason}"
        case ExpectedDirection():
            return expected.direction
        case ExpectedNoDirection():
            return "no direction" if expected.reason is None else f"no direction: {expected.reason}"
        case _:
            assert_never(expected)


def _got(expected: Expectation, case: Case, indicator: Indicator, rating: Rating) -> str:
    match expected:
        case ExpectedBand() | ExpectedUnrated():
            return rating.band or f"not rated: {rating.reason}"
        case ExpectedDirection() | ExpectedNoDirection():
            return _direction(_travelled(expected.travel, case, indicator))
        case _:
            assert_never(expected)


def _travelled(name: str, case: Case, indicator: Indicator) -> TravelResult:
    terms, given = indicator.in_force(case.period).terms, _given(case, indicator)
    by_band = next((travel for travel in terms.travels if travel.name == name and travel.by_band), None)
    if by_band is None:
        return indicator.travel(name, case.values[-1], period=case.period, given=given)
    then = _rated_back(case, by_band, indicator) if case.series else None
    return indicator.travel(name, rate_case(case, indicator), previous=then, period=case.period, given=given)


def _direction(result: TravelResult) -> str:
    return result.direction or f"no direction: {result.reason}"
