"""What must hold of every rating, whatever the terms."""

from datetime import timedelta
from fractions import Fraction
from itertools import pairwise

from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from kpirules.assess import Indicator
from kpirules.core import Absent, Flawed, decide, prove, segments
from kpirules.core.decide import deciding_line
from kpirules.lower import lower
from kpirules.model import Definition, Terms, Version
from kpirules.periods import Part
from kpirules.reasons import Reason
from kpirules.units import Percent
from kpirules.vocabulary import figures as f
from kpirules.vocabulary import schemes as s
from kpirules.vocabulary import targets as t
from kpirules.vocabulary import tolerances as tol
from kpirules.vocabulary.polarity import Polarity
from tests.properties.moving import Move, has_shares
from tests.properties.strategies import (
    BETTERS,
    CALENDAR,
    GREEN,
    LAST_YEAR,
    LAW,
    MET_AND_WORSENED,
    MIDYEAR,
    ONE_SIDED,
    RAG,
    RED,
    YEAR_END,
    Asked,
    any_schemes,
    asked,
    indicator,
    numbers,
    ordinals,
    scheme,
    unplain,
    values,
)

# --- better and worse ---


def sides(case: Asked, one: Fraction, other: Fraction) -> list[tuple[Fraction, Fraction]]:
    """The two values as (better, worse) on each side of what is best, which is where the order is plain."""
    low, high = sorted((one, other))
    ends = [figure.number for figure in t.target_figures(case.terms.target) if isinstance(figure, f.Number)]
    match case.terms.polarity:
        case Polarity.HIGHER:
            return [(high, low)]
        case Polarity.LOWER:
            return [(low, high)]
        case Polarity.CLOSER_TO_ZERO:
            return [(high, low)] * (high <= 0) + [(low, high)] * (low >= 0)
        case Polarity.INSIDE:
            return [(high, low)] * (high <= ends[1]) + [(low, high)] * (low >= ends[0])
        case _:
            middle = sum(ends, Fraction(0)) / 2
            return [(high, low)] * (low >= middle) + [(low, high)] * (high <= middle)


@LAW
@given(asked(made_schemes=any_schemes(), polarities=ONE_SIDED, plain=True) | asked(), st.data())
def test_better_is_never_rated_worse_once_proved(case: Asked, data: st.DataObject) -> None:
    rule = lower(case.terms, part=Part(4 if case.ends_year else 2, 4))
    wrong = any(flaw.kind is Flawed.NOT_MONOTONE for flaw in prove(rule))
    bands = [band.name for band in case.terms.scheme.bands]
    if case.terms.scheme.name != "any":
        assert not wrong
    assume(not wrong)
    for better, worse in sides(case, data.draw(values(case)), data.draw(values(case))):
        at_better, at_worse = case.rate(better), case.rate(worse)
        if at_better in bands and at_worse in bands:
            assert bands.index(at_better) <= bands.index(at_worse)


@LAW
@given(asked(made_schemes=st.just(MET_AND_WORSENED), plain=True), st.data())
def test_a_scheme_that_rewards_worsening_is_never_proved(case: Asked, data: st.DataObject) -> None:
    """Whenever two values show that it is wrong, the proof has found so."""
    flawed = {flaw.kind for flaw in prove(lower(case.terms, part=Part(4 if case.ends_year else 2, 4)))}
    bands = ["green", "amber", "red"]
    for better, worse in sides(case, data.draw(values(case)), data.draw(values(case))):
        if bands.index(case.rate(better)) > bands.index(case.rate(worse)):
            assert Flawed.NOT_MONOTONE in flawed


def test_the_wrong_scheme_of_the_description_is_refused_for_every_polarity() -> None:
    for polarity in BETTERS:
        ranged = polarity in (Polarity.INSIDE, Polarity.OUTSIDE)
        ends = f.Number(Fraction(-5)), f.Number(Fraction(5))
        target = t.Range(*ends) if ranged else t.Plain(ends[1])
        rule = lower(Terms(MET_AND_WORSENED, Percent(), polarity, target), part=Part(4, 4))
        assert Flawed.NOT_MONOTONE in {flaw.kind for flaw in prove(rule)}


