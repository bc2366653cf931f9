"""Travel by band: the ratings of two periods as the numbers that the travel's rule compares."""

from collections.abc import Mapping
from fractions import Fraction

from kpirules.assess.given import EARLIER, TRAVELLING, UNRELIABLE, Known, earlier_of
from kpirules.assess.results import Rating
from kpirules.core import Absent, Rule
from kpirules.core.rule import VALUE
from kpirules.periods import Period, PeriodError
from kpirules.reading import Reading
from kpirules.reasons import NO_DIRECTION, Reason
from kpirules.vocabulary.comparators import periods_of
from kpirules.vocabulary.figures import Named
from kpirules.vocabulary.travels import Travel


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
