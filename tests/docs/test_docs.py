"""Everything that the documentation shows is run: definitions, Python, and commands with what they print."""

import doctest
import io
import shlex
from collections.abc import Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from itertools import pairwise
from pathlib import Path

import pytest
from attrs import evolve

from kpirules import Severity, check_text
from kpirules.cli import main
from kpirules.testing.suite import run_suite
from tests.docs.pages import PAGES, ROOT, Block, blocks, links

everything = [block for page in PAGES for block in blocks(page)]
definitions = [block for block in everything if block.language == "kpi" and "file" not in block.info]
explained = [
    (block, following)
    for block, following in pairwise(everything)
    if block.language == "kpi" and "explain" in block.info
]


def in_words(found: Block) -> str:
    return found.place


@pytest.mark.parametrize("block", definitions, ids=in_words)
def test_definitions_load_or_fail_as_the_page_says_and_their_tests_pass(block: Block) -> None:
    library, diagnostics = check_text(block.definitions, block.place)
    told: Mapping[Severity, list[str]] = {
        severity: sorted({fault.code for fault in diagnostics if fault.severity is severity}) for severity in Severity
    }
    expected = {Severity.ERROR: block.codes("bad"), Severity.WARNING: block.codes("warns")}
    assert told == expected, "\n".join(map(str, diagnostics))
    assert library.indicators or block.codes("bad") or not block.text.strip()
    suite = run_suite(library)
    assert [result for result in (*suite.cases, *suite.written, *suite.built_in) if not result.passed] == []
    assert suite.idle == ()


@pytest.mark.parametrize(("block", "shown"), explained, ids=lambda block: in_words(block))
def test_explanations_are_what_comes_of_the_definition_above_them(block: Block, shown: Block) -> None:
    reference, *value = block.info[block.info.index("explain") + 1 :]
    explanation = check_text(block.definitions)[0][reference].rate(" ".join(value)).explain()
    assert shown.language == "text"
    assert evolve(explanation, where=None).text == shown.text.rstrip("\n")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_a_page_can_be_followed_from_top_to_bottom(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are written, Python and commands are run, in the order of the page.

    A page that writes files starts in an empty folder; every other one at the top of the repository.
    """
    for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    steps = list(blocks(page))
    names: dict[str, object] = {}
    with chdir(tmp_path if any("file" in step.info for step in steps) else ROOT):
        for step in steps:
            if "file" in step.info:
                file = Path(step.info[step.info.index("file") + 1])
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(step.text, encoding="utf-8")
            elif step.language == "python":
                run_python(step, names)
            elif step.language == "console":
                assert shown_by(step.text) == step.text, step.place


def run_python(block: Block, names: dict[str, object]) -> None:
    example = doctest.DocTestParser().get_doctest(block.text, names, block.place, str(block.page), block.line)
    assert example.examples, f"{block.place}: Python is shown with >>> and what it gives"
    report = io.StringIO()
    runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.ELLIPSIS)
    runner.run(example, out=report.write, clear_globs=False)
    names.update(example.globs)
    assert runner.failures == 0, report.getvalue()


def shown_by(session: str) -> str:
    """The same session as it comes out now: each command line, and what is printed below it."""
    shown = []
    for line in session.splitlines():
        if line.startswith("$ "):
            command, *arguments = shlex.split(line.removeprefix("$ "), comments=True)
            assert command == "kpirules"
            shown += [line, printed_by(arguments).rstrip("\n")]
    return "\n".join(filter(None, shown)) + "\n"


def printed_by(arguments: list[str]) -> str:
    screen = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n")
    with redirect_stdout(screen), redirect_stderr(screen):
        main(arguments)
    screen.seek(0)
    return screen.read()


def test_the_commands_of_the_readme_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    lines = [line for block in blocks(ROOT / "README.md") for line in block.text.splitlines()]
    commands = [line for line in lines if line.startswith("kpirules ")]
    assert commands
    for line in commands:
        with redirect_stdout(io.TextIOWrapper(io.BytesIO(), encoding="utf-8")):
            assert main(shlex.split(line, comments=True)[1:]) == 0, line


def test_every_link_inside_the_repository_leads_somewhere() -> None:
    broken = [(page, link) for page in PAGES for link in links(page) if not (page.parent / link).exists()]
    assert broken == []


def test_every_page_can_be_reached_from_the_index() -> None:
    reached, new = set[Path](), {ROOT / "docs" / "index.md"}
    while new:
        reached |= new
        linked = {(page.parent / link).resolve() for page in new for link in links(page)}
        new = (linked & set(PAGES)) - reached
    assert set(PAGES) - reached - {ROOT / "README.md"} == set()
