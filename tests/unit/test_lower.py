"""How terms become rules: the guards and their order, and each word that a first guess got wrong."""

from collections.abc import Mapping
from fractions import Fraction

import pytest
from attrs import evolve

from kpirules import lower as lowering
from kpirules.core import Absent, Rated, decide, prove, segments
from kpirules.lower import DIRECTIONS, lower, lower_overall, lower_travel
from kpirules.model import Overall, OverallKind, Terms
from kpirules.model.reads import comparators, part_bands
from kpirules.periods import Frequency, Part
from kpirules.reasons import Direction, Reason
from kpirules.units import Percent
from kpirules.vocabulary import figures as f
from kpirules.vocabulary import schemes as s
from kpirules.vocabulary import targets as t
from kpirules.vocabulary import tolerances as tol
from kpirules.vocabulary.comparators import YearsEarlier
from kpirules.vocabulary.polarity import Polarity
from kpirules.vocabulary.travels import FlatZone, ShareZone, Travel

LAST_YEAR = YearsEarlier(1, Frequency.QUARTERLY)
LAST_YEAR_FIGURE = f.Compared(LAST_YEAR)
LONG = Travel("long", "Long term", LAST_YEAR)
GREEN, AMBER, RED = s.Band("green"), s.Band("amber"), s.Band("red")
FLOOR = f.Named("floor")


def n(number: str) -> Fraction:
    return Fraction(number)


def scheme(*lines: tuple[s.Band | s.NotRated, s.Condition], caps: tuple[s.Cap, ...] = ()) -> s.Scheme:
    return s.Scheme("scheme", "", tuple(s.SchemeLine(band, when) for band, when in lines), caps)


RAG = scheme((GREEN, s.TargetMet()), (AMBER, s.WithinTolerance()), (RED, s.OTHERWISE))
AT_FLOOR = scheme(
    (s.NotRated("no-standard-set", "No standard set"), s.NoFigure("floor")),
    (GREEN, s.Compares(s.Relation.AT_OR_BETTER, f.TheTarget())),
    (AMBER, s.Compares(s.Relation.AT_OR_BETTER, FLOOR)),
    (RED, s.OTHERWISE),
)


def rag(target: t.Target, tolerance: tol.Tolerance, polarity: Polarity = Polarity.HIGHER, **more: object) -> Terms:
    return evolve(Terms(RAG, Percent(), polarity, target, tolerance), **more)  # type: ignore[arg-type]


def plain(number: str) -> t.Plain:
    return t.Plain(f.Number(n(number)))


def between(low: str, high: str) -> t.Range:
    return t.Range(f.Number(n(low)), f.Number(n(high)))


def rate(terms: Terms, value: str | None, *, ends_year: bool = True, **given: str | None) -> str:
    rule = lower(terms, part=Part(4 if ends_year else 2, 4))
    handed = {"value": value, **given}
    numbers: dict[str, Fraction | Absent] = {}
    for input in rule.inputs:
        text = handed.get("last_year" if input.name == LAST_YEAR.words else input.name)
        numbers[input.name] = Absent(Reason.NO_VALUE) if text is None else n(text)
    match decide(rule, numbers).outcome:
        case Rated(band=band):
            return rule.bands[band]
        case unrated:
            return unrated.reason


def ratings(terms: Terms, expected: Mapping[str, str], **given: str | None) -> None:
    assert {value: rate(terms, value, **given) for value in expected} == expected


# --- targets and tolerances, worked out by hand ---

