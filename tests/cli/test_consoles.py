import os
import subprocess
import sys
from collections.abc import Mapping

import pytest

from kpirules.cli.console import screen_of, with_minus_signs

CLEAN = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS")}


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "kpirules", *words], env=CLEAN | environment, capture_output=True, check=False
    )


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-8"])
def test_a_console_of_any_encoding_gets_every_row(sound: str, encoding: str) -> None:
    done = run("report", sound, PYTHONIOENCODING=encoding)
    text = done.stdout.decode(encoding)
    assert (done.returncode, done.stderr) == (0, b"")
    assert ("A ▲ amber" in text) == (encoding == "utf-8")
    assert ("A amber" in text) == (encoding != "utf-8")
    assert "?" not in text


@pytest.mark.parametrize("words", [("rate", "--help"), ("rate", "nowhere…", "S1", "£5")])
def test_no_letter_makes_a_command_fail(words: tuple[str, ...]) -> None:
    done = run(*words, PYTHONIOENCODING="ascii")
    assert done.returncode in (0, 2)
    assert b"Traceback" not in done.stderr


def test_json_is_whole_on_an_old_console(sound: str) -> None:
    done = run("rate", sound, "M1", "£9.5k", "--format", "json", PYTHONIOENCODING="ascii")
    assert b'"value": "\\u00a39.5k"' in done.stdout


def test_a_reader_who_leaves_is_not_complained_to(sound: str) -> None:
    command = [sys.executable, "-m", "kpirules", "report", sound]
    with subprocess.Popen(command, env=CLEAN, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        complaint = process.stderr.read()
    assert (process.returncode, complaint) == (0, b"")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="only some systems have a disk that is always full")  # noqa: PTH110
def test_a_full_disk_is_told(sound: str) -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        command = [sys.executable, "-m", "kpirules", "report", sound]
        done = subprocess.run(command, env=CLEAN, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert b"could not be written" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_pipe_gets_no_colours_unless_they_are_demanded(sound: str) -> None:
    assert b"\x1b[" not in run("report", sound).stdout
    assert b"\x1b[" in run("report", sound, FORCE_COLOR="1").stdout
    assert b"\x1b[" not in run("report", sound, FORCE_COLOR="1", NO_COLOR="1").stdout


def test_little_is_imported_before_it_is_needed(sound: str) -> None:
    asked = "import sys, kpirules.cli; kpirules.cli.main(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"

    def modules(*words: str) -> set[str]:
        done = subprocess.run([sys.executable, "-c", asked, *words], capture_output=True, check=True)
        return set(done.stderr.decode().split())

    assert not modules("--version") & {"lark", "tabulate", "hypothesis", "kpirules.library"}
    assert not modules("rate", sound, "S1", "79%") & {"tabulate", "hypothesis", "kpirules.cli.report"}
    assert not modules("report", sound, "--format", "json") & {"tabulate", "hypothesis"}
    assert "tabulate" in modules("report", sound)


class Stream:
    def __init__(self, *, terminal: bool) -> None:
        self.terminal = terminal
        self.encoding = "cp1252"

    def isatty(self) -> bool:
        return self.terminal


SCREENS: list[tuple[bool, Mapping[str, str], int]] = [
    (True, {}, 256),
    (False, {}, 0),
    (True, {"TERM": "dumb"}, 0),
    (True, {"NO_COLOR": "1"}, 0),
    (True, {"NO_COLOR": ""}, 256),
    (False, {"FORCE_COLOR": "1"}, 256),
    (True, {"FORCE_COLOR": "0"}, 0),
    (False, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, 0),
    (True, {"COLORTERM": "truecolor"}, 2**24),
    (False, {"COLORTERM": "truecolor"}, 0),
]


@pytest.mark.parametrize(("terminal", "environment", "colours"), SCREENS)
def test_colours_follow_the_conventions(terminal: bool, environment: Mapping[str, str], colours: int) -> None:
    screen = screen_of(Stream(terminal=terminal), environment)  # type: ignore[arg-type]
    assert (screen.colours, screen.encoding) == (colours, "cp1252")


@pytest.mark.parametrize(("columns", "width"), [("80", 80), ("", 120), ("0", 120), ("wide", 120)])
def test_a_pipe_is_as_wide_as_is_said(columns: str, width: int) -> None:
    assert screen_of(Stream(terminal=False), {"COLUMNS": columns}).width == width  # type: ignore[arg-type]


NEGATIVE = [
    ("-£207k", "−£207k"),
    ("-14.9%", "−14.9%"),
    ("-1", "−1"),
    ("-k", "-k"),
    ("--given", "--given"),
    ("5-3", "5-3"),
]


@pytest.mark.parametrize(("word", "read"), NEGATIVE)
def test_a_negative_number_is_no_option(word: str, read: str) -> None:
    assert with_minus_signs([word]) == [read]
