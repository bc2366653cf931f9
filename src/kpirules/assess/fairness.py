"""What an earlier value must be for a fair comparison with it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import assert_never

from kpirules.in_force import InForce
from kpirules.model.reads import comparators
from kpirules.periods import Frequency, Period, PeriodError
from kpirules.reasons import Reason
from kpirules.vocabulary.comparators import (
    Baseline,
    BeforePrevious,
    Earlier,
    LookedUp,
    OfLast,
    Previous,
    YearsEarlier,
    periods_of,
)


def unfair(force: InForce, slot: Period | None, in_force: Callable[[Period], InForce]) -> Mapping[str, Reason]:
    """What is nothing to compare with, and why: figures still to be set, and what is no fair comparison.

    That is for a running total another part of the year, and for all across a break or, if minded, a new target.
    `in_force` says what holds in another period.
    """
    terms, found = force.terms, dict.fromkeys(force.pending, Reason.PENDING)
    if not (terms.accumulates or terms.breaks or force.minding_target):
        return found
    for name, comparator in comparators(terms).items():
        if terms.accumulates and not _fair_total(comparator, slot, by_increment=terms.by_increment):
            found[name] = Reason.CUMULATIVE
        elif slot is not None and (
            _across_break(comparator, slot, terms.breaks)
            or (name in force.minding_target and _new_target(force, comparator, slot, in_force))
        ):
            found[name] = Reason.SERIES_BREAK
    return found


def _new_target(force: InForce, comparator: LookedUp, slot: Period, in_force: Callable[[Period], InForce]) -> bool:
    """Whether another target than now was in force in a period that the comparator looks at."""
    try:
        periods = periods_of(comparator, slot)
    except PeriodError:  # there is nothing to compare with at all
        return False
    return any(in_force(each).aim != force.aim for each in periods)


def _fair_total(comparator: LookedUp, slot: Period | None, *, by_increment: bool) -> bool:
    """Whether a running total may be compared with what stands there: the same part of the year, or increments."""
    match comparator:
        case YearsEarlier() | Baseline():
            return True
        case Previous(frequency=frequency) | BeforePrevious(frequency=frequency):
            own = slot is not None and frequency in (None, slot.frequency)
            return own and (by_increment or (slot is not None and slot.frequency is Frequency.YEARLY))
        case Earlier(count=count, frequency=frequency):
            step = frequency or (slot.frequency if slot else None)
            return step is not None and count * step.months % Frequency.YEARLY.months == 0
        case OfLast(frequency=frequency):
            return Frequency.YEARLY in (frequency, slot.frequency if slot else None)
        case _:
            assert_never(comparator)


def _across_break(comparator: LookedUp, period: Period, breaks: Sequence[date]) -> bool:
    if not breaks:
        return False
    try:
        earliest = min(each.end for each in periods_of(comparator, period))
    except PeriodError:  # before the first year there is
        return True
    return any(earliest < day <= period.end for day in breaks)
