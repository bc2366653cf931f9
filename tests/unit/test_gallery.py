"""Every diagnostic has an entry in the gallery that shows it and its way out, and a page of documentation made of it.

After a change of words, `pytest tests/unit/test_gallery.py --record` writes the pages anew. Read the diff as a user
would.
"""

import json
from pathlib import Path

import pytest

from kpirules.checking.silences import SILENCEABLE
from kpirules.cli import main
from kpirules.diagnostics import Severity
from kpirules.gallery import Entry, codes, entry, faults, gallery
from kpirules.gallery.pages import as_markdown, as_text, index, severity
from kpirules.present.screen import Screen
from tests.spec.codes import every_code, warning_codes

PAGES = Path(__file__).parents[2] / "docs" / "reference" / "diagnostics"

ENTRIES = tuple(gallery())

# Of these no small file can be made.
LARGE = {"too-long", "too-many-faults"}


def in_words(found: Entry) -> str:
    return found.code


def test_every_code_has_an_entry_and_every_entry_a_code() -> None:
    assert sorted(codes()) == sorted(every_code())


def test_every_entry_has_an_example_unless_it_would_be_large() -> None:
    assert {each.code for each in ENTRIES if each.example is None} == LARGE


@pytest.mark.parametrize("each", ENTRIES, ids=in_words)
def test_the_faulty_example_has_this_fault_alone_and_the_mended_one_has_none(each: Entry) -> None:
    if (example := each.example) is not None:
        found = {fault.code for fault in faults(example.faulty, example.given)}
        assert found == {each.code}
        assert faults(example.mended, example.given) == ()
        assert example.faulty.name == example.mended.name


@pytest.mark.parametrize("each", ENTRIES, ids=in_words)
def test_an_entry_says_in_a_few_sentences_what_the_code_means(each: Entry) -> None:
    assert all(paragraph.endswith(".") for paragraph in each.meaning)
    assert 30 <= len(" ".join(each.meaning)) <= 600


def test_only_warnings_about_definitions_can_be_silenced() -> None:
    assert warning_codes("checking", "syntax") - {"unused-silence"} == SILENCEABLE
    assert {each.code for each in ENTRIES if severity(each) is Severity.WARNING} == warning_codes(
        "checking", "syntax", "observations"
    )


def test_the_pages_of_the_documentation_are_up_to_date(pytestconfig: pytest.Config) -> None:
    pages = {f"{each.code}.md": as_markdown(each) for each in ENTRIES} | {"index.md": index(ENTRIES)}
    if pytestconfig.getoption("--record"):
        PAGES.mkdir(exist_ok=True)
        for stale in {page.name for page in PAGES.iterdir()} - pages.keys():
            (PAGES / stale).unlink()
        for name, text in pages.items():
            (PAGES / name).write_text(text, encoding="utf-8")
    assert {page.name: page.read_text(encoding="utf-8") for page in PAGES.iterdir()} == pages


def test_explain_prints_the_page_of_a_code(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert main(["explain", "unknown-column"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("unknown-column\n\nA column of a table")
    # The definitions beside the table, the table, what is shown, and the table mended, in this order.
    places = [
        out.index(words) for words in ("indicator waits {", "value,remark", "warning[unknown-column]", "value,note")
    ]
    assert places == sorted(places)


def test_explain_gives_a_page_as_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "gap", "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["code"], data["severity"], data["given"]) == ("gap", "error", None)
    assert "error[gap]" in data["shown"]
    assert main(["explain", "too-long", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["shown"] is None


@pytest.mark.parametrize(
    ("code", "meant"), [("unknown-colum", "unknown-column"), ("GAP", "gap"), ("overlaps", "overlap")]
)
def test_explain_says_which_code_was_probably_meant(code: str, meant: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", code]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"There is no diagnostic {code}. Did you mean {meant}")


def test_a_page_keeps_to_the_letters_and_colours_of_its_screen() -> None:
    plain = as_text(entry("smart-quote"), Screen(60, "ascii"))
    assert plain.isascii()
    assert "\x1b" not in plain
    assert "\x1b" in as_text(entry("smart-quote"), Screen(60, "utf-8", 256))
    meaning = plain.split("Faulty")[0]
    assert max(map(len, meaning.splitlines())) <= 60
