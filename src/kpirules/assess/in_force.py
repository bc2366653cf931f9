"""What is in force in a period: the terms of a version and the rules that they lower to, each lowered once."""

from collections.abc import Mapping
from functools import cached_property

from attrs import frozen

from kpirules.core import Rule
from kpirules.errors import AskingError
from kpirules.lower import lower, lower_travel, setting_of
from kpirules.model import Definition, Terms
from kpirules.model.reads import reads_part
from kpirules.periods import Part, Period
from kpirules.vocabulary.setting import Setting

# Any part of the year, for terms to which it makes no difference.
ANY = Part(1, 1)


@frozen(slots=False)
class InForce:
    """Terms, in one part of the year."""

    terms: Terms
    part: Part

    @cached_property
    def rule(self) -> Rule:
        """The rule that rates."""
        return lower(self.terms, part=self.part)

    @cached_property
    def setting(self) -> Setting:
        """What the rule was lowered from, for explanations."""
        return setting_of(self.terms, part=self.part)

    @cached_property
    def travel_rules(self) -> Mapping[str, Rule]:
        """The rule of each travel, by its name."""
        return {travel.name: lower_travel(self.terms, travel, part=self.part) for travel in self.terms.travels}


@frozen(slots=False)
class Timetable:
    """Which terms are in force when."""

    definition: Definition

    @cached_property
    def _found(self) -> dict[tuple[int, Part], InForce]:
        """What has been asked for: kept so that every rule is lowered once. It only ever gains equal values."""
        return {}

    def _kept(self, place: int, part: Part) -> InForce:
        terms = self.definition.versions[place].terms
        key = (place, part if reads_part(terms) else ANY)
        return self._found.setdefault(key, InForce(terms, key[1]))

    def at(self, period: Period | None) -> InForce:
        """What is in force at the end of the period.

        Raises `AskingError` if there is no period and the definition depends on one.
        """
        versions = self.definition.versions
        if period is None:
            if len(versions) > 1 or reads_part(versions[0].terms):
                raise AskingError(f'{self.definition.reference} depends on the period: say period="2023/24 Q2"')
            return self._kept(0, ANY)
        for place, version in enumerate(versions):
            if version.holds_on(period.end):
                return self._kept(place, period.part)
        raise AskingError(f"{self.definition.reference} says nothing about {period.text}")
