"""`kpirules fmt`: definitions in the one canonical layout."""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from difflib import unified_diff
from pathlib import Path
from typing import Final

from attrs import frozen

from kpirules.cli.console import Console, Outcome
from kpirules.definition_files import DEFINITIONS
from kpirules.diagnostics import Diagnostic
from kpirules.observations import decoded
from kpirules.present.diagnostics import as_text
from kpirules.source import Source
from kpirules.syntax.format import format_text

_PIPE: Final = "-"
_EXAMPLES = """\
examples:
  kpirules fmt indicators                    # every file of a folder, in place
  kpirules fmt --check indicators            # only name the files that would change
  kpirules fmt --diff waits.kpi              # only show what would change
  kpirules fmt - < waits.kpi                 # from standard input to standard output, for editors

exit codes: 0 done, or nothing to do; 1 with --check or --diff: something would change; 2 some file cannot be read,
written or understood, and is left as it is
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Paths, and whether to write or only to tell."""
    parser.description = "Write definitions in the one canonical layout. Meaning and comments stay as they are."
    parser.epilog = _EXAMPLES
    parser.add_argument("path", metavar="PATH", nargs="+", help="a folder of definitions, a file, or - for a pipe")
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--check", action="store_true", help="write nothing, and name the files that would change")
    only.add_argument("--diff", action="store_true", help="write nothing, and show what would change")


@frozen
class _Text:
    """A text as it was found and as it should be, byte for byte; without a path it came through a pipe."""

    name: str
    path: Path | None
    found: bytes
    wanted: bytes


def run(arguments: argparse.Namespace, console: Console) -> Outcome:
    """Write, or tell what would change. A file that cannot be laid out is left alone, and the others are done."""
    if _PIPE in arguments.path and len(arguments.path) > 1:
        return console.cannot("The - stands for standard input and cannot stand beside other paths.")
    telling = arguments.check or arguments.diff
    seen, changed, complaints = 0, list[_Text](), list[str]()
    for name, path in _named(arguments.path):
        seen += 1
        try:
            text = _laid_out(name, path)
            if not isinstance(text, _Text):
                complaints.append(as_text(text, console.complaints))
                continue
            if not telling:
                _write(text)
            if text.found != text.wanted:
                changed.append(text)
        except (OSError, UnicodeError) as fault:
            reason = fault.strerror if isinstance(fault, OSError) else None
            complaints.append(console.complaints.plain(f"{name}: {reason or fault}"))
    if arguments.diff:
        said = [console.results.plain(line) for text in changed for line in _difference(text)]
    elif _PIPE in arguments.path and not telling:
        said = []
    else:
        said = [*(console.results.plain(text.name) for text in changed), _summary(len(changed), seen, telling=telling)]
    return Outcome(2 if complaints else int(telling and bool(changed)), "\n".join(said), "\n\n".join(complaints))


def _named(paths: Sequence[str]) -> Iterator[tuple[str, Path | None]]:
    """Every file that is meant, once, under the name that people know it by; None for standard input."""
    files = dict[Path, None]()
    for path in map(Path, paths):
        files |= dict.fromkeys(sorted(path.rglob(DEFINITIONS)) if path.is_dir() else [path])
    for file in files:
        yield ("<stdin>", None) if str(file) == _PIPE else (str(file), file)


def _laid_out(name: str, path: Path | None) -> _Text | Sequence[Diagnostic]:
    """A text as it is and should be, or its faults. Raises `OSError`, and `UnicodeError` if letters would be lost."""
    found = path.read_bytes() if path else sys.stdin.buffer.read()
    text = decoded(found)
    if "\ufffd" in text and text.encode() not in found:
        raise UnicodeError("it is written in an encoding that is not known; save it as UTF-8 first")
    laid_out = format_text(Source(name, text))
    return _Text(name, path, found, laid_out.encode()) if isinstance(laid_out, str) else laid_out


def _write(text: _Text) -> None:
    """Put a text in the place of the old one at once, so that no reader and no fault ever sees half of it."""
    if text.path is None:
        sys.stdout.buffer.write(text.wanted)
        sys.stdout.flush()
    elif text.found != text.wanted:
        place = text.path.resolve()
        place.open("r+b").close()  # what its owner protects is not replaced behind his back
        handle, name = tempfile.mkstemp(prefix=place.name, suffix=".new", dir=place.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(text.wanted)
            shutil.copymode(place, name)
            Path(name).replace(place)
        except BaseException:
            Path(name).unlink()
            raise


def _difference(text: _Text) -> Iterator[str]:
    """What would change, as `diff -u` shows it."""
    before, after = decoded(text.found), decoded(text.wanted)
    if before == after:
        yield f"{text.name}: would be written as UTF-8 without a byte-order mark"
    yield from unified_diff(before.split("\n"), after.split("\n"), text.name, f"{text.name} (laid out)", lineterm="")


def _summary(changed: int, seen: int, *, telling: bool) -> str:
    files = f"{seen} file{'s' * (seen != 1)}"
    if not changed:
        return f"{files}, nothing to change"
    return f"{changed} of {files} {'would change' if telling else 'changed'}"
