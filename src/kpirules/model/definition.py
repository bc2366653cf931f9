"""Definitions of indicators, version by version, and all of them together."""

from collections.abc import Mapping
from datetime import date

from attrs import field, frozen

from kpirules.model.laws import LawBlock
from kpirules.model.terms import Terms
from kpirules.model.tests import TestBlock
from kpirules.periods import Calendar, Frequency, Period


@frozen
class Facts:
    """What people want to know of an indicator that decides nothing."""

    owner: str | None = None
    tags: tuple[str, ...] = ()
    source: str | None = None
    note: str | None = None


@frozen
class Version:
    """Terms and the days from and until which they hold, both included; None is for ever."""

    terms: Terms
    since: date | None = None
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether these are the terms of that day."""
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)

    def overlaps(self, other: "Version") -> bool:
        """Whether there is a day on which both hold."""
        ends_later = self.until is None or other.since is None or other.since <= self.until
        return ends_later and (other.until is None or self.since is None or self.since <= other.until)


@frozen
class Theme:
    """A heading under which indicators stand in a report."""

    name: str
    title: str


@frozen
class Definition:
    """An indicator, or a component of one: its versions are in order of time and leave no day out.

    Without a `frequency` it follows the period of the report. `where` is its place in its file, such as
    `best-start.kpi:12`.
    """

    reference: str
    title: str
    calendar: Calendar
    frequency: Frequency | None
    versions: tuple[Version, ...]
    theme: Theme | None = None
    facts: Facts = Facts()
    components: "tuple[Definition, ...]" = ()
    where: str | None = field(default=None, eq=False)

    def terms(self, period: Period) -> Terms:
        """The terms in force at the end of a period."""
        return self.on(period.end)

    def on(self, day: date) -> Terms:
        """The terms in force on a day."""
        return next(version.terms for version in self.versions if version.holds_on(day))

    @property
    def latest(self) -> Terms:
        """The terms of the last version."""
        return self.versions[-1].terms


@frozen
class Definitions:
    """Everything that a folder of definitions comes to. The order is that of the files' names, then of writing."""

    definitions: Mapping[str, Definition]
    calendars: Mapping[str, Calendar]
    tests: tuple[TestBlock, ...] = ()
    laws: tuple[LawBlock, ...] = ()
