"""The twenty hardest rows of the report come out as they were worked out by hand, components and all."""

import csv
from pathlib import Path

import pytest

from kpirules import Library, Scorecard, TravelResult
from kpirules.assess import Assessment
from kpirules.loading import check

HERE = Path(__file__).parent
FOLDER = HERE.parents[1] / "indicators" / "sandwell-2023-24"


def expected_rows() -> list[dict[str, str]]:
    """The rows of the table without its comments."""
    text = (HERE / "twenty.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


ROWS = expected_rows()


@pytest.fixture(scope="module")
def library() -> Library:
    made, diagnostics = check(FOLDER)
    assert diagnostics == ()
    return made


@pytest.fixture(scope="module")
def scorecard(library: Library) -> Scorecard:
    return library.score(period="2023/24 Q2")


def test_the_folder_has_no_diagnostics() -> None:
    assert [str(diagnostic) for diagnostic in check(FOLDER)[1]] == []


def test_every_component_of_the_twenty_is_expected(scorecard: Scorecard) -> None:
    twenty = {row["reference"] for row in ROWS}
    rows = [(reference, "") for reference in twenty]
    parts = [(reference, part.component) for reference in twenty for part in scorecard[reference].parts]
    assert len(rows) == 20
    assert sorted(rows + parts) == sorted((row["reference"], row["component"]) for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=[" ".join((row["reference"], row["component"])).strip() for row in ROWS])
def test_a_row_comes_out_as_worked_out_by_hand(row: dict[str, str], scorecard: Scorecard) -> None:
    assessed = found(scorecard, row["reference"], row["component"])
    assert said(assessed) == {column: row[column] for column in said(assessed)}


def found(scorecard: Scorecard, reference: str, component: str) -> Assessment:
    row = scorecard[reference]
    return next(part for part in row.parts if part.component == component) if component else row


def said(assessed: Assessment) -> dict[str, str]:
    """The assessment in the words of the table, where nothing is an empty cell."""
    words = {"rating": assessed.rating.band or "", "reason": str(assessed.rating.reason or "")}
    for name in ("short", "long"):
        travel = assessed.travels.get(name, TravelResult(None, None))
        words[f"{name}_direction"] = str(travel.direction or "")
        words[f"{name}_reason"] = str(travel.reason or "")
    return words
