"""The results as Markdown: goals with what was reached, then every way with what it got wrong."""

import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bench.goals import GOALS, Goal, Way
from bench.race import Measured

PACKAGES = ("kpirules", "lark", "numpy", "duckdb", "polars", "pandas", "pyarrow", "rule-engine", "zen-engine")
MORE_PACKAGES = ("common-expression-language", "json-logic-qubit", "PyYAML")


def report(sections: Mapping[str, Sequence[Measured]], indicators: int, size: str) -> str:
    """All of it: `size` in words is that of the workload, which has so many indicators."""
    measured = {each.way: each for found in sections.values() for each in found}
    parts = [f"{machine()}\n\n{size}", "## Goals\n\n" + "\n".join(_goals(measured, indicators))]
    parts += [f"## {title}\n\n" + "\n".join(_ways(found)) for title, found in sections.items()]
    return "\n\n".join(parts) + "\n"


def machine() -> str:
    """The machine and the versions, without names of people or paths."""
    packages = ", ".join(f"{name} {_version(name)}" for name in (*PACKAGES, *MORE_PACKAGES))
    python = f"{platform.python_implementation()} {platform.python_version()}"
    today = datetime.now(tz=UTC).strftime("%d %B %Y")
    return f"{_processor()}, {os.cpu_count()} cores, {platform.system()}; {python}; {packages}; {today}."


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    lines = information.read_text(encoding="utf-8").splitlines() if information.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "(none)"


def _goals(measured: Mapping[Way, Measured], indicators: int) -> Iterator[str]:
    yield "| ours | measured against | goal | reached | |"
    yield "|---|---|---:|---:|---|"
    for goal in GOALS:
        if goal.of_a_thousand and indicators != 1_000:
            yield _row(goal, "–", "needs the full size")
        elif goal.ours not in measured or (goal.peer and goal.peer not in measured):
            yield _row(goal, "–", "not measured")
        else:
            ours = measured[goal.ours].amount
            reached = ours / measured[goal.peer].amount if goal.peer else ours
            yield _row(goal, f"{reached:.3g}", "met" if reached <= goal.at_most else "**missed**")


def _row(goal: Goal, reached: str, verdict: str) -> str:
    limit = f"≤ {goal.at_most:.3g}" + (" ×" if goal.peer else f" {goal.unit}")
    return f"| {goal.ours} | {goal.peer or '–'} | {limit} | {reached} | {verdict} |"


def _ways(found: Sequence[Measured]) -> Iterator[str]:
    yield "| way | median | wrong |"
    yield "|---|---:|---:|"
    for each in found:
        wrong = "–" if each.wrong is None else f"{each.wrong:,} of {each.checked:,}"
        yield f"| {each.way} | {_shown(each)} | {wrong} |"


def _shown(measured: Measured) -> str:
    if measured.unit != "s":
        return f"{measured.amount:.3g} {measured.unit}"
    seconds = measured.amount
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-6:.3g} µs"
