"""Every engine says what the plain reference says, of every kind of library and of numbers chosen to go wrong."""

from collections import Counter
from math import inf, nextafter
from unittest.mock import patch

from bench.every_engine import RATING, Reference, differences
from bench.hard_tables import Column, Row, Table, tables
from hypothesis import HealthCheck, given, settings

from kpirules import load_text
from kpirules.core import Cut, decide
from kpirules.engines import threshold

WHOLE = "whole numbers and fractions"
FEW = settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
TEXT = """
travel short {{ against previous quarter }}
indicator A "A" {{
  unit       "ours"
  polarity   higher is better
  target     {target}
  tolerance  2
  travel     short
}}
"""


def plain(target: int = 10) -> Table:
    """Both values lie on an edge."""
    rows = Row("A", None, "2023 Q1", target - 2.0), Row("A", None, "2023 Q2", float(target))
    return Table(load_text(TEXT.format(target=target)), Column.DOUBLES, rows)


@FEW
@given(tables(3))
def test_every_engine_says_what_the_reference_says(drawn: list[Table]) -> None:
    for table in drawn:
        tally = Counter[str]()
        assert not [str(each) for each in differences(table, tally)]
        assert not table.rows or tally.total() > len(table.rows)


def test_the_reference_decides_by_the_plain_rule() -> None:
    table = plain()
    with patch("kpirules.assess.outcomes.decide", side_effect=decide) as asked:
        answers = [Reference.of(table).answers(row) for row in table.rows]
    assert [answer[RATING][0] for answer in answers] == ["amber", "green"]
    assert [str(answer["short"][0] or answer["short"][1]) for answer in answers] == ["no-comparator", "improved"]
    assert asked.call_count >= 2 * len(table.rows)


def test_a_mistake_of_an_engine_is_noticed() -> None:
    def wrong(cut: Cut) -> float:
        return nextafter(threshold(cut), inf)

    def engines(target: int) -> set[str]:
        return {difference.engine for difference in differences(plain(target), Counter())}

    assert not engines(10)
    with patch("kpirules.engines.of_value.threshold", wrong):
        assert engines(11) == {f"{way}, {kind}" for way in ("rater", "Indicator.rate") for kind in ("floats", WHOLE)}
    with patch("kpirules.engines.of_two.threshold", wrong):
        assert engines(13) == {"rater, floats"}
    with patch("kpirules.engines.tables.threshold", wrong):
        # Tables of rules are kept with their thresholds, so another rule is needed.
        assert engines(12) >= {"arrays, in a grid, doubles", "arrays, row by row, doubles", "CSV, doubles"}
