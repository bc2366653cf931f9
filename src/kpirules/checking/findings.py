"""What every part of the checker shares: the names of the whole library, and the list that faults are put on."""

from collections.abc import Mapping
from typing import TypeAlias

from attrs import field, frozen

from kpirules.diagnostics import Diagnostic, Severity
from kpirules.periods import Calendar, Frequency
from kpirules.source import Span
from kpirules.syntax import nodes
from kpirules.units import Scale, Unit
from kpirules.vocabulary.schemes import Band, Scheme
from kpirules.vocabulary.travels import Travel

Found = list[Diagnostic]

# A name with all that decides what it comes to in an indicator: unit, calendar, frequency and list of figures.
Here: TypeAlias = tuple[str, Unit, Calendar, Frequency | None, tuple[str, ...]]


@frozen
class Placed:
    """A scheme and where each of its lines was written."""

    scheme: Scheme
    spans: tuple[Span, ...]


@frozen
class Names:
    """What the items of all files define, by name.

    `schemes_made` and `travels_made` grow while one library is checked: what a scheme comes to wherever it is the same,
    with what is wrong with it there, and what a travel comes to with which nothing is wrong.
    """

    calendars: Mapping[str, Calendar] = field(factory=dict)
    scales: Mapping[str, Scale] = field(factory=dict)
    bands: Mapping[str, Band] = field(factory=dict)
    schemes: Mapping[str, nodes.Scheme] = field(factory=dict)
    travels: Mapping[str, nodes.Travel] = field(factory=dict)
    schemes_made: dict[Here, tuple[Placed | None, Found]] = field(factory=dict, eq=False, repr=False)
    travels_made: dict[Here, Travel] = field(factory=dict, eq=False, repr=False)


def is_wrong(found: Found, since: int) -> bool:
    """Whether an error (and not only a warning) has come since the list had that length."""
    return any(fault.severity is Severity.ERROR for fault in found[since:])
