"""What every part of the checker shares: the names of the whole library, and the list that faults are put on."""

from collections.abc import Mapping

from attrs import field, frozen

from kpirules.diagnostics import Diagnostic, Severity
from kpirules.periods import Calendar, Frequency
from kpirules.source import Span
from kpirules.syntax import nodes
from kpirules.units import Scale, Unit
from kpirules.vocabulary.schemes import Band, Scheme

Found = list[Diagnostic]


@frozen
class Placed:
    """A scheme and where each of its lines was written."""

    scheme: Scheme
    spans: tuple[Span, ...]


@frozen
class Names:
    """What the items of all files define, by name.

    `schemes_made` grows while one library is checked: what a scheme comes to under each unit, calendar, frequency and
    list of figures, with what is wrong with it there.
    """

    calendars: Mapping[str, Calendar] = field(factory=dict)
    scales: Mapping[str, Scale] = field(factory=dict)
    bands: Mapping[str, Band] = field(factory=dict)
    schemes: Mapping[str, nodes.Scheme] = field(factory=dict)
    travels: Mapping[str, nodes.Travel] = field(factory=dict)
    schemes_made: dict[tuple[str, Unit, Calendar, Frequency | None, tuple[str, ...]], tuple[Placed | None, Found]] = (
        field(factory=dict, eq=False, repr=False)
    )


def is_wrong(found: Found, since: int) -> bool:
    """Whether an error (and not only a warning) has come since the list had that length."""
    return any(fault.severity is Severity.ERROR for fault in found[since:])
