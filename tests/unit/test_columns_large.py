"""Rules whose tables are larger than a byte can count, with values on every edge, in columns of doubles."""

from itertools import product

import numpy as np
import pytest

import kpirules
from kpirules.engines import tabled

LIBRARY = """
indicator A "A" {
  unit "visits"
  polarity higher is better
  target same period last year, less 20% of it
  scheme capped
  tolerance TOLERANCE
  travel long
}
travel long { against same period last year }
scheme capped {
  FIRST
  good when target met
  fair when within tolerance
  worst otherwise
  no better than fair when long worsened or long not comparable
}
"""
FIRST = "\n".join(f"best-{place} when value at least {80 - place}" for place in range(9))


@pytest.mark.parametrize(
    "text",
    [
        LIBRARY.replace("FIRST", "").replace("TOLERANCE", "2% of budget\n  figure budget"),
        LIBRARY.replace("FIRST", FIRST).replace("TOLERANCE", "2"),
    ],
)
def test_a_table_of_many_places_is_looked_up_at_the_right_one(text: str) -> None:
    library = kpirules.load_text(text)
    indicator = library["A"]
    table = tabled(indicator.in_force("2000").rule)
    assert table is not None
    assert any(len(scale.cuts) * scale.stride > 255 for scale in table.scales)
    numbers = [9.9, 30.0, 38.0, 39.0, 38.9, 40.0, 48.0, 49.0, 50.0, 74.0, 77.0, 80.0, 97.5, 100.0]
    values = [number for pair in product(numbers, repeat=2) for number in pair]
    years = [str(1700 + place) for place in range(len(values))]
    many = 2 if "budget" in table.inputs else 1
    rated = library.rate_columns(
        indicator=["A"] * many * len(years),
        period=years * many,
        component=[*[None] * len(years), *["budget"] * (many - 1) * len(years)],
        value=np.array([*values, *[50.0] * (many - 1) * len(years)]),
    )
    for place, year in enumerate(years):
        beside = {"budget": 50.0} if many == 2 else {}
        given = {**beside, "long": values[place - 1] if place else None}
        assert rated.rating[place] == indicator.rate(values[place], period=year, given=given).band, year
