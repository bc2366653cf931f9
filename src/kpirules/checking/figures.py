"""Figures and amounts of the text as those of the vocabulary, in an indicator's unit."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import assert_never

from attrs import frozen

from kpirules.checking import rule_wording, wording
from kpirules.checking.findings import Found
from kpirules.checking.literals import label_in, number_in, percent, period_in, whole
from kpirules.diagnostics import Diagnostic
from kpirules.periods import PERIOD_WORDS, Calendar, Frequency
from kpirules.syntax import nodes
from kpirules.units import Count, Unit, show
from kpirules.vocabulary import comparators as c
from kpirules.vocabulary import figures as f
from kpirules.vocabulary.components import PartBands

MOST_BACK = 1_000  # years or periods
MOST_TERMS = 50


@frozen
class Room:
    """What a figure stands among: unit, calendar, declared figures, components, frequency, and where faults go.

    `parts` are the components with their bands; None where one of them is faulty itself, so that nothing can be said
    of them.
    """

    unit: Unit
    calendar: Calendar
    figures: Sequence[str]
    found: Found
    parts: Sequence[PartBands] | None = ()
    frequency: Frequency | None = None


def figure(node: nodes.Figure, room: Room) -> f.Figure | None:
    """The figure, or None if something in it is wrong and reported."""
    match node:
        case nodes.Quantity():
            return _number(number_in(node, room.unit, room.found))
        case nodes.Text():
            return _number(label_in(node, room.unit, room.found))
        case nodes.TheTarget():
            return f.TheTarget()
        case nodes.Name():
            if node.text not in room.figures:
                room.found.append(wording.unknown_figure(node.span, list(room.figures)))
                return None
            return f.Named(node.text)
        case nodes.Previous() | nodes.SameLastYear() | nodes.Earlier() | nodes.Baseline() | nodes.OfLast():
            against = comparator(node, room)
            return f.Compared(against) if against else None
        case nodes.Midpoint():
            first, second = figure(node.first, room), figure(node.second, room)
            return f.Midpoint(first, second) if first and second else None
        case nodes.Along():
            start, end = figure(node.start, room), figure(node.end, room)
            return f.Along(percent(node.share), start, end) if start and end else None
        case nodes.Shifted():
            base, by = figure(node.figure, room), amount(node.amount, room)
            return f.Shifted(base, by, isinstance(node.way, nodes.TowardsBetter)) if base and by else None
        case nodes.Added():
            return _added(node, room)
        case nodes.Scaled():
            return _scaled(node, room)
        case _:
            assert_never(node)


def _number(number: Fraction | None) -> f.Number | None:
    return None if number is None else f.Number(number)


def _added(node: nodes.Added, room: Room) -> f.Figure | None:
    if len(node.rest) > MOST_TERMS:
        room.found.append(wording.too_deep(node.span, "this sum", MOST_TERMS))
        return None
    total = figure(node.first, room)
    for part in node.rest:
        operand = figure(part.operand, room)
        if total is None or operand is None:
            return None
        total = f.Added(total, operand, minus=isinstance(part, nodes.Minus))
    return total


def _scaled(node: nodes.Scaled, room: Room) -> f.Figure | None:
    """Only by plain numbers: the core compares linear forms."""
    if len(node.rest) > MOST_TERMS:
        room.found.append(wording.too_deep(node.span, "this product", MOST_TERMS))
        return None
    total = figure(node.first, room)
    for part in node.rest:
        if not isinstance(part.operand, nodes.Quantity):
            room.found.append(rule_wording.not_linear(node.span))
            return None
        factor = number_in(part.operand, Count(), room.found)
        if total is None or factor is None:
            return None
        if isinstance(part, nodes.DividedBy):
            if not factor:
                room.found.append(wording.bad_number(part.operand.span, "nothing can be divided by zero"))
                return None
            factor = 1 / factor
        total = f.Scaled(total, factor)
    return total


def amount(node: nodes.Amount, room: Room) -> f.Amount | None:
    """An amount by which a figure is moved."""
    match node:
        case nodes.ShareOf():
            of = None if isinstance(node.whole, nodes.It) else figure(node.whole, room)
            wrong = of is None and not isinstance(node.whole, nodes.It)
            return None if wrong else f.PercentOf(percent(node.share), of)
        case nodes.BareShare():
            room.found.append(ambiguous(node, None, room.unit, downwards=None))
            return None
        case nodes.Quantity():
            number = number_in(node, room.unit, room.found)
            return None if number is None else f.Flat(number)
        case nodes.TheTolerance():
            return f.TheTolerance()
        case _:
            assert_never(node)


def ambiguous(node: nodes.BareShare, target: Fraction | None, unit: Unit, *, downwards: bool | None) -> Diagnostic:
    """A bare percentage: which two things it can mean, worked out where target and direction are known."""
    share = percent(node.share)
    if target is None or downwards is None:
        return rule_wording.ambiguous_percent(node.span, "a share of its magnitude", "as much as written")
    way, sign = ("down", -1) if downwards else ("up", 1)
    edges = [show(target + sign * amount, unit) for amount in (abs(target) * share / 100, share)]
    start = show(target, unit)
    return rule_wording.ambiguous_percent(node.span, f"{start} {way} to {edges[0]}", f"{start} {way} to {edges[1]}")


def comparator(node: nodes.Comparator, room: Room) -> c.Comparator | None:
    """An earlier point in time."""
    match node:
        case nodes.Previous():
            return c.Previous(PERIOD_WORDS[word]) if (word := _period_word(node.step, room)) else None
        case nodes.SameLastYear():
            return c.YearsEarlier(1, PERIOD_WORDS[word]) if (word := _period_word(node.step, room)) else None
        case nodes.Earlier():
            return _earlier(node, room)
        case nodes.Baseline():
            period = period_in(node.period, room.calendar, room.found)
            return c.Baseline(period) if period else None
        case nodes.OfLast():
            word, count = _period_word(node.step, room), whole(node.count, MOST_BACK, room.found)
            return c.OfLast(_SUMMARIES[type(node.aggregate)], count, PERIOD_WORDS[word]) if word and count else None
        case _:
            assert_never(node)


def _earlier(node: nodes.Earlier, room: Room) -> c.YearsEarlier | c.Earlier | None:
    """So many periods earlier; where the indicator says how long its own are, one of them must end then."""
    word, count = _period_word(node.step, room), whole(node.count, MOST_BACK, room.found)
    if word is None or count is None:
        return None
    if not count:
        room.found.append(wording.bad_number(node.count.span, "nothing is earlier by nothing: write 1 or more"))
        return None
    step = PERIOD_WORDS[word]
    if step is Frequency.YEARLY:
        return c.YearsEarlier(count)
    if step and room.frequency and count * step.months % room.frequency.months:
        room.found.append(rule_wording.uneven_step(node.span, room.frequency.months))
        return None
    return c.Earlier(count, step)


_SUMMARIES: Mapping[type[nodes.Aggregate], c.Summary] = {
    nodes.Mean: c.Summary.MEAN,
    nodes.Median: c.Summary.MEDIAN,
    nodes.Best: c.Summary.BEST,
    nodes.Worst: c.Summary.WORST,
    nodes.Sum: c.Summary.SUM,
}


def _period_word(step: nodes.Name, room: Room) -> str | None:
    """A word such as `quarter`, also in the plural."""
    for word in (step.text, step.text.removesuffix("s")):
        if word in PERIOD_WORDS:
            return word
    room.found.append(wording.unknown_name(step.span, "period-word", list(PERIOD_WORDS)))
    return None
