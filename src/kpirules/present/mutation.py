"""The mutants of definitions that no test notices: each as a diff of the text, with the test that would notice it."""

from collections.abc import Sequence
from typing import Final

from kpirules.present.json_text import json_text
from kpirules.present.screen import Screen
from kpirules.present.suite_data import case_data, law_data
from kpirules.testing.mutants import Failing, Fate, Mutant, Mutation
from kpirules.testing.run import CaseResult

_SAID: Final = {Fate.SURVIVED: "no test notices", Fate.UNDECIDED: "not decided"}


def as_text(mutation: Mutation, screen: Screen) -> str:
    """What fails already; each survivor, and each that could not be decided; then how many there were."""
    open_ones = [mutant for mutant in mutation.mutants if mutant.fate in _SAID]
    first = [_failing(mutation.failing, screen)] if mutation.failing else []
    return "\n\n".join([*first, *(_drawn(mutant, screen) for mutant in open_ones), _counted(mutation, screen)])


def _failing(failing: Sequence[Failing], screen: Screen) -> str:
    """The tests and laws by which no mutant could be judged."""
    lines = []
    for each in failing:
        place, name, differences = _failure(each)
        at = f"{screen.plain(place)}: " if place else ""
        lines.append(f"{at}{screen.styled('fails already', 'error')}: {screen.plain(name)}")
        lines += [f"  {screen.plain(difference)}" for difference in differences]
    told = "1 test or law fails" if len(failing) == 1 else f"{len(failing)} tests and laws fail"
    ending = f"{told} as the definitions are, so no mistake was judged by {'it' if len(failing) == 1 else 'them'}."
    return "\n".join([*lines, screen.styled(ending, "error")])


def _failure(failing: Failing) -> tuple[str, str, Sequence[str]]:
    """Where it stands, what it is called, and how what came differs from what should."""
    if isinstance(failing, CaseResult):
        return failing.case.where or "", f"{failing.reference}: {failing.case.text}", failing.failures
    found = failing.counterexample
    told = [f"{found.case}: expected {found.expected}, got {found.got}"] if found else []
    return str(failing.at or ""), f'{failing.reference}: always "{failing.law}"', told


def _drawn(mutant: Mutant, screen: Screen) -> str:
    place = f"{mutant.hunks[0].file}:{mutant.hunks[0].line}"
    name = screen.styled(_SAID[mutant.fate], "warning")
    lines = [f"{screen.plain(place)}: {name}: {screen.plain(mutant.slip)}"]
    for hunk in mutant.hunks:
        lines += [screen.styled(f"  - {screen.plain(line)}", "error") for line in hunk.old]
        lines += [screen.styled(f"  + {screen.plain(line)}", "good") for line in hunk.new]
    if mutant.kill:
        lines.append(f"  = {screen.plain(mutant.kill)}")
    return "\n".join(lines)


def _counted(mutation: Mutation, screen: Screen) -> str:
    """How many came to what, and how many of a hundred were caught."""
    parts = [
        f"{mutation.count(Fate.NOTICED)} noticed by tests",
        f"{mutation.count(Fate.REFUSED)} refused by the checker",
    ]
    for fate, words in ((Fate.SURVIVED, "survived"), (Fate.UNDECIDED, "not decided")):
        if count := mutation.count(fate):
            parts.append(f"{count} {words}")
    number = len(mutation.mutants)
    counts = f"{number} mutant{'s' * (number != 1)}: {', '.join(parts)}"
    left_out = f" ({mutation.same} more decide as the definitions do)" if mutation.same else ""
    caught = f"{_percent(mutation)}% caught"
    return f"{counts}{left_out}\n{screen.styled(caught, 'warning' if mutation.survivors else 'good')}"


def _percent(mutation: Mutation) -> str:
    """To one place, rounded down, so that only all is 100."""
    return f"{int(mutation.percent * 10) / 10:g}"


def as_json(mutation: Mutation, screen: Screen) -> str:
    """Every mutant but those that are the same rules, the counts, and what fails already."""
    data = {
        "percent": round(mutation.percent, 4),
        **{fate.value: mutation.count(fate) for fate in Fate},
        "failing": [case_data(each) if isinstance(each, CaseResult) else law_data(each) for each in mutation.failing],
        "mutants": [_data(mutant) for mutant in mutation.mutants],
    }
    return json_text(data, screen)


def _data(mutant: Mutant) -> dict[str, object]:
    return {
        "fate": mutant.fate.value,
        "slip": mutant.slip,
        "indicators": list(mutant.references),
        "lines": [
            {"file": hunk.file, "line": hunk.line, "old": list(hunk.old), "new": list(hunk.new)}
            for hunk in mutant.hunks
        ],
        "by": mutant.by,
        "kill": mutant.kill,
    }
