"""The whole report, row by row and component by component, as it was read against the printed one.

`report.tsv` is re-recorded with `pytest tests/golden --record`; read the diff against the printed report.
"""

import csv
import io
from pathlib import Path

import pytest

from kpirules.assess import Assessment
from kpirules.loading import load

HERE = Path(__file__).parent
FOLDER = HERE.parents[1] / "indicators" / "sandwell-2023-24"
GOLDEN = HERE / "report.tsv"
COLUMNS = ("reference", "component", "value", "target", "tolerance", "rating", "short", "long")


def as_rated() -> str:
    """The report as a table, one line a row or component."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None)
    writer.writerow(COLUMNS)
    for row in load(FOLDER).score(period="2023/24 Q2"):
        reference = row.definition.reference
        writer.writerow([reference, "", *said(row)])
        writer.writerows([reference, part.component, *said(part)] for part in row.parts)
    return written.getvalue()


def said(row: Assessment) -> list[str]:
    travels = [row.travels.get(name) for name in ("short", "long")]
    directions = ["" if each is None else str(each.direction or f"({each.reason})") for each in travels]
    return [row.value, row.target, row.tolerance, row.rating.band or f"({row.rating.reason})", *directions]


def test_the_whole_report_is_rated_as_read(request: pytest.FixtureRequest) -> None:
    rated = as_rated()
    if request.config.getoption("--record"):
        GOLDEN.write_text(rated, encoding="utf-8", newline="\n")
    assert rated.splitlines() == GOLDEN.read_text(encoding="utf-8").splitlines()
