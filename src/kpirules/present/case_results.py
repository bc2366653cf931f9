"""The results of `test` blocks: each failure with what was expected, what came and why, and how many there are."""

from collections.abc import Sequence

from kpirules.present.screen import Screen
from kpirules.testing import CaseResult


def results_text(results: Sequence[CaseResult], screen: Screen) -> str:
    """Every failure, then the counts."""
    if not results:
        return "There are no tests."
    failed = [result for result in results if not result.passed]
    passed = len(results) - len(failed)
    drawn = [_drawn(result, screen) for result in failed]
    counts = f"{passed} passed" + (f", {len(failed)} failed" if failed else "")
    return "\n\n".join([*drawn, screen.styled(counts, "error" if failed else "good")])


def _drawn(result: CaseResult, screen: Screen) -> str:
    place = f"{result.case.where}: " if result.case.where else ""
    name = screen.styled("failed", "error")
    lines = [f"{screen.plain(place)}{name}: {screen.plain(f'{result.reference}: {result.case.text}'.rstrip(': '))}"]
    lines += [f"  {screen.plain(failure)}" for failure in result.failures]
    lines += [f"  | {screen.plain(line)}" for line in result.explanation.split("\n") if line]
    return "\n".join(lines)
