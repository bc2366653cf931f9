"""One full rendering of each diagnostic, to be read as a user would: the text, a line `~~~`, and what is shown for it.

After a change of words, `pytest tests/spec --record` writes the lower halves anew. Read the diff.
"""

from pathlib import Path

import pytest

from kpirules.library import check_text
from kpirules.present.diagnostics import as_text
from kpirules.present.screen import Screen
from tests.spec.codes import codes
from tests.spec.test_bad import LARGE

FOLDER = Path(__file__).parent / "shown"
FILES = sorted(FOLDER.glob("*.txt"))
LINE = "~~~\n"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_diagnostic_is_shown_like_this(file: Path, pytestconfig: pytest.Config) -> None:
    text, _, expected = file.read_text(encoding="utf-8").partition(LINE)
    diagnostics = check_text(text, "waits.kpi")[1]
    shown = as_text(diagnostics, Screen(width=100)) + "\n"
    assert file.stem in [fault.code for fault in diagnostics]
    if pytestconfig.getoption("--record", default=False):
        file.write_text(f"{text}{LINE}{shown}", encoding="utf-8")
    else:
        assert shown == expected


def test_every_code_is_shown() -> None:
    assert sorted(codes() - LARGE.keys()) == [file.stem for file in FILES]
