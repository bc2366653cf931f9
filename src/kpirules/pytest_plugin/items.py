"""What pytest collects of a file of definitions, and what it shows where something fails.

A file is part of a library, which is loaded once a session. Its items are `check` (it has no errors),
`print_and_parse` (what is printed of it reads the same), each line of a `test`, each `always` law, and each built-in
law for each indicator that the file defines.
"""

import pkgutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TypeAlias

import pytest
from attrs import evolve, frozen

from kpirules.assess import Indicator
from kpirules.definition_files import DEFINITIONS, read_sources
from kpirules.diagnostics import Diagnostic, Severity
from kpirules.library import Library
from kpirules.loading import check
from kpirules.model import TestBlock
from kpirules.present.diagnostics import as_text
from kpirules.present.screen import Screen
from kpirules.testing.always import why_broken
from kpirules.testing.laws import BUILT_IN, result_of
from kpirules.testing.results import Law
from kpirules.testing.run import run_tests
from kpirules.testing.suite import print_and_parse

Run: TypeAlias = Callable[[], str]
"""Runs an item; what comes back is why it failed, empty if it did not."""


@frozen
class Loaded:
    """A library and all that was found wrong in it, by the file that it stands in."""

    library: Library
    faults: Mapping[Path, Sequence[Diagnostic]]
    laws: Sequence[Law]


_LOADED = pytest.StashKey[dict[Path, Loaded]]()


class RuleFailedError(Exception):
    """A test or a law failed; the text is all that is shown."""


class DefinitionFile(pytest.File):
    """A `.kpi` file."""

    def collect(self) -> Iterator["RuleItem"]:
        """Its items, in the order of its lines and with names that are each there once."""
        loaded = _loaded(self)
        taken: dict[str, int] = {}
        for name, line, run in sorted(_items(self.path.resolve(), loaded), key=lambda item: item[1]):
            taken[name] = taken.get(name, 0) + 1
            told = name if taken[name] == 1 else f"{name} ({taken[name]})"
            yield RuleItem.from_parent(self, name=told, line=line, run=run)


class RuleItem(pytest.Item):
    """One test or law of a file, and the line that it stands on (from 1)."""

    def __init__(self, *, line: int, run: Run, **kwargs: object) -> None:
        super().__init__(**kwargs)  # type: ignore[arg-type]
        self._line, self._run = line, run

    def runtest(self) -> None:
        """Run it. Raises `RuleFailedError`."""
        if failure := self._run():
            raise RuleFailedError(failure)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: None = None) -> str:  # type: ignore[override]
        """What went wrong in the words of the rule; a traceback only where we are at fault ourselves."""
        if isinstance(excinfo.value, RuleFailedError):
            return str(excinfo.value)
        return str(super().repr_failure(excinfo, style))

    def reportinfo(self) -> tuple[Path, int, str]:
        """The place: pytest counts lines from 0."""
        return self.path, self._line - 1, self.name


# --- libraries ---


def library_of(file: Path, root: Path, declared: Sequence[str]) -> Path:
    """The folder of the library that a file belongs to.

    It is the outermost folder around the file, from pytest's root downwards, that is declared (a path, in which `*`
    stands for any name) or, where none is, that has definitions itself.
    """
    around = [folder for folder in file.parents if folder == root or root in folder.parents][::-1] or [file.parent]
    named = [folder for folder in around for pattern in declared if folder.relative_to(root).match(pattern)]
    return next(iter([*named, *(folder for folder in around if any(folder.glob(DEFINITIONS)))]), file.parent)


def _loaded(collector: DefinitionFile) -> Loaded:
    """The library of a file, loaded when it is first asked for in a session."""
    config, known = collector.config, collector.session.stash.setdefault(_LOADED, {})
    folder = library_of(collector.path.resolve(), config.rootpath.resolve(), config.getini("kpi_libraries"))
    if folder not in known:
        # Named from where pytest was started, as people would name it.
        here = Path.cwd()
        library, found = check(folder.relative_to(here) if folder.is_relative_to(here) else folder)
        files = sorted(file.resolve() for file in folder.rglob(DEFINITIONS))
        faults: dict[Path, list[Diagnostic]] = {}
        for fault in found:
            place = Path(fault.span.source.name).resolve()
            # What is wrong in a library that this one uses is told beside its first file.
            faults.setdefault(place if place in files else files[0], []).append(fault)
        known[folder] = Loaded(library, faults, (*BUILT_IN, *map(_own_law, config.getini("kpi_laws"))))
    return known[folder]


def _own_law(name: str) -> Law:
    """The law of that name. Raises `UsageError` if there is none."""
    try:
        law: Law = pkgutil.resolve_name(name)
    except (ImportError, AttributeError, ValueError) as fault:
        raise pytest.UsageError(f"kpi_laws names {name}, which is not there: {fault}") from fault
    return law


# --- items ---


def _items(file: Path, loaded: Loaded) -> Iterator[tuple[str, int, Run]]:
    library = loaded.library
    yield "check", 1, partial(_checked, loaded.faults.get(file, ()))
    yield "print_and_parse", 1, partial(_printed, file)
    for block in library.definitions.tests:
        for case in block.cases:
            if line := _line_in(file, case.where):
                yield f"{block.reference}: {case.text}", line, partial(_case, library, evolve(block, cases=(case,)))
    for always in library.definitions.laws:
        if always.where and (line := _line_in(file, f"{always.where.source.name}:{always.where.line}")):
            yield f"always: {always.title}", line, partial(why_broken, always, library.indicators)
    for indicator in library.indicators.values():
        if line := _line_in(file, indicator.definition.where):
            for law in loaded.laws:
                yield f"{indicator.reference}: {law.__name__}", line, partial(_law, law, indicator)


def _checked(faults: Sequence[Diagnostic]) -> str:
    """The errors of a file, drawn; warnings let it pass."""
    errors = [fault for fault in faults if fault.severity is Severity.ERROR]
    return as_text(errors, Screen(width=100)) if errors else ""


def _printed(file: Path) -> str:
    """How what is printed of the file differs from it, if it does."""
    [source] = read_sources(file)
    result = print_and_parse(source)
    return "" if result.passed else result.text


def _case(library: Library, block: TestBlock) -> str:
    """What was expected of the one case of a block, what came, and why."""
    [result] = run_tests((block,), library.indicators)
    if result.passed:
        return ""
    [case] = block.cases
    because = [f"  | {line}" for line in result.explanation.split("\n") if line]
    told = [f"  {failure}" for failure in result.failures]
    return "\n".join([f"{case.where}: {block.reference}: {case.text}", *told, *because])


def _law(law: Law, indicator: Indicator) -> str:
    """How an indicator breaks a law."""
    result = result_of(law, indicator)
    return "" if result.passed else result.text


def _line_in(file: Path, where: str | None) -> int | None:
    """The line of a place such as `best-start.kpi:12`, if it is in this file."""
    name, _, line = (where or "").rpartition(":")
    return int(line) if name and Path(name).resolve() == file else None
