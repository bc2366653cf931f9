"""Which slot of a table of observations a report looks at, where comparators look from there, and what stands there."""

from collections.abc import Mapping

from kpirules.assess.given import summarised, worked_out
from kpirules.assess.indicator import Indicator
from kpirules.in_force import InForce
from kpirules.model import Definition
from kpirules.observations import Back, Observations
from kpirules.periods import Period, PeriodError, period_on
from kpirules.reading import Reading
from kpirules.reasons import Reason
from kpirules.vocabulary.comparators import LookedUp, OfLast, Previous, YearsEarlier, periods_of
from kpirules.vocabulary.formulas import OfComponents


def slot_of(whole: Definition, component: str | None, observations: Observations, period: Period) -> Period:
    """The slot of the table to look at: the report's own period, else the latest of the indicator's that has ended."""
    frequency = whole.frequency
    same_calendar = whole.calendar == period.calendar
    if same_calendar and (
        frequency in (None, period.frequency) or observations.find(whole.reference, component, period)
    ):
        return period
    own = period_on(period.end, frequency or period.frequency, whole.calendar)
    return own if own.end <= period.end else own.before()


def slot_before(indicator: Indicator, slot: Period) -> Period | None:
    """The period before a slot, as the indicator's own `previous …` means it; None before the first year there is."""
    read = indicator.in_force(slot).comparators.values()
    previous = next((comparator for comparator in read if isinstance(comparator, Previous)), Previous())
    try:
        [earlier] = periods_of(previous, slot)
    except PeriodError:
        return None
    return earlier


def reading_at(indicator: Indicator, whole: Definition, observations: Observations, slot: Period) -> Reading:
    """What was observed in a slot, or follows from what was."""
    component = None if indicator.definition is whole else indicator.reference
    observed = observations.find(whole.reference, component, slot)
    if observed is not None:
        return observed.reading
    terms = indicator.in_force(slot).terms
    if isinstance(terms.formula, OfComponents):
        parts = indicator.components.items()
        return indicator.summed({name: reading_at(part, whole, observations, slot) for name, part in parts}, slot)
    if terms.formula is not None:
        return worked_out(terms, _beside(indicator, whole, observations, slot))
    return Reading(None, Reason.NO_VALUE)


def given_at(
    force: InForce, indicator: Indicator, whole: Definition, observations: Observations, slot: Period
) -> Mapping[str, object]:
    """What the table has for all that is read beside the value under the terms in force."""
    earlier = {
        words: _earlier(comparator, indicator, whole, observations, slot)
        for words, comparator in force.comparators.items()
    }
    return earlier | _beside(indicator, whole, observations, slot)


def _beside(indicator: Indicator, whole: Definition, observations: Observations, slot: Period) -> dict[str, Reading]:
    """The inputs and figures that are observed beside the value."""
    terms = indicator.in_force(slot).terms
    names = (*terms.inputs, *(name for name, figure in terms.figures.items() if figure is None))
    found = {name: observations.find(whole.reference, name, slot) for name in names}
    return {name: seen.reading if seen else Reading(None, Reason.NO_VALUE) for name, seen in found.items()}


def _back(comparator: LookedUp, slot: Period) -> Back | None:
    """Which column of a printed report is for this comparison."""
    match comparator:
        case Previous(frequency=frequency) if frequency is None or frequency.parts >= slot.frequency.parts:
            return Back.LAST
        case YearsEarlier(years=1):
            return Back.YEAR
        case _:
            return None


def _earlier(
    comparator: LookedUp, indicator: Indicator, whole: Definition, observations: Observations, slot: Period
) -> Reading:
    """What the table has for a comparator: what is printed beside the value, else what it has for the period.

    A summary of several periods is missing if one of them is.
    """
    component = None if indicator.definition is whole else indicator.reference
    back = _back(comparator, slot)
    printed = back and observations.find_printed(whole.reference, component, slot, back)
    if printed:
        return printed.reading
    try:
        periods = periods_of(comparator, slot)
    except PeriodError:  # before the first year there is
        return Reading(None, Reason.NO_COMPARATOR)
    readings = [reading_at(indicator, whole, observations, period) for period in periods]
    if isinstance(comparator, OfLast):
        return summarised(readings, comparator.summary, indicator.in_force(slot).terms.polarity)
    return readings[0]
