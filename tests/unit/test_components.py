"""Conditions on components: what they ask of bands, how they are proved, and whom an explanation names."""

from collections.abc import Sequence
from fractions import Fraction
from functools import partial
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpirules import Rating, load_text
from kpirules.core import Condition, Flawed, Line, Rated, Rule, prove
from kpirules.core.conditions import ALWAYS, holds
from kpirules.core.decide import deciding_line
from kpirules.core.decide import test_holds as is_so
from kpirules.vocabulary.components import HowMany, OfParts, PartBands, Standing, lower_parts

BANDS = ("green", "amber", "red")
PARTS = tuple(PartBands(name, BANDS) for name in "abc")
RATINGS = (*BANDS, None)


@st.composite
def conditions(draw: st.DrawFn) -> OfParts:
    how_many, standing = draw(st.sampled_from(HowMany)), draw(st.sampled_from(Standing))
    bound = how_many in (HowMany.AT_LEAST, HowMany.AT_MOST)
    band = None if standing is Standing.UNRATED else draw(st.sampled_from(BANDS))
    return OfParts(how_many, draw(st.integers(0, 4)) if bound else 1, standing, band, PARTS)


def counted(condition: OfParts, ratings: Sequence[str | None]) -> bool:
    """The meaning of a condition, by plain counting."""
    passed = sum(stands(condition.standing, condition.band, rating) for rating in ratings)
    match condition.how_many:
        case HowMany.ANY:
            return passed > 0
        case HowMany.ALL:
            return passed == len(ratings)
        case HowMany.AT_LEAST:
            return passed >= condition.number
        case HowMany.AT_MOST:
            return passed <= condition.number


def stands(standing: Standing, band: str | None, rating: str | None) -> bool:
    if rating is None or band is None:
        return standing is Standing.UNRATED and rating is None
    own, other = BANDS.index(rating), BANDS.index(band)
    return {
        Standing.IS: own == other,
        Standing.IS_NOT: own != other,
        Standing.AT_OR_BETTER: own <= other,
        Standing.BETTER: own < other,
        Standing.AT_OR_WORSE: own >= other,
        Standing.WORSE: own > other,
        Standing.UNRATED: False,
    }[standing]


def numbers(ratings: Sequence[str | None]) -> dict[str, Fraction]:
    """The inputs of a rule for the components' ratings, worst first."""
    return {
        part.input.name: Fraction(part.input.domain.labels.index(rating))
        for part, rating in zip(PARTS, ratings, strict=True)
        if rating is not None
    }


@given(conditions())
def test_a_condition_counts_the_components_that_pass(condition: OfParts) -> None:
    lowered = lower_parts(condition)
    for ratings in product(RATINGS, repeat=3):
        held = holds(lowered, partial(is_so, numbers=numbers(ratings)))
        assert held is counted(condition, ratings), ratings


@given(conditions(), conditions())
def test_the_proof_finds_what_trying_every_combination_finds(first: OfParts, second: OfParts) -> None:
    rule = rule_of(lower_parts(first), lower_parts(second))
    kinds = {flaw.kind for flaw in prove(rule)} - {Flawed.NOT_PROVED}
    bands = {ratings: band_of(rule, ratings) for ratings in product(RATINGS, repeat=3)}
    setbacks = (
        bands[better] > bands[worse]
        for better, worse in product(bands, repeat=2)
        if one_component_is_better(better, worse)
    )
    assert (Flawed.NOT_MONOTONE in kinds) is any(setbacks)
    assert (Flawed.UNREACHABLE in kinds) is (set(bands.values()) != {0, 1, 2})


def rule_of(first: Condition, second: Condition) -> Rule:
    lines = (Line(first, Rated(0)), Line(second, Rated(1)), Line(ALWAYS, Rated(2)))
    inputs, stretches = tuple(part.input for part in PARTS), tuple(part.stretch for part in PARTS)
    return Rule(inputs, lines, BANDS, stretches=stretches)


def band_of(rule: Rule, ratings: Sequence[str | None]) -> int:
    line = deciding_line(rule, numbers(ratings))
    assert line is not None
    outcome = rule.lines[line].outcome
    assert isinstance(outcome, Rated)
    return outcome.band


def one_component_is_better(better: Sequence[str | None], worse: Sequence[str | None]) -> bool:
    pairs = [pair for pair in zip(better, worse, strict=True) if pair[0] != pair[1]]
    return len(pairs) == 1 and None not in pairs[0] and stands(Standing.BETTER, pairs[0][1], pairs[0][0])


