"""From the rules of the grammar to nodes: `RULES` says which node each rule makes."""

import re
from collections.abc import Callable
from typing import Any

from attrs import evolve

from kpirules.source import Span
from kpirules.syntax import nodes


def squeezed(text: str) -> str:
    """The text with every run of blanks as one blank."""
    return " ".join(text.split())


def text_node(span: Span) -> nodes.Text:
    """A quoted text without its quotes and escapes."""
    said = span.text[1:-1]
    return nodes.Text(span, re.sub(r"\\(.)", r"\1", said) if "\\" in said else said)


def _as_written(make: Callable[[Span, str], nodes.Node]) -> Callable[..., nodes.Node]:
    return lambda span, *_: make(span, squeezed(span.text))


def _all_of(make: Callable[[Span, Any], nodes.Node]) -> Callable[..., nodes.Node]:
    return lambda span, *children: make(span, children)


def _first_and_rest(make: Callable[[Span, Any, Any], nodes.Node]) -> Callable[..., nodes.Node]:
    return lambda span, first, *rest: make(span, first, rest)


def _bracketed(span: Span, child: nodes.Node) -> nodes.Node:
    return evolve(child, span=span)


def _sized(span: Span, quantity: nodes.Quantity) -> nodes.Quantity | nodes.BareShare:
    return nodes.BareShare(span, quantity) if quantity.text.endswith("%") else quantity


# What a token becomes in the node above it; tokens of other terminals are dropped.
VALUES: dict[str, Callable[[Span], nodes.Node]] = {
    "NAME": _as_written(nodes.Name),
    "STRING": text_node,
    "NUMBER": _as_written(nodes.Number),
    "PERCENTAGE": _as_written(nodes.Percentage),
    "MONEY_AMOUNT": _as_written(nodes.Quantity),
    "TIME_AMOUNT": _as_written(nodes.Quantity),
    "PERIOD": _as_written(nodes.Period),
    "DATE": _as_written(nodes.Date),
}

