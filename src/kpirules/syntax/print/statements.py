"""How statements are written, a list of lines each."""

from collections.abc import Iterable
from typing import assert_never

from kpirules.syntax import nodes
from kpirules.syntax.print.figures import listed, plain, text, whole_formula
from kpirules.syntax.print.schemes import phrase, title
from kpirules.syntax.print.targets import band_range, figure_source, target, tolerance


def block(head: str, lines: Iterable[str]) -> list[str]:
    """A block with its lines two blanks further in; without any lines its braces stand together."""
    inside = [f"  {line}" if line else "" for line in lines]
    return [f"{head} {{", *inside, "}"] if inside else [f"{head} {{}}"]


def unit(node: nodes.Unit) -> str:
    """What stands after `unit`."""
    match node:
        case nodes.PercentUnit():
            return "percent"
        case nodes.PointsUnit():
            return "points"
        case nodes.CountUnit():
            return "count"
        case nodes.MoneyUnit():
            return f"money {node.currency.text}"
        case nodes.DurationUnit():
            return "duration"
        case nodes.DaysUnit():
            return "days"
        case nodes.RateUnit():
            return f"rate per {node.per.text}"
        case nodes.ScoreUnit():
            return f"score out of {node.out_of.text}"
        case nodes.ScaleUnit():
            return f"scale {node.scale.text}"
        case nodes.MilestoneUnit():
            return "milestone"
        case nodes.QuotedUnit():
            return text(node.words)
    assert_never(node)


def polarity(node: nodes.Polarity) -> str:
    """What stands after `polarity`."""
    match node:
        case nodes.HigherIsBetter():
            return "higher is better"
        case nodes.LowerIsBetter():
            return "lower is better"
        case nodes.InsideIsBetter():
            return "inside is better"
        case nodes.OutsideIsBetter():
            return "outside is better"
        case nodes.CloserToZeroIsBetter():
            return "closer to zero is better"
        case nodes.NoPolarity():
            return phrase("none", title(node.reason))
        case nodes.PendingPolarity():
            return phrase("pending", title(node.reason))
    assert_never(node)


def meaning(node: nodes.Positive | nodes.Negative | nodes.Words) -> str:
    """What a word in a value means."""
    match node:
        case nodes.Positive():
            return "positive"
        case nodes.Negative():
            return "negative"
        case nodes.Words():
            return node.text
    assert_never(node)


def reading(node: nodes.Reading) -> str:
    """A word and what it means."""
    return f"{plain(node.word)} as {meaning(node.meaning)}"


def declared_input(node: nodes.Input) -> str:
    """A name with its unit."""
    return f"{node.name.text} {unit(node.unit)}"


def overall(node: nodes.Overall) -> str:
    """What stands after `overall`."""
    match node:
        case nodes.WorstComponent():
            return "worst component"
        case nodes.BestComponent():
            return "best component"
        case nodes.NamedComponent():
            return f"component {plain(node.component)}"
        case nodes.OwnValue():
            return "own value"
        case nodes.NoOverall():
            return "none"
    assert_never(node)


def value(node: nodes.Formula | nodes.SumOfComponents | nodes.MeanOfComponents) -> str:
    """What stands after `value`."""
    match node:
        case nodes.SumOfComponents():
            return "sum of components"
        case nodes.MeanOfComponents():
            return "mean of components"
        case _:
            return whole_formula(node)


def frequency(node: nodes.Name | nodes.Every) -> str:
    """What stands after `frequency`."""
    return node.text if isinstance(node, nodes.Name) else f"every {node.count.text} {node.step.text}"


def body(node: nodes.Body) -> str:
    """A statement without its period, on one line; the lines of `bands` stand in `statement`."""
    match node:
        case nodes.UnitStatement():
            return f"unit {unit(node.unit)}"
        case nodes.ValuesStatement():
            return f"values {node.low.text} to {node.high.text}"
        case nodes.PrecisionStatement():
            return f"precision {node.step.text}"
        case nodes.ReadsStatement():
            return f"reads {listed(tuple(reading(part) for part in node.readings))}"
        case nodes.PolarityStatement():
            return f"polarity {polarity(node.polarity)}"
        case nodes.TargetStatement():
            return f"target {target(node.target)}"
        case nodes.ToleranceStatement():
            return f"tolerance {tolerance(node.tolerance)}"
        case nodes.BandsStatement():
            return "\n".join(block("bands", (band_range(band) for band in node.bands)))
        case nodes.FigureStatement():
            return phrase("figure", node.name.text, figure_source(node.figure) if node.figure else "")
        case nodes.RatedStatement():
            places = "place" if node.places.text == "1" else "places"
            return f"rated to {node.places.text} decimal {places}{', half even' if node.half_even else ''}"
        case nodes.AccumulatesStatement():
            calendar = node.calendar.text if node.calendar else ""
            end = ", compared by increment" if node.by_increment else ""
            return f"{phrase('accumulates over', calendar, 'year')}{end}"
        case nodes.OverallStatement():
            return f"overall {overall(node.overall)}{', ignoring unrated' if node.ignoring_unrated else ''}"
        case nodes.WeightStatement():
            return f"weight {node.weight.text}"
        case nodes.InputsStatement():
            return f"inputs {listed(tuple(declared_input(part) for part in node.inputs))}"
        case nodes.ValueStatement():
            return f"value {value(node.value)}"
        case nodes.BreakStatement():
            return phrase("break at", node.at.text, title(node.reason))
        case nodes.SchemeStatement():
            return f"scheme {node.scheme.text}"
        case nodes.TravelStatement():
            return f"travel {listed(tuple(name.text for name in node.travels))}"
        case nodes.NoTravelStatement():
            return "travel none"
        case nodes.FrequencyStatement():
            return f"frequency {frequency(node.frequency)}"
        case nodes.CalendarStatement():
            return f"calendar {node.calendar.text}"
        case nodes.ThemeStatement():
            return f"theme {node.theme.text}"
        case nodes.OwnerStatement():
            return f"owner {text(node.owner)}"
        case nodes.TagsStatement():
            return f"tags {listed(tuple(plain(tag) for tag in node.tags))}"
        case nodes.SourceStatement():
            return f"source {text(node.source)}"
        case nodes.NoteStatement():
            return f"note {text(node.note)}"
    assert_never(node)


def statement(node: nodes.Statement) -> list[str]:
    """A statement with its period."""
    since = f"from {node.since.text}" if node.since else ""
    until = f"until {node.until.text}" if node.until else ""
    return phrase(body(node.body), since, until).split("\n")
