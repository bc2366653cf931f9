import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kpirules.cli import main
from kpirules.cli.progress import Bar, bar

TEXT = """\
indicator A {
  unit       percent
  polarity   higher is better
  target     80%
  tolerance  none
}
indicator B {
  unit       percent
  polarity   higher is better
  target     80%
  tolerance  none
}
test A {
  80%    is green
  79.9%  is red
}
"""
Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    def run(*words: object) -> tuple[int, str, str]:
        code = main(["mutate", *map(str, words)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.kpi"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_survivors_are_findings(say: Say, path: Path) -> None:
    code, out, err = say(path)
    assert (code, err) == (1, "")
    assert f"{path}:9: no test notices: the other way is better" in out
    assert "  - polarity   higher is better\n  + polarity   lower is better\n  = test B { 0% is red }\n" in out
    assert out.endswith("8 mutants: 4 noticed by tests, 0 refused by the checker, 4 survived\n50% caught\n")


def test_a_word_chooses_indicators_or_lines(say: Say, path: Path) -> None:
    assert say(path, "-k", "a") == (1, *say(path)[1:])  # every line of the rules has an a in it
    code, out, _ = say(path, "-k", "lower is")
    assert (code, out.count("- polarity")) == (1, 1)
    assert "2 mutants" in out
    code, out, err = say(path, "-k", "nowhere")
    assert (code, out) == (2, "")
    assert "'nowhere'" in err


def test_so_many_may_go_unnoticed(say: Say, path: Path) -> None:
    assert say(path, "--fail-under", "50")[0] == 0
    assert say(path, "--fail-under", "50.1")[0] == 1


def test_json_has_every_mutant(say: Say, path: Path) -> None:
    code, out, _ = say(path, "--format", "json")
    data = json.loads(out)
    assert code == 1
    assert (data["percent"], data["noticed"], data["survived"], data["same"]) == (50, 4, 4, 0)
    assert data["mutants"][1] == {
        "fate": "noticed",
        "slip": "the target's own point is worse",
        "indicators": ["A"],
        "lines": [{"file": str(path), "line": 4, "old": ["target     80%"], "new": ["target     above 80%"]}],
        "by": f"{path}:14",
        "kill": None,
    }
    assert data["mutants"][5]["kill"] == "test B { 80% is green }"


FAILING = (
    TEXT.replace("79.9%  is red", "79.9%  is green\n  0%     is red")
    + """\
always "nothing is green" for A { when value above 50% then not green }
always "nothing is green at B" for B { when value above 50% then not green }
"""
)


def test_what_fails_already_is_said_first_and_judges_nothing(say: Say, path: Path) -> None:
    path.write_text(FAILING, encoding="utf-8")
    code, out, err = say(path, "--fail-under", "0")
    assert (code, err) == (1, "")
    assert out.startswith(
        f"{path}:15: fails already: A: 79.9% is green\n"
        "  expected green, got red\n"
        f'{path}:18:1: fails already: A: always "nothing is green"\n'
        "  80%: expected not green, got green\n"
        f'{path}:19:1: fails already: B: always "nothing is green at B"\n'
        "  80%: expected not green, got green\n"
        "3 tests and laws fail as the definitions are, so no mistake was judged by them.\n\n"
    )
    # The one case that fails would have noticed everything.
    assert "  + target     79%\n  = test A { 79% is red }\n" in out
    assert out.endswith("8 mutants: 3 noticed by tests, 0 refused by the checker, 5 survived\n37.5% caught\n")


def test_what_fails_already_is_told_of_what_is_tried_alone(say: Say, path: Path) -> None:
    path.write_text(FAILING, encoding="utf-8")
    code, out, _ = say(path, "-k", "b", "--fail-under", "0")
    assert (code, out.count("fails already")) == (1, 3)  # "above 80%" is a mistake in A that has the letter
    path.write_text(FAILING.replace("indicator B {", "indicator Bees {").replace("for B", "for Bees"), encoding="utf-8")
    code, out, _ = say(path, "-k", "Bees", "--fail-under", "0")
    assert (code, out.count("fails already")) == (1, 1)
    assert out.splitlines()[0].endswith('fails already: Bees: always "nothing is green at B"')
    assert "1 test or law fails as the definitions are, so no mistake was judged by it.\n" in out


def test_json_has_what_fails_already(say: Say, path: Path) -> None:
    path.write_text(FAILING, encoding="utf-8")
    code, out, _ = say(path, "--format", "json", "--fail-under", "0")
    case, law, _ = json.loads(out)["failing"]
    assert code == 1
    assert case["where"] == f"{path}:15"
    assert case["differences"] == [{"expected": "green", "got": "red"}]
    assert (law["law"], law["counterexample"]["case"]) == ("nothing is green", "80%")


def test_definitions_with_errors_cannot_be_tried(say: Say, path: Path) -> None:
    path.write_text(TEXT.replace("tolerance  none", "tolerance  5%"), encoding="utf-8")
    code, out, err = say(path)
    assert (code, out) == (2, "")
    assert "ambiguous-percent" in err


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_bar_is_for_terminals_and_leaves_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with bar("trying") as watch:
        for done in range(1001):
            watch(done, 1000)
        assert terminal.getvalue().count("\r") == 101
        assert terminal.getvalue().endswith("\rtrying [##############################] 100%")
    assert terminal.getvalue().endswith(f"\r{' ' * 44}\r")
    quiet = Bar("trying", None)
    quiet(1, 2)
    quiet.wipe()
