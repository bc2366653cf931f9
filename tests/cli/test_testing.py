"""`kpirules test`: what it shows of what passes and of what fails, and in which forms."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.cli.conftest import SOUND, folder
from tests.cli.test_commands import Say, say

__all__ = ["say"]

LAWS = """
always "a met target is never red" for all { when target met then not red }
always "no school below 80% is green" for theme schools { when value below 80% then not green }
"""


@pytest.fixture
def lawful(tmp_path: Path) -> str:
    """Sound definitions with a law that holds and one that two indicators break at some time."""
    return folder(tmp_path / "lawful", SOUND + LAWS, None)


def lines(out: str) -> list[str]:
    """The lines with single blanks."""
    return [" ".join(line.split()) for line in out.splitlines()]


def test_what_passes_has_a_line_a_block(say: Say, sound: str) -> None:
    code, out, complaint = say("test", sound)
    assert (code, complaint) == (0, "")
    assert lines(out)[0] == "ok test S1 2 cases"
    assert "ok monotone holds for 6, proved" in lines(out)
    assert out.endswith("2 cases passed; laws hold in 49 places\n")


def test_a_word_picks_out_tests_and_laws(say: Say, lawful: str) -> None:
    assert lines(say("test", lawful, "-k", "79%")[1]) == [
        "ok test S1 1 case",
        "",
        "1 case passed; laws hold in 0 places",
    ]
    met = lines(say("test", lawful, "-k", "met target")[1])
    assert met[0] == 'ok always "a met target is never red" holds for 7, proved; does not concern 2'


def test_a_failure_says_what_was_given_expected_and_came_and_which_line_decided(say: Say, failing: str) -> None:
    code, out, _ = say("test", failing)
    assert code == 1
    failure = "\n".join(out.splitlines()[:6])
    assert "FAILED  test S1" in failure
    assert re.search(r"all.kpi:[0-9]+: S1: 79% is red\n", failure)
    assert "    - expected  red\n    + got       amber\n    in kpirules/standard/rag.kpi:" in failure
    assert "this line decided" in out
    assert "    79% is amber: worse than target (80%) by 1 point" in out
    assert out.splitlines()[-1].startswith("1 case passed, 1 failed; ")
    assert say("test", failing, "-k", "80%")[0] == 0


def test_a_broken_law_is_shown_with_the_law_and_the_deciding_line_both_underlined(say: Say, lawful: str) -> None:
    code, out, _ = say("test", lawful)
    assert code == 1
    assert 'FAILED  always "no school below 80% is green"' in out
    start = out.index("S2: 50% until")
    failure = out[start : out.index("cover")]
    assert "    - expected  not green\n    + got       green\n" in failure
    assert failure.index("^^^^ this law") < failure.index("---- this line decided")


def test_a_law_that_nothing_can_break_is_a_finding(say: Say, tmp_path: Path) -> None:
    text = SOUND + 'always "x" for S1 { when value above 90% and value below 80% then red }\n'
    code, out, _ = say("test", folder(tmp_path / "idle", text, None))
    assert code == 1
    assert 'FAILED always "x" its condition can hold for no indicator, so nothing could break it' in lines(out)


def test_a_library_without_tests_says_so(say: Say, tmp_path: Path) -> None:
    (tmp_path / "none.kpi").write_text('language 1\ntheme a "A" { }\n', encoding="utf-8")
    assert lines(say("test", str(tmp_path))[1])[-1] == "0 cases passed; laws hold in 1 place"


def test_the_results_as_json(say: Say, failing: str) -> None:
    code, out, _ = say("test", failing, "--format", "json")
    data = json.loads(out)
    assert (code, data["passed"]) == (1, False)
    [failed] = [case for case in data["cases"] if not case["passed"]]
    assert failed["indicator"] == "S1"
    assert failed["differences"] == [{"expected": "red", "got": "amber"}]
    assert failed["decided"].startswith("kpirules/standard/rag.kpi:")
    tested = {law["law"] for law in data["built_in"] if law["certainty"] != "proved"}
    assert tested == {"engines_agree"}


def test_the_results_for_a_build_server(say: Say, lawful: str, tmp_path: Path) -> None:
    file = tmp_path / "results.xml"
    assert say("test", lawful, "--junit", str(file))[0] == 1
    root = ET.fromstring(file.read_text(encoding="utf-8"))
    assert {suite.get("name"): suite.get("failures") for suite in root} == {
        "tests": "0",
        "laws": "1",
        "built-in laws": "0",
    }
    [failure] = root.iter("failure")
    assert failure.get("message", "").startswith("50% until")


def test_results_that_cannot_be_written_exit_with_2(say: Say, sound: str, tmp_path: Path) -> None:
    assert say("test", sound, "--junit", str(tmp_path / "no" / "such.xml"))[0] == 2


# ---- coverage and edges


def test_coverage_is_shown_below_the_results(say: Say, sound: str) -> None:
    code, out, _ = say("test", sound, "--coverage")
    assert code == 0
    assert lines(out)[-1].endswith("% of all decisions are exercised by tests")
    assert "S1 2/3 2/4 0/1 - 0/4 33%" in lines(out)
    assert "S1, edges: 76%: red side; 76%: amber side" in lines(out)
    assert "Without any test: S2, C1 / NI5, M1, T1, R1" in lines(out)


def test_too_little_coverage_is_a_finding(say: Say, sound: str) -> None:
    assert say("test", sound, "-k", "S1", "--fail-under", "33%")[0] == 0
    assert say("test", sound, "-k", "S1", "--fail-under", "34")[0] == 1
    assert say("test", sound, "--fail-under", "101")[0] == 2


def test_coverage_as_json(say: Say, sound: str) -> None:
    data = json.loads(say("test", sound, "--coverage", "--format", "json")[1])
    [first, *_] = data["coverage"]["indicators"]
    assert first["indicator"] == "S1"
    assert {"of": "S1", "kind": "edges", "decision": "80%: green side", "exercised": True} in first["decisions"]
    assert 0 < data["coverage"]["percent"] < 100


def test_edges_are_written_for_a_person_to_keep(say: Say, sound: str) -> None:
    code, out, _ = say("test", sound, "--write-edges", "C1 / NI5")
    assert code == 0
    assert out.startswith('test "C1 / NI5" component litter {\n')
    assert "90% is green" in lines(out)
    Path(sound, "edges.kpi").write_text(out, encoding="utf-8")
    assert say("test", sound)[0] == 0
    assert say("fmt", "--check", str(Path(sound, "edges.kpi")))[0] == 0


def test_edges_of_an_indicator_that_there_is_not(say: Say, sound: str) -> None:
    code, _, complaint = say("test", sound, "--write-edges", "S3")
    assert code == 2
    assert "There is no indicator S3. Did you mean" in complaint


@pytest.mark.parametrize("command", ["test", "mutate"])
@pytest.mark.parametrize("share", ["abc", "101", "-1"])
def test_a_share_that_is_none_is_told(command: str, share: str, say: Say, sound: Path) -> None:
    code, _, said = say(command, sound, f"--fail-under={share}")
    assert code == 2
    assert f"argument --fail-under: write a number from 0 to 100, not '{share}'" in said
