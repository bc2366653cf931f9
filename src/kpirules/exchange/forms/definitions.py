"""The forms of definitions and of the tests beside them, and the document that holds them all."""

from typing import Final

from attrs import frozen

from kpirules import model as m
from kpirules.exchange.forms.form import Form, between, filled, form, kind


@frozen
class Document:
    """What a file holds besides its tables: the indicators and the tests of a library."""

    indicators: tuple[m.Definition, ...]
    tests: tuple[m.TestBlock, ...] = ()
    laws: tuple[m.LawBlock, ...] = ()


EXPECTATIONS: Final[tuple[Form, ...]] = (
    kind(m.ExpectedBand, "band", "The value is rated so.", band="The band's name."),
    kind(m.ExpectedUnrated, "not-rated", "The value is not rated.", reason="For this reason; absent if for any."),
    kind(
        m.ExpectedDirection,
        "travelled",
        "The value has travelled in a direction.",
        travel="The travel's name.",
        direction="The direction.",
    ),
    kind(
        m.ExpectedNoDirection,
        "no-direction",
        "A travel has no direction.",
        travel="The travel's name.",
        reason="For this reason; absent if for any.",
    ),
)

DEMANDS: Final[tuple[Form, ...]] = (
    kind(
        m.MustBe,
        "bands",
        "The rating must be one of several bands.",
        bands="The names of those bands.",
        or_unrated="Whether no rating at all will do.",
    ),
    kind(
        m.AtLeastAsGoodAs,
        "at-least-as-good-as",
        "The rating must be no worse than it is under another condition.",
        than="That condition.",
    ),
)

_WHERE: Final = "Its place in the file of definitions, such as `best-start.kpi:12`."

SINGLE: Final[tuple[Form, ...]] = (
    form(
        Document,
        "The definitions of a library of performance indicators.",
        indicators="The indicators, in the order in which a report shows them.",
        tests="The tests that stand beside them.",
        laws="What must always hold.",
    ),
    form(
        m.Definition,
        "An indicator, or a component of one.",
        reference="What it is called; no other indicator is called so.",
        title="What it measures, in words.",
        calendar="The calendar of its periods, by its key among `calendars`.",
        frequency="How often it is reported; absent if it follows the report.",
        versions=filled("What holds at which time: in order of time, without a hole."),
        theme="The theme, by its key among `themes`.",
        facts="What people want to know of it.",
        components="Its components, each with all of its own statements.",
        where=_WHERE,
    ),
    form(
        m.Version,
        "Terms, and the days on which they hold.",
        terms="The terms.",
        since="The first day; absent if there is none before.",
        until="The last day; absent if there is none after.",
    ),
    form(
        m.Terms,
        "All that decides ratings and directions at one time. Numbers are in the unit.",
        scheme="How ratings are decided, by its key among `schemes`.",
        unit="What the numbers count.",
        polarity="Which way is better.",
        target="What is asked for, or why nothing is.",
        tolerance="How far beyond the target a value may lie and still be within tolerance.",
        figures="The declared figures by name; null is one that is read from the data.",
        travels="The directions of travel that are reported, each by its key among `travels`.",
        low="The lowest value that can occur.",
        high="The highest value that can occur.",
        precision="The step in which values come.",
        rounding="How values and figures are rounded before they are compared.",
        readings=between(-1, 1, "Words behind a value that carry its sign: 1, 0 or -1 by word."),
        reasons="Words that stand for a reason in the place of a value: the reason by word, in small letters.",
        breaks="The days on which the way of measuring changed.",
        inputs="What is observed in place of the value: the unit by the input's name.",
        formula="How the value follows from the inputs or from the components; absent if it is observed.",
        overall="How a row is rated by its components; absent if there are none.",
        weight="How much a component counts in the mean of the components.",
        accumulates="Whether the value is a running total.",
        by_increment="Whether the previous period of a running total is compared, by what each of the two added.",
    ),
    form(
        m.Overall,
        "How a row with components is rated.",
        kind="How.",
        component="The component that decides, where one does.",
        ignoring_unrated="Whether components without a rating are left out.",
    ),
    form(m.Theme, "A heading of a report.", name="Its name.", title="The heading."),
    form(
        m.Facts,
        "What decides nothing.",
        owner="Who is responsible.",
        tags="Words to find it by.",
        source="Where the figures come from.",
        note="Anything else.",
    ),
    form(
        m.TestBlock,
        "Tests of one indicator.",
        reference="What the indicator is called.",
        cases="The cases.",
        component="The component that they try; absent if the indicator itself.",
    ),
    form(
        m.LawBlock,
        "What must always hold.",
        title="What the law says, in words.",
        text="The law as the author wrote it.",
        about="What it comes to for each indicator that it speaks of.",
    ),
    form(
        m.LawOf,
        "A law for one indicator or for one component.",
        reference="The indicator.",
        component="The component, if it speaks of one.",
        clauses=filled("What it comes to in each of the versions; null where it has no meaning."),
    ),
    form(
        m.Clause,
        "What a law says in the terms of a version.",
        when="When it says anything.",
        demand="What it asks of the rating then.",
    ),
    form(
        m.Case,
        "Values, and what must come of them.",
        values=filled("The values as people write them, oldest first; null is a missing one."),
        given="What else is given, by name, as people write it; null is missing.",
        expectations="What must come of it.",
        period="The period that the last value is of.",
        series="Whether the values are those of consecutive periods.",
        supposed="Directions that are taken as given, by the travel's name; null is that it cannot be compared.",
        text="The case as the author wrote it.",
        where=_WHERE,
    ),
)
