"""Hypothesis strategies for the values of an indicator: any that can occur, those of one band, those beside an edge.

Values are exact fractions in the indicator's unit, as everywhere in kpirules; of a scale or milestone, the labels, so
that `Indicator.rate` takes whatever is drawn. Nothing is filtered: what is drawn fits, and it shrinks to the roundest
number that still fits.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

from hypothesis import strategies as st

from kpirules.assess import Edges, Indicator
from kpirules.assess.indicator import NOTHING, When
from kpirules.core import Domain
from kpirules.lower import domain_of
from kpirules.model import OverallKind, Terms
from kpirules.periods import Frequency, Period, parse_period
from kpirules.reading import Reading
from kpirules.testing.drawing import anywhere, beside, between, edge_numbers, numbers_of
from kpirules.testing.ruled import rules_of
from kpirules.units import Unit

NOT_RATED = "not rated"

Value: TypeAlias = Fraction | str


def can_be(terms: Terms, unit: Unit | None = None) -> Domain:
    """The numbers that can be handed in as a value, or in another unit for a figure or an input."""
    if unit is not None:
        return domain_of(Terms(terms.scheme, unit))
    domain = domain_of(terms)
    return Domain(terms.low, terms.high) if terms.rounding and not domain.labels else domain


def rated_by_components(terms: Terms) -> bool:
    """Whether a row has no rating by a value of its own."""
    return terms.overall is not None and terms.overall.kind is not OverallKind.OWN


def values(indicator: Indicator, *, period: When = None) -> st.SearchStrategy[Value]:
    """Every value that can occur, and often one on an edge of the rule or beside it.

    Where the definition depends on the period, the values are those of `period`, or of its latest version without.
    Raises `ValueError` for a row that its components rate.
    """
    return _as_handed_in(numbers(indicator, period), _terms(indicator, period))


def numbers(indicator: Indicator, period: When) -> st.SearchStrategy[Fraction]:
    """The numbers of the values that can occur, of labels their ranks."""
    terms = _terms(indicator, period)
    domain = can_be(terms)
    own = [ruled for ruled in rules_of(indicator) if ruled.force.terms is terms]
    near = [strategy for ruled in own for strategy in edge_numbers(ruled.rule, {}, domain)]
    return st.one_of([anywhere(domain), *near])


def values_in(
    indicator: Indicator, band: str, *, period: When = None, given: Mapping[str, object] = NOTHING
) -> st.SearchStrategy[Value]:
    """Every value that is rated this band, or is `"not rated"`, with what else is `given`.

    `period` and `given` are those of `Indicator.rate`. Raises `ValueError` where no value is rated so, and what `rate`
    raises.
    """
    terms = _terms(indicator, period)
    edges = _edges(indicator, period, given)
    found = [_inside(each, terms) for each in edges if each.outcome == band]
    found = [strategy for strategy in found if not strategy.is_empty]
    if not found:
        known = ", ".join(dict.fromkeys(each.outcome for each in edges))
        raise ValueError(f"no value of {indicator.reference} is rated {band!r} here; what there is: {known}")
    return _as_handed_in(st.one_of(found), terms)


def near_edges(
    indicator: Indicator, *, period: When = None, given: Mapping[str, object] = NOTHING
) -> st.SearchStrategy[Value]:
    """The values on each edge and just beside it: one step to either side where values come in steps.

    `period` and `given` are those of `Indicator.rate`. Raises `ValueError` where every value is rated alike.
    """
    terms = _terms(indicator, period)
    domain = can_be(terms)
    edges = _edges(indicator, period, given)
    ends = sorted({end for each in edges for end in (each.low, each.high) if end is not None})
    found = list(dict.fromkeys(number for end in ends for number in beside(end, domain)))
    if not found or len(edges) == 1:
        raise ValueError(f"{indicator.reference} has no edges here: every value is {edges[0].outcome}")
    return _as_handed_in(st.sampled_from(found), terms)


def series(indicator: Indicator, *, period: When = None, most: int = 12) -> st.SearchStrategy[list[Value | None]]:
    """Values of consecutive periods, oldest first; None is missing. At least one, and `most` at the most."""
    return st.lists(values(indicator, period=period) | st.none(), min_size=1, max_size=most)


def observations(
    indicator: Indicator, *, periods: Sequence[Period | str] | None = None
) -> st.SearchStrategy[list[dict[str, str]]]:
    """Rows of a table for some of these periods, as `Library.score` and `from_mappings` take them.

    Every value, component, input and observed figure has a row or none in each period; values are written in their
    units. Without `periods`, those of two years.
    """
    calendar, often = indicator.definition.calendar, indicator.definition.frequency or Frequency.QUARTERLY
    first = Period(calendar, often, 2022, 1)
    chosen = [first.before(-place) for place in range(2 * often.parts)] if periods is None else list(periods)
    slots = [
        slot
        for each in chosen
        for slot in _slots(indicator, parse_period(each, calendar) if isinstance(each, str) else each)
    ]
    return st.tuples(*(st.none() | slot for slot in slots)).map(lambda rows: [row for row in rows if row is not None])


def _slots(indicator: Indicator, period: Period) -> list[st.SearchStrategy[dict[str, str]]]:
    """What may be observed in a period."""
    terms = indicator.in_force(period).terms
    observed: dict[str, tuple[Terms, Domain]] = {}
    if terms.formula is None and not rated_by_components(terms):
        observed[""] = (terms, can_be(terms))
    for name, unit in terms.inputs.items():
        observed[name] = (Terms(terms.scheme, unit), can_be(terms, unit))
    for name, figure in terms.figures.items():
        if figure is None:
            observed[name] = (Terms(terms.scheme, terms.unit), can_be(terms, terms.unit))
    for name, component in indicator.components.items():
        force = component.in_force(period).terms
        observed[name] = (force, can_be(force))

    def row(name: str, shown_by: Terms) -> st.SearchStrategy[dict[str, str]]:
        head = {"indicator": indicator.reference, **({"component": name} if name else {}), "period": period.text}
        return numbers_of(observed[name][1]).map(lambda number: {**head, "value": shown_by.show(number)})

    return [row(name, shown_by) for name, (shown_by, _) in observed.items()]


def _terms(indicator: Indicator, period: When) -> Terms:
    """The terms of the period, or without one the latest."""
    if period is None:
        terms = indicator.definition.latest
    else:
        terms = indicator.in_force(period).terms
    if rated_by_components(terms):
        names = ", ".join(indicator.components)
        raise ValueError(f"{indicator.reference} is rated by its components: draw values of {names}")
    return terms


def _as_handed_in(drawn: st.SearchStrategy[Fraction], terms: Terms) -> st.SearchStrategy[Value]:
    return drawn.map(terms.show) if domain_of(terms).labels else drawn


def _edges(indicator: Indicator, period: When, given: Mapping[str, object]) -> Sequence[Edges]:
    """The outcomes along the value, from lowest to highest."""
    rating = indicator.rate(None, period=period, given=given)
    edges = rating.explain().edges
    if edges:
        return edges
    anywhere = indicator.rate(Reading(_some_number(indicator, period)), period=period, given=given)
    return [Edges(anywhere.band or NOT_RATED, None, None, False, False, "everywhere")]


def _some_number(indicator: Indicator, period: When) -> Fraction:
    domain = can_be(_terms(indicator, period))
    return next((end for end in (domain.low, domain.high) if end is not None), Fraction(0))


def _inside(edges: Edges, terms: Terms) -> st.SearchStrategy[Fraction]:
    """The values between two edges; where values are rounded, those that are rounded to a number between them."""
    domain, rounding = can_be(terms), terms.rounding
    low, low_in = (domain.low, True) if edges.low is None else (edges.low, edges.low_in)
    high, high_in = (domain.high, True) if edges.high is None else (edges.high, edges.high_in)
    if rounding is None or domain.labels:
        return between(low, high, low_in=low_in, high_in=high_in, step=domain.step)
    step = Fraction(1, 10**rounding.places)

    def unrounded(number: Fraction, away: int) -> Fraction:
        # The limits hold for what is handed in, and the end of a rule is what they are rounded to.
        near = number + away * step / 1000
        near = near if domain.high is None else min(near, domain.high)
        return near if domain.low is None else max(near, domain.low)

    whole = between(low, high, low_in=low_in, high_in=high_in, step=step)
    return whole if whole.is_empty else st.builds(unrounded, whole, st.integers(-499, 499))
