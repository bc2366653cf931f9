import io
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kpirules.cli import main

UNTIDY = b"indicator x { unit count # of things\n}\nindicator y {unit   count}\n"
TIDY = b"indicator x {\n  unit count  # of things\n}\n\nindicator y { unit count }\n"

Result = tuple[int, str, str]
Say = Callable[..., Result]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    def run(*words: object) -> Result:
        code = main(["fmt", *map(str, words)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def untidy(tmp_path: Path) -> Path:
    """A folder with a file to change, a file to leave, and one that is no definition."""
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.kpi").write_bytes(UNTIDY)
    (tmp_path / "b.kpi").write_bytes(TIDY)
    (tmp_path / "c.txt").write_bytes(UNTIDY)
    return tmp_path


def test_files_are_written_in_place_and_named(say: Say, untidy: Path) -> None:
    changed = untidy / "deep" / "a.kpi"
    changed.chmod(0o640)
    assert say(untidy) == (0, f"{changed}\n1 of 2 files changed\n", "")
    assert changed.read_bytes() == (untidy / "b.kpi").read_bytes() == TIDY
    assert stat.S_IMODE(changed.stat().st_mode) == 0o640 or sys.platform == "win32"
    assert (untidy / "c.txt").read_bytes() == UNTIDY
    assert [path.name for path in changed.parent.iterdir()] == ["a.kpi"]
    assert say(untidy) == (0, "2 files, nothing to change\n", "")


def test_check_names_and_writes_nothing(say: Say, untidy: Path) -> None:
    changed = untidy / "deep" / "a.kpi"
    assert say("--check", untidy, untidy / "b.kpi") == (1, f"{changed}\n1 of 2 files would change\n", "")
    assert changed.read_bytes() == UNTIDY
    assert say("--check", untidy / "b.kpi") == (0, "1 file, nothing to change\n", "")


def test_diff_shows_and_writes_nothing(say: Say, untidy: Path) -> None:
    code, out, err = say("--diff", untidy)
    assert (code, err) == (1, "")
    assert out.splitlines()[:5] == [
        f"--- {untidy / 'deep' / 'a.kpi'}",
        f"+++ {untidy / 'deep' / 'a.kpi'} (laid out)",
        "@@ -1,4 +1,6 @@",
        "-indicator x { unit count # of things",
        "+indicator x {",
    ]
    assert (untidy / "deep" / "a.kpi").read_bytes() == UNTIDY
    assert say("--diff", untidy / "b.kpi") == (0, "", "")


def test_a_pipe(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    def piped(data: bytes, *words: str) -> Result:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        return say(*words, "-")

    assert piped(UNTIDY) == (0, TIDY.decode(), "")
    assert piped(UNTIDY, "--check") == (1, "<stdin>\n1 of 1 file would change\n", "")
    assert piped(TIDY, "--diff") == (0, "", "")
    code, out, err = piped(b"indicator {")
    assert (code, out) == (2, "")
    assert "<stdin>:1:" in err
    assert piped(b"", "b.kpi")[0] == 2


def test_a_file_with_faults_is_left_and_the_others_are_done(say: Say, untidy: Path) -> None:
    faulty = untidy / "a.kpi"
    faulty.write_bytes(b"indicator   z { unit apples\n}\n")
    code, out, err = say(untidy)
    assert code == 2
    assert out.endswith("a.kpi\n1 of 3 files changed\n")
    assert f"{faulty}:1:" in err
    assert faulty.read_bytes() == b"indicator   z { unit apples\n}\n"
    assert (untidy / "deep" / "a.kpi").read_bytes() == TIDY


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        pytest.param(b"# a\r\nlanguage  1\r\n", b"# a\r\nlanguage 1\r\n", id="line ends stay"),
        pytest.param(b"\xef\xbb\xbflanguage 1\n", b"language 1\n", id="no byte-order mark"),
        pytest.param("# £\n".encode("utf-16"), b"# \xc2\xa3\n", id="UTF-16 becomes UTF-8"),
        pytest.param(b"# \xa3\n", b"# \xc2\xa3\n", id="a Windows code page becomes UTF-8"),
    ],
)
def test_bytes(say: Say, tmp_path: Path, written: bytes, wanted: bytes) -> None:
    file = tmp_path / "a.kpi"
    file.write_bytes(written)
    code, out, _ = say("--diff", file)
    assert (code, bool(out)) == (1, True)
    assert say(file)[0] == 0
    assert file.read_bytes() == wanted


def test_letters_that_cannot_be_read_are_not_lost(say: Say, tmp_path: Path) -> None:
    file = tmp_path / "a.kpi"
    file.write_bytes(b"language   1 # \x81\n")
    code, out, err = say(file)
    assert (code, out) == (2, "1 file, nothing to change\n")
    assert "save it as UTF-8" in err
    assert file.read_bytes() == b"language   1 # \x81\n"
    file.write_text("language   1 # \ufffd\n", encoding="utf-8")
    assert say(file)[0] == 0


def test_a_file_that_cannot_be_written_is_a_sentence(say: Say, untidy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = untidy / "deep" / "a.kpi"

    def locked(self: Path, target: object) -> None:
        raise PermissionError(13, "Permission denied", str(self), None, str(target))

    monkeypatch.setattr(Path, "replace", locked)
    code, out, err = say(file)
    assert (code, out, err) == (2, "1 file, nothing to change\n", f"{file}: Permission denied\n")
    assert file.read_bytes() == UNTIDY
    assert [path.name for path in file.parent.iterdir()] == ["a.kpi"]


def test_a_file_that_is_not_there_is_a_sentence(say: Say, tmp_path: Path) -> None:
    code, _, err = say(tmp_path / "none.kpi")
    assert code == 2
    assert err == f"{tmp_path / 'none.kpi'}: No such file or directory\n"


def test_a_link_stays_a_link(say: Say, untidy: Path) -> None:
    link = untidy / "link.kpi"
    try:
        link.symlink_to(untidy / "deep" / "a.kpi")
    except OSError:  # Windows lets only some people make links
        return
    assert say(link)[0] == 0
    assert link.is_symlink()
    assert (untidy / "deep" / "a.kpi").read_bytes() == TIDY