SHARE = tol.ShareOfTarget(n("5"))


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        (rag(plain("80"), SHARE), {"80": "green", "79.99": "amber", "76": "amber", "75.99": "red"}),
        (rag(plain("-80"), SHARE), {"-80": "green", "-84": "amber", "-84.01": "red"}),
        (rag(plain("80"), SHARE, Polarity.LOWER), {"80": "green", "84": "amber", "84.01": "red"}),
        (rag(plain("-80"), SHARE, Polarity.LOWER), {"-80": "green", "-76": "amber", "-75.99": "red"}),
        (
            rag(plain("-13.5"), SHARE, Polarity.CLOSER_TO_ZERO),
            {"-13.5": "green", "13.5": "green", "-14.175": "amber", "14.175": "amber", "-14.9": "red", "0": "green"},
        ),
        (rag(plain("0"), tol.NoTolerance(), Polarity.CLOSER_TO_ZERO), {"0": "green", "0.01": "red", "-0.01": "red"}),
        (
            rag(t.Strict(f.Number(n("70")), above=False), tol.FarEdge(n("75"), near=n("70.1")), Polarity.LOWER),
            {"69.99": "green", "70": "amber", "70.05": "amber", "75": "amber", "75.01": "red"},
        ),
        (
            rag(t.Strict(f.Number(n("40")), above=True), tol.FarEdge(n("35"), excluded=True)),
            {"40.01": "green", "40": "amber", "35.01": "amber", "35": "red"},
        ),
        (rag(t.Strict(f.Number(n("40")), above=True), tol.NoTolerance()), {"40.01": "green", "40": "red"}),
        (rag(t.Strict(f.Number(n("40")), above=True), SHARE), {"40": "amber", "38": "amber", "37.99": "red"}),
        (
            rag(between("900", "1200"), tol.ShareOfRange(n("10"), tol.RangePart.WIDTH), Polarity.INSIDE),
            {"869": "red", "870": "amber", "900": "green", "1200": "green", "1230": "amber", "1231": "red"},
        ),
        (
            rag(between("900", "1200"), tol.ShareOfRange(n("10"), tol.RangePart.ENDS), Polarity.INSIDE),
            {"809": "red", "810": "amber", "1320": "amber", "1321": "red"},
        ),
        (
            rag(between("900", "1200"), tol.ShareOfRange(n("10"), tol.RangePart.MIDDLE), Polarity.INSIDE),
            {"794": "red", "795": "amber", "1305": "amber", "1306": "red"},
        ),
        (
            rag(between("900", "1200"), tol.PerSide(tol.Wide(n("5")), tol.Wide(n("7"))), Polarity.INSIDE),
            {"894": "red", "895": "amber", "1207": "amber", "1208": "red"},
        ),
        (
            rag(between("10", "20"), tol.Wide(n("1")), Polarity.OUTSIDE),
            {"10": "green", "20": "green", "11": "amber", "19": "amber", "11.01": "red", "15": "red", "18.99": "red"},
        ),
        (
            rag(plain("1000"), tol.Wider((SHARE, tol.Wide(n("20"))))),
            {"950": "amber", "949": "red"},
        ),
        (rag(plain("1000"), tol.Narrower((SHARE, tol.Wide(n("20"))))), {"980": "amber", "979": "red"}),
        (rag(plain("0"), tol.Wider((SHARE, tol.Wide(n("20"))))), {"0": "green", "-20": "amber", "-21": "red"}),
    ],
)
def test_bands_worked_out_by_hand(terms: Terms, expected: Mapping[str, str]) -> None:
    ratings(terms, expected)
    assert not prove(lower(terms, part=Part(4, 4)))


READ = t.Plain(LAST_YEAR_FIGURE)


@pytest.mark.parametrize(
    ("terms", "last_year", "expected"),
    [
        (rag(READ, SHARE), "100", {"100": "green", "95": "amber", "94.99": "red"}),
        (rag(READ, SHARE), "-100", {"-100": "green", "-105": "amber", "-105.01": "red"}),
        (rag(READ, SHARE), "0", {"0": "green", "-1": "not-computable"}),
        (rag(READ, tol.Wider((SHARE, tol.Wide(n("2"))))), "0", {"0": "green", "-2": "amber", "-3": "red"}),
        (rag(READ, tol.Narrower((SHARE, tol.Wide(n("2"))))), "0", {"0": "green", "-1": "not-computable"}),
        (rag(READ, SHARE), None, {"100": "not-comparable"}),
        (
            rag(t.Plain(f.Shifted(LAST_YEAR_FIGURE, f.PercentOf(n("2")))), tol.NoTolerance()),
            "-100",
            {"-102": "green", "-102.01": "red"},
        ),
        (
            rag(t.Plain(f.Shifted(LAST_YEAR_FIGURE, f.PercentOf(n("2")))), tol.NoTolerance(), Polarity.LOWER),
            "100",
            {"102": "green", "102.01": "red"},
        ),
        (
            rag(t.Plain(f.Shifted(LAST_YEAR_FIGURE, f.Flat(n("2")), towards_better=True)), tol.NoTolerance()),
            "100",
            {"102": "green", "101.99": "red"},
        ),
    ],
)
def test_a_target_that_is_read(terms: Terms, last_year: str | None, expected: Mapping[str, str]) -> None:
    ratings(terms, expected, last_year=last_year)


