"""The pytest plugin: `pytest indicators/` runs the tests, the laws and the built-in laws of `.kpi` files.

pytest loads this module in every session of everybody who has kpirules installed, so it imports nothing of ours until
the first `.kpi` file is found. `pytest -p no:kpirules` or `kpi_files = false` in the configuration turns it off.
"""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from kpirules.pytest_plugin.items import DefinitionFile


def pytest_addoption(parser: pytest.Parser) -> None:
    """What can be set in the configuration file."""
    parser.addini("kpi_files", "whether .kpi files are collected", type="bool", default=True)
    parser.addini("kpi_libraries", "folders that are a library each, relative to the root; may hold *", type="args")
    parser.addini("kpi_laws", "laws of your own for every indicator, as module:name", type="args")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "DefinitionFile | None":
    """Take over files of definitions."""
    if file_path.suffix != ".kpi" or not parent.config.getini("kpi_files"):
        return None
    from kpirules.pytest_plugin.items import DefinitionFile

    return DefinitionFile.from_parent(parent, path=file_path)
