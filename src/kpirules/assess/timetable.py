"""Which terms are in force in a period, and the rules that they lower to."""

from functools import cached_property

from attrs import evolve, field, frozen

from kpirules.errors import AskingError
from kpirules.in_force import ANY, InForce
from kpirules.model import Definition
from kpirules.model.reads import needs, needs_with_travels
from kpirules.periods import Needs, Part, Period


@frozen(slots=False)
class Timetable:
    """Which terms are in force when.

    `known` is what has been lowered of it before, perhaps with that of other definitions.
    """

    definition: Definition
    known: tuple[InForce, ...] = field(default=(), eq=False, repr=False)

    @cached_property
    def _found(self) -> dict[tuple[int, Part], InForce]:
        """What is known or has been asked for: kept so that every rule is lowered once. It only gains equal values."""
        versions = enumerate(self.definition.versions)
        return {
            (place, force.part): force
            for place, version in versions
            for force in self.known
            if force.terms is version.terms
        }

    @cached_property
    def _needs(self) -> tuple[Needs, ...]:
        """What of a period each version hangs on."""
        return tuple(needs_with_travels(version.terms) for version in self.definition.versions)

    def _kept(self, place: int, period: Period, slot: Period) -> InForce:
        # A period that ends with the report's is the part of the year to look at; an earlier one is only late.
        needed, part = self._needs[place], slot.part if slot.end == period.end else period.part
        key = (place, ANY if needed is Needs.NOTHING else part if needed is Needs.PART else evolve(part, period=slot))
        return self._found.setdefault(key, InForce(self.definition.versions[place].terms, key[1]))

    def in_part(self, place: int, part: Part) -> InForce:
        """What is in force in one part of the year, by the version at a place."""
        return self._found.setdefault((place, part), InForce(self.definition.versions[place].terms, part))

    def at(self, period: Period | None, slot: Period | None = None) -> InForce:
        """What is in force at the end of the period, for a value of the `slot`, which may have ended earlier.

        Raises `AskingError` if there is no period and the definition depends on one.
        """
        versions = self.definition.versions
        if period is None:
            if len(versions) > 1 or needs(versions[0].terms):
                raise AskingError(f'{self.definition.reference} depends on the period: say period="2023/24 Q2"')
            return self._found.setdefault((0, ANY), InForce(versions[0].terms, ANY))
        for place, version in enumerate(versions):
            if version.holds_on(period.end):
                return self._kept(place, period, slot or period)
        raise AskingError(f"{self.definition.reference} says nothing about {period.text}")
