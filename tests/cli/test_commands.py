import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kpirules.cli import COMMANDS, main

Result = tuple[int, str, str]
Say = Callable[..., Result]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Say:
    """Runs a command as a person would and returns its exit code and what went to both streams."""
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)

    def run(*words: str) -> Result:
        code = main(words)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


# ---- check


def test_sound_definitions_exit_with_0(say: Say, sound: str) -> None:
    assert say("check", sound) == (0, "6 indicators, no faults\n", "")


def test_faults_are_findings(say: Say, faulty: str) -> None:
    code, out, err = say("check", faulty)
    assert (code, err) == (1, "")
    assert "all.kpi:17:" in out
    assert "^" in out
    assert out.endswith("1 error\n")


def test_an_observation_that_cannot_be_read_is_a_finding(say: Say, misread: str) -> None:
    code, out, _ = say("check", misread, "--format", "short")
    assert code == 1
    assert "q2.csv:4:16: unreadable-value" in out
    assert len(out.splitlines()) == 1


def test_warnings_alone_are_findings_only_for_the_strict(say: Say, sound: str) -> None:
    file = Path(sound) / "all.kpi"
    file.write_text(file.read_text(encoding="utf-8").replace("target 1,000", "target 8"), encoding="utf-8")
    code, out, _ = say("check", sound)
    assert code == 0
    assert out.endswith("\n\n1 warning\n")
    assert say("check", sound, "--strict")[0] == 1
    assert say("rate", sound, "S1", "79%") == (0, "amber\n", "")


def test_check_as_json(say: Say, faulty: str, sound: str) -> None:
    code, out, _ = say("check", "--format", "json", faulty)
    assert code == 1
    assert [fault["line"] for fault in json.loads(out)] == [17]
    assert say("check", "--format", "json", sound)[1] == "[]\n"


def test_several_paths_are_one_library(say: Say, sound: str, tmp_path: Path) -> None:
    more = tmp_path / "more.kpi"
    more.write_text('indicator Z1 "More" { target 1% }\n', encoding="utf-8")
    assert say("check", sound, str(more))[:2] == (0, "7 indicators, no faults\n")


# ---- report


def test_the_newest_period_is_reported_and_named(say: Say, sound: str) -> None:
    code, out, err = say("report", sound)
    assert (code, err) == (0, "")
    assert out.startswith("Scorecard for 2023/24 Q2\n")
    assert "6 indicators: 1 green, 1 amber, 1 red, 3 not rated" in out
    assert "On target: 1 of the 3 rated, 33.3%" in out


def test_another_period_can_be_asked_for(say: Say, sound: str) -> None:
    code, out, _ = say("report", sound, "--period", "2023/24 Q1")
    assert code == 0
    assert "6 indicators: 1 green, 0 amber, 0 red, 5 not rated" in out


def test_a_red_rating_is_no_finding_and_json_is_json(say: Say, sound: str) -> None:
    code, out, _ = say("report", sound, "--format", "json")
    rows = {(row["reference"], row["component"]): row["rating"] for row in json.loads(out)}
    assert code == 0
    assert rows == {
        ("S1", None): "amber",
        ("S2", None): "green",
        ("C1 / NI5", None): "red",
        ("C1 / NI5", "litter"): "green",
        ("C1 / NI5", "graffiti"): "red",
        ("M1", None): None,
        ("T1", None): None,
        ("T1", "north"): None,
        ("T1", "south"): None,
        ("R1", None): None,
    }


@pytest.mark.parametrize("theme", ["schools", "Schools and children", "SCHOOLS"])
def test_one_theme(say: Say, sound: str, theme: str) -> None:
    code, out, _ = say("report", sound, "--theme", theme, "--format", "json")
    assert code == 0
    assert [row["reference"] for row in json.loads(out)] == ["S1", "S2"]


def test_observations_from_another_file(say: Say, sound: str, tmp_path: Path) -> None:
    table = tmp_path / "other.csv"
    table.write_text("indicator;period;value\nS1;2024/25 Q1;95%\n", encoding="utf-8")
    code, out, _ = say("report", sound, "--observations", str(table))
    assert code == 0
    assert out.startswith("Scorecard for 2024/25 Q1\n")
    assert "1 green, 0 amber, 0 red, 5 not rated" in out


