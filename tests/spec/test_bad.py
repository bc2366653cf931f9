"""Every faulty text in `bad` gives exactly the faults that it says it gives, on exactly these lines.

A file holds several texts, with a line `---` between them. `#! code` at the end of a line is a fault that begins on it,
`#! warning code` a warning; several have commas between them. A text may also say `#! loads NAME NAME`: exactly these
indicators are right, and load whatever else is wrong. A new case needs no Python.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from attrs import frozen

from kpirules.diagnostics import Diagnostic
from kpirules.library import Library
from kpirules.loading import check_text
from tests.spec.codes import codes

FOLDER = Path(__file__).parent / "bad"
LOADS = "loads "
MARK = re.compile(r"#! *(.*)")

# What no small text can show.
LARGE = {
    "too-long": " " * 5_000_001,
    "too-many-faults": "wrong\n" * 300,
}


@frozen
class Chunk:
    """One faulty text; `line` is where it begins in its file."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        title = next((line for line in self.text.splitlines() if line.startswith("# ")), "# ")
        return f"{self.file}:{self.line} {title.removeprefix('# ').split('#!')[0].strip()}"


def chunks() -> Iterator[Chunk]:
    for file in sorted(FOLDER.glob("*.kpi")):
        line = 1
        for text in re.split(r"^---\n", file.read_text(encoding="utf-8"), flags=re.MULTILINE):
            yield Chunk(file.name, line, text.removesuffix("\n"))
            line += text.count("\n") + 1


CHUNKS = list(chunks())


@cache
def checked(chunk: Chunk) -> tuple[Library, tuple[Diagnostic, ...]]:
    return check_text(chunk.text, chunk.file)


def marks(chunk: Chunk) -> Iterator[tuple[int, str]]:
    """What the comments say, one by one, with their lines."""
    for number, line in enumerate(chunk.text.split("\n"), start=1):
        if mark := MARK.search(line):
            yield from ((number, said.strip().rstrip('"')) for said in mark[1].split(","))


def told(diagnostic: Diagnostic) -> tuple[int, str]:
    severity = "" if diagnostic.severity == "error" else f"{diagnostic.severity} "
    return diagnostic.span.line, f"{severity}{diagnostic.code}"


@pytest.mark.parametrize("chunk", CHUNKS, ids=str)
def test_a_faulty_text_gives_these_faults_and_no_others(chunk: Chunk) -> None:
    expected = sorted(mark for mark in marks(chunk) if not mark[1].startswith(LOADS))
    diagnostics = checked(chunk)[1]
    assert expected, "this text says of no fault that it has it"
    assert sorted(map(told, diagnostics)) == expected, "\n".join(map(str, diagnostics))


@pytest.mark.parametrize("chunk", CHUNKS, ids=str)
def test_every_fault_says_in_one_line_what_is_wrong_and_what_to_do(chunk: Chunk) -> None:
    for diagnostic in checked(chunk)[1]:
        assert diagnostic.message
        assert diagnostic.help
        assert "\n" not in diagnostic.message + diagnostic.help
        assert 0 <= diagnostic.span.start <= diagnostic.span.end <= len(chunk.text)


SAYING = [chunk for chunk in CHUNKS if f"#! {LOADS}" in chunk.text]


@pytest.mark.parametrize("chunk", SAYING, ids=str)
def test_what_is_right_loads_whatever_else_is_wrong(chunk: Chunk) -> None:
    [expected] = [said.removeprefix(LOADS).split() for _, said in marks(chunk) if said.startswith(LOADS)]
    assert sorted(checked(chunk)[0].indicators) == sorted(expected)


@pytest.mark.parametrize("code", LARGE)
def test_a_text_beyond_all_reason_is_told_so(code: str) -> None:
    assert [fault.code for fault in check_text(LARGE[code])[1]].count(code) == 1


def test_every_code_that_the_wording_can_give_is_reached() -> None:
    reached = {fault.code for chunk in CHUNKS for fault in checked(chunk)[1]}
    assert sorted(codes() - reached - LARGE.keys()) == []
