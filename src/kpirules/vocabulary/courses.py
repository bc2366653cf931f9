"""Numbers that change over time without being written anew: by part of the year, in even shares, in a straight line."""

from fractions import Fraction
from typing import TypeAlias, assert_never

from attrs import frozen

from kpirules.periods import Needs, Part, Period, months_between
from kpirules.units import Unit, show


@frozen
class ByPart:
    """One number for each part of the year: `by quarter 157,500, 170,625, 160,000, 161,875`."""

    numbers: tuple[Fraction, ...]


@frozen
class PhasedEvenly:
    """A number for the year, of which each period has its even share; a running total, the shares so far."""

    number: Fraction


@frozen
class StraightLine:
    """From a number at the end of one period to another at the end of a later one, an equal step each month."""

    start: Fraction
    start_in: Period
    end: Fraction
    end_in: Period

    @property
    def months(self) -> int:
        """How many months it takes; none or fewer where the periods do not follow one another."""
        return months_between(self.start_in.after, self.end_in.after)

    def at(self, period: Period) -> Fraction | None:
        """The number at the end of a period; None before the line begins and after it ends."""
        gone = months_between(self.start_in.after, period.after)
        if not 0 <= gone <= self.months:
            return None
        return self.start + (self.end - self.start) * Fraction(gone, self.months)


Course: TypeAlias = ByPart | PhasedEvenly | StraightLine


def number_at(course: Course, part: Part, *, accumulates: bool) -> Fraction | None:
    """The number of a period (of a running total, if it `accumulates`); None where the course has none for it."""
    match course:
        case ByPart():
            # A period longer than the parts has no number of its own.
            index = part.within(len(course.numbers))
            return None if index is None else course.numbers[index - 1]
        case PhasedEvenly():
            return course.number * (part.index if accumulates else 1) / part.of
        case StraightLine():
            return course.at(part.period) if part.period else None
        case _:
            assert_never(course)


def needs(course: Course) -> Needs:
    """What of a period its number hangs on."""
    return Needs.PERIOD if isinstance(course, StraightLine) else Needs.PART


def numbers_of(course: Course) -> tuple[Fraction, ...]:
    """The numbers that it is written with."""
    match course:
        case ByPart():
            return course.numbers
        case PhasedEvenly():
            return (course.number,)
        case StraightLine():
            return (course.start, course.end)
        case _:
            assert_never(course)


_PARTS = {1: "year", 2: "half-year", 4: "quarter", 12: "month"}


def course_words(course: Course, unit: Unit) -> str:
    """The course as the language says it."""
    match course:
        case ByPart():
            part = _PARTS.get(len(course.numbers), "part of the year")
            return f"by {part} {', '.join(show(number, unit) for number in course.numbers)}"
        case PhasedEvenly():
            return f"{show(course.number, unit)} for year, phased evenly"
        case StraightLine():
            start, end = f"{show(course.start, unit)} in {course.start_in.text}", f"{show(course.end, unit)}"
            return f"from {start} to {end} in {course.end_in.text}, in a straight line"
        case _:
            assert_never(course)
