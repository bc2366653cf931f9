"""What `report` chooses and how it shows it, and `show`."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kpirules.cli import main

Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Say:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)

    def run(*words: str) -> tuple[int, str, str]:
        code = main(words)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def owned(sound: str) -> str:
    """The sound library with two owners."""
    file = Path(sound) / "all.kpi"
    text = file.read_text(encoding="utf-8")
    text = text.replace('"Schools and children" {\n', '"Schools and children" {\n  defaults { owner "Education" }\n')
    text = text.replace('"Clean streets" {\n', '"Clean streets" {\n  defaults { owner "Public Realm" }\n')
    file.write_text(text, encoding="utf-8")
    return sound


def references(out: str) -> list[str]:
    return list(dict.fromkeys(row["reference"] for row in json.loads(out)))


@pytest.mark.parametrize("owner", ["Public Realm", "public  realm"])
def test_one_owner(say: Say, owned: str, owner: str) -> None:
    code, out, err = say("report", owned, "--owner", owner, "--format", "json")
    assert (code, err) == (0, "")
    assert references(out) == ["C1 / NI5", "M1", "T1", "R1"]


ONLY = [
    ("red", ["C1 / NI5"]),
    ("Red, amber", ["S1", "C1 / NI5"]),
    ("not-rated", ["M1", "T1", "R1"]),
    ("red,amber,green,not-rated", ["S1", "S2", "C1 / NI5", "M1", "T1", "R1"]),
]


@pytest.mark.parametrize(("only", "kept"), ONLY)
def test_only_some_ratings(say: Say, owned: str, only: str, kept: list[str]) -> None:
    code, out, err = say("report", owned, "--only", only, "--format", "json")
    assert (code, err) == (0, "")
    assert references(out) == kept


def test_counts_are_of_the_theme_and_not_of_what_is_shown(say: Say, owned: str) -> None:
    out = say("report", owned, "--theme", "schools", "--only", "red")[1]
    assert "No indicator is rated so." in out
    assert "2 indicators: 1 green, 1 amber, 0 red, 0 not rated" in out


def test_themes_and_owners_are_counted(say: Say, owned: str) -> None:
    out = say("report", owned)[1]
    assert "By theme" in out
    assert "By owner" in out
    assert "Public Realm" in out
    assert "0 of 1, 0%" in out


UNKNOWN = [
    (("--owner", "Publik Realm"), "There is no owner 'Publik Realm' (did you mean Public Realm?); there are: Educ"),
    (("--theme", "schols"), "There is no theme 'schols' (did you mean schools?); there are: schools, streets."),
    (("--theme", "xyz"), "There is no theme 'xyz'; there are: schools, streets."),
    (("--only", "rde"), "There is no rating 'rde' (did you mean red?); there are: green, amber, red, not-rated."),
    (("--only", "not rated"), "(did you mean not-rated?)"),
    (("--only", ","), "There is no rating ','; there are: green"),
]


@pytest.mark.parametrize(("words", "sentence"), UNKNOWN)
def test_an_unknown_word_is_told_with_what_was_probably_meant(
    say: Say, owned: str, words: tuple[str, ...], sentence: str
) -> None:
    code, out, err = say("report", owned, *words)
    assert (code, out) == (2, "")
    assert sentence in err


def test_a_library_without_owners_has_none(say: Say, sound: str) -> None:
    assert "There is no owner 'X'; there are: none." in say("report", sound, "--owner", "X")[2]


def test_the_rating_of_the_quarter_before_stands_beside_this_ones(say: Say, sound: str) -> None:
    rows = {row["reference"]: row for row in json.loads(say("report", sound, "--format", "json")[1])}
    before = json.loads(say("report", sound, "--period", "2023/24 Q1", "--format", "json")[1])
    assert {row["reference"]: row["rating"] for row in before} == {
        name: row["previous_rating"] for name, row in rows.items()
    }
    assert "Was" in say("report", sound)[1]


def test_csv_and_markdown_are_whole(say: Say, sound: str) -> None:
    code, out, _ = say("report", sound, "--format", "csv")
    assert code == 0
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["rating"] for row in rows[:2]] == ["amber", "green"]
    code, out, _ = say("report", sound, "--format", "markdown")
    assert code == 0
    assert out.startswith("# Scorecard for 2023/24 Q2\n\n## Schools and children\n\n| Ref | Indicator |")


def test_a_definition_is_shown(say: Say, sound: str) -> None:
    code, out, err = say("show", sound, "S2")
    assert (code, err) == (0, "")
    assert out.startswith("S2  Attendance\ntheme       Schools and children\n")
    assert "until 30 September 2023" in out
    assert "from 1 October 2023" in out
    assert f"written     {Path(sound) / 'all.kpi'}:" in out


def test_a_definition_is_shown_as_of_a_period(say: Say, sound: str) -> None:
    out = say("show", sound, "S2", "--period", "2023/24 Q3")[1]
    assert "target      60%, which itself meets it" in out
    assert "50%" not in out
    data = json.loads(say("show", sound, "S2", "--period", "2023/24 Q3", "--format", "json")[1])
    assert [version["target"] for version in data["versions"]] == ["60%"]


def test_a_component_is_shown(say: Say, sound: str) -> None:
    out = say("show", sound, "C1 / NI5", "--component", "litter")[1]
    assert out.startswith("litter  Litter\n")
    assert "target      90%" in out


CANNOT = [
    (("S3",), "There is no indicator S3. Did you mean S1 or S2?"),
    (("S1", "--component", "a"), "S1 has no component a; it has none."),
    (("S1", "--period", "2023/24 Q5"), "there is no Q5"),
]


@pytest.mark.parametrize(("words", "sentence"), CANNOT)
def test_what_cannot_be_shown_is_said(say: Say, sound: str, words: tuple[str, ...], sentence: str) -> None:
    code, out, err = say("show", sound, *words)
    assert (code, out) == (2, "")
    assert sentence in err
