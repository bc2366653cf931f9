"""The formats of a report, in one table; each is imported when it is asked for."""

from collections.abc import Callable, Collection, Mapping
from typing import Final, TypeAlias

from kpirules.assess.scorecard import Scorecard
from kpirules.present.screen import Screen

Draw: TypeAlias = Callable[[Scorecard, Screen, Collection[str]], str]


def _table(scorecard: Scorecard, screen: Screen, only: Collection[str]) -> str:
    from kpirules.present.table import table

    return table(scorecard, screen, only)


def _markdown(scorecard: Scorecard, screen: Screen, only: Collection[str]) -> str:
    from kpirules.present.markdown import markdown

    return markdown(scorecard, screen, only)


def _csv(scorecard: Scorecard, screen: Screen, only: Collection[str]) -> str:
    from kpirules.present.csv_report import csv_report

    return csv_report(scorecard, screen, only)


def _json(scorecard: Scorecard, screen: Screen, only: Collection[str]) -> str:
    from kpirules.present.json_report import json_report

    return json_report(scorecard, screen, only)


REPORT_FORMATS: Final[Mapping[str, Draw]] = {"table": _table, "markdown": _markdown, "csv": _csv, "json": _json}
"""The ways to show a scorecard, or of it only the rows that are rated so; the first is the usual one."""
