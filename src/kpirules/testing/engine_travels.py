"""Whether the fast way tells the direction of travel as the reference does: at each end of a dead zone and beside it.

A fast way looks at the difference of two doubles, which is not exact, and must know when that leaves a doubt. So with
an earlier value that is held, values are handed in at which the direction turns, and a double and a step away.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from attrs import frozen

from kpirules.assess import Indicator
from kpirules.core import Absent, Given, Rated, Rule
from kpirules.core.along import cuts
from kpirules.core.decide import at_the_door
from kpirules.core.rule import VALUE
from kpirules.core.satisfy import TooLargeError
from kpirules.core.witness import witness
from kpirules.exact import exact
from kpirules.model.reads import against_declared
from kpirules.reading import Reading
from kpirules.testing.moments import period_of, some_period
from kpirules.testing.results import Counterexample
from kpirules.testing.ruled import Ruled
from kpirules.testing.steps import on_edge
from kpirules.vocabulary.travels import Travel

# Earlier values for which a travel is tried; a share of one reaches as far as it is great, and to either side of it.
_MOST_EARLIER = 2


@frozen
class Pair:
    """A value and an earlier one as they are handed in, and the numbers that they are."""

    handed: tuple[object, object]
    numbers: tuple[Fraction | None, Fraction | None]


def travel_differences(
    ruled: Ruled, travel: Travel, indicator: Indicator, pairs: Sequence[Pair]
) -> Iterator[Counterexample]:
    """Where the rater of an indicator tells another direction of travel than the reference."""
    period = period_of(ruled) or some_period(ruled)
    rater = indicator.rater(travel=travel.name, period=period)
    known: dict[tuple[Fraction | None, Fraction | None], tuple[object, object]] = {}
    for pair in pairs:
        if pair.numbers not in known:
            value, earlier = (None if number is None else Reading(number) for number in pair.numbers)
            said = indicator.travel(travel.name, value, previous=earlier, period=period)
            known[pair.numbers] = said.direction, said.reason
        handed = pair.handed[:1] if pair.handed[1] is None else pair.handed
        lean, plain = rater(*handed), known[pair.numbers]
        if (lean.direction, lean.no_direction) != plain:
            yield Counterexample(
                f"{pair.handed[0]!r} after {pair.handed[1]!r} {ruled.when}".rstrip(),
                f"{travel.name} {lean.direction or lean.no_direction} from the rater",
                f"{travel.name} {plain[0] or plain[1]}, as the rule says",
            )


def pairs(ruled: Ruled, travel: Travel) -> Iterator[Pair]:
    """Values at which the direction turns, and beside these, with earlier ones; and either of the two alone."""
    rule = ruled.force.travel_rule(travel.name)
    labels = rule.input(VALUE).domain.labels
    if labels:
        every = [(None, None), *((label, Fraction(rank)) for rank, label in enumerate(labels))]
        yield from (
            Pair((one[0], two[0]), (one[1], two[1])) for one in every for two in (every[0], *every[-_MOST_EARLIER:])
        )
        return
    for earlier in [None] if against_declared(ruled.force.terms, travel) else _earlier_values(ruled, rule):
        before = None if earlier is None else float(earlier)
        yield Pair((None, before), (None, earlier))
        if earlier is not None:
            yield Pair((before, None), (earlier, None))
        numbers: Given = {input.name: Absent("") if earlier is None else earlier for input in rule.inputs}
        held, _ = at_the_door(rule, {**numbers, VALUE: Absent("")})
        for edge in cuts(rule, held, VALUE):
            yield from (Pair((each, before), (exact(each), earlier)) for each in on_edge(edge, ruled))


def _earlier_values(ruled: Ruled, rule: Rule) -> Sequence[Fraction]:
    """Numbers that may have been there before, which a double is exactly, for some of the directions."""
    found: dict[Fraction, None] = {}
    for place, line in enumerate(rule.lines):
        if isinstance(line.outcome, Rated) and len(found) < _MOST_EARLIER:
            try:
                numbers = witness(rule.decides(place), rule.inputs) or {}
            except TooLargeError:
                continue
            doubles = (exact(float(number)) for name, number in numbers.items() if name != VALUE)
            found |= dict.fromkeys(each for each in doubles if ruled.force.terms.impossible(each) is None)
    return [*found][:_MOST_EARLIER]