def test_less_is_towards_worse_for_a_gap_to_zero_too() -> None:
    target = t.Plain(f.Shifted(LAST_YEAR_FIGURE, f.PercentOf(n("10"))))
    terms = rag(target, tol.NoTolerance(), Polarity.CLOSER_TO_ZERO)
    ratings(terms, {"-11": "green", "11": "green", "-11.01": "red"}, last_year="-10")


def test_a_share_of_an_observed_figure_counts_by_its_magnitude() -> None:
    terms = rag(plain("0"), tol.ShareOfFigure(n("0.5"), f.Named("budget")), Polarity.LOWER, figures={"budget": None})
    ratings(terms, {"0": "green", "5": "amber", "5.01": "red"}, budget="1000")
    ratings(terms, {"5": "amber", "5.01": "red"}, budget="-1000")
    ratings(terms, {"0": "not-comparable"}, budget=None)


# --- guards ---


@pytest.mark.parametrize("reason", t.ABSENT)
def test_an_absent_target_comes_before_an_absent_value(reason: Reason) -> None:
    for known in (RAG, AT_FLOOR):
        terms = Terms(known, Percent(), target=t.NoTarget(reason), figures={"floor": None})
        assert rate(terms, "80", floor="60") == reason
        assert rate(terms, None) == reason


def test_no_polarity_comes_after_the_target_and_before_the_value() -> None:
    for known in (RAG, AT_FLOOR):
        terms = Terms(known, Percent(), Polarity.PENDING, plain("80"), figures={"floor": None})
        assert rate(terms, None, floor="60") == rate(terms, "80", floor="60") == "no-polarity"
        assert rate(evolve(terms, target=t.NoTarget(Reason.TARGET_PENDING)), "80") == "target-pending"


def test_no_value_comes_before_not_due_and_before_not_comparable() -> None:
    terms = rag(t.DueAtYearEnd(plain("80")), tol.NoTolerance())
    assert rate(terms, "80", ends_year=False) == "not-due"
    assert rate(terms, None, ends_year=False) == "no-value"
    assert rate(terms, "80") == "green"
    assert rate(rag(READ, SHARE), None, last_year=None) == "no-value"


def test_a_scheme_may_say_itself_what_is_missing() -> None:
    own = s.NotRated("nothing-to-rate", "Nothing to rate")
    terms = rag(plain("80"), SHARE, scheme=scheme((own, s.NoValue()), (GREEN, s.TargetMet()), (RED, s.OTHERWISE)))
    ratings(terms, {"80": "green", "79": "red"})
    assert rate(terms, None) == "nothing-to-rate"
    pending = scheme((AMBER, s.TargetAbsent(Reason.TARGET_PENDING)), (GREEN, s.TargetMet()), (RED, s.OTHERWISE))
    assert rate(Terms(pending, Percent(), target=t.NoTarget(Reason.TARGET_PENDING)), "80") == "amber"
    assert rate(Terms(pending, Percent(), target=t.NoTarget(Reason.NO_TARGET)), "80") == "no-target"


def test_a_missing_figure_that_the_scheme_does_not_mind_is_not_comparable() -> None:
    careless = scheme((GREEN, s.Compares(s.Relation.AT_OR_BETTER, FLOOR)), (RED, s.OTHERWISE))
    terms = rag(plain("80"), SHARE, scheme=careless, figures={"floor": None})
    assert rate(terms, "80", floor=None) == "not-comparable"
    careful = rag(plain("80"), SHARE, scheme=AT_FLOOR, figures={"floor": None})
    assert rate(careful, "80", floor=None) == "no-standard-set"
    ratings(careful, {"80": "green", "79": "amber", "60": "amber", "59.99": "red"}, floor="60")


