"""What is in force in a period: the terms of a version and the rules that they lower to, each lowered once."""

from collections.abc import Mapping
from functools import cached_property

from attrs import frozen

from kpirules.core import Rule
from kpirules.lower import lower, lower_travel, setting_of
from kpirules.model import Definition, Terms
from kpirules.model.reads import reads_year_end
from kpirules.periods import Period
from kpirules.vocabulary.setting import Setting


@frozen(slots=False)
class InForce:
    """Terms, in a period with which the year ends or does not."""

    terms: Terms
    ends_year: bool

    @cached_property
    def rule(self) -> Rule:
        """The rule that rates."""
        return lower(self.terms, ends_year=self.ends_year)

    @cached_property
    def setting(self) -> Setting:
        """What the rule was lowered from, for explanations."""
        return setting_of(self.terms, ends_year=self.ends_year)

    @cached_property
    def travel_rules(self) -> Mapping[str, Rule]:
        """The rule of each travel, by its name."""
        return {
            travel.name: lower_travel(self.terms, travel, ends_year=self.ends_year) for travel in self.terms.travels
        }


@frozen(slots=False)
class Timetable:
    """Which terms are in force when."""

    definition: Definition

    @cached_property
    def _slots(self) -> tuple[tuple[InForce, InForce], ...]:
        return tuple(
            (InForce(version.terms, ends_year=False), InForce(version.terms, ends_year=True))
            for version in self.definition.versions
        )

    def at(self, period: Period | None) -> InForce:
        """What is in force at the end of the period.

        Raises `ValueError` if there is no period and the definition depends on one.
        """
        if period is None:
            [slot, *others] = self._slots
            if others or reads_year_end(slot[0].terms):
                raise ValueError(f'{self.definition.reference} depends on the period: say period="2023/24 Q2"')
            return slot[0]
        for version, slot in zip(self.definition.versions, self._slots, strict=True):
            if version.holds_on(period.end):
                return slot[period.ends_year]
        raise ValueError(f"{self.definition.reference} says nothing about {period.text}")
