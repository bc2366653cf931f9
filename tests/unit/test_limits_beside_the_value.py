"""What stands beside a value without being one need not keep to its limits or its steps."""

import pytest

from kpirules import load_text
from kpirules.reading import ReadingError

LIBRARY = load_text("""
travel start { against base }
travel usual { against mean of last 2 quarters }
travel short { against previous quarter }
indicator A "A" {
  unit       count
  frequency  quarterly
  polarity   higher is better
  values     0 to 100
  figure     base
  target     10
  tolerance  none
  travel     start, usual, short
}
""")
A = LIBRARY["A"]


@pytest.mark.parametrize("travel", ["start", "usual"])
def test_a_figure_and_a_mean_are_compared_whatever_the_limits_of_the_value(travel: str) -> None:
    plain = A.travel(travel, 50, previous=49.5)
    rated = A.rater(travel=travel)(50, 49.5)
    assert str(plain.direction) == str(rated.direction) == "improved"
    assert (
        str(A.travel(travel, 50, previous=200).direction)
        == str(A.rater(travel=travel)(50, 200).direction)
        == "worsened"
    )
    assert str(A.travel(travel, 50, given={travel: 49.5}).direction) == "improved"


def test_an_earlier_value_keeps_to_them() -> None:
    for earlier in (49.5, 200):
        with pytest.raises(ReadingError, match="cannot occur"):
            A.travel("short", 50, previous=earlier)
        with pytest.raises(ReadingError, match="cannot occur"):
            A.rater(travel="short")(50, earlier)
