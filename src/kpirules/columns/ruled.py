"""The rules of a library as groups for arrays: which rule rates which series in which period, and what each reads."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from threading import Lock
from typing import Any, TypeAlias

import numpy as np
from attrs import define, field, frozen
from numpy.typing import NDArray

from kpirules.assess import Indicator
from kpirules.assess.outcomes import directed, named
from kpirules.assess.raters import asked_of
from kpirules.columns.coding import Codes
from kpirules.columns.slots import Known
from kpirules.core.rule import VALUE
from kpirules.engines import Asked
from kpirules.engines.arrays import Group, Shape, shape_of
from kpirules.engines.asked import Settled
from kpirules.in_force import InForce
from kpirules.model import Terms
from kpirules.model.reads import comparators, needs_with_travels, parts_read, travels_of
from kpirules.periods import Period
from kpirules.reasons import Reason
from kpirules.units import Milestone
from kpirules.vocabulary.comparators import LookedUp, OfLast

Array: TypeAlias = NDArray[Any]
Bools: TypeAlias = NDArray[np.bool_]
Read: TypeAlias = LookedUp | str
"""What a column beside the value holds: what a comparator finds, or by its name a figure of the same period."""

BY_REFERENCE = -1
NO_SUCH = -2


@define
class Reads:
    """The columns that rules read, numbered from 1 on; 0 is the value."""

    numbers: dict[Read, int] = field(factory=dict)

    def of(self, read: Read) -> int:
        """The number of a column."""
        return self.numbers.setdefault(read, len(self.numbers) + 1)


@frozen(eq=False, slots=False)
class Rules:
    """Each question (the rating, then the travels) as groups, and where in them the rules are.

    By question and rule, `groups` says which group it is in, or `BY_REFERENCE` or `NO_SUCH`, and `places` where in it.
    """

    groups: tuple[tuple[Group, ...], ...]
    group_of: NDArray[np.int32]
    place_of: NDArray[np.int32]

    @cached_property
    def alike(self) -> Array:
        """By rule: the same number for those with the same group and the same table for every question."""
        tables = self.group_of.copy()
        for question, groups in enumerate(self.groups):
            for number, group in enumerate(groups):
                members = self.group_of[question] == number
                tables[question, members] = group.tables[self.place_of[question, members]]
        numbered: dict[tuple[int, ...], int] = {}
        keys = np.concatenate([self.group_of, tables]).T.tolist()
        return np.array([numbered.setdefault(tuple(key), len(numbered)) for key in keys])


@frozen(eq=False, slots=False)
class Assigned:
    """The rule of each series: one number, or (where it is negative) a row of `changing` by period.

    `complicated` are series that are left to the reference altogether, `beside` those of figures and inputs, which
    are not rated.
    """

    constant: Array
    changing: Array
    complicated: Bools
    beside: Bools

    def rules(self, series: Array, periods: Array) -> Array:
        """The rules of some slots."""
        found = self.constant[series]
        if len(self.changing):
            changes = found < 0
            found[changes] = self.changing[-1 - found[changes], periods[changes]]
        return found

    @cached_property
    def asked(self) -> Bools:
        """The series that arrays are asked to rate."""
        return ~(self.complicated | self.beside)

    @cached_property
    def changes(self) -> Bools:
        """The series of which rules change in time."""
        return self.asked & (self.constant < 0)

    def classes(self, rules: Rules) -> Array:
        """By series: the same number for those with one rule in all periods and in the same groups; others have -1."""
        found = np.full(len(self.constant), -1)
        steady = np.flatnonzero(self.asked & (self.constant >= 0))
        found[steady] = rules.alike[self.constant[steady]]
        return found


Grouped: TypeAlias = tuple[tuple[Group, ...], list[int], list[int]]
"""The groups of one question, and for each rule which group it is in (or a negative number), and where in it."""


@define
class Ruling:
    """The rules as they are found to be needed: one for each terms, part of a year and set of unfair comparisons.

    Questions are the rating, which has no name (None), and the travels; only those that have been put are laid out. It
    is kept by its library, and only ever gains rules and codes; who asks it to holds its lock.
    """

    ratings: Codes = field(factory=Codes)
    travels: Codes = field(factory=Codes)
    reads: Reads = field(factory=Reads)
    needed: list[tuple[InForce, Mapping[str, Reason]]] = field(factory=list)
    asked: dict[str | None, list[Asked | int]] = field(factory=dict)
    found: dict[object, int] = field(factory=dict)
    kept: dict[str, tuple[bool, int | None]] = field(factory=dict)
    known: Known = field(factory=Known)
    lock: Lock = field(factory=Lock)
    grouped: dict[str | None, Grouped] = field(factory=dict)
    combined: dict[tuple[str, ...], Rules] = field(factory=dict)

    def once(self, indicator: Indicator, period: Period) -> tuple[bool, int | None]:
        """Whether an indicator is left to the reference in every period, and the one rule that holds in all of them.

        There is no such rule (None) if it changes in time, or if arrays cannot do it.
        """
        kept = self.kept.get(indicator.reference)
        if kept is None:
            versions = [version.terms for version in indicator.definition.versions]
            complicated = bool(indicator.components) or not all(map(simple, versions))
            steady = len(versions) == 1 and not _hangs_on_time(versions[0])
            kept = complicated, self.rule(indicator, period) if steady and not complicated else None
            self.kept[indicator.reference] = kept
        return kept

    def rule(self, indicator: Indicator, period: Period) -> int:
        """The number of the rule that holds in a period."""
        force = indicator.in_force(period)
        unfair = indicator.unfair(force, period)
        key = id(indicator), id(force), tuple(unfair.items())
        if key not in self.found:
            self.found[key] = len(self.needed)
            self.needed.append((force, unfair))
        return self.found[key]

    def _asked(self, travel: str | None, force: InForce, unfair: Mapping[str, Reason]) -> Asked | int:
        """A rule as it is asked: the one that rates (None), or that of a travel."""
        terms = force.terms
        if not simple(terms):
            return BY_REFERENCE
        if travel is not None and all(each.name != travel for each in terms.travels):
            return NO_SUCH
        places = {VALUE: 0}
        for words, comparator in comparators(terms).items():
            places[words] = self.reads.of(comparator)
        for name, figure in terms.figures.items():
            if figure is None:
                places[name] = self.reads.of(name)
        rule = force.rule if travel is None else force.travel_rule(travel)
        asked = asked_of(rule, places, {}, unfair)
        return BY_REFERENCE if asked is None else asked

    def assigned(self, series: Sequence[tuple[Indicator, bool]], periods: Sequence[Period]) -> Assigned:
        """The rules of series, given by their indicators and whether they are rated themselves."""
        constant: list[int] = []
        left: list[bool] = []
        changing: list[Array] = []
        days = np.array([period.end.toordinal() for period in periods], dtype=np.int64)
        for whole, rated in series:
            apart, always = self.kept.get(whole.reference) or self.once(whole, periods[0])
            if always is None and rated and not apart:
                always = -1 - len(changing)
                changing.append(self._by_period(whole, periods, days))
            left.append(apart)
            constant.append(always or 0)
        beside = np.array([not rated for _, rated in series], dtype=bool)
        complicated = np.array(left, dtype=bool)
        return Assigned(np.array(constant, dtype=np.int32), np.array(changing, dtype=np.int32), complicated, beside)

    def _by_period(self, indicator: Indicator, periods: Sequence[Period], days: Array) -> Array:
        """The rule of each period, by its last day: between two dates it is one, if nothing else changes it."""
        found = np.full(len(periods), -1, dtype=np.int32)
        for version in indicator.definition.versions:
            if not _hangs_on_time(version.terms):
                since, until = (version.since or date.min).toordinal(), (version.until or date.max).toordinal()
                alike = np.flatnonzero((found < 0) & (days >= since) & (days <= until))
                if len(alike):
                    found[alike] = self.rule(indicator, periods[int(alike[0])])
        for place in np.flatnonzero(found < 0).tolist():
            found[place] = self.rule(indicator, periods[place])
        return found

    def rules(self, travels: tuple[str, ...]) -> Rules:
        """All rules found so far, for the rating and for some travels."""
        questions = (None, *travels)
        fresh = [each for each in questions if each not in self.asked or len(self.asked[each]) < len(self.needed)]
        for question in fresh:
            known = self.asked.setdefault(question, [])
            known += [self._asked(question, force, unfair) for force, unfair in self.needed[len(known) :]]
            self.grouped[question] = self._grouped(question)
            self.combined.clear()
        if travels not in self.combined:
            made, group_of, place_of = zip(*(self.grouped[each] for each in questions), strict=True)
            self.combined[travels] = Rules(made, np.array(group_of, np.int32), np.array(place_of, np.int32))
        return self.combined[travels]

    def _grouped(self, question: str | None) -> Grouped:
        members: dict[Shape, list[int]] = {}
        shapes: list[Shape | int] = []
        for number, asked in enumerate(self.asked[question]):
            shape = asked if isinstance(asked, int) else shape_of(asked)
            shapes.append(shape)
            if isinstance(shape, Shape):
                members.setdefault(shape, []).append(number)
        numbers = {shape: number for number, shape in enumerate(members)}
        within = {rule: place for rules in members.values() for place, rule in enumerate(rules)}
        made = tuple(self._group(question, rules) for rules in members.values())
        group_of = [shape if isinstance(shape, int) else numbers[shape] for shape in shapes]
        return made, group_of, [within.get(number, 0) for number in range(len(shapes))]

    def _group(self, question: str | None, rules: Sequence[int]) -> Group:
        asked = [each for rule in rules if isinstance(each := self.asked[question][rule], Asked)]
        forces = {id(each): self.needed[rule][0] for each, rule in zip(asked, rules, strict=True)}

        def code(rule: Asked, settled: Settled) -> int:
            if question is None:
                return self.ratings.of(*named(settled, forces[id(rule)]))
            way = directed(settled)
            return self.travels.of(way.direction, way.reason)

        return Group.of(asked, code)


def _hangs_on_time(terms: Terms) -> bool:
    """Whether the rule, or what may be compared, is another one in other periods."""
    minding = any(travel.while_target_unchanged for travel in travels_of(terms))
    return bool(terms.breaks) or terms.accumulates or minding or bool(needs_with_travels(terms))


def simple(terms: Terms) -> bool:
    """Whether arrays can rate on these terms: what is not observed itself, or rests on parts, is for the reference."""
    overall = terms.overall
    by_parts = parts_read(terms) or (overall is not None and overall.rests_on_components)
    by_band = any(travel.by_band for travel in terms.travels)
    worked_out = terms.formula is not None or any(isinstance(each, OfLast) for each in comparators(terms).values())
    return not (by_parts or by_band or worked_out) and not isinstance(terms.unit, Milestone)
