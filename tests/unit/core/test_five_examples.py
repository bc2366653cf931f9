"""The five examples that guard the core, each through proof, plain evaluation and SQL."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpirules.core import Absent, Decision, Flawed, Rated, Rule, Unrated, decide, prove, zoned
from kpirules.core.decide import at_the_door, deciding_line
from tests.unit.core.rules import BANDS, RULES, reads_travel
from tests.unit.core.sql_sketch import lines_by_sql

MISSING = None


def outcome(rule: Rule, **given_numbers: str | None) -> str:
    """The band or the reason, by name."""
    given_inputs = {
        name.replace("_", " "): Absent("no-value") if text is None else Fraction(text)
        for name, text in given_numbers.items()
    }
    match decide(rule, given_inputs):
        case Decision(outcome=Rated(band=band)):
            return BANDS[band]
        case Decision(outcome=Unrated(reason=reason)):
            return reason


@pytest.mark.parametrize("name", RULES)
def test_each_example_is_proved(name: str) -> None:
    assert prove(RULES[name]) == ()


@pytest.mark.parametrize(
    ("value", "last_year", "expected"),
    [
        ("100", "100", "green"),
        ("95", "100", "amber"),
        ("94.99", "100", "red"),
        ("-100", "-100", "green"),
        ("-105", "-100", "amber"),
        ("-105.01", "-100", "red"),
        ("-95", "-100", "green"),
        ("0", "0", "green"),
        ("-0.01", "0", "red"),
        (MISSING, "100", "no-value"),
        ("100", MISSING, "not-comparable"),
    ],
)
def test_a_target_read_from_last_year(value: str | None, last_year: str | None, expected: str) -> None:
    assert outcome(RULES["same quarter last year"], value=value, last_year=last_year) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("884.99", "red"),
        ("885", "amber"),
        ("899.99", "amber"),
        ("900", "green"),
        ("1200", "green"),
        ("1200.01", "amber"),
        ("1230", "amber"),
        ("1230.01", "red"),
    ],
)
def test_a_range_with_unequal_sides(value: str, expected: str) -> None:
    assert outcome(RULES["unequal range"], value=value) == expected


def test_a_scheme_that_reads_travel() -> None:
    rule = RULES["reads travel"]
    assert outcome(rule, value="80", last_year=MISSING) == "green"
    assert outcome(rule, value="70", last_year="70") == "amber"
    assert outcome(rule, value="69.99", last_year="70") == "red"
    assert outcome(rule, value="79", last_year=MISSING) == "not-comparable"


def test_amber_for_what_has_worsened_is_refused_with_its_witness() -> None:
    rule = reads_travel(recovering=False)
    [flaw] = prove(rule)
    assert flaw.kind is Flawed.NOT_MONOTONE
    better, worse = flaw.witnesses
    assert better["value"] > worse["value"]
    assert better["last year"] == worse["last year"]
    ratings = [decide(rule, witness).outcome for witness in flaw.witnesses]
    assert ratings == [Rated(2), Rated(1)]


def test_rounding_at_the_door_is_for_value_and_comparator_alike() -> None:
    rule = RULES["rounded at the door"]
    assert outcome(rule, value="79.5", last_quarter="0") == "green"
    assert outcome(rule, value="79.49", last_quarter="79.51") == "red"
    assert outcome(rule, value="70.4", last_quarter="69.5") == "amber"
    assert outcome(rule, value="-0.5", last_quarter="0") == "red"


def test_three_axes() -> None:
    rule = RULES["three axes"]
    assert outcome(rule, value="75", floor="75", last_quarter="75") == "amber"
    assert outcome(rule, value="75", floor="75.01", last_quarter="75") == "red"
    assert outcome(rule, value="75", floor="70", last_quarter="76") == "red"
    assert outcome(rule, value="70", floor=MISSING, last_quarter=MISSING) == "amber"
    assert outcome(rule, value="69.99", floor=MISSING, last_quarter="0") == "red"


hundredths = st.integers(-20_000, 150_000).map(lambda whole: Fraction(whole, 100))


@pytest.mark.parametrize("name", RULES)
@given(data=st.data())
def test_plain_evaluation_zones_and_sql_agree(name: str, data: st.DataObject) -> None:
    rule = RULES[name]
    row = st.fixed_dictionaries({input.name: st.none() | hundredths for input in rule.inputs})
    rows = data.draw(st.lists(row, min_size=1, max_size=20))
    given_rows = [
        {key: Absent("no-value") if number is None else number for key, number in row.items()} for row in rows
    ]
    numbers = [at_the_door(rule, row)[0] for row in given_rows]
    expected = [decide(rule, row).line for row in given_rows]
    assert [deciding_line(rule, row) for row in numbers] == expected
    assert [zoned(rule).deciding_line(row) for row in numbers] == expected
    assert lines_by_sql(rule, numbers) == expected
