"""One value at a time: ratings and directions of single observations."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from bench import truth
from bench.goals import Way
from bench.peers import (
    cel_programs,
    dispatch,
    json_logic_rules,
    ladder,
    rule_engine_rules,
    zen_expressions,
)
from bench.race import Contender
from bench.workload import Asked, Workload
from kpirules import Indicator


def contenders(work: Workload, calls: int) -> Iterator[Contender]:
    """Everybody who can rate one value, ourselves included; slow ones are asked less."""
    indicators = truth.loaded(work).indicators
    asked = work.asked(calls)
    one_way = [each for each in asked if work.specs[each.place].kind in ("higher", "lower", "bands")]
    few = asked[: max(calls // 10, 1)]
    right = dict(zip(asked, truth.answers(indicators, work, asked), strict=True))
    for way, questions, answer in (
        (Way.LEAN_FLOAT, asked, _raters(indicators, work, asked, float)),
        (Way.DISPATCH, asked, dispatch.prepare(work.specs, asked, float)),
        (Way.ZEN, asked, zen_expressions.prepare(work.specs, asked)),
        (Way.RULE_ENGINE, few, rule_engine_rules.prepare(work.specs, few)),
        (Way.CEL, asked, cel_programs.prepare(work.specs, asked)),
        (Way.JSON_LOGIC, few, json_logic_rules.prepare(work.specs, few)),
        (Way.LEAN_ONE_WAY, one_way, _raters(indicators, work, one_way, float)),
        (Way.DISPATCH_ONE_WAY, one_way, dispatch.prepare(work.specs, one_way, float)),
        (Way.LEAN_DECIMAL, asked, _raters(indicators, work, asked, Decimal)),
        (Way.DISPATCH_DECIMAL, asked, dispatch.prepare(work.specs, asked, Decimal)),
    ):
        given = [_said(each) for each in answer()]
        wrong = sum(one != right[question] for question, one in zip(questions, given, strict=True))
        yield Contender(way, answer, len(questions), wrong, len(questions))
    yield from _ratings_alone(indicators, work, asked)
    yield Contender(Way.MAKE_RATERS, lambda: _fresh(indicators))


def _ratings_alone(indicators: Mapping[str, Indicator], work: Workload, asked: Sequence[Asked]) -> Iterator[Contender]:
    first = [Asked(0, each, each) for each in work.values[0].tolist()] * max(len(asked) // work.months, 1)
    values = [each.value for each in first]
    exact_values = [Decimal(str(value)) for value in values]
    right = truth.bands(indicators, work, first[: work.months]) * (len(first) // work.months)
    rater = indicators[work.specs[0].reference].rater()
    for way, answer in (
        (Way.LEAN_RATING, lambda: [rater(value) for value in values]),
        (Way.LADDER, ladder.prepare(work.specs[0], values)),
        (Way.LADDER_DECIMAL, ladder.prepare_exact(work.specs[0], exact_values)),
    ):
        given = [each if isinstance(each, str) else each.band for each in answer()]
        yield Contender(way, answer, len(first), sum(map(str.__ne__, given, right)), len(first))
    right = truth.bands(indicators, work, asked)
    lean = [(indicators[work.specs[each.place].reference].rater(), each.value) for each in asked]
    rich = [(indicators[work.specs[each.place].reference].rate, each.value) for each in asked]
    for way, pairs in ((Way.LEAN_BOTH_WAYS, lean), (Way.RICH, rich)):
        given = [rate(value).band for rate, value in pairs]
        wrong = sum(map(str.__ne__, given, right))
        yield Contender(way, _each(pairs), len(asked), wrong, len(asked))


def _each(pairs: Sequence[tuple[Callable[..., Any], float]]) -> Callable[[], object]:
    return lambda: [rate(value) for rate, value in pairs]


def _fresh(indicators: Mapping[str, Indicator]) -> Sequence[Callable[..., Any]]:
    """A rater from each checked definition, with nothing worked out before but what checking has lowered."""
    return [Indicator(each.definition, each.lowered).rater(travel="short") for each in indicators.values()]


def _raters(
    indicators: Mapping[str, Indicator], work: Workload, asked: Sequence[Asked], number: Callable[[str], object]
) -> Callable[[], Sequence[Any]]:
    raters = [indicators[spec.reference].rater(travel="short") for spec in work.specs]
    calls = [(raters[each.place], number(str(each.value)), number(str(each.previous))) for each in asked]
    return lambda: [rate(value, previous) for rate, value, previous in calls]


def _said(answer: Any) -> tuple[str, str]:
    """Band and direction, of ours as of a peer."""
    return answer if isinstance(answer, tuple) else (answer.band, str(answer.direction))
