"""The forms of units, figures, comparators, travels and formulas."""

from typing import Final

from kpirules import units as u
from kpirules.core import Rounding
from kpirules.exchange.forms.form import Form, between, filled, form, kind
from kpirules.periods import Calendar, Period
from kpirules.vocabulary import comparators as c
from kpirules.vocabulary import figures as f
from kpirules.vocabulary import formulas as o
from kpirules.vocabulary import travels as t

MOST_BACK: Final = 1_000
MOST_PLACES: Final = 12

UNITS: Final[tuple[Form, ...]] = (
    kind(u.Percent, "percent", "A share in per cent: 79% is the number 79."),
    kind(u.Points, "points", "Points, and the unit of a difference between two percentages."),
    kind(u.Count, "count", "Whole things counted."),
    kind(u.Money, "money", "An amount of money, in units of its currency.", currency="Its three-letter code."),
    kind(u.Duration, "duration", "A length of time; the number counts seconds."),
    kind(u.Days, "days", "Days, which may be parts of one."),
    kind(u.RatePer, "rate-per", "So many per 1,000 or per 10,000.", per="Per how many."),
    kind(u.ScoreOutOf, "score-out-of", "A score.", best="The highest score there is."),
    kind(
        u.OnScale,
        "scale",
        "A label on a scale; the number is its rank, counted from the worst label, which is 0.",
        scale="The scale, by its key among `scales`.",
    ),
    kind(
        u.Milestone,
        "milestone",
        "Done or not; the number is 2 for completed, 1 for completed late, 0 for not completed.",
    ),
    kind(u.OwnUnit, "own", "A unit in the author's own words.", text="The words."),
)

COMPARATORS: Final[tuple[Form, ...]] = (
    kind(
        c.Previous,
        "previous",
        "The period before.",
        frequency="How long that period is; absent if as long as the indicator's own.",
    ),
    kind(
        c.YearsEarlier,
        "years-earlier",
        "The same part of the year, one or more years earlier.",
        years=between(1, MOST_BACK, "How many years."),
        frequency="The part of the year that is named; absent if it is the indicator's own.",
    ),
    kind(
        c.Earlier,
        "earlier",
        "The period of the same length that ends so many periods earlier.",
        count=between(1, MOST_BACK, "How many."),
        frequency="How long each of them is; absent if as long as the indicator's own.",
    ),
    kind(c.Baseline, "baseline", "One fixed period.", period="That period."),
    kind(
        c.OfLast,
        "of-last",
        "The last so many periods, or the same period of the last so many years, summed up in one number.",
        summary="How they become one number.",
        count=between(1, MOST_BACK, "How many of them."),
        frequency="How long each period is; `yearly` is the same period of each of the last years.",
    ),
)

FIGURES: Final[tuple[Form, ...]] = (
    kind(f.Number, "number", "A plain number.", number="The number, in the indicator's unit; a label is its rank."),
    kind(f.TheTarget, "target", "The target in force."),
    kind(f.Named, "named", "A declared figure.", name="Its name among the `figures` of the terms."),
    kind(f.Compared, "compared", "An earlier value.", comparator="Of when."),
    kind(f.Midpoint, "midpoint", "Half way between two figures.", first="One figure.", second="The other."),
    kind(
        f.Along,
        "along",
        "So many per cent of the way from one figure to another.",
        percent="How many per cent: 90 is 90%.",
        start="Where the way starts.",
        end="Where it ends.",
    ),
    kind(
        f.Added,
        "sum",
        "The sum of two figures, or their difference.",
        first="The first figure.",
        second="The second figure.",
        minus="Whether the second is taken away.",
    ),
    kind(f.Scaled, "scaled", "A figure times a number.", figure="The figure.", factor="The number."),
    kind(
        f.Shifted,
        "shifted",
        "A figure moved by an amount towards worse (*less*) or towards better (*plus*), whichever way better lies.",
        figure="The figure.",
        amount="By how much.",
        towards_better="Whether it is moved towards better.",
    ),
)

AMOUNTS: Final[tuple[Form, ...]] = (
    kind(
        f.PercentOf,
        "percent",
        "A percentage of the magnitude of a figure.",
        percent="The percentage: 10 is 10%.",
        figure="Of which figure; absent if of the one that is moved.",
    ),
    kind(f.Flat, "flat", "So much in the indicator's unit.", number="How much."),
    kind(f.TheTolerance, "tolerance", "As much as the tolerance reaches beyond the target."),
)

DEAD_ZONES: Final[tuple[Form, ...]] = (
    kind(
        t.FlatZone,
        "flat",
        "A change of no more than a number counts as none.",
        number="The number, in the indicator's unit.",
        under="Whether only a smaller change counts as none.",
        a_year="Whether it is so much for each year between the two periods.",
    ),
    kind(
        t.ShareZone,
        "share",
        "A change of no more than a percentage of the earlier value's magnitude counts as none.",
        percent="The percentage: 1 is 1%.",
        under="Whether only a smaller change counts as none.",
        a_year="Whether it is so much for each year between the two periods.",
    ),
)

FORMULAS: Final[tuple[Form, ...]] = (
    kind(o.Constant, "constant", "A number.", number="The number."),
    kind(o.InputValue, "input", "What was observed of an input.", name="Its name among the `inputs` of the terms."),
    kind(
        o.Operation,
        "operation",
        "Two formulas joined by a sign.",
        left="What stands before the sign.",
        sign="The sign.",
        right="What stands behind it.",
    ),
    kind(
        o.OfComponents,
        "components",
        "The sum of the components' values.",
        mean="Whether it is their mean by weight instead.",
    ),
)

SINGLE: Final[tuple[Form, ...]] = (
    form(
        Calendar,
        "A kind of year, by the day on which it starts.",
        name="Its name.",
        title="Its name for people.",
        month=between(1, 12, "The month in which a year starts."),
        day=between(1, 28, "The day of that month."),
    ),
    form(
        Period,
        "A part of a year.",
        calendar="The calendar, by its key among `calendars`.",
        text="The period as people write it: `2023/24`, `2023/24 Q2`, `2023-09`.",
    ),
    form(
        u.Scale,
        "An ordered list of labels.",
        name="Its name.",
        title="Its name for people.",
        labels=filled("The labels, best first."),
    ),
    form(
        t.Travel,
        "A direction of travel: a comparison with an earlier value or with a figure.",
        name="Its name, such as `short`.",
        title="Its name for people.",
        against="What the value is compared with.",
        dead_zone="Which changes are too small to count.",
        by_band="Whether ratings are compared instead of values, each by the rules of its own period.",
        while_target_unchanged="Whether it is made only while the target in force stays the same.",
    ),
    form(
        Rounding,
        "How values and figures are rounded before anything compares them; halves go away from zero.",
        places=between(0, MOST_PLACES, "To how many decimal places."),
        half_even="Whether halves go to the even neighbour instead.",
    ),
)
