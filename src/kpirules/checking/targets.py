"""Targets and tolerances of the text as those of the vocabulary, and the slips that the two make together."""

from fractions import Fraction
from typing import assert_never

from attrs import frozen

from kpirules.checking import rule_wording, wording
from kpirules.checking.courses import course, passes_zero
from kpirules.checking.figures import Room, ambiguous, figure
from kpirules.checking.literals import day, label_in, number_in, percent, value_in
from kpirules.reasons import Reason
from kpirules.source import Span
from kpirules.syntax import nodes
from kpirules.units import show
from kpirules.vocabulary import targets as t
from kpirules.vocabulary import tolerances as tol
from kpirules.vocabulary.courses import StraightLine
from kpirules.vocabulary.figures import Named, Number
from kpirules.vocabulary.polarity import Polarity


@frozen
class TargetHere:
    """A target, its place, and the polarity that it must go with."""

    target: t.Target
    span: Span
    polarity: Polarity

    @property
    def due(self) -> t.Target:
        """The target itself, also where it is due only at the end of the year."""
        return self.target.target if isinstance(self.target, t.DueAtYearEnd) else self.target

    @property
    def numbers(self) -> tuple[Fraction, ...]:
        """The plain numbers that it is written with."""
        return tuple(figure.number for figure in t.target_figures(self.target) if isinstance(figure, Number))


def target(node: nodes.Target, polarity: Polarity, room: Room) -> t.Target | None:
    """The target, or None if something in it is wrong and reported."""
    match node:
        case nodes.PlainTarget():
            found = figure(node.figure, room)
            if polarity.wants_range:
                room.found.append(rule_wording.range_against_polarity(node.span, polarity))
                return None
            return t.Plain(found) if found else None
        case nodes.StrictTarget():
            return _strict(node, polarity, room)
        case nodes.RangeTarget():
            return _range(node, polarity, room)
        case nodes.LabelTarget():
            rank = label_in(node.label, room.unit, room.found)
            return None if rank is None else t.Plain(Number(rank))
        case nodes.MilestoneTarget():
            by = day(node.by, room.found)
            return t.CompletedBy(by) if by else None
        case nodes.YearEndTarget():
            found = figure(node.figure, room)
            if polarity.wants_range:
                room.found.append(rule_wording.range_against_polarity(node.span, polarity))
                return None
            return t.DueAtYearEnd(t.Plain(found)) if found else None
        case nodes.CourseTarget():
            if polarity.wants_range:
                room.found.append(rule_wording.range_against_polarity(node.span, polarity))
                return None
            return course(node.course, room)
        case nodes.PendingTarget():
            return t.NoTarget(Reason.TARGET_PENDING, _words(node.reason))
        case nodes.NoTarget():
            return t.NoTarget(Reason.NO_TARGET, _words(node.reason))
        case nodes.NotApplicableTarget():
            return t.NoTarget(Reason.TARGET_NOT_APPLICABLE, _words(node.reason))
        case nodes.EstablishingBaseline():
            return t.NoTarget(Reason.ESTABLISHING_BASELINE)
        case _:
            assert_never(node)


def _words(text: nodes.Text | None) -> str | None:
    return text.value if text else None


def _strict(node: nodes.StrictTarget, polarity: Polarity, room: Room) -> t.Strict | None:
    found = figure(node.figure, room)
    above = isinstance(node.side, nodes.Above)
    right = {Polarity.HIGHER: True, Polarity.LOWER: False}.get(polarity)
    if polarity is Polarity.CLOSER_TO_ZERO:
        room.found.append(rule_wording.strict_about_zero(node.span, node.figure.span.text))
        return None
    if right is None:
        if polarity.has_better:
            room.found.append(rule_wording.range_against_polarity(node.span, polarity))
            return None
    elif right is not above:
        better = f"{'above' if right else 'below'} {node.figure.span.text}"
        room.found.append(rule_wording.strict_against_polarity(node.span, polarity, better))
        return None
    return t.Strict(found, above) if found else None


def _range(node: nodes.RangeTarget, polarity: Polarity, room: Room) -> t.Range | None:
    low, high = figure(node.low, room), figure(node.high, room)
    if polarity.has_better and not polarity.wants_range:
        room.found.append(rule_wording.range_against_polarity(node.span, polarity))
        return None
    if low is None or high is None:
        return None
    if isinstance(low, Number) and isinstance(high, Number) and low.number > high.number:
        room.found.append(rule_wording.backward_range(node.span))
        return None
    return t.Range(low, high)


# --- tolerances ---


def tolerance(node: nodes.Tolerance, here: TargetHere | None, room: Room) -> tol.Tolerance | None:
    """The tolerance, or None if something in it, or in it and the target together, is wrong and reported."""
    match node:
        case nodes.NoTolerance():
            return tol.NoTolerance()
        case nodes.WiderOf():
            parts = [_width(width, here, room, saved=len(node.widths) > 1) for width in node.widths]
            return tol.Wider(tuple(part for part in parts if part)) if all(parts) else None
        case nodes.NarrowerOf():
            parts = [_width(width, here, room) for width in node.widths]
            return tol.Narrower(tuple(part for part in parts if part)) if all(parts) else None
        case nodes.PerSide():
            below, above = _width(node.below, here, room), _width(node.above, here, room)
            if here and not isinstance(here.due, t.Range | t.NoTarget):
                room.found.append(rule_wording.range_tolerance(node.span))
                return None
            return tol.PerSide(below, above) if below and above else None
        case width:
            return _width(width, here, room)


