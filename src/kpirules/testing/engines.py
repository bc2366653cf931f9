"""Whether the fast ways of rating say what the reference says: on every edge of a rule, beside it, and in between.

Edges are where a fast way can go wrong: it compares doubles, and looks its answers up. So numbers are handed in on each
edge, a step and a single double away from it, as fractions, decimals and floats. They are not all numbers, so the law
is tested, not proved.

All indicators of a library are tried together: rules of travel that are equal are tried once, and columns are rated in
one call, which takes as long for one indicator as for a hundred.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain, pairwise

from attrs import frozen

from kpirules.assess import Indicator
from kpirules.core import Absent, Rule
from kpirules.core.along import cuts
from kpirules.core.decide import at_the_door
from kpirules.core.rule import VALUE
from kpirules.core.satisfy import TooLargeError
from kpirules.core.witness import witness
from kpirules.exact import exact
from kpirules.model import Terms
from kpirules.model.reads import parts_read
from kpirules.periods import Period
from kpirules.reading import Reading
from kpirules.testing.engine_columns import Tried, column_differences
from kpirules.testing.engine_travels import Pair, pairs, travel_differences
from kpirules.testing.moments import needs_period, period_of
from kpirules.testing.results import Certainty, Counterexample, Found
from kpirules.testing.ruled import Ruled, rules_of
from kpirules.testing.steps import on_edge, printed_step
from kpirules.vocabulary.travels import Travel

# Of an indicator whose rule is another one in each period, as many are asked for travels and in columns.
_MOST_RULES = 6


def agreeing(indicators: Mapping[str, Indicator]) -> Mapping[str, Found]:
    """By reference of each indicator, whether raters and columns give the answers that the reference gives."""
    broken: dict[str, Counterexample] = {}
    tried: list[Tried] = []
    known: set[tuple[Rule, Travel]] = set()
    for name, indicator in indicators.items():
        by_definition = {id(each.definition): each for each in _with_parts(indicator)}
        rules = list(rules_of(indicator))
        some = range(0, len(rules), -(-len(rules) // _MOST_RULES) or 1)
        for number, ruled in enumerate(rules):
            period = period_of(ruled)
            if not ruled.reads_value or parts_read(ruled.force.terms) or (period is None and needs_period(ruled)):
                continue
            rated = by_definition[id(ruled.definition)]
            try:
                answers = list(_answers(ruled, rated, period))
            except LookupError:  # what no line rates has no answer to compare, and `cover` tells it
                continue
            asked = _untried(ruled, known) if number in some else []
            found = chain(
                (_told(ruled, each) for each in answers if each.fast != each.plain),
                *(travel_differences(ruled, travel, rated, each) for travel, each in asked),
            )
            if (first := next(found, None)) is not None:
                broken.setdefault(name, first)
            # Where a value is worked out, or rests on components, columns ask the reference.
            in_columns = number in some and ruled.force.terms.formula is None and not indicator.components
            if in_columns:
                tried.append(_in_columns(name, ruled, period, answers, [pair for _, each in asked for pair in each]))
    for name, counterexample in column_differences(indicators, tried):
        broken.setdefault(name, counterexample)
    return {name: Found(Certainty.TESTED, broken.get(name)) for name in indicators}


def _untried(ruled: Ruled, known: set[tuple[Rule, Travel]]) -> Sequence[tuple[Travel, Sequence[Pair]]]:
    """What to ask of the travels whose rules are not `known` yet; now they are."""
    by_rule = {
        (ruled.force.travel_rule(each.name), each): None for each in ruled.force.terms.travels if not each.by_band
    }
    new = [each for each in by_rule if each not in known]
    known.update(new)
    return [(travel, list(pairs(ruled, travel))) for _, travel in new]


def _in_columns(
    name: str, ruled: Ruled, period: Period | None, answers: Sequence["_Answered"], pairs: Sequence[Pair]
) -> Tried:
    """What of all that can be asked in columns: plain doubles, alone or with one earlier value."""
    alone = ruled.rule.inputs == (ruled.rule.input(VALUE),)
    by_value = {each.handed: each.plain for each in answers if alone and isinstance(each.handed, float)}
    values = {input.name for input in ruled.rule.inputs} - ruled.force.unlimited
    held = [
        (each.handed, float(*each.held.values()))
        for each in answers
        if len(each.held) == 1 and values >= each.held.keys()
    ]
    both = [(value, earlier) for value, earlier in (*held, *(each.handed for each in pairs))]
    floats = [(value, each) for value, each in both if isinstance(value, float) and isinstance(each, float)]
    return Tried(name, ruled, period, by_value, floats)


def _with_parts(indicator: Indicator) -> Iterator[Indicator]:
    yield indicator
    for component in indicator.components.values():
        yield from _with_parts(component)


# --- one value at a time ---


@frozen
class _Answered:
    """What was handed in beside what is held, and the band and reason that the rater and the reference give."""

    handed: object
    held: Mapping[str, Fraction]
    fast: tuple[object, object]
    plain: tuple[object, object]


def _answers(ruled: Ruled, indicator: Indicator, period: Period | None) -> Iterator[_Answered]:
    rule = ruled.rule
    names = [input.name for input in rule.inputs if input.name != VALUE]
    rater = indicator.rater(given=names, period=period)
    for held in _helds(rule, names):
        given = {name: None if name not in held else Reading(held[name]) for name in names}
        others = [None if name not in held else _written(held[name], rule, ruled.force.terms) for name in names]
        known: dict[object, tuple[object, object]] = {}
        for handed, number in _handed(ruled, rule, held):
            if number not in known:
                said = indicator.rate(None if number is None else Reading(number), period=period, given=given)
                known[number] = said.band, said.reason
            lean = rater(handed, *others)
            yield _Answered(handed, held, (lean.band, lean.reason), known[number])


def _told(ruled: Ruled, answer: _Answered) -> Counterexample:
    said = [f"{name} {ruled.shown(name, each)}" for name, each in answer.held.items()]
    beside = f" with {', '.join(said)}" if said else ""
    fast, plain = (band or reason for band, reason in (answer.fast, answer.plain))
    return Counterexample(
        f"{answer.handed!r}{beside} {ruled.when}".rstrip(), f"{fast} from the rater", f"{plain}, as the rule says"
    )


# --- what is asked ---


def _helds(rule: Rule, names: Sequence[str]) -> list[Mapping[str, Fraction]]:
    """What stands beside the value: everything missing, and for each line numbers with which it decides."""
    found: list[Mapping[str, Fraction]] = [{}]
    for place in range(len(rule.lines)) if names else ():
        try:
            numbers = witness(rule.decides(place), rule.inputs)
        except TooLargeError:
            continue
        held = {name: number for name, number in (numbers or {}).items() if name in names}
        found += [held] if held not in found else []
    return found


def _handed(ruled: Ruled, rule: Rule, held: Mapping[str, Fraction]) -> Iterator[tuple[object, Fraction | None]]:
    """Values as they are handed in, with the number that each is: on edges, beside them, between them, and none."""
    terms = ruled.force.terms
    yield None, None
    labels = rule.input(VALUE).domain.labels
    if labels:
        yield from ((label, Fraction(rank)) for rank, label in enumerate(labels))
        return
    step = printed_step(ruled)
    rounded, _ = at_the_door(rule, {input.name: held.get(input.name, Absent("")) for input in rule.inputs})
    edges = cuts(rule, rounded, VALUE)
    middles = [(low + high) / 2 for low, high in pairwise(edges)]
    far = [edges[0] - 1000 * step, edges[-1] + 1000 * step] if edges else [Fraction(1)]
    handed = [
        *(each for edge in edges for each in (*on_edge(edge, ruled), edge, edge - step, edge + step)),
        *map(float, (*middles, *far)),
    ]
    numbers = map(exact, handed)
    yield from ((each, number) for each, number in zip(handed, numbers, strict=True) if not terms.impossible(number))


def _written(number: Fraction, rule: Rule, terms: Terms) -> object:
    """A number as it may be handed in: of a scale, its label."""
    return terms.show(number) if rule.input(VALUE).domain.labels else number