TEXT = """
defaults { unit count
  polarity higher is better
  target 10
  tolerance 2 }
scheme parts {
  green when all components green
  amber when not at least 2 components red
  red   otherwise
}
scheme headline {
  green when target met
  amber when within tolerance
  red   otherwise
  no better than amber when any component red
}
indicator row { scheme parts
  component a { }
  component b { }
  component c { } }
indicator held { scheme headline
  component a { }
  component b { } }
"""


def because(reference: str, value: object) -> str:
    return load_text(TEXT)[reference].rate(value).explain().because


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"a": 10, "b": 10, "c": 10}, "all components green (a, b, c)"),
        (
            {"a": 10, "b": 9, "c": 1},
            "not at least 2 components red (c) and not all components green (not b, c)",
        ),
        (
            {"a": 10, "b": 2, "c": 1},
            "not all components green (not b, c) and at least 2 components red (b, c)",
        ),
        ({"a": 10, "b": 9}, "a component has no rating, so the overall rating is not known"),
    ],
)
def test_an_explanation_names_the_components_that_decide(values: object, said: str) -> None:
    assert because("row", values) == said


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("all components not red", "any component red (b)"),
        ("all components at or better than amber", "any component worse than amber (b)"),
    ],
)
def test_what_stands_in_the_way_of_all_is_said_plainly(condition: str, said: str) -> None:
    row = load_text(TEXT.replace("green when all components green", f"green when {condition}"))["row"]
    assert row.rate({"a": 10, "b": 1, "c": 9}).explain().because.endswith(f" and {said}")


def test_an_unrated_component_is_listed_with_its_reason_in_words() -> None:
    row = load_text(TEXT)["row"].rate({"a": 10, "b": 9}).explain()
    assert row.value == "a green, b amber, c not rated (no value)"


def test_an_explanation_says_what_holds_a_headline_down() -> None:
    assert because("held", {"value": 10, "a": 10, "b": 1}) == "green, but no better than amber: any component red (b)"
    assert because("held", {"value": 9, "a": 10, "b": 9}).startswith("worse than target (10) by 1")


def test_components_may_be_handed_in_with_their_ratings() -> None:
    row = load_text(TEXT)["row"]
    ratings: dict[str, Rating] = {name: part.rate(10) for name, part in row.components.items()}
    assert row.rate(ratings).band == "green"
    held = load_text(TEXT)["held"]
    assert held.rate(10, given={"a": held.components["a"].rate(1), "b": 10}).band == "amber"


def test_a_scorecard_rates_such_rows_now_and_before() -> None:
    before, now = {"a": 10, "b": 10, "c": 10}, {"a": 10, "b": 9, "c": 7}
    table = [
        {"indicator": "row", "component": name, "period": period, "value": value}
        for period, values in (("2023 Q1", before), ("2023 Q2", now))
        for name, value in values.items()
    ] + [
        {"indicator": "held", "component": name, "period": "2023 Q2", "value": value}
        for name, value in (("", 10), ("a", 10), ("b", 1))
    ]
    library = load_text(TEXT)
    row, held = library.score(table, period="2023 Q2")
    assert (row.rating.band, row.previous and row.previous.band) == ("amber", "green")
    assert row.value == "a 10; b 9; c 7"
    assert (held.rating.band, [part.rating.band for part in held.parts]) == ("amber", ["green", "red"])
    assert "any component red (b)" in held.rating.explain().text


ROW = """\
calendar council { year starts 1 April }
indicator streets {
  frequency quarterly
  unit percent
  polarity lower is better
  tolerance 1 points
  overall worst component
  component litter { target 5% }
  component weeds { target 8% }
}
"""


def test_a_value_beside_deciding_components_decides_nothing_and_the_explanation_says_so() -> None:
    row = load_text(ROW)["streets"]
    parts = {"litter": 4, "weeds": 9}
    beside, alone = row.rate({"value": 100, **parts}), row.rate(parts)
    assert (beside.band, alone.band) == ("amber", "amber")
    assert alone.explain().because == "the worst component decides (weeds)"
    assert beside.explain().because == "the worst component decides (weeds); no rating rests on its own value"


def test_a_value_beside_deciding_components_in_a_table_stays_and_the_explanation_says_so() -> None:
    library = load_text(ROW)
    cells = {"litter": "4%", "weeds": "9%", None: "7%"}
    table = [
        {"indicator": "streets", "component": name, "period": "2023/24 Q2", "value": value}
        for name, value in cells.items()
    ]
    card = library.score(table, period="2023/24 Q2")
    assert (card["streets"].value, card["streets"].rating.band) == ("7%", "amber")
    assert card["streets"].rating.explain().because.endswith("; no rating rests on its own value")
    without = library.score(table[:2], period="2023/24 Q2")
    assert without["streets"].rating.explain().because == "the worst component decides (weeds)"
