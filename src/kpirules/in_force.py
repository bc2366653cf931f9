"""Terms in one part of the year with the rules that they lower to, each lowered once, when it is first asked for."""

from collections.abc import Mapping
from functools import cached_property

from attrs import frozen

from kpirules.core import Flaw, Rule, prove
from kpirules.lower import lower_in, lower_travel, setting_of
from kpirules.model import Terms
from kpirules.model.reads import comparators, parts_to_prove, travels_of
from kpirules.periods import Calendar, Frequency, Part
from kpirules.vocabulary.comparators import LookedUp, OfLast
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
    def flaws(self) -> tuple[Flaw, ...]:
        """Every way in which the rule is wrong, as it is proved; nothing of a sound one."""
        return prove(self.rule)

    @cached_property
    def setting(self) -> Setting:
        """What the rule was lowered from, for explanations."""
        return setting_of(self.terms, part=self.part)

    @cached_property
    def comparators(self) -> Mapping[str, LookedUp]:
        """The earlier points in time that anything reads, by their words."""
        return comparators(self.terms)

    @cached_property
    def unlimited(self) -> frozenset[str]:
        """What may be read beside the value without being one: its limits and steps do not hold for figures, means."""
        means = (words for words, each in self.comparators.items() if isinstance(each, OfLast))
        return frozenset((*self.terms.figures, *means))

    @cached_property
    def travel_rules(self) -> Mapping[str, Rule]:
        """The rule of each travel, by its name."""
        return {travel.name: self.travel_rule(travel.name) for travel in self.terms.travels}

    def travel_rule(self, name: str) -> Rule:
        """The rule of one travel. Raises `KeyError` if there is no such travel."""
        rule = self._travel_rules.get(name)
        if rule is None:
            travel = {each.name: each for each in self.terms.travels}[name]
            rule = self._travel_rules.setdefault(name, lower_travel(self.terms, travel, part=self.part))
        return rule

    @cached_property
    def _travel_rules(self) -> dict[str, Rule]:
        """The rules that have been asked for: kept so that each is lowered once. It only ever gains equal values."""
        return {}

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


def all_in_force(terms: Terms, frequency: Frequency | None, calendar: Calendar) -> tuple[InForce, ...]:
    """The terms in every part of the year in which their rule can be another one."""
    return tuple(InForce(terms, part) for part in parts_to_prove(terms, frequency, calendar))
