"""`dev.py` stands alone, sets up once, and says plainly what is wrong."""

import os
import shutil
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

DEV = Path(__file__).parents[2] / "dev.py"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A `dev.py` with a project of its own, in a folder whose name has a blank."""
    folder = tmp_path / "key figures"
    folder.mkdir()
    (folder / "pyproject.toml").write_text('[project]\nname = "tiny"\nversion = "1"\n', encoding="utf-8")
    return Path(shutil.copy(DEV, folder))


def dev(script: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", script, *arguments],
        cwd=script.anchor,
        env=os.environ | environment,
        check=False,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
    )


def module(script: Path) -> Any:
    spec = spec_from_file_location("dev", script)
    assert spec is not None
    assert spec.loader is not None
    made = module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@pytest.mark.parametrize("word", ["--help", "-h", "help"])
def test_help_names_every_job_and_sets_nothing_up(copy: Path, word: str) -> None:
    done = dev(copy, word)
    assert done.returncode == 0
    assert all(f"dev.py {job}" in done.stdout for job in module(copy).JOBS)
    assert not (copy.parent / ".venv").exists()


@pytest.mark.parametrize("arguments", [[], ["reprot"], ["check", "src"]])
def test_a_job_that_does_not_exist_is_refused_with_the_help(copy: Path, arguments: list[str]) -> None:
    done = dev(copy, *arguments)
    assert done.returncode == 2
    assert " ".join(arguments) in done.stderr
    assert "dev.py report" in done.stderr
    assert not (copy.parent / ".venv").exists()


def test_a_set_up_that_fails_says_what_pip_said_and_what_to_do(copy: Path) -> None:
    done = dev(copy, "report", PIP_NO_INDEX="1", PIP_FIND_LINKS="", PIP_CONFIG_FILE=os.devnull)
    assert done.returncode == 2
    assert "No matching distribution found" in done.stderr
    assert "https://pypi.org" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list((copy.parent / ".venv").glob("ready-for-*")), "a set-up that failed is not stamped as done"


def test_a_stamped_environment_is_not_installed_again(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = module(copy)
    made: list[str] = []
    monkeypatch.setattr(ours, "install", made.append)
    monkeypatch.setattr(ours, "make_environment", lambda: pretend_environment(ours.PYTHON))

    ours.set_up("test")
    ours.set_up("test")
    assert made == [".[test]"]

    ours.set_up("")
    assert made == [".[test]", "."], "each job asks for its own packages"

    project = copy.with_name("pyproject.toml")
    project.write_text(project.read_text(encoding="utf-8") + 'dependencies = ["attrs"]\n', encoding="utf-8")
    ours.set_up("test")
    assert made == [".[test]", ".", ".[test]"], "a changed project is installed again"


def pretend_environment(python: Path) -> None:
    python.parent.mkdir(parents=True, exist_ok=True)
    python.touch()


def test_a_moved_project_is_installed_again(copy: Path, tmp_path: Path) -> None:
    before = module(copy).fingerprint()
    moved = copy.parent.rename(tmp_path / "moved")
    assert module(moved / "dev.py").fingerprint() != before