def test_what_cannot_be_read_is_told_and_the_rest_is_reported(say: Say, misread: str, tmp_path: Path) -> None:
    code, out, err = say("report", misread)
    assert code == 1
    assert "q2.csv:4:16: error[unreadable-value]" in err
    assert "0 green, 1 amber, 1 red, 4 not rated" in out
    table = tmp_path / "other.csv"
    table.write_text("indicator,period,value\nS1,2023/24 Q2,a lot\nS2,2023/24 Q2,50%\n", encoding="utf-8")
    code, out, err = say("report", misread, "--observations", str(table))
    assert code == 1
    assert "other.csv:2:" in err
    assert "q2.csv" not in err
    assert "1 green" in out


# ---- rate and explain


RATED = [
    (("S1", "79%"), "amber\n"),
    (("S1", "75.99%"), "red\n"),
    (("S1", "NA"), "not rated: no value\n"),
    (("S1", "79%", "--given", "short=79%"), "amber\nshort: = same\n"),
    (("S1", "79%", "--given", "previous quarter=NA"), "amber\nshort: – no comparator\n"),
    (("S2", "59%", "--period", "2023/24 Q2"), "green\n"),
    (("S2", "59%", "--period", "2023/24 Q3"), "amber\n"),
    (("S2", "59%", "--period", "Q2 2023/24"), "green\n"),
    (("S2", "59%", "--period", "quarter 3, 2023-24"), "amber\n"),
    (("M1", "-£207k"), "red\n"),
    (("M1", "-1"), "red\n"),
    (("M1", "£9.5k"), "amber\n"),
    (("C1 / NI5", "85%", "--component", "litter"), "red\n"),
    (("C1 / NI5", "--given", "litter=90%", "--given", "graffiti=86%"), "amber\n"),
    (("C1 / NI5", "--given", "litter=90%"), "not rated: unrated component\n"),
    (("T1", "--given", "north=300", "--given", "south=690"), "amber\n"),
    (("T1", "1000"), "green\n"),
    (("R1", "--given", "met=40", "--given", "all=50"), "green\n"),
]


@pytest.mark.parametrize(("words", "text"), RATED)
def test_one_value_is_rated(say: Say, sound: str, words: tuple[str, ...], text: str) -> None:
    assert say("rate", sound, *words) == (0, text, "")


def test_a_rating_as_json(say: Say, sound: str) -> None:
    code, out, _ = say("rate", sound, "S1", "79%", "--format", "json", "--given", "short=78%")
    assert code == 0
    assert json.loads(out) == {
        "reference": "S1",
        "component": None,
        "period": None,
        "value": "79%",
        "rating": "amber",
        "reason": None,
        "travel": {"short": {"direction": "improved", "reason": None}},
    }


def test_an_explanation_says_why_and_what_would_change_it(say: Say, sound: str) -> None:
    code, out, err = say("explain", sound, "S1", "79%")
    assert (code, err) == (0, "")
    assert out.splitlines()[:3] == [
        "S1  Schools rated good",
        "79% is amber: worse than target (80%) by 1 point and within tolerance (5% of target, down to 76%).",
        "green from 80%   amber from 76% to below 80%   red below 76%",
    ]
    assert out.splitlines()[3].startswith("1 point more makes it green; more than 3 points less makes it red.")
    assert json.loads(say("explain", sound, "S1", "79%", "--format", "json")[1])["outcome"] == "amber"


TRAVELLED = [
    ("short=78%", "short: ▲ better: 1 point more than 78% (previous quarter)."),
    ("short=81.5%", "short: ▼ worse: 2.5 points less than 81.5% (previous quarter)."),
    ("previous quarter=79%", "short: = same: 79% as before (previous quarter)."),
    ("short=NA", "short: – no comparator (previous quarter)."),
]


@pytest.mark.parametrize(("given", "line"), TRAVELLED)
def test_an_explanation_says_which_way_the_value_has_travelled(say: Say, sound: str, given: str, line: str) -> None:
    assert say("explain", sound, "S1", "79%", "--given", given)[1].splitlines()[-1] == line


def test_an_explanation_as_json_has_the_travel_with_its_numbers(say: Say, sound: str) -> None:
    data = json.loads(say("explain", sound, "S1", "79%", "--given", "short=80%", "--format", "json")[1])
    assert data["travel"] == {
        "short": {"direction": "worsened", "reason": None, "earlier": "80", "change": "-1", "percent": "-1.25"}
    }


