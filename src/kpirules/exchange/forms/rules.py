"""The forms of targets, tolerances and schemes."""

from typing import Final

from kpirules.exchange.forms.form import Form, between, filled, form, kind
from kpirules.vocabulary import components as p
from kpirules.vocabulary import courses as c
from kpirules.vocabulary import declared as d
from kpirules.vocabulary import schemes as s
from kpirules.vocabulary import targets as t
from kpirules.vocabulary import tolerances as w

MOST_COMPONENTS: Final = 1_000

TARGETS: Final[tuple[Form, ...]] = (
    kind(t.Plain, "figure", "A value on the figure, or better, meets the target.", figure="The figure."),
    kind(
        t.Strict,
        "strict",
        "A value beyond the figure meets the target; one on the figure does not.",
        figure="The figure.",
        above="Whether the values above it meet the target; otherwise those below.",
    ),
    kind(t.Range, "range", "From one figure to another, both included.", low="The lower end.", high="The upper end."),
    kind(t.CompletedBy, "completed-by", "A milestone is to be completed by a day.", day="That day."),
    kind(
        t.DueAtYearEnd,
        "at-year-end",
        "A target that is due in the last period of the year, and in no other.",
        target="The target.",
    ),
    kind(
        c.ByPart,
        "by-part",
        "Another number in each part of the year.",
        numbers=filled("One number for each part, the first part first: four numbers for quarters."),
    ),
    kind(
        c.PhasedEvenly,
        "phased-evenly",
        "A number for the year of which each period has its even share; a running total has the shares so far.",
        number="The number for the whole year.",
    ),
    kind(
        c.StraightLine,
        "straight-line",
        "From a number at the end of one period to a number at the end of a later one, an equal step each month.",
        start="The number with which it starts.",
        start_in="The period at whose end it starts.",
        end="The number with which it ends.",
        end_in="The period at whose end it ends, at most fifty years later.",
    ),
    kind(
        t.NoTarget,
        "none",
        "There is nothing to rate against.",
        reason="Why: `target-pending`, `target-not-applicable`, `no-target` or `establishing-baseline`.",
        words="The author's own words.",
    ),
)

PENDING: Final = kind(d.PendingFigure, "pending", "A figure that has still to be set.", words="The author's own words.")

TOLERANCES: Final[tuple[Form, ...]] = (
    kind(
        w.ShareOfTarget,
        "share-of-target",
        "A percentage of the target's magnitude.",
        percent="The percentage: 5 is 5%.",
    ),
    kind(
        w.ShareOfFigure,
        "share-of-figure",
        "A percentage of the magnitude of a figure.",
        percent="The percentage: 5 is 5%.",
        figure="The figure.",
    ),
    kind(w.Wide, "amount", "So many points, or so much in the indicator's unit.", number="How much."),
    kind(
        w.ShareOfRange,
        "share-of-range",
        "A percentage of something of the target range.",
        percent="The percentage: 10 is 10%.",
        part="Of what: the width of the range, each of its ends, or its middle.",
    ),
    kind(
        w.FarEdge,
        "far-edge",
        "Up to a number, which is the last value within tolerance. It always begins at the target.",
        edge="The number.",
        excluded="Whether the number itself is outside.",
        near="Where a printed range begins; it decides nothing.",
        above="Whether an excluded edge is written `to above` rather than `to below`; it decides nothing.",
    ),
    kind(w.Wider, "wider", "The widest of several tolerances.", parts=filled("Those tolerances.")),
    kind(w.Narrower, "narrower", "The narrowest of several tolerances.", parts=filled("Those tolerances.")),
    kind(
        w.PerSide,
        "per-side",
        "One tolerance below a target range and another above it.",
        below="The one below.",
        above="The one above.",
    ),
    kind(w.NoTolerance, "none", "Nothing beyond the target is within tolerance."),
)

_SUBJECT: Final = "The name of the figure that stands so; absent if it is the value."

