"""Targets: what is asked for, or why nothing is."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import TypeAlias, assert_never

from attrs import evolve, frozen

from kpirules.periods import Needs, Part
from kpirules.reasons import Reason
from kpirules.units import MILESTONES, Unit
from kpirules.vocabulary.courses import (
    ByPart,
    Course,
    PhasedEvenly,
    StraightLine,
    course_words,
    needs,
    number_at,
    numbers_of,
)
from kpirules.vocabulary.figures import Figure, Number, figure_words, pieces_of, reach_of_figure
from kpirules.vocabulary.pieces import Pieces
from kpirules.vocabulary.polarity import Polarity
from kpirules.vocabulary.reach import Reach
from kpirules.vocabulary.setting import Setting, TargetReach


@frozen
class Plain:
    """A figure; a value on it meets it. A label of a scale is its rank."""

    figure: Figure


@frozen
class Strict:
    """`above 80%` or `below 70%`: a value on the figure does not meet it."""

    figure: Figure
    above: bool


@frozen
class Range:
    """From one figure to another; both ends belong to it."""

    low: Figure
    high: Figure


@frozen
class CompletedBy:
    """A milestone: completed by a day."""

    day: date


@frozen
class DueAtYearEnd:
    """A target that is due in the last period of the year, and in no other."""

    target: Plain | Strict | Range | CompletedBy


@frozen
class NoTarget:
    """There is nothing to rate against, for one of four reasons; `words` are the user's own."""

    reason: Reason
    words: str | None = None


DueTarget: TypeAlias = Plain | Strict | Range | CompletedBy
Target: TypeAlias = DueTarget | DueAtYearEnd | Course | NoTarget

# The four ways to have no target, as the language writes them.
ABSENT = {
    Reason.TARGET_PENDING: "pending",
    Reason.TARGET_NOT_APPLICABLE: "not applicable",
    Reason.NO_TARGET: "none",
    Reason.ESTABLISHING_BASELINE: "establishing baseline",
}


def in_force(target: Target, part: Part, *, accumulates: bool) -> DueTarget | NoTarget:
    """The target that holds in a part of the year; of a running total, where the value `accumulates`."""
    match target:
        case DueAtYearEnd():
            return target.target if part.ends_year else NoTarget(Reason.NOT_DUE)
        case ByPart() | PhasedEvenly() | StraightLine():
            number = number_at(target, part, accumulates=accumulates)
            return NoTarget(Reason.NO_TARGET) if number is None else Plain(Number(number))
        case Plain() | Strict() | Range() | CompletedBy() | NoTarget():
            return target
        case _:
            assert_never(target)


def in_period(target: Target, part: Part, *, accumulates: bool) -> Target:
    """The target as a report of one period shows it: its own number, where it changes over time."""
    return in_force(target, part, accumulates=accumulates) if isinstance(target, Course) else target


def target_needs(target: Target) -> Needs:
    """What of a period the target in force hangs on."""
    match target:
        case DueAtYearEnd():
            return Needs.PART
        case ByPart() | PhasedEvenly() | StraightLine():
            return needs(target)
        case Plain() | Strict() | Range() | CompletedBy() | NoTarget():
            return Needs.NOTHING
        case _:
            assert_never(target)


def target_reach(target: DueTarget, setting: Setting) -> TargetReach:
    """The values that meet the target (its own point included, even if strict)."""
    match target:
        case Plain():
            return TargetReach(reach_of_figure(target.figure, setting))
        case Strict():
            return TargetReach(reach_of_figure(target.figure, setting), strict=True)
        case Range():
            low, high = pieces_of(target.low, setting), pieces_of(target.high, setting)
            outside = setting.polarity is Polarity.OUTSIDE
            return TargetReach(Reach(low, high, outside=outside), is_range=True)
        case CompletedBy():
            completed = MILESTONES.number("completed") or Fraction(0)
            return TargetReach(setting.reach_of(Pieces.number(completed)))
        case _:
            assert_never(target)


def target_figures(target: Target) -> tuple[Figure, ...]:
    """The figures that the target is written with."""
    match target:
        case Plain() | Strict():
            return (target.figure,)
        case Range():
            return (target.low, target.high)
        case DueAtYearEnd():
            return target_figures(target.target)
        case ByPart() | PhasedEvenly() | StraightLine():
            return tuple(Number(number) for number in numbers_of(target))
        case CompletedBy() | NoTarget():
            return ()
        case _:
            assert_never(target)


def with_figures(target: DueTarget, replace: Callable[[Figure], Figure]) -> DueTarget:
    """The target with each of its figures replaced."""
    match target:
        case Plain() | Strict():
            return evolve(target, figure=replace(target.figure))
        case Range():
            return Range(replace(target.low), replace(target.high))
        case CompletedBy():
            return target
        case _:
            assert_never(target)


def target_words(target: Target, unit: Unit) -> str:
    """The target as the language says it."""
    match target:
        case Plain():
            return figure_words(target.figure, unit)
        case Strict():
            return f"{'above' if target.above else 'below'} {figure_words(target.figure, unit)}"
        case Range():
            return f"{figure_words(target.low, unit)} to {figure_words(target.high, unit)}"
        case CompletedBy():
            return f"completed by {target.day.isoformat()}"
        case DueAtYearEnd():
            return f"{target_words(target.target, unit)} at year end"
        case ByPart() | PhasedEvenly() | StraightLine():
            return course_words(target, unit)
        case NoTarget():
            words = ABSENT.get(target.reason, target.reason.words)
            return f"{words} ({target.words})" if target.words else words
        case _:
            assert_never(target)
