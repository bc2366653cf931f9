"""Which values can occur, as the proofs take it and as rating does: where the two differ, a proved rule has a hole."""

import pytest

from kpirules.library import LibraryError, load_text
from kpirules.reading import ReadingError
from kpirules.reasons import Reason

BANDS = """
indicator A {{
  unit percent
  polarity higher is better
  values {limits}
  rated to 1 decimal place
  bands {{
    green {green}
    red {red}
  }}
}}
"""


@pytest.mark.parametrize(
    ("limits", "green", "red", "uncovered"),
    [
        ("0.04% to 1%", "0.5% and above", "0.1% to below 0.5%", "0%"),
        ("0% to 99.96%", "50% to 99.9%", "below 50%", "100%"),
    ],
)
def test_values_end_where_rounding_takes_their_limits(limits: str, green: str, red: str, uncovered: str) -> None:
    with pytest.raises(LibraryError) as refused:
        load_text(BANDS.format(limits=limits, green=green, red=red))
    [fault] = refused.value.diagnostics
    assert (fault.code, fault.message) == ("gap", f"no band covers {uncovered}")


def test_limits_that_are_rounded_can_be_rated() -> None:
    library = load_text(BANDS.format(limits="0.04% to 99.96%", green="50% to 100%", red="0% to below 50%"))
    assert [library["A"].rate(value).band for value in ("0.04%", "99.96%")] == ["red", "green"]


def test_a_sum_of_several_periods_ends_where_rounding_takes_the_sum() -> None:
    text = """
    indicator A {
      unit percent
  polarity higher is better
      values 0% to 0.06%
      rated to 1 decimal place
      target sum of last 4 quarters
      tolerance none
    }
    """
    limits = load_text(text)["A"].in_force().rule.input("sum of last 4 quarters").domain
    assert (limits.low, limits.high) == (0, load_text(text)["A"].in_force().terms.read("0.2%").number)


RATIO = """
indicator A {
  unit percent
  polarity higher is better
  values 0% to 100%
  inputs part count, whole count
  value part / whole
  bands {
    green 50% and above
    red 0% to below 50%
  }
}
"""


def test_what_is_worked_out_beyond_the_limits_is_no_value() -> None:
    ratio = load_text(RATIO)["A"]
    for part, band, reason in ((1, "green", None), (-1, None, Reason.NOT_COMPUTABLE), (3, None, Reason.NOT_COMPUTABLE)):
        rating = ratio.rate(None, given={"part": part, "whole": 2})
        assert (rating.band, rating.reason) == (band, reason)


def test_an_input_lies_on_the_steps_of_its_unit() -> None:
    library = load_text(RATIO)
    with pytest.raises(ReadingError, match="0\\.5 cannot occur: the values come in steps of 1"):
        library["A"].rate(None, given={"part": "0.5", "whole": 2})
    rows = [{"indicator": "A", "component": "part", "period": "2023", "value": "0.5"}]
    with pytest.raises(LibraryError, match="in steps of 1"):
        library.score(rows, period="2023")


SUMMED = """
indicator A {
  unit count
  polarity higher is better
  values 0 to 100
  OWN
  value sum of components
  overall own value
  bands {
    green 90 and above
    red 0 to 80
  }
  component one { precision 1
    bands {
      green 90 and above
      red 0 to 89
    } }
  component two { precision 1
    bands {
      green 90 and above
      red 0 to 89
    } }
}
"""


def test_a_sum_keeps_only_the_steps_of_its_unit() -> None:
    with pytest.raises(LibraryError) as refused:
        load_text(SUMMED.replace("OWN", "precision 10"))
    assert [fault.message for fault in refused.value.diagnostics] == ["no band covers 81"]


def test_a_sum_beyond_the_limits_is_no_value() -> None:
    text = SUMMED.replace("OWN", "").replace("red 0 to 80", "red 0 to 89")
    rated = load_text(text)["A"].rate(None, given={"one": 60, "two": 60})
    assert rated.reason is Reason.NOT_COMPUTABLE
