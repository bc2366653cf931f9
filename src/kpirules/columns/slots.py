"""Which slot a row is of: names and periods resolved as `observe` resolves them, each different one once."""

from attrs import frozen

from kpirules.model import Definition, Definitions
from kpirules.periods import Calendar, Period, PeriodError, parse_period


@frozen
class Series:
    """All observations of one thing: an indicator, a component of it, or a figure or input beside it."""

    whole: Definition
    component: str | None
    owner: Definition

    @property
    def rated(self) -> bool:
        """Whether it is rated itself, and no figure or input."""
        return self.component is None or self.owner is not self.whole


def series_of(indicator: object, component: object, library: Definitions) -> Series | None:
    """What a row is of, None if the library has no such indicator, component, figure or input."""
    whole = library.definitions.get(_tidy(indicator))
    if whole is None:
        return None
    name = None if component is None else _tidy(component) or None
    if name is None or name in _MISSING:
        return Series(whole, None, whole)
    owner = next((part for part in whole.components if part.reference == name), whole)
    declared = {each for version in whole.versions for each in (*version.terms.inputs, *version.terms.figures)}
    return Series(whole, name, owner) if owner is not whole or name in declared else None


def period_of(text: object, calendar: Calendar) -> Period | None:
    """The period that is written, None if there is none."""
    try:
        return parse_period(_tidy(text), calendar)
    except PeriodError:
        return None


_MISSING = ("nan", "NaN", "<NA>", "NaT")


def _tidy(text: object) -> str:
    return " ".join(str(text).split())
