"""Units: a number shown as people write it, and what a difference looks like."""

from fractions import Fraction

import pytest

from kpirules.exact import exact
from kpirules.units import (
    MILESTONES,
    Count,
    Days,
    Duration,
    Milestone,
    Money,
    OnScale,
    OwnUnit,
    Percent,
    Points,
    RatePer,
    Scale,
    ScoreOutOf,
    Unit,
    show,
    show_difference,
    step,
    unit_words,
)

INSPECTION = Scale("inspection", "Inspection", ("Category 1", "Category 2", "Category 3"))
RATE = RatePer(Fraction(10_000))
SCORE = ScoreOutOf(Fraction(5))


@pytest.mark.parametrize(
    ("number", "unit", "text"),
    [
        ("79", Percent(), "79%"),
        ("-0.5", Percent(), "-0.5%"),
        ("1", Points(), "1 point"),
        ("-1", Points(), "-1 point"),
        ("3.5", Points(), "3.5 points"),
        ("0", Points(), "0 points"),
        ("2528", Count(), "2,528"),
        ("740000", Money("GBP"), "£740,000"),
        ("-207000", Money("GBP"), "-£207,000"),
        ("3", Money("EUR"), "€3"),
        ("3", Money("USD"), "$3"),
        ("-12", Money("CHF"), "-CHF 12"),
        ("219", Duration(), "3m 39s"),
        ("0", Duration(), "0s"),
        ("3600", Duration(), "1h"),
        ("3605", Duration(), "1h 5s"),
        ("-3725.5", Duration(), "-1h 2m 5.5s"),
        ("5.75", Days(), "5.75 days"),
        ("1", Days(), "1 day"),
        ("54.4", RATE, "54.4 per 10,000"),
        ("4.54", SCORE, "4.54 out of 5"),
        ("2", OnScale(INSPECTION), "Category 1"),
        ("0", OnScale(INSPECTION), "Category 3"),
        ("1.5", OnScale(INSPECTION), "1.5 steps"),
        ("3", OnScale(INSPECTION), "3 steps"),
        ("2", Milestone(), "completed"),
        ("1", Milestone(), "completed late"),
        ("0", Milestone(), "not completed"),
        ("12", OwnUnit("widgets"), "12 widgets"),
    ],
)
def test_a_number_is_shown_as_people_write_it(number: str, unit: Unit, text: str) -> None:
    assert show(exact(number), unit) == text


@pytest.mark.parametrize(
    ("number", "unit", "text"),
    [
        (Fraction(2, 3), Percent(), "≈0.666667%"),
        (Fraction(-2, 3), Money("GBP"), "≈-£0.666667"),
        (Fraction(1, 3), Duration(), "≈0.333333s"),
        (60 - Fraction(1, 30_000_000), Duration(), "≈1m"),
        (Fraction(-1, 30_000_000), Duration(), "≈0s"),
    ],
)
def test_what_no_decimal_writes_exactly_says_so(number: Fraction, unit: Unit, text: str) -> None:
    assert show(number, unit) == text


@pytest.mark.parametrize(
    ("number", "unit", "text"),
    [
        (1, Percent(), "1 point"),
        (-4, Percent(), "-4 points"),
        (1, OnScale(INSPECTION), "1 step"),
        (2, Milestone(), "2 steps"),
        (-1, SCORE, "-1 point"),
        (5, RATE, "5 per 10,000"),
        (1500, Money("GBP"), "£1,500"),
        (90, Duration(), "1m 30s"),
    ],
)
def test_a_difference_is_shown_in_points_or_steps_where_the_unit_has_them(number: int, unit: Unit, text: str) -> None:
    assert show_difference(Fraction(number), unit) == text


@pytest.mark.parametrize(
    ("unit", "words", "natural_step"),
    [
        (Percent(), "percent", None),
        (Points(), "points", None),
        (Count(), "count", 1),
        (Money("GBP"), "money GBP", None),
        (Duration(), "duration", None),
        (Days(), "days", None),
        (RATE, "rate per 10,000", None),
        (SCORE, "score out of 5", None),
        (OnScale(INSPECTION), "scale inspection", 1),
        (Milestone(), "milestone", 1),
        (OwnUnit("widgets"), '"widgets"', None),
    ],
)
def test_a_unit_knows_how_it_is_declared_and_its_step(unit: Unit, words: str, natural_step: int | None) -> None:
    assert unit_words(unit) == words
    assert step(unit) == natural_step


@pytest.mark.parametrize("scale", [INSPECTION, MILESTONES])
def test_labels_and_ranks_turn_into_each_other_best_highest(scale: Scale) -> None:
    ranks = [scale.number(label) for label in scale.labels]
    assert ranks == list(range(len(scale.labels) - 1, -1, -1))
    assert [scale.label(rank) for rank in ranks if rank is not None] == list(scale.labels)


def test_capitals_and_blanks_in_a_label_do_not_matter_but_an_exact_label_comes_first() -> None:
    assert INSPECTION.number(" category   2 ") == 1
    assert INSPECTION.number("Category 4") is None
    assert Scale("letters", "Letters", ("a", "A")).number("A") == 0


@pytest.mark.parametrize("number", [Fraction(-1), Fraction(3), Fraction(1, 2)])
def test_a_number_that_is_no_rank_has_no_label(number: Fraction) -> None:
    with pytest.raises(ValueError, match="no rank of the scale inspection"):
        INSPECTION.label(number)