def _width(node: nodes.Width, here: TargetHere | None, room: Room, *, saved: bool = False) -> tol.Tolerance | None:
    """One width; `saved` if another may stand in for a share of zero."""
    match node:
        case nodes.ShareOf():
            return _share(node, here, room, saved=saved)
        case nodes.BareShare():
            numbers = here.numbers if here else ()
            only_number = numbers[0] if len(numbers) == 1 else None
            downwards = {Polarity.HIGHER: True, Polarity.LOWER: False}.get(here.polarity) if here else None
            room.found.append(ambiguous(node, only_number, room.unit, downwards=downwards))
            return None
        case nodes.ShareOfRange():
            if here and not isinstance(here.due, t.Range | t.NoTarget):
                room.found.append(rule_wording.range_tolerance(node.span))
                return None
            return tol.ShareOfRange(percent(node.share), _RANGE_PARTS[type(node.part)])
        case nodes.Quantity():
            number = number_in(node, room.unit, room.found)
            if number is not None and number < 0:
                room.found.append(rule_wording.negative_amount(node.span, "tolerance"))
                return None
            return None if number is None else tol.Wide(number)
        case nodes.FarEdge():
            edge = value_in(node.edge, room.unit, room.found)
            if edge is None or not _on_worse_side(node.edge.span, edge, here, room):
                return None
            above = isinstance(node.excluded, nodes.Above)
            return tol.FarEdge(edge, excluded=node.excluded is not None, above=above)
        case nodes.PrintedRange():
            return _printed(node, here, room)
        case _:
            assert_never(node)


_RANGE_PARTS = {
    nodes.RangeWidth: tol.RangePart.WIDTH,
    nodes.RangeEnds: tol.RangePart.ENDS,
    nodes.RangeMiddle: tol.RangePart.MIDDLE,
}


def _share(node: nodes.ShareOf, here: TargetHere | None, room: Room, *, saved: bool) -> tol.Tolerance | None:
    share = percent(node.share)
    match node.whole:
        case nodes.TheTarget() | nodes.It():
            if here and not saved and _may_be_zero(here):
                room.found.append(rule_wording.share_of_zero(node.share.span, here.span))
                return None
            return tol.ShareOfTarget(share)
        case nodes.Name() as name:
            if name.text not in room.figures:
                room.found.append(wording.unknown_figure(name.span, list(room.figures)))
                return None
            return tol.ShareOfFigure(share, Named(name.text))
        case _:
            assert_never(node.whole)


def _may_be_zero(here: TargetHere) -> bool:
    """Whether the written target is zero at some time, so that a share of it is nothing."""
    if isinstance(here.due, StraightLine) and passes_zero(here.due):
        return True
    return 0 in here.numbers and not isinstance(here.due, t.Range)


def _on_worse_side(span: Span, edge: Fraction, here: TargetHere | None, room: Room) -> bool:
    """Whether a far edge lies where it can do something; reported if not."""
    if here is None or isinstance(here.due, t.NoTarget | t.Range) or len(here.numbers) != 1:
        return True
    [number] = here.numbers
    better = {
        Polarity.HIGHER: edge > number,
        Polarity.LOWER: edge < number,
        Polarity.CLOSER_TO_ZERO: abs(edge) < abs(number),
    }.get(here.polarity, False)
    if better:
        room.found.append(rule_wording.tolerance_on_wrong_side(span, here.span, here.polarity))
    return not better


def _printed(node: nodes.PrintedRange, here: TargetHere | None, room: Room) -> tol.Tolerance | None:
    """A range as printed: of its two ends the worse is the far edge, and the other should touch the target."""
    first, second = number_in(node.first, room.unit, room.found), number_in(node.second, room.unit, room.found)
    if first is None or second is None:
        return None
    downwards = here is not None and here.polarity is Polarity.HIGHER
    near, far = (max(first, second), min(first, second)) if downwards else (min(first, second), max(first, second))
    if here is not None and here.polarity is Polarity.CLOSER_TO_ZERO:
        near, far = sorted((first, second), key=abs)
    if here is not None and here.numbers == (far,) and near != far:
        # The end that is worse is the target itself: the other one lies on its better side.
        near, far = far, near
    far_node = node.first if far == first else node.second
    if not _on_worse_side(far_node.span, far, here, room):
        return None
    if here is not None and len(here.numbers) == 1 and isinstance(here.due, t.Plain | t.Strict):
        _touching(node, near, far, here, room)
    return tol.FarEdge(far, near=near)


def _touching(node: nodes.PrintedRange, near: Fraction, far: Fraction, here: TargetHere, room: Room) -> None:
    """Warn of values between the target and the near edge, unless the near edge is the very next printed number."""
    [number] = here.numbers
    strict = isinstance(here.due, t.Strict)
    next_printed = 0 if strict else Fraction(1, 10 ** _places(node))
    if abs(near - number) <= next_printed:
        return
    low, high = sorted((number, near))
    at, edge = (show(low, room.unit), show(high, room.unit))
    if strict:
        hole = f"from {at} to below {edge}" if number == low else f"above {at} to {edge}"
    else:
        hole = f"between {at} and {edge}"
    mended = " to ".join(show(end, room.unit) for end in sorted((number, far)))
    room.found.append(rule_wording.uncovered_near_edge(node.span, here.span, hole, mended))


def _places(node: nodes.PrintedRange) -> int:
    """To how many decimals the range is printed."""
    texts = (node.first.text.rstrip("%kmbn "), node.second.text.rstrip("%kmbn "))
    return max(len(text.partition(".")[2]) for text in texts)
