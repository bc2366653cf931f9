"""The formats of a report, in one table; each is imported when it is asked for."""

from collections.abc import Callable, Mapping
from typing import Final

from kpirules.assess.scorecard import Scorecard
from kpirules.present.screen import Screen


def _table(scorecard: Scorecard, screen: Screen) -> str:
    from kpirules.present.table import table

    return table(scorecard, screen)


def _json(scorecard: Scorecard, screen: Screen) -> str:
    from kpirules.present.json_report import json_report

    return json_report(scorecard, screen)


REPORT_FORMATS: Final[Mapping[str, Callable[[Scorecard, Screen], str]]] = {"table": _table, "json": _json}
"""The ways to show a scorecard; the first is the usual one."""
