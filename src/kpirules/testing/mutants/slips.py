"""What a person who writes rules gets wrong at one place: for each kind of node, what could stand there by mistake."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from attrs import evolve, field, frozen

from kpirules.periods import Calendar
from kpirules.syntax import nodes
from kpirules.testing.mutants.changes import Change, Edit, parts_of
from kpirules.testing.mutants.nudges import neighbouring_days, neighbouring_periods, next_count, nudged
from kpirules.units import OnScale, Percent, Points, RatePer, ScoreOutOf, Unit
from kpirules.vocabulary.polarity import Polarity

JANUARY: Final = Calendar("year", "calendar year", 1, 1)


@frozen
class Setting:
    """What is known where a rule is written: in an indicator its unit, the step of its values, and its polarity."""

    unit: Unit | None = None
    step: Fraction | None = None
    polarity: Polarity | None = None
    calendar: Calendar = field(default=JANUARY)


# What is said of limits, looks, names and dates is not the rule itself, or is moved as a whole elsewhere.
_LEFT_ALONE: Final = (
    nodes.ValuesStatement,
    nodes.PrecisionStatement,
    nodes.UnitStatement,
    nodes.InputsStatement,
    nodes.CalendarStatement,
    nodes.FrequencyStatement,
    nodes.OwnerStatement,
    nodes.TagsStatement,
    nodes.SourceStatement,
    nodes.NoteStatement,
    nodes.ThemeStatement,
    nodes.BandsStatement,
    nodes.Component,
)


def slips(node: nodes.Node, setting: Setting) -> Iterator[Edit]:
    """Every mistake in one place, at the node or inside of it, in the order of writing."""
    if isinstance(node, _LEFT_ALONE):
        return
    yield from _slips_at(node, setting)
    for name, part in parts_of(node):
        if name in ("name", "title", "since", "until"):
            continue
        for each in part if isinstance(part, tuple) else (part,):
            yield from slips(each, setting)


def _slips_at(node: nodes.Node, setting: Setting) -> Iterator[Edit]:
    yield from _number_slips(node, setting)
    yield from _target_slips(node, setting)
    yield from _tolerance_slips(node, setting)
    yield from _comparison_slips(node)
    yield from _row_slips(node)


def _number_slips(node: nodes.Node, setting: Setting) -> Iterator[Edit]:
    """Numbers and points in time, a step away."""
    match node:
        case nodes.Quantity():
            for text in nudged(node.text, setting.step):
                yield Edit.of("a number one step away", node, evolve(node, text=text))
        case nodes.Percentage():
            for text in nudged(node.text):
                yield Edit.of("a share one step away", node, evolve(node, text=text))
        case nodes.MilestoneTarget():
            for text in neighbouring_days(node.by.text):
                yield Edit.of("a day earlier or later", node.by, evolve(node.by, text=text))
        case nodes.Period():
            for text in neighbouring_periods(node.text, setting.calendar):
                yield Edit.of("a period earlier or later", node, evolve(node, text=text))
        case nodes.Earlier() | nodes.OfLast() | nodes.AtLeastComponents() | nodes.AtMostComponents():
            more = evolve(node.count, text=next_count(node.count.text))
            yield Edit.of("one more", node.count, more)
        case nodes.WeightStatement():
            yield Edit.of("one more", node.weight, evolve(node.weight, text=next_count(node.weight.text)))
        case nodes.Profile():
            for place in range(len(node.quantities) - 1):
                quantities = list(node.quantities)
                quantities[place], quantities[place + 1] = quantities[place + 1], quantities[place]
                yield Edit.of("two periods mixed up", node, evolve(node, quantities=tuple(quantities)))
        case _:
            return


_POLARITIES: Final = {
    nodes.HigherIsBetter: (nodes.LowerIsBetter,),
    nodes.LowerIsBetter: (nodes.HigherIsBetter,),
    nodes.InsideIsBetter: (nodes.OutsideIsBetter,),
    nodes.OutsideIsBetter: (nodes.InsideIsBetter,),
    nodes.CloserToZeroIsBetter: (nodes.HigherIsBetter, nodes.LowerIsBetter),
    nodes.NoPolarity: (nodes.HigherIsBetter,),
    nodes.PendingPolarity: (nodes.HigherIsBetter,),
}


def _target_slips(node: nodes.Node, setting: Setting) -> Iterator[Edit]:
    match node:
        case nodes.PolarityStatement(polarity=polarity):
            for other in _POLARITIES[type(polarity)]:
                yield Edit.of("the other way is better", polarity, other(polarity.span))
        case nodes.PlainTarget(figure=figure):
            for side in _better_sides(setting):
                strict = nodes.StrictTarget(node.span, side(node.span), figure)
                yield Edit.of("the target's own point is worse", node, strict)
        case nodes.StrictTarget(figure=figure):
            yield Edit.of("the target's own point is met", node, nodes.PlainTarget(node.span, figure))
        case nodes.YearEndTarget(figure=figure):
            yield Edit.of("due all the year", node, nodes.PlainTarget(node.span, figure))
        case nodes.CourseTarget(course=nodes.Phased(quantity=quantity)):
            yield Edit.of("due at the end of the year", node, nodes.YearEndTarget(node.span, quantity))
        case nodes.PendingTarget(reason=reason) | nodes.NoTarget(reason=reason):
            yield Edit.of("another reason for no target", node, nodes.NotApplicableTarget(node.span, reason))
        case nodes.NotApplicableTarget(reason=reason):
            yield Edit.of("another reason for no target", node, nodes.PendingTarget(node.span, reason))
        case nodes.EstablishingBaseline():
            yield Edit.of("another reason for no target", node, nodes.PendingTarget(node.span, None))
        case nodes.LabelTarget(label=label) | nodes.FarEdge(edge=nodes.Text() as label):
            for neighbour in _neighbours(label.value, setting.unit):
                yield Edit.of("the next label", label, evolve(label, value=neighbour))
        case _:
            return


def _better_sides(setting: Setting) -> tuple[type[nodes.Above | nodes.Below], ...]:
    match setting.polarity:
        case Polarity.HIGHER:
            return (nodes.Above,)
        case Polarity.LOWER:
            return (nodes.Below,)
        case None:
            return (nodes.Above, nodes.Below)
        case _:
            return ()


def _neighbours(label: str, unit: Unit | None) -> Iterator[str]:
    if isinstance(unit, OnScale) and label in unit.scale.labels:
        place = unit.scale.labels.index(label)
        yield from unit.scale.labels[max(place - 1, 0) : place]
        yield from unit.scale.labels[place + 1 : place + 2]


def _tolerance_slips(node: nodes.Node, setting: Setting) -> Iterator[Edit]:
    match node:
        case nodes.ToleranceStatement(tolerance=tolerance) if not isinstance(tolerance, nodes.NoTolerance):
            yield Edit.of("no tolerance", tolerance, nodes.NoTolerance(tolerance.span))
            for width in tolerance.widths if isinstance(tolerance, nodes.WiderOf | nodes.NarrowerOf) else (tolerance,):
                if isinstance(width, nodes.Quantity):
                    yield from _share_of_target(width)
        case nodes.WiderOf(widths=widths) | nodes.NarrowerOf(widths=widths):
            other = nodes.NarrowerOf if isinstance(node, nodes.WiderOf) else nodes.WiderOf
            yield Edit.of("the wider for the narrower, or the other way round", node, other(node.span, widths))
            if len(widths) == 2:
                yield Edit.of("the first alone", node, widths[0])
                yield Edit.of("the second alone", node, widths[1])
        case nodes.PerSide(below=below, above=above):
            yield Edit.of("the sides mixed up", node, nodes.PerSide(node.span, above, below))
        case nodes.ShareOf(whole=nodes.TheTarget() | nodes.It(), share=share):
            yield Edit.of("as much as written", node, nodes.Quantity(node.span, _as_amount(share.text, setting.unit)))
        case nodes.ShareOf(whole=nodes.Name() as whole):
            yield Edit.of("a share of the target", whole, nodes.TheTarget(whole.span))
        case nodes.ShareOfRange(part=part):
            for other_part in (nodes.RangeWidth, nodes.RangeEnds, nodes.RangeMiddle):
                if not isinstance(part, other_part):
                    yield Edit.of("another part of the range", part, other_part(part.span))
        case nodes.FarEdge(excluded=None):
            for side in _worse_sides(setting):
                yield Edit.of("the far edge is outside", node, evolve(node, excluded=side(node.span)))
        case nodes.FarEdge():
            yield Edit.of("the far edge is inside", node, evolve(node, excluded=None))
        case nodes.PrintedRange(first=first, second=second):
            for side in _worse_sides(setting):
                far = first if setting.polarity is Polarity.HIGHER else second
                yield Edit.of("the far edge is outside", node, nodes.FarEdge(node.span, side(node.span), far))
        case nodes.DeadZone(edge=edge):
            other_edge = nodes.Under if isinstance(edge, nodes.Within) else nodes.Within
            yield Edit.of("the edge is change, or is none", node, evolve(node, edge=other_edge(edge.span)))
        case _:
            return


def _worse_sides(setting: Setting) -> tuple[type[nodes.Above | nodes.Below], ...]:
    """The words that leave out a far edge: `to below 75%` where lower is better."""
    match setting.polarity:
        case Polarity.HIGHER:
            return (nodes.Above,)
        case Polarity.LOWER:
            return (nodes.Below,)
        case _:
            return ()


def _as_amount(share: str, unit: Unit | None) -> str:
    """`5%` as somebody writes it who thinks of 5 points, or of 5 in the unit."""
    number = share.removesuffix("%").strip()
    match unit:
        case Percent() | Points() | ScoreOutOf() | RatePer() | None:
            return f"{number} points"
        case _:
            return number


def _share_of_target(width: nodes.Quantity) -> Iterator[Edit]:
    figures = "".join(letter for letter in width.text if letter.isdigit() or letter == ".")
    share = nodes.ShareOf(width.span, nodes.Percentage(width.span, f"{figures}%"), nodes.TheTarget(width.span))
    yield Edit.of("a share of the target", width, share)


_SIDES: Final = {
    nodes.AtOrBetter: nodes.Better,
    nodes.Better: nodes.AtOrBetter,
    nodes.AtOrWorse: nodes.Worse,
    nodes.Worse: nodes.AtOrWorse,
    nodes.AtLeast: nodes.Above,
    nodes.Above: nodes.AtLeast,
    nodes.AtMost: nodes.Below,
    nodes.Below: nodes.AtMost,
}
_DIRECTIONS: Final = {
    nodes.Improved: nodes.Worsened,
    nodes.Worsened: nodes.Improved,
    nodes.Unchanged: nodes.Improved,
    nodes.Up: nodes.Down,
    nodes.Down: nodes.Up,
}
_AGGREGATES: Final = {
    nodes.Mean: nodes.Median,
    nodes.Median: nodes.Mean,
    nodes.Best: nodes.Worst,
    nodes.Worst: nodes.Best,
    nodes.Sum: nodes.Mean,
}


def _comparison_slips(node: nodes.Node) -> Iterator[Edit]:
    """What stands in schemes, travels and formulas."""
    match node:
        case nodes.TargetMet():
            better = nodes.Compares(node.span, None, nodes.Better(node.span), nodes.TheTarget(node.span))
            yield Edit.of("the target's own point is worse", node, better)
        case nodes.Compares(side=side) | nodes.Plainly(side=side) | nodes.BandCompares(side=side):
            yield Edit.of("the edge belongs to the other side", side, _SIDES[type(side)](side.span))
        case nodes.Shifted(way=way):
            other_way = nodes.TowardsBetter if isinstance(way, nodes.TowardsWorse) else nodes.TowardsWorse
            yield Edit.of("the other way", way, other_way(way.span))
        case nodes.Travelled(direction=direction):
            yield Edit.of("another direction", direction, _DIRECTIONS[type(direction)](direction.span))
        case nodes.AllOf(conditions=parts):
            yield Edit.of("`or` for `and`", node, nodes.AnyOf(node.span, parts))
        case nodes.AnyOf(conditions=parts):
            yield Edit.of("`and` for `or`", node, nodes.AllOf(node.span, parts))
        case nodes.Negation(condition=inner):
            yield Edit.of("`not` left out", node, inner)
        case nodes.AnyComponent(outcome=outcome):
            yield Edit.of("all for any", node, nodes.AllComponents(node.span, outcome))
        case nodes.AllComponents(outcome=outcome):
            yield Edit.of("any for all", node, nodes.AnyComponent(node.span, outcome))
        case nodes.Previous(step=step):
            yield Edit.of("another comparator", node, nodes.SameLastYear(node.span, step))
        case nodes.SameLastYear(step=step):
            yield Edit.of("another comparator", node, nodes.Previous(node.span, step))
        case nodes.OfLast(aggregate=aggregate):
            yield Edit.of("summed up in another way", aggregate, _AGGREGATES[type(aggregate)](aggregate.span))
        case nodes.Plus(operand=operand):
            yield Edit.of("the wrong sign", node, nodes.Minus(node.span, operand))
        case nodes.Minus(operand=operand):
            yield Edit.of("the wrong sign", node, nodes.Plus(node.span, operand))
        case nodes.Times(operand=operand):
            yield Edit.of("divided and not multiplied", node, nodes.DividedBy(node.span, operand))
        case nodes.DividedBy(operand=operand):
            yield Edit.of("multiplied and not divided", node, nodes.Times(node.span, operand))
        case _:
            return


def _row_slips(node: nodes.Node) -> Iterator[Edit]:
    """What stands in an indicator besides target and tolerance."""
    match node:
        case nodes.Statement(body=nodes.AccumulatesStatement()):
            yield Edit.of("no running total", node, None)
        case nodes.Statement(body=nodes.BreakStatement()):
            yield Edit.of("no break", node, None)
        case nodes.Statement(body=nodes.RatedStatement(places=places, half_even=half_even) as body):
            yield Edit.of("not rounded", node, None)
            yield Edit.of("one more", places, evolve(places, text=next_count(places.text)))
            turned = None if half_even else nodes.HalfEven(body.span)
            yield Edit.of("halves rounded the other way", body, evolve(body, half_even=turned))
        case nodes.ReadsStatement(readings=readings):
            meanings = [reading.meaning for reading in readings]
            changes = tuple(Change(old, new) for old in meanings if (new := _opposite(old)) is not old)
            if changes:
                yield Edit("the signs mixed up", changes)
        case nodes.OverallStatement(overall=overall, ignoring_unrated=ignoring):
            yield from _overall_slips(overall)
            if isinstance(overall, nodes.WorstComponent | nodes.BestComponent):
                other = None if ignoring else nodes.IgnoringUnrated(node.span)
                yield Edit.of("unrated components count, or do not", node, evolve(node, ignoring_unrated=other))
        case nodes.SumOfComponents():
            yield Edit.of("the mean for the sum", node, nodes.MeanOfComponents(node.span))
        case nodes.MeanOfComponents():
            yield Edit.of("the sum for the mean", node, nodes.SumOfComponents(node.span))
        case _:
            return


def _opposite(meaning: nodes.Positive | nodes.Negative | nodes.Words) -> nodes.Positive | nodes.Negative | nodes.Words:
    match meaning:
        case nodes.Positive():
            return nodes.Negative(meaning.span)
        case nodes.Negative():
            return nodes.Positive(meaning.span)
        case nodes.Words():
            return meaning


def _overall_slips(overall: nodes.Overall) -> Iterator[Edit]:
    match overall:
        case nodes.WorstComponent():
            yield Edit.of("the best for the worst", overall, nodes.BestComponent(overall.span))
        case nodes.BestComponent() | nodes.NamedComponent() | nodes.OwnValue() | nodes.NoOverall():
            yield Edit.of("the worst component decides", overall, nodes.WorstComponent(overall.span))