# ---- what could not run


CANNOT = [
    (("check", "{sound}-that-is-not-there"), "No such file or directory"),
    (("report", "{sound}", "--observations", "{sound}/nothing.csv"), "nothing.csv: No such file"),
    (("report", "{sound}", "--period", "2023/24 Q5"), "there is no Q5"),
    (("report", "{sound}", "--period", "2023"), "2023 could be two years"),
    (("report", "{sound}", "--theme", "school"), "There is no theme 'school' (did you mean schools?)"),
    (("report", "{unobserved}"), "There are no observations: say --observations FILE."),
    (("report", "{faulty}"), "all.kpi:17:"),
    (("rate", "{faulty}", "S2", "50%"), "all.kpi:17:"),
    (("test", "{faulty}"), "all.kpi:17:"),
    (("rate", "{sound}", "S3", "50%"), "There is no indicator S3. Did you mean S1 or S2?"),
    (("rate", "{sound}", "c1", "50%"), "Did you mean C1 / NI5?"),
    (("rate", "{sound}", "zzz", "50%"), "There is no indicator zzz.\n"),
    (("rate", "{sound}", "S1", "50%", "--component", "a"), "S1 has no component a; it has none."),
    (("rate", "{sound}", "C1 / NI5", "5%", "--component", "a"), "no component a; it has litter, graffiti."),
    (("rate", "{sound}", "S1"), "Say which value of S1 to rate"),
    (("rate", "{sound}", "S1", "a lot"), "'a lot' is not an amount"),
    (("rate", "{sound}", "S1", "50%", "--given", "short=a lot"), "'a lot' is not an amount"),
    (("rate", "{sound}", "S1", "£50"), "does not fit the unit percent"),
    (("rate", "{sound}", "S1", "50%", "--given", "shrt=5%"), "S1 reads no 'shrt'; it reads previous quarter, short"),
    (("rate", "{sound}", "S1", "50%", "--given", "short"), "is not NAME=VALUE"),
    (("rate", "{sound}", "S1", "50%", "--period", "Q2"), "'Q2' is not a period"),
    (("rate", "{sound}", "S2", "50%"), "S2 depends on the period: say --period"),
    (("rate", "{sound}", "C1 / NI5", "50%"), "--given litter=… --given graffiti=…"),
    (("rate", "{sound}", "C1 / NI5", "50%", "--given", "litter=90%"), "by its components: leave out its own value 50%"),
    (
        ("rate", "{sound}", "T1", "79", "--given", "north=5"),
        "T1 is rated by its own value: leave out north, or ask one",
    ),
    (("rate", "{sound}", "R1"), "Say which value of R1 to rate"),
    (("explain", "{sound}", "S1", "a lot"), "'a lot' is not an amount"),
    (("test", "{sound}", "-k", "nothing"), "No test and no law has 'nothing'"),
    (("chek", "{sound}"), "invalid choice: 'chek'"),
    ((), "COMMAND"),
    (("check",), "PATH"),
    (("report", "{sound}", "--format", "pie"), "invalid choice: 'pie'"),
]


@pytest.mark.parametrize(("words", "sentence"), CANNOT)
def test_what_cannot_run_exits_with_2_and_says_what_would_help(
    say: Say, sound: str, faulty: str, unobserved: str, words: tuple[str, ...], sentence: str
) -> None:
    paths = {"sound": sound, "faulty": faulty, "unobserved": unobserved}
    code, out, err = say(*(word.format(**paths) for word in words))
    assert (code, out) == (2, "")
    assert sentence in err
    assert "Traceback" not in err


# ---- help


@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS)])
def test_help_teaches_with_an_example(say: Say, command: tuple[str, ...]) -> None:
    code, out, err = say(*command, "--help")
    assert (code, err) == (0, "")
    assert f"  kpirules {command[0] if command else 'check'}" in out
    assert "exit codes:" in out


def test_help_names_every_command(say: Say) -> None:
    out = say("--help")[1]
    assert all(f"    {name}" in out for name in COMMANDS)


def test_the_version_is_the_one_that_is_installed(say: Say) -> None:
    code, out, _ = say("--version")
    assert code == 0
    assert out.startswith("kpirules ")
