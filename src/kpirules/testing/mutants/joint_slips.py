"""What a person who writes rules gets wrong in several places at once: edges that two bands share, dates, and order."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

from attrs import evolve

from kpirules.periods import Calendar, PeriodError, parse_period
from kpirules.syntax import nodes
from kpirules.testing.mutants.changes import Change, Edit
from kpirules.testing.mutants.nudges import nudged
from kpirules.testing.mutants.slips import Setting

# The end of a band: the node that is written, and whether the edge belongs to the band.
_End: TypeAlias = tuple[nodes.BandRange, nodes.Quantity, bool]


def band_slips(node: nodes.BandsStatement, setting: Setting) -> Iterator[Edit]:
    """A band left out; an edge moved, or given to the other of the two bands that meet there."""
    for band in node.bands:
        yield Edit.of("a band left out", band, None)
    ends = [end for band in node.bands for end in _ends(band)]
    seen: set[str] = set()
    for _, edge, _ in ends:
        if edge.text in seen:
            continue
        seen.add(edge.text)
        meeting = [end for end in ends if end[1].text == edge.text]
        for text in nudged(edge.text, setting.step):
            moved = tuple(Change(each, evolve(each, text=text)) for _, each, _ in meeting)
            yield Edit("an edge one step away", moved)
        turned = [_turned(band, each) for band, each, _ in meeting]
        if len(meeting) == 2 and all(turned):
            changes = tuple(Change(band, other) for (band, _, _), other in zip(meeting, turned, strict=True))
            yield Edit("the edge belongs to the other band", changes)


def _ends(band: nodes.BandRange) -> Iterator[_End]:
    match band.extent:
        case nodes.AndBeyond(edge=nodes.Quantity() as edge):
            yield band, edge, True
        case nodes.Beyond(edge=edge):
            yield band, edge, False
        case nodes.Between(above=above, low=low, below=below, high=high):
            yield band, low, above is None
            yield band, high, below is None
        case _:
            return


def _turned(band: nodes.BandRange, edge: nodes.Quantity) -> nodes.BandRange | None:
    """The band with this edge if it had not, and without it if it had."""
    match band.extent:
        case nodes.AndBeyond(side=nodes.Above() | nodes.Below() as side, edge=nodes.Quantity()):
            return evolve(band, extent=nodes.Beyond(band.extent.span, side, edge))
        case nodes.Beyond(side=side):
            return evolve(band, extent=nodes.AndBeyond(band.extent.span, edge, side))
        case nodes.Between(above=above, low=low, below=below) as extent:
            if edge is low:
                return evolve(band, extent=evolve(extent, above=None if above else nodes.Above(edge.span)))
            return evolve(band, extent=evolve(extent, below=None if below else nodes.Below(edge.span)))
        case _:
            return None


def scheme_slips(node: nodes.Scheme) -> Iterator[Edit]:
    """A line left out, or two lines in the wrong order."""
    for rule in node.rules:
        if isinstance(rule, nodes.Cap) or isinstance(rule.guard, nodes.When):
            yield Edit.of("a line left out", rule, None)
    for first, second in pairwise(node.rules):
        if all(isinstance(rule, nodes.Cap) or isinstance(rule.guard, nodes.When) for rule in (first, second)):
            yield Edit("two lines in the wrong order", (Change(first, second), Change(second, first)))


def scale_slips(node: nodes.Scale) -> Iterator[Edit]:
    """Two labels in the wrong order."""
    for first, second in pairwise(node.labels):
        yield Edit("two labels in the wrong order", (Change(first, second), Change(second, first)))


def date_slips(statements: Sequence[nodes.Statement], calendar: Calendar) -> Iterator[Edit]:
    """A change from one statement to the next that comes a period earlier or later."""
    for statement in statements:
        if statement.since is None:
            continue
        before = [other for other in statements if other.until and _follows(other, statement, calendar)]
        for steps in (1, -1):
            changes = [_moved(statement.since, steps, calendar)]
            changes += [_moved(other.until, steps, calendar) for other in before if other.until]
            if all(changes):
                yield Edit("a period earlier or later", tuple(change for change in changes if change))
    for statement in statements:
        # An end after which nothing follows.
        if statement.until and not any(other.since and _follows(statement, other, calendar) for other in statements):
            for steps in (1, -1):
                if change := _moved(statement.until, steps, calendar):
                    yield Edit("a period earlier or later", (change,))


def _follows(earlier: nodes.Statement, later: nodes.Statement, calendar: Calendar) -> bool:
    """Whether the later one begins where the earlier one of the same name ends."""
    if type(earlier.body) is not type(later.body) or earlier.until is None or later.since is None:
        return False
    match earlier.body, later.body:
        case nodes.FigureStatement(name=one), nodes.FigureStatement(name=other) if one.text != other.text:
            return False
    try:
        end, start = parse_period(earlier.until.text, calendar).end, parse_period(later.since.text, calendar).start
    except PeriodError:
        return False
    return (start - end).days == 1


def _moved(period: nodes.Period, steps: int, calendar: Calendar) -> Change | None:
    try:
        moved = parse_period(period.text, calendar).before(steps)
    except PeriodError:
        return None
    return Change(period, evolve(period, text=moved.text))
