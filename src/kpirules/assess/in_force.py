"""What is in force in a period: the terms of a version and the rules that they lower to, each lowered once."""

from collections.abc import Mapping
from functools import cached_property

from attrs import evolve, frozen

from kpirules.core import Rule
from kpirules.errors import AskingError
from kpirules.lower import lower_in, lower_travel, setting_of
from kpirules.model import Definition, Terms
from kpirules.model.reads import comparators, needs, needs_with_travels, travels_of
from kpirules.periods import Needs, Part, Period
from kpirules.vocabulary.comparators import LookedUp
from kpirules.vocabulary.declared import PendingFigure, figure_in
from kpirules.vocabulary.figures import Named, read_by
from kpirules.vocabulary.setting import Setting
from kpirules.vocabulary.targets import DueAtYearEnd, NoTarget, Target, in_force, target_figures

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
        return lower_in(self.terms, self.setting)

    @cached_property
    def setting(self) -> Setting:
        """What the rule was lowered from, for explanations."""
        return setting_of(self.terms, part=self.part)

    @cached_property
    def comparators(self) -> Mapping[str, LookedUp]:
        """The earlier points in time that anything reads, by their words."""
        return comparators(self.terms)

    @cached_property
    def travel_rules(self) -> Mapping[str, Rule]:
        """The rule of each travel, by its name."""
        return {travel.name: lower_travel(self.terms, travel, part=self.part) for travel in self.terms.travels}

    @cached_property
    def pending(self) -> tuple[str, ...]:
        """The figures that have still to be set."""
        return tuple(name for name, figure in self.terms.figures.items() if isinstance(figure, PendingFigure))

    @cached_property
    def minding_target(self) -> frozenset[str]:
        """The earlier values that are nothing to compare with where the target in force was another one."""
        return frozenset(each.earlier for each in travels_of(self.terms) if each.while_target_unchanged)

    @cached_property
    def aim(self) -> tuple[object, Mapping[str, object]]:
        """The target in force and the figures that it reads, as they are written: two that are equal ask the same."""
        terms = self.terms
        if isinstance(terms.target, DueAtYearEnd):
            target: Target = terms.target.target
        else:
            target = in_force(terms.target, self.part, accumulates=terms.accumulates)
        read: dict[str, object] = {}
        waiting = list(target_figures(target))
        while waiting:
            for figure in read_by(waiting.pop()):
                if isinstance(figure, Named) and figure.name not in read:
                    meant = figure_in(terms.figures[figure.name], self.part, accumulates=terms.accumulates)
                    read[figure.name] = meant
                    waiting.extend([meant] if meant is not None else [])
        return target.reason if isinstance(target, NoTarget) else target, read


@frozen(slots=False)
class Timetable:
    """Which terms are in force when."""

    definition: Definition

    @cached_property
    def _found(self) -> dict[tuple[int, Part], InForce]:
        """What has been asked for: kept so that every rule is lowered once. It only ever gains equal values."""
        return {}

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