CONDITIONS: Final[tuple[Form, ...]] = (
    kind(s.TargetMet, "target-met", "The value meets the target."),
    kind(s.WithinTolerance, "within-tolerance", "The value meets the target or lies within its tolerance."),
    kind(
        s.Compares,
        "compares",
        "The value stands so to a figure, by polarity.",
        relation="How: `at or better than`, `better than`, `at or worse than` or `worse than`.",
        figure="The figure.",
        subject=_SUBJECT,
    ),
    kind(
        s.Sized,
        "sized",
        "The value stands so to a figure, by size alone.",
        relation="How: `at least`, `at most`, `above`, `below` or `is`.",
        figure="The figure.",
        subject=_SUBJECT,
    ),
    kind(
        s.Inside,
        "inside",
        "The value lies between two figures, both ends included.",
        low="The lower end.",
        high="The upper end.",
        subject=_SUBJECT,
    ),
    kind(
        s.Travelled,
        "travelled",
        "The value has travelled in a direction.",
        travel="Which travel, by its key among `travels`.",
        direction="The direction.",
    ),
    kind(
        s.NotComparable,
        "not-comparable",
        "A travel is not known, because the value or the earlier one is missing.",
        travel="Which travel, by its key among `travels`.",
    ),
    kind(s.NoValue, "no-value", "The value is missing."),
    kind(s.NoFigure, "no-figure", "A figure that is read from the data is missing.", name="The figure's name."),
    kind(
        s.TargetAbsent,
        "target-absent",
        "There is no target to rate against.",
        reason="For this reason; absent if for any.",
    ),
    kind(s.AtYearEnd, "at-year-end", "The period is the last of its year."),
    kind(
        p.OfParts,
        "components",
        "So many of the row's components are rated so.",
        how_many="How many.",
        number=between(1, MOST_COMPONENTS, "The bound where `how_many` is one; else 1."),
        standing="How the component's band stands to the band that is named, or that it has none.",
        band="The band's name; absent if `standing` is `not rated`.",
        parts=filled("The components of the row, each with the bands it can have."),
    ),
    kind(s.Negation, "not", "A condition does not hold.", condition="The condition."),
    kind(
        s.AllOf,
        "all",
        "All conditions hold. All of none always holds: that is `otherwise`.",
        conditions="The conditions.",
    ),
    kind(s.AnyOf, "any", "Some condition holds.", conditions="The conditions."),
)

SINGLE: Final[tuple[Form, ...]] = (
    form(
        s.Band,
        "A rating.",
        name="Its name, such as `amber`.",
        title="What it means.",
        colour="Its colour, as the author wrote it.",
        letter="The letter that stands for it without colour.",
        shape="The shape that stands for it.",
    ),
    kind(
        s.NotRated,
        "not-rated",
        "The scheme itself declines to rate.",
        name="The reason as a name, such as `no-standard-set`.",
        words="The reason for people.",
    ),
    form(
        s.SchemeLine,
        "An outcome and the condition under which it comes about.",
        outcome="A band, by its key among `bands`, or an object of the kind `not-rated`.",
        when="The condition.",
    ),
    form(
        s.Cap,
        "Under a condition no better band is given than this.",
        band="The band, by its key among `bands`.",
        when="The condition.",
    ),
    form(
        p.PartBands,
        "A component as the scheme of its row sees it.",
        name="The component.",
        bands=filled("The names of the bands it can have, best first."),
        ranked="Whether an earlier band is a better one.",
    ),
    form(
        s.Scheme,
        "How ratings are decided: the first line whose condition holds.",
        name="Its name.",
        title="Its name for people.",
        lines=filled("The lines, in the order in which they are tried."),
        caps="The caps.",
        ranked="Whether an earlier band is a better one.",
        exclusive="Whether no two lines may hold at once, so that their order is free.",
        bands=filled("All bands that it gives, best first, each by its key among `bands`."),
    ),
)