# What each rule becomes in the rule above it: mostly a node. The span is that of all its symbols; the children are
# those of them that say something, and None for a part that is absent.
RULES: dict[str, Callable[..., Any]] = {
    "start": lambda _, item: item,
    "only": lambda _, child: child,
    "bracketed": _bracketed,
    "group": lambda _, *items: items,
    "group_of": lambda _, items: items or (),
    # the small items
    "language": nodes.Language,
    "use": nodes.Use,
    "calendar": nodes.Calendar,
    "scale": nodes.Scale,
    "theme": lambda span, name, title, items: nodes.Theme(span, name, title, items or ()),
    "defaults": nodes.Defaults,
    "for_library": nodes.ForLibrary,
    "band": lambda span, name, title, styles: nodes.Band(span, name, title, styles or ()),
    "colour": nodes.Colour,
    "letter": nodes.Letter,
    "shape": nodes.Shape,
    "points": nodes.Points,
    "signed_number": _as_written(nodes.Quantity),
    # schemes
    "scheme": nodes.Scheme,
    "unranked": nodes.Unranked,
    "band_rule": nodes.BandRule,
    "unrated_rule": nodes.UnratedRule,
    "cap": nodes.Cap,
    "when": nodes.When,
    "otherwise": nodes.Otherwise,
    "any_of": _all_of(nodes.AnyOf),
    "all_of": _all_of(nodes.AllOf),
    "negation": nodes.Negation,
    "target_met": nodes.TargetMet,
    "within_tolerance": nodes.WithinTolerance,
    "compares_value": lambda span, side, figure: nodes.Compares(span, None, side, figure),
    "compares": nodes.Compares,
    "inside_value": lambda span, low, high: nodes.Inside(span, None, low, high),
    "inside": nodes.Inside,
    "plainly": nodes.Plainly,
    "labelled": nodes.Labelled,
    "travelled": nodes.Travelled,
    "not_comparable": nodes.NotComparable,
    "missing": nodes.Missing,
    "target_pending": nodes.TargetPending,
    "target_not_applicable": nodes.TargetNotApplicable,
    "at_year_end": nodes.AtYearEnd,
    "any_component": nodes.AnyComponent,
    "all_components": nodes.AllComponents,
    "at_least_components": nodes.AtLeastComponents,
    "at_most_components": nodes.AtMostComponents,
    "the_value": nodes.TheValue,
    "at_or_better": nodes.AtOrBetter,
    "better": nodes.Better,
    "at_or_worse": nodes.AtOrWorse,
    "worse": nodes.Worse,
    "at_least": nodes.AtLeast,
    "at_most": nodes.AtMost,
    "above": nodes.Above,
    "below": nodes.Below,
    "improved": nodes.Improved,
    "unchanged": nodes.Unchanged,
    "worsened": nodes.Worsened,
    "up": nodes.Up,
    "down": nodes.Down,
    "is_band": nodes.IsBand,
    "is_not_band": nodes.IsNotBand,
    "band_compares": nodes.BandCompares,
    "is_unrated": nodes.IsUnrated,
    # figures
    "shifted": nodes.Shifted,
    "midpoint": nodes.Midpoint,
    "along": nodes.Along,
    "the_target": nodes.TheTarget,
    "towards_worse": nodes.TowardsWorse,
    "towards_better": nodes.TowardsBetter,
    "share_of": nodes.ShareOf,
    "sized": _sized,
    "the_tolerance": nodes.TheTolerance,
    "it": nodes.It,
    "signed_share": _as_written(nodes.Percentage),
    "soft_word": _as_written(nodes.Name),
    "previous": nodes.Previous,
    "same_last_year": nodes.SameLastYear,
    "earlier": nodes.Earlier,
    "baseline": nodes.Baseline,
    "of_last": nodes.OfLast,
    "mean": nodes.Mean,
    "median": nodes.Median,
    "best": nodes.Best,
    "worst": nodes.Worst,
    "sum": nodes.Sum,
    # travel
    "travel": nodes.Travel,
    "against": nodes.Against,
    "while_target_unchanged": nodes.WhileTargetUnchanged,
    "by_band": nodes.ByBand,
    "dead_zone": nodes.DeadZone,
    "within": nodes.Within,
    "under": nodes.Under,
    "share_of_previous": nodes.ShareOfPrevious,
    "a_year": nodes.AYear,
    # indicators
    "indicator": nodes.Indicator,
    "component": nodes.Component,
    "statement": nodes.Statement,
    "unit_statement": nodes.UnitStatement,
    "values_statement": nodes.ValuesStatement,
    "precision_statement": nodes.PrecisionStatement,
    "reads_statement": nodes.ReadsStatement,
    "polarity_statement": nodes.PolarityStatement,
    "target_statement": nodes.TargetStatement,
    "tolerance_statement": nodes.ToleranceStatement,
    "bands_statement": nodes.BandsStatement,
    "figure_statement": nodes.FigureStatement,
    "rated_statement": nodes.RatedStatement,
    "accumulates_statement": nodes.AccumulatesStatement,
    "overall_statement": nodes.OverallStatement,
    "weight_statement": nodes.WeightStatement,
    "inputs_statement": nodes.InputsStatement,
    "value_statement": nodes.ValueStatement,
    "break_statement": nodes.BreakStatement,
    "scheme_statement": nodes.SchemeStatement,
    "travel_statement": nodes.TravelStatement,
    "no_travel_statement": nodes.NoTravelStatement,
    "frequency_statement": nodes.FrequencyStatement,
    "calendar_statement": nodes.CalendarStatement,
    "theme_statement": nodes.ThemeStatement,
    "owner_statement": nodes.OwnerStatement,
    "tags_statement": nodes.TagsStatement,
    "source_statement": nodes.SourceStatement,
    "note_statement": nodes.NoteStatement,
    "percent_unit": nodes.PercentUnit,
    "points_unit": nodes.PointsUnit,
    "count_unit": nodes.CountUnit,
    "money_unit": nodes.MoneyUnit,
    "duration_unit": nodes.DurationUnit,
    "days_unit": nodes.DaysUnit,
    "rate_unit": nodes.RateUnit,
    "score_unit": nodes.ScoreUnit,
    "scale_unit": nodes.ScaleUnit,
    "milestone_unit": nodes.MilestoneUnit,
    "quoted_unit": nodes.QuotedUnit,
    "reading": nodes.Reading,
    "positive": nodes.Positive,
    "negative": nodes.Negative,
    "words": _as_written(nodes.Words),
    "higher_is_better": nodes.HigherIsBetter,
    "lower_is_better": nodes.LowerIsBetter,
    "inside_is_better": nodes.InsideIsBetter,
    "outside_is_better": nodes.OutsideIsBetter,
    "closer_to_zero_is_better": nodes.CloserToZeroIsBetter,
    "no_polarity": nodes.NoPolarity,
    "pending_polarity": nodes.PendingPolarity,
    "half_even": nodes.HalfEven,
    "by_increment": nodes.ByIncrement,
    "worst_component": nodes.WorstComponent,
    "best_component": nodes.BestComponent,
    "named_component": nodes.NamedComponent,
    "own_value": nodes.OwnValue,
    "no_overall": nodes.NoOverall,
    "ignoring_unrated": nodes.IgnoringUnrated,
    "input": nodes.Input,
    "sum_of_components": nodes.SumOfComponents,
    "mean_of_components": nodes.MeanOfComponents,
    "every": nodes.Every,
    # targets and formulas
    "plain_target": nodes.PlainTarget,
    "strict_target": nodes.StrictTarget,
    "range_target": nodes.RangeTarget,
    "label_target": nodes.LabelTarget,
    "milestone_target": nodes.MilestoneTarget,
    "year_end_target": nodes.YearEndTarget,
    "course_target": nodes.CourseTarget,
    "pending_target": nodes.PendingTarget,
    "no_target": nodes.NoTarget,
    "not_applicable_target": nodes.NotApplicableTarget,
    "establishing_baseline": nodes.EstablishingBaseline,
    "profile": nodes.Profile,
    "phased": nodes.Phased,
    "straight_line": nodes.StraightLine,
    "pending_figure": nodes.PendingFigure,
    "added": _first_and_rest(nodes.Added),
    "scaled": _first_and_rest(nodes.Scaled),
    "plus": nodes.Plus,
    "minus": nodes.Minus,
    "times": nodes.Times,
    "divided_by": nodes.DividedBy,
    # tolerances and bands
    "wider_of": _all_of(nodes.WiderOf),
    "narrower_of": _all_of(nodes.NarrowerOf),
    "per_side": nodes.PerSide,
    "no_tolerance": nodes.NoTolerance,
    "share_of_range": nodes.ShareOfRange,
    "range_width": nodes.RangeWidth,
    "range_ends": nodes.RangeEnds,
    "range_middle": nodes.RangeMiddle,
    "far_edge": nodes.FarEdge,
    "printed_range": nodes.PrintedRange,
    "band_range": nodes.BandRange,
    "and_beyond": nodes.AndBeyond,
    "beyond": nodes.Beyond,
    "between": nodes.Between,
    "between_from": lambda span, low, below, high: nodes.Between(span, None, low, below, high),
    "labels": nodes.Labels,
    # tests and laws
    "test": nodes.Test,
    "case": nodes.Case,
    "given": lambda span, now, before, facts: nodes.Given(span, now, before, facts or ()),
    "given_facts": lambda span, facts: nodes.Given(span, None, None, facts),
    "series": _all_of(nodes.Series),
    "figure_fact": nodes.FigureFact,
    "missing_value": nodes.MissingValue,
    "completed": nodes.Completed,
    "expected_no_travel": nodes.ExpectedNoTravel,
    "expected_unrated": nodes.ExpectedUnrated,
    "always": nodes.Always,
    "all_indicators": nodes.AllIndicators,
    "in_theme": nodes.InTheme,
    "in_scheme": nodes.InScheme,
    "these_indicators": nodes.TheseIndicators,
    "at_least_as_good_as": nodes.AtLeastAsGoodAs,
    # shared
    "quantity": _as_written(nodes.Quantity),
}
