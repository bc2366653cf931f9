"""Terms of every kind, values about their edges, and what else a rule reads: all built to fit, none filtered out."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from attrs import evolve, frozen
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from kpirules.assess import Indicator
from kpirules.core import Absent, segments
from kpirules.lower import lower
from kpirules.model import Definition, Terms, Version
from kpirules.periods import Calendar, Frequency, Part, Period, parse_period
from kpirules.reasons import Direction, Reason
from kpirules.units import Milestone, OnScale, Percent, Scale
from kpirules.vocabulary import figures as f
from kpirules.vocabulary import schemes as s
from kpirules.vocabulary import targets as t
from kpirules.vocabulary import tolerances as tol
from kpirules.vocabulary.comparators import YearsEarlier
from kpirules.vocabulary.polarity import Polarity
from kpirules.vocabulary.travels import DeadZone, FlatZone, ShareZone, Travel

CALENDAR = Calendar("council", "Council year", 4, 1)
MIDYEAR = parse_period("2023/24 Q2", CALENDAR)
YEAR_END = parse_period("2023/24 Q4", CALENDAR)
LAST_YEAR = YearsEarlier(1, Frequency.QUARTERLY)
LONG = Travel("long", "Same quarter last year", LAST_YEAR)
FLOOR, BUDGET = f.Named("floor"), f.Named("budget")
SIZES = Scale("sizes", "Sizes", ("best", "good", "fair", "poor"))

LAW = settings(
    deadline=None,
    max_examples=min(settings().max_examples, 25),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
"""Fewer examples than usual, for each of them lowers a rule or proves it, and a busy machine is no fault of a law."""

# --- numbers ---

percents = st.integers(1, 50).map(Fraction) | st.integers(1, 5000).map(lambda n: Fraction(n, 100))
small = st.integers(-20, 20).map(Fraction)
numbers = st.one_of(
    small,
    st.integers(-(10**6), 10**6).map(lambda n: Fraction(n, 100)),
    st.integers(-(10**17), 10**17).map(lambda n: Fraction(n, 10**15)),
)
"""Exact decimals of either sign; zero, and numbers of 15 to 17 figures, among them."""
amounts = st.one_of(
    st.integers(1, 20).map(Fraction),
    st.integers(1, 10**5).map(lambda n: Fraction(n, 100)),
    st.integers(1, 10**17).map(lambda n: Fraction(n, 10**15)),
)

# --- schemes ---

BLUE, GREEN, AMBER, RED = (s.Band(name) for name in ("blue", "green", "amber", "red"))


def scheme(*lines: tuple[s.Band | s.NotRated, s.Condition], caps: Sequence[s.Cap] = ()) -> s.Scheme:
    return s.Scheme("scheme", "Scheme", tuple(s.SchemeLine(band, when) for band, when in lines), tuple(caps))


def compares(relation: s.Relation, figure: f.Figure) -> s.Compares:
    return s.Compares(relation, figure)


RAG = scheme((GREEN, s.TargetMet()), (AMBER, s.WithinTolerance()), (RED, s.OTHERWISE))
FLOORED = scheme(
    (s.NotRated("no-standard-set", "No standard set"), s.NoFigure("floor")),
    (GREEN, compares(s.Relation.AT_OR_BETTER, f.TheTarget())),
    (AMBER, compares(s.Relation.AT_OR_BETTER, FLOOR)),
    (RED, s.OTHERWISE),
)
RECOVERING = scheme(
    (GREEN, compares(s.Relation.AT_OR_BETTER, f.Shifted(f.TheTarget(), f.PercentOf(Fraction(10))))),
    (AMBER, s.AnyOf((s.Travelled(LONG, Direction.IMPROVED), s.Travelled(LONG, Direction.UNCHANGED)))),
    (RED, s.NotComparable(LONG)),
    (RED, s.OTHERWISE),
)
FOUR = scheme(
    (BLUE, compares(s.Relation.BETTER, f.Shifted(f.TheTarget(), f.PercentOf(Fraction(5)), towards_better=True))),
    (GREEN, compares(s.Relation.AT_OR_BETTER, f.TheTarget())),
    (AMBER, compares(s.Relation.AT_OR_BETTER, f.Midpoint(f.TheTarget(), FLOOR))),
    (RED, s.OTHERWISE),
)
CAPPED = evolve(RAG, caps=(s.Cap(AMBER, s.Travelled(LONG, Direction.WORSENED)),))
MET_AND_WORSENED = scheme((GREEN, s.TargetMet()), (AMBER, s.Travelled(LONG, Direction.WORSENED)), (RED, s.OTHERWISE))
"""The scheme that the language's description names as wrong: a better value may be rated worse."""

ONE_SIDED = (Polarity.HIGHER, Polarity.LOWER)
RANGES = (Polarity.INSIDE, Polarity.OUTSIDE)
BETTERS = (*ONE_SIDED, *RANGES, Polarity.CLOSER_TO_ZERO)


