"""A library that builds on another: what the other names is there, and what it rates is not."""

from pathlib import Path

import pytest

from kpirules import loading as kpirules

COMMON = """
language 1
calendar council { year starts 1 April }
travel short { against previous quarter }
scheme strict {
  green when target met
  red otherwise
}
defaults for library {
  frequency quarterly
  scheme strict
  travel short
}
indicator base "Base" {
  unit percent
  polarity higher is better
  target 80%
}
"""
OWN = """
use "../common"
indicator A "A" like base { target 90% }
test A {
  at 2023/24 Q2: 89% after 88% is red, short improved
}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("common", COMMON), ("with a blank", OWN)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "all.kpi").write_text(text, encoding="utf-8")
    return tmp_path / "with a blank"


def test_names_defaults_and_bases_of_a_used_library_are_there(folder: Path) -> None:
    library = kpirules.load(folder)
    assert list(library.indicators) == ["A"]
    assert [result.failures for result in library.run_tests()] == [()]


def test_what_a_library_says_itself_counts_before_what_it_uses(folder: Path) -> None:
    own = "\nscheme strict {\n  blue when target met\n  red otherwise\n}\n"
    (folder / "all.kpi").write_text(OWN + own, encoding="utf-8")
    library = kpirules.load(folder)
    assert library["A"].rate("95%", period="2023/24 Q2").band == "blue"


def test_a_library_that_is_not_there_is_told_at_its_path(folder: Path) -> None:
    (folder / "all.kpi").write_text(OWN.replace("common", "nowhere"), encoding="utf-8")
    _, diagnostics = kpirules.check(folder)
    told = [(fault.code, fault.span.text) for fault in diagnostics]
    assert told[0] == ("unknown-library", '"../nowhere"')


def test_libraries_that_use_each_other_are_read_once(folder: Path) -> None:
    common = folder.parent / "common" / "all.kpi"
    common.write_text('use "../with a blank"\n' + COMMON, encoding="utf-8")
    assert list(kpirules.load(folder).indicators) == ["A"]
