"""From what people hand in to what a rule reads: numbers, or the reasons why they are missing."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import TypeAlias, assert_never

from kpirules.core import Absent
from kpirules.model import Terms
from kpirules.periods import Period
from kpirules.reading import Reading, ReadingError
from kpirules.reasons import NO_DIRECTION, NOT_RATED, Reason
from kpirules.units import Unit
from kpirules.vocabulary.comparators import Summary
from kpirules.vocabulary.formulas import OfComponents, inputs_of, work_out
from kpirules.vocabulary.polarity import Polarity
from kpirules.vocabulary.targets import CompletedBy

Known: TypeAlias = Fraction | Absent

# The same gap has another name where it is an earlier value that is missing.
EARLIER: Mapping[Reason, Reason] = {
    Reason.NO_VALUE: Reason.NO_COMPARATOR,
    Reason.VALUE_PENDING: Reason.PENDING,
}
# And another where it is the value whose direction is asked for.
TRAVELLING: Mapping[Reason, Reason] = {Reason.VALUE_PENDING: Reason.PENDING}

UNRELIABLE = "unreliable"
NOT_COMPLETED, COMPLETED_LATE, COMPLETED = (Fraction(rank) for rank in range(3))  # the ranks of a milestone


def read(value: object, terms: Terms, unit: Unit | None = None) -> Reading:
    """A value as people hand it in, in the indicator's unit or another.

    Raises `ReadingError` for text that cannot be read and for a value that cannot occur, and `TypeError`.
    """
    if isinstance(value, Reading):
        return value
    reading = terms.read(value, unit)
    # A bound such as "under 110%" is true of values that can occur, whatever its own number.
    if (
        unit is None
        and reading.bound is None
        and reading.number is not None
        and (why := terms.impossible(reading.number))
    ):
        raise ReadingError(why)
    return reading


def value_of(reading: Reading, terms: Terms, period: Period | None) -> Known:
    """The number to rate, or why there is none.

    A milestone completed on a day after that of its target is completed late; one that is not completed is not due
    before that day. Without a day, *completed* is taken to be in time.
    """
    if isinstance(terms.target, CompletedBy) and reading.number is not None:
        due = terms.target.day
        if reading.number == COMPLETED and (done := _day(reading.measured)) and done > due:
            return COMPLETED_LATE
        if reading.number == NOT_COMPLETED and period is not None and period.end < due:
            return Absent(Reason.NOT_DUE)
    if reading.number is not None:
        return reading.number
    reason = reading.reason or Reason.NO_VALUE
    return Absent(reason if reason in NOT_RATED else Reason.NO_VALUE)


def _day(measured: str | None) -> date | None:
    """The day of completion, where it is given as one: `2023-07-20`."""
    try:
        return date.fromisoformat(measured or "")
    except ValueError:
        return None


def earlier_of(reading: Reading) -> Known:
    """The number to compare with, or why there is none: a bound and an unreliable figure are no comparison."""
    if UNRELIABLE in reading.marks:
        return Absent(Reason.UNRELIABLE)
    if reading.bound is not None:
        return Absent(Reason.BOUND)
    if reading.number is not None:
        return reading.number
    reason = reading.reason or Reason.NO_VALUE
    reason = EARLIER.get(reason, reason)
    return Absent(reason if reason in NO_DIRECTION else Reason.NO_COMPARATOR)


def travelling(value: Known) -> Known:
    """The value as one whose direction is asked for."""
    if isinstance(value, Fraction):
        return value
    reason = Reason(value.reason)
    reason = TRAVELLING.get(reason, reason)
    return Absent(reason if reason in NO_DIRECTION else Reason.NO_VALUE)


def worked_out(terms: Terms, inputs: Mapping[str, object]) -> Reading:
    """The value that follows from the inputs by the terms' formula; missing if an input is."""
    if terms.formula is None or isinstance(terms.formula, OfComponents):
        return Reading(None, Reason.NO_VALUE)
    readings = {name: _input(name, inputs.get(name), terms) for name in inputs_of(terms.formula)}
    numbers = {name: reading.number for name, reading in readings.items() if reading.number is not None}
    missing = next((reading for reading in readings.values() if reading.number is None), None)
    if missing is not None:
        return Reading(None, missing.reason)
    if any(reading.bound for reading in readings.values()):
        return Reading(None, Reason.BOUND)
    return within_limits(work_out(terms.formula, numbers), terms)


def _input(name: str, value: object, terms: Terms) -> Reading:
    """An input as people hand it in. Raises `ReadingError` as `read` does, also between the steps of its unit."""
    reading = read(value, terms, terms.inputs[name])
    if reading.number is not None and reading.bound is None and (why := terms.impossible_input(name, reading.number)):
        raise ReadingError(why)
    return reading


def within_limits(number: Fraction | None, terms: Terms) -> Reading:
    """What was worked out, as a value; not computable where it is nothing, or no value that can occur."""
    computable = number is not None and terms.within_limits(number)
    return Reading(number) if computable else Reading(None, Reason.NOT_COMPUTABLE)


def summarised(readings: Sequence[Reading], summary: Summary, polarity: Polarity) -> Reading:
    """Several readings as one number; missing if one of them is, or is a bound or unreliable."""
    doubtful = next((each for each in readings if isinstance(earlier_of(each), Absent)), None)
    if doubtful is not None or not readings:
        return doubtful or Reading(None, Reason.NO_COMPARATOR)
    numbers = sorted(each.number for each in readings if each.number is not None)
    match summary:
        case Summary.MEAN:
            return Reading(sum(numbers, Fraction(0)) / len(numbers))
        case Summary.SUM:
            return Reading(sum(numbers, Fraction(0)))
        case Summary.MEDIAN:
            return Reading(Fraction(numbers[(len(numbers) - 1) // 2] + numbers[len(numbers) // 2], 2))
        case Summary.BEST | Summary.WORST:
            downwards = polarity is Polarity.LOWER
            if polarity is Polarity.CLOSER_TO_ZERO:
                numbers, downwards = sorted(numbers, key=abs), True
            return Reading(numbers[0] if downwards is (summary is Summary.BEST) else numbers[-1])
        case _:
            assert_never(summary)


def summed_up(weighed: Sequence[tuple[Reading, Fraction]], *, mean: bool) -> Reading:
    """The sum of several readings, or their mean by weight; missing if one of them is, or is a bound."""
    missing = next((reading for reading, _ in weighed if reading.number is None), None)
    if missing is not None or not weighed:
        return Reading(None, missing.reason if missing else Reason.NO_VALUE)
    if any(reading.bound for reading, _ in weighed):
        return Reading(None, Reason.BOUND)
    numbers = [(reading.number or Fraction(0), weight) for reading, weight in weighed]
    if not mean:
        return Reading(sum((number for number, _ in numbers), Fraction(0)))
    weight = sum((weight for _, weight in numbers), Fraction(0))
    if not weight:
        return Reading(None, Reason.NOT_COMPUTABLE)
    return Reading(sum((number * weight for number, weight in numbers), Fraction(0)) / weight)
