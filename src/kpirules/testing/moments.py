"""When a rule is in force: one of the periods in which it can be asked."""

from datetime import date, timedelta

from kpirules.model import Version
from kpirules.model.reads import needs
from kpirules.periods import Frequency, Part, Period, PeriodError, period_on
from kpirules.testing.ruled import Ruled

# A year from whose periods one is taken where a version has no beginning and no end.
_SOME_DAY = date(2023, 7, 1)
_A_YEAR = timedelta(days=365)


def needs_period(ruled: Ruled) -> bool:
    """Whether a period must be said for this rule to be the one in force."""
    return len(ruled.definition.versions) > 1 or bool(needs(ruled.version.terms))


def period_of(ruled: Ruled) -> Period | None:
    """A period in which the rule is in force; None where none is needed, or there is none."""
    if not needs_period(ruled):
        return None
    often = ruled.definition.frequency or Frequency.QUARTERLY
    part: Part | None = None
    if needs(ruled.version.terms):
        part = ruled.force.part
        if part.period is not None:
            return part.period if ruled.version.holds_on(part.period.end) else None
        often = next((each for each in Frequency if each.parts == part.of), often)
    try:
        first = period_on(_day(ruled.version), often, ruled.definition.calendar)
        near = (first.before(-away) for away in range(2 * often.parts))
        return next((each for each in near if ruled.version.holds_on(each.end) and part in (None, each.part)), None)
    except PeriodError:
        return None


def some_period(ruled: Ruled) -> Period:
    """A period for a rule that is the same in all."""
    definition = ruled.definition
    return period_on(_SOME_DAY, definition.frequency or Frequency.QUARTERLY, definition.calendar)


def _day(version: Version) -> date:
    """From where to look for a period that ends within the version."""
    if version.since is not None:
        return version.since
    return _SOME_DAY if version.until is None else version.until - _A_YEAR