def schemes(polarity: Polarity) -> st.SearchStrategy[s.Scheme]:
    """The schemes of the language's description that a polarity can have: a range has no midpoint with a floor."""
    known = [RAG, FLOORED, RECOVERING, CAPPED]
    return st.sampled_from([*known, FOUR] if polarity in ONE_SIDED else known)


def any_schemes() -> st.SearchStrategy[s.Scheme]:
    """Two lines of any conditions before the last one: many of them wrong."""
    figure = st.sampled_from([f.TheTarget(), FLOOR]) | st.builds(
        f.Shifted,
        st.sampled_from([f.TheTarget(), FLOOR]),
        st.builds(f.Flat, amounts) | st.builds(f.PercentOf, percents),
        st.booleans(),
    )
    relation = st.sampled_from([s.Relation.AT_OR_BETTER, s.Relation.BETTER, s.Relation.WORSE, s.Relation.AT_OR_WORSE])
    test = st.one_of(
        st.sampled_from([s.TargetMet(), s.WithinTolerance(), s.NoFigure("floor"), s.NotComparable(LONG)]),
        st.sampled_from([s.Travelled(LONG, way) for way in (Direction.IMPROVED, Direction.UNCHANGED)]),
        st.just(s.Travelled(LONG, Direction.WORSENED)),
        st.builds(compares, relation, figure),
    )
    pair = st.lists(test, min_size=2, max_size=2).map(tuple)
    condition = st.one_of(test, st.builds(s.Negation, test), st.builds(s.AllOf, pair), st.builds(s.AnyOf, pair))
    caps = st.just(()) | st.builds(s.Cap, st.just(AMBER), test).map(lambda cap: (cap,))
    return st.builds(
        lambda first, second, caps: s.Scheme(
            "any",
            "Any",
            (s.SchemeLine(GREEN, first), s.SchemeLine(AMBER, second), s.SchemeLine(RED, s.OTHERWISE)),
            caps,
            bands=(GREEN, AMBER, RED),
        ),
        condition,
        condition,
        caps,
    )


# --- targets and tolerances ---


def plain_targets(polarity: Polarity) -> st.SearchStrategy[t.Plain | t.Strict | t.Range]:
    """Targets in plain numbers."""
    if polarity in RANGES:
        return st.builds(lambda low, wide: t.Range(f.Number(low), f.Number(low + wide)), numbers, amounts)
    plain = st.builds(t.Plain, st.builds(f.Number, numbers))
    if polarity in ONE_SIDED:
        return plain | st.builds(t.Strict, st.builds(f.Number, numbers), st.just(polarity is Polarity.HIGHER))
    return plain


def read_targets(polarity: Polarity) -> st.SearchStrategy[t.Target]:
    """Targets that are read from the data, or due at the end of the year."""
    if polarity in RANGES:
        return plain_targets(polarity)
    earlier = f.Compared(LAST_YEAR)
    moved = st.builds(
        f.Shifted, st.just(earlier), st.builds(f.Flat, amounts) | st.builds(f.PercentOf, percents), st.booleans()
    )
    return (st.just(earlier) | moved).map(t.Plain) | plain_targets(polarity).map(t.DueAtYearEnd)


def single_widths(target: t.Target) -> st.SearchStrategy[tol.Tolerance]:
    """Tolerances that are one amount."""
    wide = st.builds(tol.Wide, amounts)
    share = st.builds(tol.ShareOfTarget, percents)
    of_budget = st.builds(tol.ShareOfFigure, percents, st.just(BUDGET))
    if isinstance(target, t.Range):
        return wide | share | of_budget | st.builds(tol.ShareOfRange, percents, st.sampled_from(tol.RangePart))
    return wide | share | of_budget


def far_edges(target: t.Target, polarity: Polarity) -> st.SearchStrategy[tol.FarEdge]:
    """Far edges on the worse side of a target in plain numbers."""
    ends = [figure.number for figure in t.target_figures(target) if isinstance(figure, f.Number)]

    def edge(away: Fraction, *, high: bool, excluded: bool) -> tol.FarEdge:
        match polarity:
            case Polarity.HIGHER:
                at = ends[0] - away
            case Polarity.LOWER:
                at = ends[0] + away
            case Polarity.CLOSER_TO_ZERO:
                at = (abs(ends[0]) + away) * (1 if high else -1)
            case Polarity.INSIDE:
                at = ends[1] + away if high else ends[0] - away
            case _:
                share = away / (away + 1) / 2
                at = ends[0] + (ends[1] - ends[0]) * (share if high else 1 - share)
        return tol.FarEdge(at, excluded)

    return st.builds(edge, amounts, high=st.booleans(), excluded=st.booleans())


