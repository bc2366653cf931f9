"""The statements of an indicator, a component and a `defaults` block."""

from attrs import frozen

from kpirules.syntax.nodes.base import Name, Node, Number, Period, Quantity, Ref, Text, Words
from kpirules.syntax.nodes.figures import Formula
from kpirules.syntax.nodes.targets import FigureSource, Target
from kpirules.syntax.nodes.tolerances import BandRange, Tolerance
from kpirules.syntax.nodes.units import Polarity, Unit

# ---- what statements are made of


class Positive(Node):
    """`positive`."""


class Negative(Node):
    """`negative`."""


@frozen
class Reading(Node):
    """`overspend as positive`, `"NA" as no value`."""

    word: Ref
    meaning: Positive | Negative | Words


@frozen
class Input(Node):
    """`budget money GBP`."""

    name: Name
    unit: Unit


class SumOfComponents(Node):
    """`sum of components`."""


class MeanOfComponents(Node):
    """`mean of components`."""


class WorstComponent(Node):
    """`worst component`."""


class BestComponent(Node):
    """`best component`."""


@frozen
class NamedComponent(Node):
    """`component NAME`."""

    component: Ref


class OwnValue(Node):
    """`own value`."""


class NoOverall(Node):
    """`none`."""


Overall = WorstComponent | BestComponent | NamedComponent | OwnValue | NoOverall


class IgnoringUnrated(Node):
    """`, ignoring unrated`."""


class HalfEven(Node):
    """`, half even`."""


class ByIncrement(Node):
    """`, compared by increment`."""


@frozen
class Every(Node):
    """`every 4 months`."""

    count: Number
    step: Name


# ---- statements


@frozen
class UnitStatement(Node):
    """`unit UNIT`."""

    unit: Unit


@frozen
class ValuesStatement(Node):
    """`values 0% to 100%`."""

    low: Quantity
    high: Quantity


@frozen
class PrecisionStatement(Node):
    """`precision 0.1`."""

    step: Quantity


@frozen
class ReadsStatement(Node):
    """`reads overspend as positive, underspend as negative`."""

    readings: tuple[Reading, ...]


@frozen
class PolarityStatement(Node):
    """`polarity POLARITY`."""

    polarity: Polarity


@frozen
class TargetStatement(Node):
    """`target TARGET`."""

    target: Target


@frozen
class ToleranceStatement(Node):
    """`tolerance TOLERANCE`."""

    tolerance: Tolerance


@frozen
class BandsStatement(Node):
    """`bands { … }`."""

    bands: tuple[BandRange, ...]


@frozen
class FigureStatement(Node):
    """`figure floor 62%`; without a source the figure is observed."""

    name: Name
    figure: FigureSource | None


@frozen
class RatedStatement(Node):
    """`rated to 1 decimal place, half even`."""

    places: Number
    half_even: HalfEven | None


@frozen
class AccumulatesStatement(Node):
    """`accumulates over council year, compared by increment`."""

    calendar: Name | None
    by_increment: ByIncrement | None


@frozen
class OverallStatement(Node):
    """`overall worst component, ignoring unrated`."""

    overall: Overall
    ignoring_unrated: IgnoringUnrated | None


@frozen
class WeightStatement(Node):
    """`weight 2`."""

    weight: Number


@frozen
class InputsStatement(Node):
    """`inputs overspend money GBP, budget money GBP`."""

    inputs: tuple[Input, ...]


@frozen
class ValueStatement(Node):
    """`value overspend / budget`, `value sum of components`."""

    value: Formula | SumOfComponents | MeanOfComponents


@frozen
class BreakStatement(Node):
    """`break at 2022/23 "new definition"`."""

    at: Period
    reason: Text | None


@frozen
class SchemeStatement(Node):
    """`scheme rag`."""

    scheme: Name


@frozen
class TravelStatement(Node):
    """`travel short, long`."""

    travels: tuple[Name, ...]


class NoTravelStatement(Node):
    """`travel none`: this indicator or component has no direction of travel."""


@frozen
class FrequencyStatement(Node):
    """`frequency quarterly`, `frequency every 4 months`."""

    frequency: Name | Every


@frozen
class CalendarStatement(Node):
    """`calendar council`."""

    calendar: Name


@frozen
class ThemeStatement(Node):
    """`theme best-start`."""

    theme: Name


@frozen
class OwnerStatement(Node):
    """`owner "Children and Education"`."""

    owner: Text


@frozen
class TagsStatement(Node):
    """`tags schools, ofsted`."""

    tags: tuple[Ref, ...]


@frozen
class SourceStatement(Node):
    """`source "…"`."""

    source: Text


@frozen
class NoteStatement(Node):
    """`note "…"`."""

    note: Text


Body = (
    UnitStatement
    | ValuesStatement
    | PrecisionStatement
    | ReadsStatement
    | PolarityStatement
    | TargetStatement
    | ToleranceStatement
    | BandsStatement
    | FigureStatement
    | RatedStatement
    | AccumulatesStatement
    | OverallStatement
    | WeightStatement
    | InputsStatement
    | ValueStatement
    | BreakStatement
    | SchemeStatement
    | TravelStatement
    | NoTravelStatement
    | FrequencyStatement
    | CalendarStatement
    | ThemeStatement
    | OwnerStatement
    | TagsStatement
    | SourceStatement
    | NoteStatement
)


@frozen
class Statement(Node):
    """A statement and when it holds: `target 80% from 2023/24 until 2024/25`, both periods included."""

    body: Body
    since: Period | None
    until: Period | None
