"""The law that the engines agree, on every language form that there is, and with engines that are broken on purpose."""

from collections.abc import Iterator
from functools import _lru_cache_wrapper
from math import inf, nextafter
from pathlib import Path

import pytest

import kpirules
from kpirules.columns.coding import Codes
from kpirules.engines import of_decimals, of_two, tables, trees
from kpirules.engines.differences import Sure
from kpirules.engines.thresholds import threshold
from kpirules.testing.laws import check_laws, engines_agree
from kpirules.testing.results import Counterexample

GOOD = sorted((Path(__file__).parents[1] / "spec" / "good").glob("*.kpi"))
LIBRARY = """
calendar council "Council year" { year starts 1 April }
travel short {
  against previous quarter
  unchanged within 0.1 points
}
travel long { against same quarter last year }
defaults for library {
  calendar   council
  frequency  quarterly
  unit       percent
  polarity   higher is better
  travel     short, long
}
indicator plain {
  target     80%
  tolerance  none
}
indicator compared {
  target     same quarter last year
  tolerance  5% of target
}
"""


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_the_engines_agree_whatever_the_language_says(path: Path) -> None:
    library = kpirules.check_text(path.read_text(encoding="utf-8"))[0]
    report = check_laws(library, [engines_agree])
    assert report.passed, report.text


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """What engines keep is forgotten, so that a broken one neither finds nor leaves anything."""
    kept = [each for module in (tables, trees, of_two, of_decimals) for each in vars(module).values()]
    for when in range(2):
        for each in kept:
            if isinstance(each, _lru_cache_wrapper):
                each.cache_clear()
        if not when:
            yield


def broken() -> dict[str, Counterexample]:
    """What the law tells of each indicator; tried on all at once, or on each alone, is the same but for travels."""
    library = kpirules.load_text(LIBRARY)
    alone = [engines_agree(indicator) for indicator in library.indicators.values()]
    together = check_laws(library, [engines_agree]).results
    assert any(each.passed for each in alone) == any(each.passed for each in together)
    return {each.reference: each.counterexample for each in together if each.counterexample is not None}


def test_nothing_is_told_of_sound_engines(monkeypatch: pytest.MonkeyPatch) -> None:
    assert broken() == {}
    monkeypatch.setattr("kpirules.columns.find_spec", lambda _: None)
    assert broken() == {}


@pytest.mark.parametrize("aside", [1e-9, -1e-9, 50, -50])
def test_a_dead_zone_that_the_rater_has_elsewhere_is_found(monkeypatch: pytest.MonkeyPatch, aside: float) -> None:
    right = Sure.about

    def wrong(cut: object) -> Sure:
        sure = right(cut)
        return Sure(sure.passed + aside, sure.not_passed + aside, sure.greatest)

    monkeypatch.setattr(Sure, "about", staticmethod(wrong))
    by_rater = [told for told in broken().values() if " after " in told.case]
    assert by_rater
    for told in by_rater:
        assert told.got.endswith("from the rater")
        assert {told.got.split()[0], told.expected.split()[0]} <= {"short", "long"}


@pytest.mark.parametrize("way", [inf, -inf])
def test_an_edge_that_columns_have_a_single_double_aside_is_found(monkeypatch: pytest.MonkeyPatch, way: float) -> None:
    monkeypatch.setattr("kpirules.engines.tables.threshold", lambda cut: nextafter(threshold(cut), way))
    assert any("from columns" in told.got for told in broken().values())


def test_columns_that_are_coded_wrongly_without_numpy_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kpirules.columns.find_spec", lambda _: None)
    monkeypatch.setattr(Codes, "of_rating", lambda self, _: self.of("green", None))
    found = broken()
    assert set(found) == {"plain", "compared"}
    assert found["plain"].got == "green from columns"
    assert found["plain"].expected == "red, as the rule says"
    monkeypatch.undo()
    monkeypatch.setattr("kpirules.columns.find_spec", lambda _: None)
    monkeypatch.setattr(Codes, "of_travel", lambda self, _: self.of("improved", None))
    assert {told.got for told in broken().values()} == {"short improved from columns"}
