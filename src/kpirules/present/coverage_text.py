"""How much the tests of a library exercise: a table of each indicator's decisions, and those that none exercises."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby
from textwrap import wrap

from tabulate import tabulate

from kpirules.exact import decimal_text, rounded
from kpirules.present.screen import Screen
from kpirules.testing.decisions import Coverage, Covered, Kind, Point


def coverage_text(coverage: Coverage, screen: Screen) -> str:
    """The table, what is missed of the indicators that have tests, and how much is exercised in all."""
    used = [kind for kind in Kind if any(each.counts(kind)[1] for each in coverage.indicators)]
    rows = [
        [screen.plain(each.reference), *(_of(each.counts(kind)) for kind in used), _percent(_share(each))]
        for each in coverage.indicators
    ]
    headers = ["Indicator", *(kind.value.capitalize() for kind in used), "Exercised"]
    table = tabulate(rows, headers, tablefmt="simple", disable_numparse=True)
    lines = [line.rstrip() for line in table.splitlines()]
    tested = [each for each in coverage.indicators if each.exercised and each.missed]
    if tested:
        lines += ["", "No test exercises:"]
        for each in tested:
            lines += _missed(each, screen)
    untested = [screen.plain(each.reference) for each in coverage.indicators if not each.exercised]
    if untested:
        lines += ["", *wrap(f"Without any test: {', '.join(untested)}", max(screen.width, 40))]
    return "\n".join([*lines, "", f"{_percent(coverage.percent)} of all decisions are exercised by tests"])


def coverage_data(coverage: Coverage) -> dict[str, object]:
    """The same for programs."""
    return {
        "percent": float(rounded(coverage.percent, 2)),
        "indicators": [
            {
                "indicator": each.reference,
                "decisions": [
                    {
                        "of": point.subject,
                        "kind": point.kind.value,
                        "decision": point.words,
                        "exercised": point in each.exercised,
                    }
                    for point in each.points
                ],
            }
            for each in coverage.indicators
        ],
    }


def _missed(each: Covered, screen: Screen) -> Sequence[str]:
    lines: list[str] = []
    for (subject, kind), points in groupby(
        sorted(each.missed, key=_order), key=lambda point: (point.subject, point.kind)
    ):
        said = screen.plain(f"{subject}, {kind.value}: {'; '.join(point.words for point in points)}")
        lines += wrap(said, max(screen.width - 2, 40), initial_indent="  ", subsequent_indent="    ")
    return lines


def _order(point: Point) -> tuple[str, int]:
    return point.subject, list(Kind).index(point.kind)


def _of(counts: tuple[int, int]) -> str:
    exercised, every = counts
    return f"{exercised}/{every}" if every else "-"


def _share(each: Covered) -> Fraction:
    return Coverage((each,)).percent


def _percent(percent: Fraction) -> str:
    """In whole per cent, downwards: 99.9% is not everything."""
    return f"{decimal_text(Fraction(percent // 1))}%"
