"""The rows stand in printed order, and our ratings give the order that the council printed: red down to not rated."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from kpirules import Frequency, Indicator, Library
from kpirules.loading import check

HERE = Path(__file__).parent
FOLDER = HERE.parents[1] / "indicators" / "sandwell-2023-24"
RANKS = {"red": 0, "amber": 1, "green": 2, None: 3}


def printed_rows() -> list[dict[str, str]]:
    """What stands where in the report: the number of the row, its theme, its block and its reference."""
    text = (HERE / "printed-order.tsv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


PRINTED = printed_rows()
THEMES = list(dict.fromkeys(row["theme"] for row in PRINTED))
BLOCKS = list(dict.fromkeys((row["theme"], row["section"]) for row in PRINTED))


@pytest.fixture(scope="module")
def library() -> Library:
    return check(FOLDER)[0]


@pytest.fixture(scope="module")
def bands(library: Library) -> dict[tuple[str, str], list[tuple[str, str | None]]]:
    """By theme and block, each reference with its band, in the order of the definitions."""
    found = defaultdict(list)
    for row in library.score(period="2023/24 Q2"):
        indicator = library[row.definition.reference]
        found[theme_of(indicator), block_of(indicator)].append((indicator.reference, row.rating.band))
    return dict(found)


@pytest.mark.parametrize("block", BLOCKS, ids=", ".join)
def test_red_stands_before_amber_green_and_not_rated(
    block: tuple[str, str], bands: dict[tuple[str, str], list[tuple[str, str | None]]]
) -> None:
    assert bands[block] == sorted(bands[block], key=lambda row: RANKS[row[1]])


@pytest.mark.parametrize("theme", THEMES)
def test_the_rows_of_a_theme_stand_in_printed_order(theme: str, library: Library) -> None:
    printed = [row["reference"] for row in PRINTED if row["theme"] == theme]
    written = [name for name, indicator in library.indicators.items() if theme_of(indicator) == theme]
    assert written == [reference for reference in printed if reference in written]


def test_an_indicator_is_annual_if_it_is_printed_among_the_annual_ones(library: Library) -> None:
    printed = {row["reference"]: row["section"] for row in PRINTED}
    written = {name: block_of(indicator) for name, indicator in library.indicators.items()}
    assert written == {reference: printed[reference] for reference in written}


def test_all_133_rows_are_there_in_printed_order(library: Library) -> None:
    assert len(PRINTED) == 133
    assert list(library.indicators) == [row["reference"] for row in PRINTED]


def theme_of(indicator: Indicator) -> str:
    theme = indicator.definition.theme
    return theme.title if theme else ""


def block_of(indicator: Indicator) -> str:
    """The part of its theme in which the report prints it; what comes every four months is among the quarterly ones."""
    return "annual" if indicator.definition.frequency is Frequency.YEARLY else "quarterly"
