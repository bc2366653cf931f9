"""The figures that an indicator declares, each worked out from others at most, and none from itself."""

from collections.abc import Mapping, Sequence
from typing import Literal

from kpirules.checking import wording
from kpirules.checking.courses import course
from kpirules.checking.figures import Room, figure
from kpirules.syntax import nodes
from kpirules.vocabulary.declared import Declared, PendingFigure, written
from kpirules.vocabulary.figures import Named, read_by

# How many figures may be worked out one from the other.
DEEPEST = 50

# What a figure or an input cannot be called, because it would be taken for something else.
TAKEN = ("value", "target", "tolerance", "it", "missing")


def declared_figures(
    declared: Sequence[nodes.FigureStatement], minded: Sequence[str], room: Room
) -> Mapping[str, Declared | None]:
    """The figures by name, and those that a scheme may lack (`minded`); None stands for one that is observed."""
    figures: dict[str, Declared | None] = dict.fromkeys(minded)
    room.found.extend(wording.taken_name(each.name.span) for each in declared if each.name.text in TAKEN)
    for statement in declared:
        match statement.figure:
            case None:
                figures[statement.name.text] = None
            case nodes.PendingFigure(reason=reason):
                figures[statement.name.text] = PendingFigure(reason.value if reason else None)
            case nodes.Profile() | nodes.Phased() | nodes.StraightLine() as node:
                figures[statement.name.text] = course(node, room)
            case node:
                figures[statement.name.text] = figure(node, room)
    sound: set[str] = set()
    for statement in declared:
        span = statement.name.span
        match _trouble(statement.name.text, figures, (), sound):
            case "circular":
                room.found.append(wording.circular_figure(span))
            case "deep":
                room.found.append(wording.too_deep(span, f"the figure {span.text}", DEEPEST))
            case None:
                continue
        figures[statement.name.text] = None
    return figures


def _trouble(
    name: str, figures: Mapping[str, Declared | None], above: tuple[str, ...], sound: set[str]
) -> Literal["circular", "deep"] | None:
    """What is wrong with the way a figure is worked out from others; those that are `sound` need no second look."""
    if name in sound:
        return None
    if name in above:
        return "circular"
    if len(above) > DEEPEST:
        return "deep"
    made = written(figures.get(name))
    for part in read_by(made) if made else ():
        if isinstance(part, Named) and (trouble := _trouble(part.name, figures, (*above, name), sound)):
            return trouble
    sound.add(name)
    return None
