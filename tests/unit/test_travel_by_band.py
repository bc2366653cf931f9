"""Changes of rating in scorecards and in Python: which rules rate the earlier value, and rows of components."""

from kpirules import load_text
from kpirules.reasons import Direction, Reason

TEXT = """
calendar council { year starts 1 April }
travel rating {
  against previous quarter
  by band
}
defaults {
  calendar council
  frequency quarterly
  unit percent
  polarity higher is better
  tolerance 10 points
  travel rating
}
indicator one {
  target 80% until 2022/23
  target 90% from 2023/24
}
indicator floored {
  target floor
  figure floor
}
indicator row {
  overall worst component
  component a { target 80% }
  component b { target 50% }
}
indicator held {
  scheme headline
  target 80%
  component a { target 80% }
}
scheme headline {
  green when target met
  red   otherwise
  no better than red when any component red
}
"""

BEFORE = {
    ("one", ""): "85%",
    ("floored", ""): "60%",
    ("floored", "floor"): "50%",
    ("row", "a"): "80%",
    ("row", "b"): "45%",
    ("held", ""): "90%",
    ("held", "a"): "50%",
}
NOW = {
    ("one", ""): "85%",
    ("floored", ""): "65%",
    ("floored", "floor"): "70%",
    ("row", "a"): "75%",
    ("row", "b"): "50%",
    ("held", ""): "80%",
    ("held", "a"): "80%",
}


def table(**periods: dict[tuple[str, str], str]) -> list[dict[str, str]]:
    return [
        {
            "indicator": name,
            "component": part,
            "period": "2022/23 Q4" if when == "before" else "2023/24 Q1",
            "value": value,
        }
        for when, values in periods.items()
        for (name, part), value in values.items()
    ]


def test_each_value_of_a_scorecard_is_rated_by_what_was_so_in_its_own_period() -> None:
    card = load_text(TEXT).score(table(before=BEFORE, now=NOW), period="2023/24 Q1")
    found = {row.definition.reference: row.travels["rating"].direction for row in card}
    assert found == {
        "one": Direction.WORSENED,  # green by last year's target, amber by this year's
        "floored": Direction.WORSENED,  # each by the floor that was observed with it
        "row": Direction.UNCHANGED,  # amber as a whole, then and now
        "held": Direction.IMPROVED,
    }
    assert [part.travels["rating"].direction for part in card["row"].parts] == [Direction.WORSENED, Direction.IMPROVED]


def test_what_was_not_observed_has_no_change_of_rating() -> None:
    card = load_text(TEXT).score(table(now=NOW), period="2023/24 Q1")
    assert {row.travels["rating"].reason for row in card} == {Reason.NO_COMPARATOR}
    missing = load_text(TEXT).score(table(before=BEFORE), period="2023/24 Q1")
    assert {row.travels["rating"].reason for row in missing} == {Reason.NO_VALUE}


def test_ratings_and_values_can_be_handed_in() -> None:
    library = load_text(TEXT)
    one, row = library["one"], library["row"]
    earlier = one.rate("79%", period="2022/23 Q4")
    assert one.travel("rating", "90%", previous=earlier, period="2023/24 Q1").direction is Direction.IMPROVED
    assert one.travel("rating", "85%", previous="85%", period="2023/24 Q1").direction is Direction.WORSENED
    assert one.travel("rating", "85%", previous="85%", period="2022/23 Q4").direction is Direction.UNCHANGED
    parts = row.travel("rating", {"a": 80, "b": 50}, previous={"a": 75, "b": 50}, period="2023/24 Q1")
    assert parts.direction is Direction.IMPROVED
    assert library["floored"].travel("rating", 60, previous=50, period="2023/24 Q1").reason is Reason.UNRATED


def test_a_rater_tells_the_same() -> None:
    one = load_text(TEXT)["one"]
    rate = one.rater(travel="rating", period="2023/24 Q1")
    assert (rate(90, 79).band, rate(90, 79).direction) == ("green", Direction.IMPROVED)
    assert rate(90).no_direction is Reason.NO_COMPARATOR