def test_a_cap_holds_a_band_down_and_never_lifts_one() -> None:
    capped = evolve(RAG, caps=(s.Cap(AMBER, s.Travelled(LONG, Direction.WORSENED)),))
    terms = rag(plain("80"), SHARE, scheme=capped)
    ratings(terms, {"90": "amber", "91": "green", "79": "amber", "70": "red"}, last_year="91")
    ratings(terms, {"90": "green"}, last_year=None)


def test_a_scheme_that_reads_travel_says_what_not_comparable_gives() -> None:
    recovering = scheme(
        (GREEN, s.Compares(s.Relation.AT_OR_BETTER, f.Shifted(f.TheTarget(), f.PercentOf(n("10"))))),
        (AMBER, s.AnyOf((s.Travelled(LONG, Direction.IMPROVED), s.Travelled(LONG, Direction.UNCHANGED)))),
        (s.NotRated("unknown", "Unknown"), s.NotComparable(LONG)),
        (RED, s.OTHERWISE),
    )
    terms = rag(plain("80"), SHARE, scheme=recovering)
    ratings(terms, {"72": "green", "71": "amber", "70": "amber", "69": "red"}, last_year="70")
    ratings(terms, {"72": "green", "71": "unknown"}, last_year=None)
    assert list(comparators(terms)) == ["same quarter last year"]


# --- figures that lean on others ---


def test_figures_may_be_declared_in_any_order() -> None:
    figures = {"middle": f.Midpoint(FLOOR, f.Number(n("80"))), "floor": f.Number(n("60"))}
    way = f.Along(n("90"), FLOOR, f.Named("middle"))
    asked = scheme(
        (GREEN, s.Compares(s.Relation.AT_OR_BETTER, f.Named("middle"))),
        (AMBER, s.Compares(s.Relation.BETTER, way)),
        (RED, s.OTHERWISE),
    )
    for declared in (figures, dict(reversed(figures.items()))):
        terms = rag(plain("80"), SHARE, scheme=asked, figures=declared)
        ratings(terms, {"70": "green", "69.99": "amber", "69": "red"})


# --- travel ---


def direction(terms: Terms, travel: Travel, value: str, earlier: str) -> str:
    rule = lower_travel(terms, travel, part=Part(4, 4))
    outcome = decide(rule, {"value": n(value), travel.earlier: n(earlier)}).outcome
    return DIRECTIONS[outcome.band] if isinstance(outcome, Rated) else outcome.reason


@pytest.mark.parametrize(
    ("polarity", "value", "earlier", "expected"),
    [
        (Polarity.HIGHER, "80", "79", "improved"),
        (Polarity.LOWER, "80", "79", "worsened"),
        (Polarity.CLOSER_TO_ZERO, "-13.5", "-14.9", "improved"),
        (Polarity.CLOSER_TO_ZERO, "5", "-5", "unchanged"),
        (Polarity.NONE, "80", "79", "up"),
        (Polarity.PENDING, "79", "80", "down"),
        (Polarity.NONE, "79", "79", "unchanged"),
        (Polarity.INSIDE, "15", "5", "improved"),
        (Polarity.INSIDE, "25", "5", "unchanged"),
        (Polarity.INSIDE, "26", "15", "worsened"),
        (Polarity.INSIDE, "12", "15", "down"),
        (Polarity.INSIDE, "15", "12", "up"),
        (Polarity.INSIDE, "15", "15", "unchanged"),
        (Polarity.OUTSIDE, "9", "12", "improved"),
        (Polarity.OUTSIDE, "12", "9", "worsened"),
        (Polarity.OUTSIDE, "18", "12", "unchanged"),
        (Polarity.OUTSIDE, "25", "5", "up"),
    ],
)
def test_directions_by_polarity(polarity: Polarity, value: str, earlier: str, expected: str) -> None:
    target = between("10", "20") if polarity.wants_range else plain("80")
    assert direction(rag(target, tol.NoTolerance(), polarity), LONG, value, earlier) == expected