# --- moving everything at once ---


@LAW
@given(asked(), st.data())
def test_upside_down_is_rated_the_same(case: Asked, data: st.DataObject) -> None:
    value = data.draw(values(case))
    mirror = Move(Fraction(-1))
    assert mirror.asked(case).rate(-value) == case.rate(value)
    assert mirror.asked(case).travel(-value) == {"up": "down", "down": "up"}.get(case.travel(value), case.travel(value))


@LAW
@given(asked(), st.fractions(Fraction(1, 1000), 1000, max_denominator=1000), st.data())
def test_in_another_measure_is_rated_the_same(case: Asked, factor: Fraction, data: st.DataObject) -> None:
    assume(factor > 0)
    value = data.draw(values(case))
    scaled = Move(factor).asked(case)
    assert scaled.rate(value * factor) == case.rate(value)
    assert scaled.travel(value * factor) == case.travel(value)


@LAW
@given(
    asked(polarities=[polarity for polarity in BETTERS if polarity is not Polarity.CLOSER_TO_ZERO]), numbers, st.data()
)
def test_from_another_zero_is_rated_the_same_where_nothing_is_a_percentage(
    case: Asked, shift: Fraction, data: st.DataObject
) -> None:
    assume(not has_shares(case.terms))
    value = data.draw(values(case))
    shifted = Move(shift=shift).asked(case)
    assert shifted.rate(value + shift) == case.rate(value)
    assert shifted.travel(value + shift) == case.travel(value)


# --- tolerance ---


@LAW
@given(asked(made_schemes=st.just(RAG)), st.data())
def test_a_tolerance_never_makes_a_rating_worse(case: Asked, data: st.DataObject) -> None:
    value = data.draw(values(case))
    order = ["green", "amber", "red"]
    bare = evolve(case, terms=evolve(case.terms, tolerance=tol.NoTolerance())).rate(value)
    with_tolerance = case.rate(value)
    if with_tolerance in order:
        assert order.index(with_tolerance) <= order.index(bare)
    if bare == "green":
        assert with_tolerance == "green"


@LAW
@given(asked(made_schemes=st.just(scheme((GREEN, s.WithinTolerance()), (RED, s.OTHERWISE)))), st.data())
def test_within_tolerance_includes_met(case: Asked, data: st.DataObject) -> None:
    value = data.draw(values(case))
    met = evolve(case, terms=evolve(case.terms, scheme=scheme((GREEN, s.TargetMet()), (RED, s.OTHERWISE))))
    if met.rate(value) == "green":
        assert case.rate(value) == "green"


# --- not rated ---


@LAW
@given(asked(plain=True), st.sampled_from([None, float("nan")]))
def test_what_is_missing_is_not_rated_and_has_no_direction(case: Asked, missing: object) -> None:
    if case.terms.scheme.lines[0].when == s.NoFigure("floor") and case.rate(missing) == "no-standard-set":
        assert case.given["floor"] is None
    else:
        assert case.rate(missing) == "no-value"
    assert case.travel(missing) == "no-value"


@LAW
@given(unplain(), numbers)
def test_without_a_target_or_a_better_the_reason_is_told(case: Asked, value: Fraction) -> None:
    target = case.terms.target
    expected = target.reason if isinstance(target, t.NoTarget) else Reason.NO_POLARITY
    assert case.rate(value) == case.rate(None) == expected


