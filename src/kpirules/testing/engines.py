"""Whether the fast way of rating says what the reference says: on every edge of a rule, beside it, and in between.

Edges are where a fast way can go wrong: it compares doubles, and looks its answers up. So numbers are handed in on each
edge, a step and a single double away from it, as fractions, decimals and floats. They are not all numbers, so the law
is tested, not proved.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import inf, nextafter

from kpirules.assess import Indicator
from kpirules.core import Absent, Rule
from kpirules.core.along import cuts
from kpirules.core.decide import at_the_door
from kpirules.core.rule import VALUE
from kpirules.core.satisfy import TooLargeError, satisfy
from kpirules.exact import decimal_text, exact
from kpirules.model import Terms
from kpirules.model.reads import parts_read
from kpirules.periods import Period
from kpirules.reading import Reading
from kpirules.testing.moments import needs_period, period_of
from kpirules.testing.results import Certainty, Counterexample, Found
from kpirules.testing.ruled import Ruled
from kpirules.testing.steps import printed_step

_MOST_PLACES = 20


def agreeing(ruled: Ruled, indicator: Indicator) -> Found:
    """The rater of an indicator gives the bands and reasons that the reference gives.

    Directions of travel are left out: they share the code of raters, and would take four times as long.
    """
    period = period_of(ruled)
    if not ruled.reads_value or parts_read(ruled.force.terms) or (period is None and needs_period(ruled)):
        return Found(Certainty.TESTED)
    try:
        broken = next(_differences(ruled, indicator, period), None)
    except LookupError:  # what no line rates has no answer to compare, and `cover` tells it
        broken = None
    return Found(Certainty.TESTED, broken)


def _differences(ruled: Ruled, indicator: Indicator, period: Period | None) -> Iterator[Counterexample]:
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
            if (lean.band, lean.reason) != known[number]:
                yield _told(ruled, handed, held, (lean.band or lean.reason, known[number][0] or known[number][1]))


def _told(ruled: Ruled, handed: object, held: Mapping[str, Fraction], answers: tuple[object, object]) -> Counterexample:
    fast, plain = answers
    beside = f" with {', '.join(f'{name} {ruled.shown(name, each)}' for name, each in held.items())}" if held else ""
    return Counterexample(
        f"{handed!r}{beside} {ruled.when}".rstrip(), f"{fast} from the rater", f"{plain}, as the rule says"
    )


# --- what is asked ---


def _helds(rule: Rule, names: Sequence[str]) -> list[Mapping[str, Fraction]]:
    """What stands beside the value: everything missing, and for each line numbers with which it decides."""
    found: list[Mapping[str, Fraction]] = [{}]
    for place in range(len(rule.lines)) if names else ():
        try:
            numbers = satisfy(rule.decides(place), rule.inputs)
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
    for edge in edges:
        near = float(edge)
        for double in (near, nextafter(near, inf), nextafter(near, -inf)):
            yield from _possible(double, terms)
        for number in (edge, edge - step, edge + step):
            yield from _possible(number, terms)
            if not (text := decimal_text(number, most_places=_MOST_PLACES)).startswith("≈"):
                yield from _possible(Decimal(text), terms)
    for number in (*middles, *([edges[0] - 1000 * step, edges[-1] + 1000 * step] if edges else [Fraction(1)])):
        yield from _possible(float(number), terms)


def _written(number: Fraction, rule: Rule, terms: Terms) -> object:
    """A number as it may be handed in: of a scale, its label."""
    return terms.show(number) if rule.input(VALUE).domain.labels else number


def _possible(handed: float | Decimal | Fraction, terms: Terms) -> Iterator[tuple[object, Fraction | None]]:
    number = exact(handed)
    if terms.impossible(number) is None:
        yield handed, number