@pytest.mark.parametrize(
    ("zone", "value", "expected"),
    [
        (FlatZone(n("0.5")), "50.5", "unchanged"),
        (FlatZone(n("0.5")), "50.51", "improved"),
        (FlatZone(n("0.5")), "49.5", "unchanged"),
        (FlatZone(n("0.5")), "49.49", "worsened"),
        (FlatZone(n("0.5"), under=True), "50.5", "improved"),
        (FlatZone(n("0.5"), under=True), "50.49", "unchanged"),
        (FlatZone(n("0.5"), under=True), "49.5", "worsened"),
        (ShareZone(n("1")), "50.5", "unchanged"),
        (ShareZone(n("1")), "50.51", "improved"),
    ],
)
def test_the_dead_zone_owns_its_edge_unless_it_says_under(
    zone: FlatZone | ShareZone, value: str, expected: str
) -> None:
    terms = rag(plain("80"), tol.NoTolerance())
    assert direction(terms, evolve(LONG, dead_zone=zone), value, "50") == expected


@pytest.mark.parametrize("value", ["12", "15", "17", "20"])
def test_no_point_of_a_target_range_is_better_to_travel_to(value: str) -> None:
    """From one outside of the range by less than the dead zone, every point within it is as good as unchanged."""
    terms = rag(between("10", "20"), tol.NoTolerance(), Polarity.INSIDE)
    assert direction(terms, evolve(LONG, dead_zone=FlatZone(n("5"))), value, "9") == "unchanged"


# --- components ---


@pytest.mark.parametrize(
    ("kind", "first", "second", "expected"),
    [
        (OverallKind.WORST, "green", "red", "red"),
        (OverallKind.BEST, "amber", "green", "green"),
        (OverallKind.WORST, "green", None, "unrated-component"),
        (OverallKind.BEST, "green", None, "unrated-component"),
        (OverallKind.COMPONENT, "amber", None, "amber"),
    ],
)
def test_a_row_is_rated_by_its_components(
    kind: OverallKind, first: str | None, second: str | None, expected: str
) -> None:
    overall = Overall(kind, "first" if kind is OverallKind.COMPONENT else None)
    assert overall_rating(overall, first, second) == expected


def test_unrated_components_may_be_passed_over() -> None:
    overall = Overall(OverallKind.WORST, ignoring_unrated=True)
    assert overall_rating(overall, "amber", None) == "amber"
    assert overall_rating(overall, None, None) == "unrated-component"


def overall_rating(overall: Overall, first: str | None, second: str | None) -> str:
    parts = [part_bands("first", RAG), part_bands("second", RAG)]
    rule = lower_overall(overall, parts, RAG)
    bands = {"first": first, "second": second}
    given: dict[str, Fraction | Absent] = {}
    for input in rule.inputs:
        band = bands[input.name.removeprefix("component ")]
        given[input.name] = Absent("") if band is None else Fraction(input.domain.labels.index(band))
    outcome = decide(rule, given).outcome
    return rule.bands[outcome.band] if isinstance(outcome, Rated) else outcome.reason


# --- the drawn picture ---


def test_the_picture_of_a_rule_that_reads_data_stands_where_the_data_say() -> None:
    rule = lower(rag(READ, SHARE), part=Part(4, 4))
    drawn = segments(rule, {"value": Absent(""), LAST_YEAR.words: n("-100")})
    assert [(segment.low, segment.low_in) for segment in drawn] == [(None, False), (n("-105"), True), (n("-100"), True)]


@pytest.mark.parametrize("polarity", [each for each in Polarity if not each.wants_range])
def test_a_travel_that_hangs_on_polarity_alone_is_the_same_whatever_else_is_said(polarity: Polarity) -> None:
    """It is lowered once and shared, so nothing else of the terms may have a say in it."""
    terms = rag(plain("80"), tol.Wide(n("5")), polarity, figures={"floor": f.Number(n("60"))})
    alone = lowering._travel_lines(LONG, lowering.setting_of(terms, part=Part(4, 4)))
    assert lower_travel(terms, LONG, part=Part(4, 4)).lines == alone