@LAW
@given(asked(made_schemes=st.just(RAG), plain=True), st.data())
def test_a_target_for_the_end_of_the_year_rates_then_and_only_then(case: Asked, data: st.DataObject) -> None:
    value = data.draw(values(case))
    at_end = evolve(case, terms=evolve(case.terms, target=t.DueAtYearEnd(case.terms.target)))  # type: ignore[arg-type]
    assert evolve(at_end, ends_year=True).rate(value) == case.rate(value)
    assert evolve(at_end, ends_year=False).rate(value) == "not-due"
    assert evolve(at_end, ends_year=False).rate(None) == "no-value"


# --- labels ---


@LAW
@given(ordinals(), st.data())
def test_a_label_at_or_above_the_target_meets_it(case: Asked, data: st.DataObject) -> None:
    [target] = t.target_figures(case.terms.target) or (f.Number(Fraction(2)),)
    assert isinstance(target, f.Number)
    labels = (
        ["poor", "fair", "good", "best"]
        if t.target_figures(case.terms.target)
        else [
            "not completed",
            "completed late",
            "completed",
        ]
    )
    rank = data.draw(st.integers(0, len(labels) - 1))
    assert case.rate(labels[rank]) == ("green" if rank >= target.number else "red")
    assert case.rate(f"  {labels[rank].upper()} ") == case.rate(labels[rank])


# --- the drawn picture ---


@LAW
@given(asked(), st.data())
def test_segments_leave_no_gap_and_tell_what_rating_says(case: Asked, data: st.DataObject) -> None:
    rule = lower(case.terms, part=Part(4 if case.ends_year else 2, 4))
    held = {
        input.name: Absent(Reason.NO_COMPARATOR) if case.given.get(input.name) is None else case.given[input.name]
        for input in rule.inputs
        if input.name != "value"
    }
    value = data.draw(values(case))
    drawn = segments(rule, {**held, "value": Absent(Reason.NO_VALUE)})  # type: ignore[dict-item]
    assert drawn[0].low is None
    assert drawn[-1].high is None
    for left, right in pairwise(drawn):
        assert left.high == right.low
        assert left.high_in is not right.low_in
        assert left.decision.outcome != right.decision.outcome
    [segment] = [segment for segment in drawn if value in segment]
    assert segment.decision.outcome == decide(rule, {**held, "value": value}).outcome  # type: ignore[dict-item]


@LAW
@given(asked(), st.data())
def test_every_case_is_decided(case: Asked, data: st.DataObject) -> None:
    rule = lower(case.terms, part=Part(4 if case.ends_year else 2, 4))
    everything = {input.name: data.draw(st.none() | numbers) for input in rule.inputs}
    there = {name: number for name, number in everything.items() if number is not None}
    assert deciding_line(rule, there) is not None
    assert not any(flaw.kind is Flawed.UNCOVERED for flaw in prove(rule))


# --- time ---


@LAW
@given(asked(plain=True), asked(plain=True), st.data())
def test_the_terms_in_force_at_the_end_of_the_period_decide(early: Asked, late: Asked, data: st.DataObject) -> None:
    value = data.draw(values(early))
    before = data.draw(st.sampled_from([MIDYEAR.start, MIDYEAR.end, YEAR_END.start, YEAR_END.end]))
    versions = (Version(early.terms, until=before), Version(late.terms, since=before + timedelta(days=1)))
    asked_later = Indicator(Definition("x", "X", CALENDAR, None, versions))
    for period in (MIDYEAR, YEAR_END):
        force = early if period.end <= before else late
        alone = indicator(force.terms).rate(value, period=period, given=force.given)
        assert asked_later.rate(value, period=period, given=force.given) == alone


@LAW
@given(asked(polarities=ONE_SIDED), st.data())
def test_an_earlier_value_is_found_by_its_words_or_by_its_travel(case: Asked, data: st.DataObject) -> None:
    value = data.draw(values(case))
    by_name = {("long" if name == LAST_YEAR.words else name): number for name, number in case.given.items()}
    assert evolve(case, given=by_name).rate(value) == case.rate(value)
    assert evolve(case, given=by_name).travel(value) == case.travel(value)
