"""What the name of a figure stands for: a number or what it is worked out from, a course, or nothing yet."""

from typing import TypeAlias

from attrs import frozen

from kpirules.periods import Needs, Part
from kpirules.units import Unit
from kpirules.vocabulary.courses import ByPart, Course, PhasedEvenly, StraightLine, course_words, needs, number_at
from kpirules.vocabulary.figures import Figure, Number, figure_words


@frozen
class PendingFigure:
    """A figure that has still to be set; `words` are the user's own."""

    words: str | None = None


Declared: TypeAlias = Figure | Course | PendingFigure
"""Where there is None in its place, the figure is observed."""


def figure_in(declared: Declared | None, part: Part, *, accumulates: bool) -> Figure | None:
    """The figure in one part of the year; None where it is not written but observed, or missing."""
    match declared:
        case ByPart() | PhasedEvenly() | StraightLine():
            number = number_at(declared, part, accumulates=accumulates)
            return None if number is None else Number(number)
        case PendingFigure() | None:
            return None
        case figure:
            return figure


def written(declared: Declared | None) -> Figure | None:
    """The figure that is worked out from others, or a plain number; None for all that is no figure by itself."""
    return None if isinstance(declared, Course | PendingFigure) else declared


def declared_needs(declared: Declared | None) -> Needs:
    """What of a period the figure hangs on."""
    return needs(declared) if isinstance(declared, Course) else Needs.NOTHING


def declared_words(declared: Declared | None, unit: Unit) -> str:
    """What stands behind the name, as the language says it."""
    match declared:
        case ByPart() | PhasedEvenly() | StraightLine():
            return course_words(declared, unit)
        case PendingFigure():
            return f"pending ({declared.words})" if declared.words else "pending"
        case None:
            return "observed"
        case figure:
            return figure_words(figure, unit)
