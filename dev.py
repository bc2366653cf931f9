"""Set up kpirules and run it, with nothing on the machine but Python 3.11 or later.

python dev.py report [more]   the main job: rate the council's indicators for one quarter and print the table;
                              what follows goes to `kpirules report` (say: --format json)
python dev.py test [more]     run all the tests; what follows goes to pytest (say: -k travel)
python dev.py check           for developers: strict types, lint, layout and import contracts
python dev.py bench [more]    for developers: measure kpirules beside what people would otherwise use; takes minutes
                              (less with --quick)
python dev.py mutants [FILE]  for developers: break core, lower and vocabulary in every small way, to see what no fast
                              test notices; takes long (less for one file, say: core/decide.py)

The first run makes a private Python environment in the folder .venv and takes a minute or two; later runs
start at once. Nothing outside this folder is changed. On macOS and Linux the command is often `python3`.
"""

from __future__ import annotations  # so that a Python that is too old reads as far as the sentence that says so

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
HOME = ROOT / ".venv"
BIN = HOME / ("Scripts" if os.name == "nt" else "bin")
SUFFIX = ".exe" if os.name == "nt" else ""
PYTHON = BIN / ("python" + SUFFIX)

REPORT = [["kpirules", "report", "indicators/sandwell-2023-24", "--period", "2023/24 Q2"]]
TEST = [["pytest"]]
LAYOUT = ["kpirules", "fmt", "--check", "indicators", "src/kpirules/standard"]
CHECK = [["mypy"], ["ruff", "check", "."], ["ruff", "format", "--check", "."], ["lint-imports", "--no-logo"], LAYOUT]
BENCH = [["python", "-m", "bench"]]
MUTANTS = [["python", "-m", "tests.mutants.everywhere"]]
# For each job: the extras of pyproject.toml that it needs, and the commands it runs.
JOBS = {
    "report": ("", REPORT),
    "test": ("test", TEST),
    "check": ("dev", CHECK),
    "bench": ("bench", BENCH),
    "mutants": ("test", MUTANTS),
}


class SetUpError(Exception):
    """The environment could not be made; the message says why and what to do."""


def main(arguments: list[str]) -> int:
    """Run one job and return its exit code: that of the tool it ran, or 2 where it could not run."""
    if sys.version_info < (3, 11):
        say("kpirules needs Python 3.11 or later, and this is {}.{}.".format(*sys.version_info[:2]))
        say("There are newer ones at https://www.python.org/downloads/; then run this with, say, `python3.12 dev.py`.")
        return 2
    job, more = (arguments[0], arguments[1:]) if arguments else ("", [])
    if job in ("-h", "--help", "help"):
        print(__doc__)
        return 0
    if job not in JOBS or (job == "check" and more):
        say(f"dev.py cannot do `{' '.join(arguments)}`.\n\n{__doc__}" if arguments else str(__doc__))
        return 2
    extras, commands = JOBS[job]
    try:
        set_up(extras)
    except SetUpError as problem:
        say(f"\nThe set-up did not work. {problem}")
        return 2
    return max([run([*command, *more]) for command in commands], key=abs)


def run(command: list[str]) -> int:
    """Run a tool of the environment from the project's folder and return its exit code."""
    say(f"→ {' '.join(command)}")
    return subprocess.run([BIN / (command[0] + SUFFIX), *command[1:]], cwd=ROOT, check=False).returncode


def set_up(extras: str) -> None:
    """Make `.venv` ready for `extras`, unless a stamp in it says that nothing has changed since it was."""
    stamp = HOME / f"ready-for-{extras or 'use'}"
    wanted = fingerprint()
    if PYTHON.exists() and stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return
    if not has_this_python():
        say("Making a private Python environment in the folder .venv …")
        make_environment()
    say("Installing kpirules and what it needs; this can take a minute …")
    install(f".[{extras}]" if extras else ".")
    stamp.write_text(wanted, encoding="utf-8")
    say("Ready.")


def fingerprint() -> str:
    """What an installation depends on: the project file, this Python, and where the project stands."""
    parts = ((ROOT / "pyproject.toml").read_bytes(), sys.version.encode(), str(ROOT).encode())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def has_this_python() -> bool:
    """Whether `.venv` holds a Python that runs, has pip, and is the same version as this one."""
    ask = [str(PYTHON), "-c", "import pip, sys; print(sys.version)"]
    try:
        answer = subprocess.run(ask, check=False, capture_output=True, encoding="utf-8", errors="replace")
    except OSError:  # it is missing, or was made on another system
        return False
    return answer.returncode == 0 and answer.stdout.strip() == sys.version.strip()


def make_environment() -> None:
    """Make `.venv` from scratch."""
    try:
        venv.create(HOME, clear=True, symlinks=os.name != "nt", with_pip=True)
    except (OSError, subprocess.CalledProcessError) as problem:
        raise SetUpError(
            f"Python could not make the folder .venv: {problem}\n"
            "On Debian and Ubuntu, `sudo apt install python3-venv` adds the part that is missing. Otherwise see\n"
            "whether this folder may be written to and has room."
        ) from problem


def install(what: str) -> None:
    """Let pip install the project in place, and show what it says only if it fails."""
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable", what]
    done = subprocess.run(
        pip, cwd=ROOT, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace"
    )
    if done.returncode != 0:
        raise SetUpError(
            f"pip could not install the packages; it said:\n\n{done.stdout.rstrip()}\n\n"
            "Most often the network or a proxy keeps pip from https://pypi.org. Put that right and run the same\n"
            "command again; if it still fails, delete the folder .venv first."
        )


def say(words: str) -> None:
    """Tell the person what is going on, apart from the result."""
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
