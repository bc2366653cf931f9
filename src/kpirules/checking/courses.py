"""Numbers of the text that change over time: as many as the year has parts, its even shares, or a straight line."""

from typing import assert_never

from kpirules.checking import rule_wording, wording
from kpirules.checking.figures import Room
from kpirules.checking.literals import number_in, period_in
from kpirules.periods import PERIOD_WORDS, Frequency
from kpirules.syntax import nodes
from kpirules.vocabulary import courses as c

MOST_YEARS = 50
"""How long a straight line may be: a rule is proved for every period on it."""


def course(node: nodes.Course, room: Room) -> c.Course | None:
    """The course, or None if something in it is wrong and reported."""
    match node:
        case nodes.Profile():
            return _profile(node, room)
        case nodes.Phased():
            number = number_in(node.quantity, room.unit, room.found)
            return None if number is None else c.PhasedEvenly(number)
        case nodes.StraightLine():
            return _straight_line(node, room)
        case _:
            assert_never(node)


def _profile(node: nodes.Profile, room: Room) -> c.ByPart | None:
    """As many numbers as the year has parts of this kind."""
    frequency = PERIOD_WORDS.get(node.step.text)
    if frequency is None:
        known = [word for word, meant in PERIOD_WORDS.items() if meant]
        room.found.append(wording.unknown_name(node.step.span, "period-word", known))
        return None
    numbers = [number_in(each, room.unit, room.found) for each in node.quantities]
    if len(numbers) != frequency.parts:
        room.found.append(rule_wording.profile_length(node.span, len(numbers), frequency.parts, node.step.text))
        return None
    found = tuple(number for number in numbers if number is not None)
    return c.ByPart(found) if len(found) == len(numbers) else None


def _straight_line(node: nodes.StraightLine, room: Room) -> c.StraightLine | None:
    start, end = number_in(node.start, room.unit, room.found), number_in(node.end, room.unit, room.found)
    start_in, end_in = (period_in(each, room.calendar, room.found) for each in (node.start_in, node.end_in))
    if start is None or end is None or start_in is None or end_in is None:
        return None
    line = c.StraightLine(start, start_in, end, end_in)
    if not 0 < line.months <= MOST_YEARS * Frequency.YEARLY.months:
        room.found.append(rule_wording.crooked_line(node.end_in.span, node.start_in.span, line.months, MOST_YEARS))
        return None
    return line


def passes_zero(line: c.StraightLine) -> bool:
    """Whether zero lies on the line, its ends included."""
    return line.start * line.end <= 0
