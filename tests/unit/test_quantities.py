"""Amounts as people write them, and which of them fit a unit."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpirules.exact import exact
from kpirules.quantities import Kind, Quantity, QuantityError, in_unit, parse_quantity, show_quantity
from kpirules.units import (
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
)


@pytest.mark.parametrize(
    ("text", "number", "kind", "currency"),
    [
        ("79", "79", Kind.PLAIN, None),
        ("-13.5", "-13.5", Kind.PLAIN, None),
        ("−13.5", "-13.5", Kind.PLAIN, None),
        ("2,528", "2528", Kind.PLAIN, None),
        ("1,234,567.89", "1234567.89", Kind.PLAIN, None),
        ("1750", "1750", Kind.PLAIN, None),
        ("80%", "80", Kind.PERCENT, None),
        (" 56.16 % ", "56.16", Kind.PERCENT, None),
        ("-0.5%", "-0.5", Kind.PERCENT, None),
        ("£740k", "740000", Kind.MONEY, "GBP"),
        ("£740K", "740000", Kind.MONEY, "GBP"),
        ("£1.222m", "1222000", Kind.MONEY, "GBP"),
        ("£2bn", "2000000000", Kind.MONEY, "GBP"),
        ("£38,851,914", "38851914", Kind.MONEY, "GBP"),
        ("-£5", "-5", Kind.MONEY, "GBP"),
        ("£-5", "-5", Kind.MONEY, "GBP"),
        ("$12", "12", Kind.MONEY, "USD"),
        ("€3", "3", Kind.MONEY, "EUR"),
        ("CHF 12", "12", Kind.MONEY, "CHF"),
        ("3m 39s", "219", Kind.DURATION, None),
        ("3m39s", "219", Kind.DURATION, None),
        ("2h", "7200", Kind.DURATION, None),
        ("1.5h", "5400", Kind.DURATION, None),
        ("90s", "90", Kind.DURATION, None),
        ("1 min", "60", Kind.DURATION, None),
        ("3 minutes 30 seconds", "210", Kind.DURATION, None),
        ("1 min 27 secs", "87", Kind.DURATION, None),
        ("3 mins, 39 secs", "219", Kind.DURATION, None),
        ("14 mins 52.5 secs", "892.5", Kind.DURATION, None),
        ("1 hour, 2 minutes and 5 seconds", "3725", Kind.DURATION, None),
        ("0.5 points", "0.5", Kind.POINTS, None),
        ("1 point", "1", Kind.POINTS, None),
        ("30 days", "30", Kind.DAYS, None),
        ("5.75 days", "5.75", Kind.DAYS, None),
    ],
)
def test_an_amount_is_read_exactly(text: str, number: str, kind: Kind, currency: str | None) -> None:
    assert parse_quantity(text) == Quantity(exact(number), kind, currency)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1,75", "1.75, not 1,75"),
        ("92,5%", "1.75, not 1,75"),
        ("£1,25", "1.75, not 1,75"),
        ("£4,5m", "1.75, not 1,75"),
        ("-£4,5 bn", "1.75, not 1,75"),
        ("0,5 points", "1.75, not 1,75"),
        ("0,123", "written with a point"),
        ("1,2345", "every three figures"),
        ("12,34,567", "every three figures"),
        ("1e5", "all the figures"),
        (".5", "nought before the point"),
        ("5.", "figures after the point"),
        ("+5", "plus sign"),
        ("--5", "one minus sign"),
        ("-£-5", "write it like"),
        ("- 5", "write it like"),
        ("7k", "only money"),
        ("£1.2 million", "£1.2m"),
        ("٣", "0 to 9"),
        ("５", "0 to 9"),
        ("80%%", "write it like"),
        ("4.5/5", "write it like"),
        ("", "write it like"),
        ("NaN", "write it like"),
        ("0x10", "write it like"),
        ("1_000", "write it like"),
        ("1h 90m", "60 or more"),
        ("1h 60m", "60 or more"),
        ("1.5h 3m", "before its last part"),
        ("3s 2m", "write it like"),
        ("900-1,200", "write it like"),
        ("9" * 100, "too long"),
    ],
)
def test_what_is_no_amount_is_refused_with_a_way_out(text: str, words: str) -> None:
    with pytest.raises(QuantityError, match=words):
        parse_quantity(text)


SCALE = OnScale(Scale("inspection", "Inspection", ("Good", "Poor")))
RATE = RatePer(Fraction(10_000))
SCORE = ScoreOutOf(Fraction(5))

FITTING: tuple[tuple[str, Unit, str], ...] = (
    ("79", Percent(), "79"),
    ("79%", Percent(), "79"),
    ("5 points", Percent(), "5"),
    ("5 points", Points(), "5"),
    ("0.5 points", SCORE, "0.5"),
    ("2 points", RATE, "2"),
    ("12", Count(), "12"),
    ("12", OwnUnit("widgets"), "12"),
    ("£740k", Money("GBP"), "740000"),
    ("740", Money("GBP"), "740"),
    ("3m 39s", Duration(), "219"),
    ("219", Duration(), "219"),
    ("2 days", Duration(), "172800"),
    ("2 days", Days(), "2"),
)


@pytest.mark.parametrize(("text", "unit", "number"), FITTING)
def test_an_amount_fits_its_unit(text: str, unit: Unit, number: str) -> None:
    assert in_unit(parse_quantity(text), unit) == exact(number)


@pytest.mark.parametrize("unit", [Percent(), Points(), Count(), Money("GBP"), Duration(), Days(), RATE, SCORE, SCALE])
@pytest.mark.parametrize("text", ["79%", "5 points", "£5", "$5", "3m", "2 days"])
def test_what_does_not_fit_is_refused_naming_both(text: str, unit: Unit) -> None:
    fits = any(parse_quantity(fine).kind is parse_quantity(text).kind and unit == where for fine, where, _ in FITTING)
    if fits and text != "$5":
        assert in_unit(parse_quantity(text), unit) >= 0
    else:
        with pytest.raises(QuantityError, match=r"does not fit the unit \w+"):
            in_unit(parse_quantity(text), unit)


@pytest.mark.parametrize(("unit", "label"), [(SCALE, '"Poor"'), (Milestone(), '"completed late"')])
def test_a_number_on_a_scale_is_refused_with_the_labels(unit: Unit, label: str) -> None:
    with pytest.raises(QuantityError, match=label):
        in_unit(parse_quantity("1"), unit)


NUMBERS = st.decimals(-(10**9), 10**9, places=4).map(Fraction)


@given(
    st.builds(Quantity, NUMBERS, st.sampled_from([kind for kind in Kind if kind is not Kind.MONEY]))
    | st.builds(Quantity, NUMBERS, st.just(Kind.MONEY), st.sampled_from(["GBP", "EUR", "USD", "CHF", "JPY"]))
)
def test_a_shown_amount_reads_back(quantity: Quantity) -> None:
    assert parse_quantity(show_quantity(quantity)) == quantity


@given(st.text(max_size=70) | st.text("0123456789.,-−+£$€%kmbnhs daysoint", max_size=20))
def test_no_text_raises_anything_but_a_quantity_error(text: str) -> None:
    try:
        quantity = parse_quantity(text)
    except QuantityError:
        return
    assert parse_quantity(show_quantity(quantity)) == quantity
