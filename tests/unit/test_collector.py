"""While definitions are read the collector of garbage stands still, and after that it is as it was."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from kpirules import loading as kpirules
from kpirules.collector import collecting_later

SOUND = """
indicator A "A" {
  unit percent
  polarity higher is better
  target 80%
  tolerance none
}
"""
FAULTY = SOUND.replace("target", "tagret")


@pytest.fixture(autouse=True, params=["running", "stopped"])
def running(request: pytest.FixtureRequest) -> Iterator[bool]:
    """Whether the collector runs when a test begins."""
    if request.param == "stopped":
        gc.disable()
    yield request.param == "running"
    gc.enable()


def test_it_is_as_it_was_after_definitions_are_read(running: bool) -> None:
    assert not kpirules.check_text(SOUND)[1]
    assert gc.isenabled() is running


def test_it_is_as_it_was_after_faulty_definitions(running: bool) -> None:
    with pytest.raises(kpirules.LibraryError):
        kpirules.load_text(FAULTY)
    assert gc.isenabled() is running


def test_it_is_as_it_was_after_a_file_that_cannot_be_read(running: bool, tmp_path: Path) -> None:
    (tmp_path / "used" / "folder.kpi").mkdir(parents=True)
    (tmp_path / "own.kpi").write_text('use "used"\n', encoding="utf-8")
    with pytest.raises(OSError, match="folder"):
        kpirules.load(tmp_path / "own.kpi")
    assert gc.isenabled() is running


def test_it_is_as_it_was_after_definitions_from_json(running: bool) -> None:
    kpirules.from_json(kpirules.to_json(kpirules.load_text(SOUND)))
    assert gc.isenabled() is running


def test_it_stands_still_meanwhile_and_is_as_it_was_whatever_is_raised(running: bool) -> None:
    seen: list[bool] = []

    @collecting_later()
    def reading() -> None:
        seen.append(gc.isenabled())
        with collecting_later():
            seen.append(gc.isenabled())
        seen.append(gc.isenabled())
        raise KeyboardInterrupt

    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            reading()
        assert gc.isenabled() is running
    assert seen == [False] * 6
