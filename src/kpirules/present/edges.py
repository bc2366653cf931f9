"""Where the bands of a definition lie, in words and numbers, whatever value there may be."""

from collections.abc import Sequence

from attrs import evolve

from kpirules.assess.explain import Edges
from kpirules.assess.indicator import Indicator
from kpirules.errors import AskingError
from kpirules.model import Definition, Terms
from kpirules.model.definition import Version
from kpirules.model.reads import needs
from kpirules.periods import Frequency, Needs, Period


def edges_of(definition: Definition, version: Version, period: Period | None) -> tuple[Sequence[Edges], bool]:
    """Where each band lies in a period, best first, and whether that is so only in the last period of a year.

    Without a period it is the last of a year where the target is another one in other parts of it. Without any edges
    the value does not decide alone, or they lie elsewhere in every period.
    """
    if rated_by_parts(version.terms) or (period is None and needs(version.terms) is Needs.PERIOD):
        return (), False
    alone = Indicator(evolve(definition, versions=(Version(version.terms),)))
    try:
        return alone.rate(None, period=period).explain().edges, False
    except AskingError:  # it depends on the part of the year, whichever year it is
        frequency = definition.frequency or Frequency.QUARTERLY
        last = Period(definition.calendar, frequency, 2023, frequency.parts)
        return alone.rate(None, period=last).explain().edges, True


def rated_by_parts(terms: Terms) -> bool:
    """Whether the components decide, and the row has no edges of its own."""
    return terms.overall is not None and terms.overall.rests_on_components
