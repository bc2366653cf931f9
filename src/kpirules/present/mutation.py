"""The mutants of definitions that no test notices: each as a diff of the text, with the test that would notice it."""

from typing import Final

from kpirules.present.json_text import json_text
from kpirules.present.screen import Screen
from kpirules.testing.mutants import Fate, Mutant, Mutation

_SAID: Final = {Fate.SURVIVED: "no test notices", Fate.UNDECIDED: "not decided"}


def as_text(mutation: Mutation, screen: Screen) -> str:
    """Each survivor, and each that could not be decided; then how many there were."""
    open_ones = [mutant for mutant in mutation.mutants if mutant.fate in _SAID]
    return "\n\n".join([*(_drawn(mutant, screen) for mutant in open_ones), _counted(mutation, screen)])


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
    """Every mutant but those that are the same rules, and the counts."""
    data = {
        "percent": round(mutation.percent, 4),
        **{fate.value: mutation.count(fate) for fate in Fate},
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
