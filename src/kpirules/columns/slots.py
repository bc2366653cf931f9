"""Which slot a row is of: names and periods resolved as `observe` resolves them, each different one once."""

from collections.abc import Sequence
from functools import cached_property
from typing import TypeAlias

from attrs import Factory, define, frozen

from kpirules.assess.raters import door_of
from kpirules.columns.last import Last
from kpirules.engines import Door
from kpirules.model import Definition, Definitions, Terms
from kpirules.periods import Calendar, Period, PeriodError, parse_period
from kpirules.units import Milestone, OnScale, Unit
from kpirules.vocabulary.comparators import LookedUp, periods_of

Texts: TypeAlias = tuple[str | None, ...]


@frozen(slots=False)
class Series:
    """All observations of one thing: an indicator, a component of it, or a figure or input beside it."""

    whole: Definition
    component: str | None
    owner: Definition

    @property
    def rated(self) -> bool:
        """Whether it is rated itself, and no figure or input."""
        return self.component is None or self.owner is not self.whole

    def unit(self, terms: Terms) -> Unit | None:
        """The unit of what is observed; None if nothing of this name is."""
        name = self.component
        if self.rated or name is None:
            return terms.unit
        if name in terms.inputs:
            return terms.inputs[name]
        return terms.unit if name in terms.figures and terms.figures[name] is None else None

    @cached_property
    def door(self) -> Door | None:
        """What may come in at any time; None if that is not the same at all times, or has to be looked at."""
        if not self.rated:
            if any(self.component in version.terms.inputs for version in self.owner.versions):
                return None  # an input comes in the steps of its own unit
            return Door() if all(self.unit(version.terms) is not None for version in self.owner.versions) else None
        doors = {door_of(version.terms) for version in self.owner.versions}
        return doors.pop() if len(doors) == 1 else None

    @cached_property
    def open(self) -> bool:
        """Whether every number may come in."""
        return self.door is not None and self.door.open

    @cached_property
    def bare(self) -> bool:
        """Whether a number in a text is, at any time, just that number."""
        every = [(self.unit(version.terms), version.terms.reasons) for version in self.owner.versions]
        return not any(isinstance(unit, OnScale | Milestone | None) or reasons for unit, reasons in every)


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


@define
class Known:
    """What names and texts of periods have turned out to be, kept for the next columns.

    It only ever gains values, and equal ones whoever finds them. There is one object for each series and period, so
    that its identity does for the value, which takes a fraction of the time to look up.
    """

    series: dict[tuple[str | None, str | None], Series] = Factory(dict)
    slots: dict[tuple[str, str | None], Series] = Factory(dict)
    written: dict[Calendar, dict[str | None, Period]] = Factory(dict)
    periods: dict[Period, Period] = Factory(dict)
    seen: dict[LookedUp, dict[int, Period | None]] = Factory(dict)
    last_series: Last[list[Series | None]] = Factory(Last)
    last_calendars: Last[tuple[dict[int, Calendar], list[Calendar]]] = Factory(Last)
    last_periods: Last[list[list[Period | None]]] = Factory(Last)
    last_order: Last[tuple[Period, ...]] = Factory(Last)

    def all_series(self, names: Texts, parts: Texts, library: Definitions) -> list[Series | None]:
        """What rows are of that have these names and parts, part by part of each name."""
        return self.last_series.of(
            (names, parts), lambda: [self.series_of(name, part, library) for name in names for part in parts]
        )

    def calendars_of(self, series: tuple[Series, ...]) -> tuple[dict[int, Calendar], list[Calendar]]:
        """The calendars of some series by their identity, of which equal ones may have several, and each once."""

        def found() -> tuple[dict[int, Calendar], list[Calendar]]:
            by_id = {id(one.owner.calendar): one.owner.calendar for one in series}
            return by_id, list(dict.fromkeys(by_id.values()))

        return self.last_calendars.of(series, found)

    def all_periods(self, texts: Texts, calendars: Sequence[Calendar]) -> list[list[Period | None]]:
        """The periods that are written, by calendars."""
        return self.last_periods.of(
            (texts, tuple(map(id, calendars))), lambda: [self.periods_of(texts, calendar) for calendar in calendars]
        )

    def in_order(self, periods: tuple[Period, ...]) -> tuple[Period, ...]:
        """Different periods in order of time."""
        return self.last_order.of(
            periods,
            lambda: tuple(
                sorted(periods, key=lambda one: (one.frequency.parts, one.calendar.name, one.year, one.index))
            ),
        )

    def series_of(self, indicator: str | None, component: str | None, library: Definitions) -> Series | None:
        """As the function of that name."""
        found = self.series.get((indicator, component))
        if found is None:
            found = series_of(indicator, component, library)
            if found is not None:
                found = self.slots.setdefault((found.whole.reference, found.component), found)
                self.series[indicator, component] = found
        return found

    def periods_of(self, texts: Texts, calendar: Calendar) -> list[Period | None]:
        """The periods that are written, None where there is none."""
        kept = self.written.setdefault(calendar, {})
        found: list[Period | None] = []
        for text in texts:
            period = kept.get(text)
            if period is None:
                period = period_of(text, calendar)
                if period is not None:
                    kept[text] = period = self._one(period)
            found.append(period)
        return found

    def earlier(self, comparator: LookedUp, periods: Sequence[Period]) -> list[Period | None]:
        """For each of some periods kept here the one that a comparator looks at, None if there is none."""
        kept = self.seen.setdefault(comparator, {})
        for period in periods:
            if id(period) not in kept:
                kept[id(period)] = self._earlier(comparator, period)
        return [kept[id(period)] for period in periods]

    def _earlier(self, comparator: LookedUp, period: Period) -> Period | None:
        try:
            [found] = periods_of(comparator, period)
        except PeriodError:
            return None
        return self._one(found)

    def _one(self, period: Period) -> Period:
        return self.periods.setdefault(period, period)
