"""Travel by band: the ratings of two periods as the numbers that the travel's rule compares."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Protocol

from kpirules.assess.given import EARLIER, TRAVELLING, UNRELIABLE, Known, earlier_of, read
from kpirules.assess.outcomes import directed
from kpirules.assess.results import Rating, TravelResult
from kpirules.core import Absent, Rule, decide
from kpirules.core.rule import VALUE
from kpirules.in_force import InForce
from kpirules.model.reads import comparators
from kpirules.periods import Period, PeriodError
from kpirules.reading import Reading
from kpirules.reasons import NO_DIRECTION, Reason
from kpirules.vocabulary.comparators import periods_of
from kpirules.vocabulary.figures import Named
from kpirules.vocabulary.travels import Travel


class Rates(Protocol):
    """What rates a value in a period: an indicator."""

    def rate(self, value: object, *, period: Period | None, given: Mapping[str, object]) -> Rating:
        """The rating of a value."""
        ...

    def in_force(self, period: Period | None) -> InForce:
        """What is in force in a period."""
        ...

    def unfair(self, force: InForce, slot: Period | None) -> Mapping[str, Reason]:
        """What is nothing to compare with."""
        ...


def change_of_band(
    travel: Travel,
    value: object,
    previous: object,
    force: InForce,
    given: Mapping[str, object],
    when: Period | None,
    indicator: Rates,
) -> TravelResult:
    """Which way the rating has gone. Either value may be a rating already; each is rated by the rules of its period."""
    rule = force.travel_rule(travel.name)
    beside = without_earlier(given, {each.name for each in force.terms.travels if each.by_band})
    now = value if isinstance(value, Rating) else indicator.rate(value, period=when, given=beside)
    then = _rated_then(travel, previous, force, given, when, indicator)
    return directed(decide(rule, {VALUE: rating_now(now, rule), travel.earlier: then}).outcome)


def _rated_then(
    travel: Travel,
    previous: object,
    force: InForce,
    given: Mapping[str, object],
    when: Period | None,
    indicator: Rates,
) -> Known:
    """What the earlier value was rated, by the rules of its own period."""
    if indicator.unfair(force, when).get(travel.earlier) is Reason.SERIES_BREAK:
        return Absent(Reason.SERIES_BREAK)
    then = period_then(travel, when)
    if when is not None and then is None:
        return Absent(Reason.NO_COMPARATOR)
    if not isinstance(previous, Rating | Mapping):
        previous = read(previous, indicator.in_force(then).terms)
        if (gap := gap_of(previous)) is not None:
            return gap
    if not isinstance(previous, Rating):
        names = {*comparators(force.terms), *(each.name for each in force.terms.travels)}
        previous = indicator.rate(previous, period=then, given=without_earlier(given, names))
    return rating_then(previous, force.travel_rule(travel.name))


def rating_now(rating: Rating, rule: Rule) -> Known:
    """The place of the rating among the bands, worst first; else why its change is not known."""
    if rating.band is not None:
        return _place(rating.band, rule)
    why = TRAVELLING.get(rating.reason, rating.reason) if isinstance(rating.reason, Reason) else None
    return Absent(why if why in NO_DIRECTION else Reason.UNRATED)


def rating_then(rating: Rating, rule: Rule) -> Known:
    """The same of the earlier rating. A band that there is no more is no comparison."""
    if rating.band is not None:
        return _place(rating.band, rule)
    why = EARLIER.get(rating.reason, rating.reason) if isinstance(rating.reason, Reason) else None
    return Absent(why if why in NO_DIRECTION else Reason.WAS_UNRATED)


def gap_of(reading: Reading) -> Absent | None:
    """Why an earlier value is none to be rated at all; None where it is one."""
    known = earlier_of(reading)
    missing = reading.number is None or UNRELIABLE in reading.marks
    return known if missing and isinstance(known, Absent) else None


def _place(band: str, rule: Rule) -> Known:
    labels = rule.input(VALUE).domain.labels
    return Fraction(labels.index(band)) if band in labels else Absent(Reason.SERIES_BREAK)


def period_then(travel: Travel, period: Period | None) -> Period | None:
    """The period that a travel by band looks back to; None if there is no period to look from, or none so early."""
    if period is None or isinstance(travel.against, Named):
        return None
    try:
        return periods_of(travel.against, period)[0]
    except PeriodError:
        return None


def without_earlier(given: Mapping[str, object], names: set[str]) -> dict[str, object]:
    """What is handed in for another period as well: all but the earlier values."""
    return {name: value for name, value in given.items() if name not in names}
