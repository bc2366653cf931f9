"""Which values can occur, as the proofs take it and as rating does: where the two differ, a proved rule has a hole."""

from collections.abc import Callable

import pytest

from kpirules.library import LibraryError
from kpirules.loading import load_text
from kpirules.reading import ReadingError
from kpirules.reasons import Direction, Reason

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


ONCE_WIDER = """
calendar council { year starts 1 April }
travel long { against same quarter last year }
travel since { against baseline 2019/20 Q1 }
scheme moved {
  green when at or better than same quarter last year
  red otherwise
}
indicator A {
  calendar council
  frequency quarterly
  unit percent
  polarity higher is better
  values 0% to 200% until 2022/23
  values 0% to 100% from 2023/24 until 2024/25
  values 0% to 50% from 2025/26
  precision 0.5 until 2022/23
  precision 1 from 2023/24
  scheme moved
  travel long, since
}
"""


def everywhere(period: str, value: str, earlier: str) -> set[object]:
    """What a value and the one a year before it are rated, by all ways to ask; the words of a refusal if refused."""
    library = load_text(ONCE_WIDER)
    indicator = library["A"]
    before = library.period(period).years_earlier().text
    table = [{"indicator": "A", "period": when, "value": each} for when, each in ((before, earlier), (period, value))]
    names = ("indicator", "period", "value")
    ways: list[Callable[[], object]] = [
        lambda: library.score(table, period=period)["A"].rating.band,
        lambda: library.rate_columns(**{name: [row[name] for row in table] for name in names}).rating.to_list()[1],
        lambda: indicator.rate(value, period=period, given={"same quarter last year": earlier}).band,
        lambda: indicator.rate(value, period=period, given={"long": earlier}).band,
        lambda: indicator.rater(travel="long", period=period)(value, earlier).band,
        lambda: indicator.rater(given=["long"], period=period)(value, earlier).band,
    ]
    travelled: list[Callable[[], Direction | None]] = [
        lambda: library.score(table, period=period)["A"].travels["long"].direction,
        lambda: indicator.travel("long", value, previous=earlier, period=period).direction,
        lambda: indicator.travel("long", value, period=period, given={"long": earlier}).direction,
        lambda: indicator.rater(travel="long", period=period)(value, earlier).direction,
    ]
    as_rated = {Direction.IMPROVED: "green", Direction.UNCHANGED: "green", Direction.WORSENED: "red"}
    ways += [lambda way=way: as_rated[way() or Direction.UP] for way in travelled]  # type: ignore[misc]
    return {_said(way) for way in ways}


def _said(way: Callable[[], object]) -> object:
    try:
        return way()
    except (LibraryError, ReadingError) as fault:
        return str(fault).split("error[unreadable-value]: ")[-1]


@pytest.mark.parametrize(
    ("period", "value", "earlier", "said"),
    [
        ("2023/24 Q2", "79%", "150%", "red"),
        ("2023/24 Q2", "79%", "78.5%", "green"),
        ("2023/24 Q2", "79%", "201%", "201% cannot occur: the values go from 0% to 200%"),
        ("2023/24 Q2", "150%", "150%", "150% cannot occur: the values go from 0% to 100%"),
        ("2024/25 Q2", "79%", "150%", "150% cannot occur: the values go from 0% to 100%"),
        ("2024/25 Q2", "79%", "78.5%", "78.5% cannot occur: the values come in steps of 1%"),
        ("2025/26 Q2", "40%", "90%", "red"),
        ("2026/27 Q2", "40%", "90%", "90% cannot occur: the values go from 0% to 50%"),
    ],
)
def test_an_earlier_value_is_one_that_could_occur_then(period: str, value: str, earlier: str, said: str) -> None:
    assert everywhere(period, value, earlier) == {said}


def test_a_value_of_one_fixed_period_is_one_that_could_occur_in_it() -> None:
    indicator = load_text(ONCE_WIDER)["A"]
    assert indicator.travel("since", 40, previous=150, period="2026/27 Q2").direction is Direction.WORSENED
    with pytest.raises(ReadingError, match="from 0% to 200%"):
        indicator.travel("since", 40, previous=250, period="2026/27 Q2")
