"""Ratings and direction of travel for performance indicators that are defined in text.

import kpirules

library = kpirules.load("indicators/sandwell-2023-24")
library["B3d"].rate("79%", period="2023/24 Q2").band     # 'amber'
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpirules.assess import (
        Assessment,
        Explanation,
        Indicator,
        LeanRating,
        OwnReason,
        Rating,
        TravelResult,
    )
    from kpirules.checking import Memo
    from kpirules.columns import Coded, ColumnsError, RatedColumns
    from kpirules.definition_files import read_observations
    from kpirules.diagnostics import Diagnostic, Label, Severity
    from kpirules.errors import AskingError, KpirulesError, RowError, TableError
    from kpirules.library import Library, LibraryError, Scorecard
    from kpirules.loading import (
        check,
        check_json,
        check_text,
        from_json,
        json_schema,
        load,
        load_text,
        mutate,
        to_json,
    )
    from kpirules.observations import Observation, Observations, from_mappings, observe
    from kpirules.periods import Calendar, Frequency, Period, PeriodError, parse_period
    from kpirules.reading import ReadingError
    from kpirules.reasons import Direction, Reason
    from kpirules.source import Source, Span
    from kpirules.testing.results import LawError

# Where each public name lives. They are imported when first asked for, so that `import kpirules` costs nothing.
_HOMES = {
    "AskingError": "errors",
    "Assessment": "assess",
    "Calendar": "periods",
    "Coded": "columns",
    "ColumnsError": "columns",
    "Diagnostic": "diagnostics",
    "Direction": "reasons",
    "Explanation": "assess",
    "Frequency": "periods",
    "Indicator": "assess",
    "KpirulesError": "errors",
    "Label": "diagnostics",
    "LawError": "testing.results",
    "LeanRating": "assess",
    "Library": "library",
    "LibraryError": "library",
    "Memo": "checking",
    "Observation": "observations",
    "Observations": "observations",
    "OwnReason": "assess",
    "Period": "periods",
    "PeriodError": "periods",
    "RatedColumns": "columns",
    "Rating": "assess",
    "ReadingError": "reading",
    "Reason": "reasons",
    "RowError": "errors",
    "Scorecard": "library",
    "Severity": "diagnostics",
    "Source": "source",
    "Span": "source",
    "TableError": "errors",
    "TravelResult": "assess",
    "check": "loading",
    "check_json": "loading",
    "check_text": "loading",
    "from_json": "loading",
    "from_mappings": "observations",
    "json_schema": "loading",
    "load": "loading",
    "load_text": "loading",
    "mutate": "loading",
    "observe": "observations",
    "parse_period": "periods",
    "read_observations": "definition_files",
    "to_json": "loading",
}

__all__ = [
    "AskingError",
    "Assessment",
    "Calendar",
    "Coded",
    "ColumnsError",
    "Diagnostic",
    "Direction",
    "Explanation",
    "Frequency",
    "Indicator",
    "KpirulesError",
    "Label",
    "LawError",
    "LeanRating",
    "Library",
    "LibraryError",
    "Memo",
    "Observation",
    "Observations",
    "OwnReason",
    "Period",
    "PeriodError",
    "RatedColumns",
    "Rating",
    "ReadingError",
    "Reason",
    "RowError",
    "Scorecard",
    "Severity",
    "Source",
    "Span",
    "TableError",
    "TravelResult",
    "check",
    "check_json",
    "check_text",
    "from_json",
    "from_mappings",
    "json_schema",
    "load",
    "load_text",
    "mutate",
    "observe",
    "parse_period",
    "read_observations",
    "to_json",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"kpirules has no {name!r}")
    return getattr(import_module(f"kpirules.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