def tolerances(target: t.Target, polarity: Polarity) -> st.SearchStrategy[tol.Tolerance]:
    """Tolerances of every form that fits the target."""
    single = single_widths(target)
    due = target.target if isinstance(target, t.DueAtYearEnd) else target
    numbered = all(isinstance(figure, f.Number) for figure in t.target_figures(due)) and t.target_figures(due)
    width = single | far_edges(due, polarity) if numbered else single
    several = st.lists(width, min_size=2, max_size=3).map(tuple)
    forms = [st.just(tol.NoTolerance()), width, st.builds(tol.Wider, several), st.builds(tol.Narrower, several)]
    if isinstance(due, t.Range):
        forms.append(st.builds(tol.PerSide, single, single))
    return st.one_of(forms)


# --- terms ---


@frozen
class Asked:
    """Terms and all that is handed in beside the value; None is missing."""

    terms: Terms
    given: Mapping[str, Fraction | None]
    ends_year: bool = True

    @property
    def indicator(self) -> Indicator:
        return indicator(self.terms)

    def rate(self, value: object) -> str:
        """The band, or the reason."""
        rating = self.indicator.rate(value, period=self.period, given=self.given)
        return rating.band or str(rating.reason)

    def travel(self, value: object, previous: Fraction | None = None) -> str:
        """The direction, or the reason."""
        given = self.given if previous is None else {**self.given, LAST_YEAR.words: previous}
        result = self.indicator.travel("long", value, period=self.period, given=given)
        return str(result.direction or result.reason)

    @property
    def period(self) -> Period:
        return YEAR_END if self.ends_year else MIDYEAR


def indicator(terms: Terms) -> Indicator:
    return Indicator(Definition("x", "X", CALENDAR, Frequency.QUARTERLY, (Version(terms),)))


def dead_zones() -> st.SearchStrategy[DeadZone]:
    return st.one_of(
        st.just(FlatZone(Fraction(0))),
        st.builds(FlatZone, amounts, st.booleans()),
        st.builds(ShareZone, percents, st.booleans()),
    )


@st.composite
def asked(
    draw: st.DrawFn,
    polarities: Sequence[Polarity] = BETTERS,
    made_schemes: st.SearchStrategy[s.Scheme] | None = None,
    *,
    plain: bool = False,
    zones: st.SearchStrategy[DeadZone] | None = None,
) -> Asked:
    """Terms with a better and a worse; `plain` ones have targets in plain numbers."""
    polarity = draw(st.sampled_from(polarities))
    target = draw(plain_targets(polarity) if plain else plain_targets(polarity) | read_targets(polarity))
    floor = draw(st.none() | st.builds(f.Number, numbers))
    terms = Terms(
        draw(schemes(polarity) if made_schemes is None else made_schemes),
        Percent(),
        polarity,
        target,
        draw(tolerances(target, polarity)),
        figures={"floor": floor, "budget": None},
        travels=(evolve(LONG, dead_zone=draw(dead_zones() if zones is None else zones)),),
    )
    given = {name: draw(st.none() | numbers) for name in (LAST_YEAR.words, "floor")}
    return Asked(terms, {**given, "budget": draw(numbers)}, draw(st.booleans()))


def unplain() -> st.SearchStrategy[Asked]:
    """Terms without a better, without a target, or with labels instead of numbers."""
    reasons = st.sampled_from(sorted(t.ABSENT))
    nothing = st.builds(lambda reason: Terms(RAG, Percent(), target=t.NoTarget(reason)), reasons)
    no_better = st.builds(
        lambda polarity, number: Terms(RAG, Percent(), polarity, t.Plain(f.Number(number))),
        st.sampled_from([Polarity.NONE, Polarity.PENDING]),
        numbers,
    )
    return st.builds(Asked, nothing | no_better, st.just({}), st.booleans())


def ordinals() -> st.SearchStrategy[Asked]:
    ranks = st.integers(0, 3).map(lambda rank: t.Plain(f.Number(Fraction(rank))))
    scaled = st.builds(lambda target: Terms(RAG, OnScale(SIZES), target=target), ranks)
    done = st.just(Terms(RAG, Milestone(), target=t.CompletedBy(MIDYEAR.end)))
    return st.builds(Asked, scaled | done, st.just({}))


# --- values ---


def edges(case: Asked) -> tuple[Fraction, ...]:
    """Where on the value the rating turns."""
    rule = lower(case.terms, part=Part(4 if case.ends_year else 2, 4))
    given: dict[str, Fraction | Absent] = {"value": Absent(Reason.NO_VALUE)}
    for input in rule.inputs:
        number = case.given.get(input.name)
        given.setdefault(input.name, Absent(Reason.NO_VALUE) if number is None else number)
    found = {end for segment in segments(rule, given) for end in (segment.low, segment.high) if end is not None}
    return tuple(sorted(found))


def values(case: Asked) -> st.SearchStrategy[Fraction]:
    """Any number, and often one on an edge or just beside it."""
    beside = st.sampled_from([Fraction(0), Fraction(1, 10**20), Fraction(-1, 10**20), Fraction(1), Fraction(-1)])
    points = [*edges(case), *(number for number in case.given.values() if number is not None)]
    if not points:
        return numbers
    return numbers | st.builds(Fraction.__add__, st.sampled_from(points), beside)
