"""An indicator ready to be asked: it rates values and says which way they have travelled."""

from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, partial
from typing import TypeAlias

from attrs import field, fields, frozen

from kpirules.assess.by_band import change_of_band
from kpirules.assess.explain import Explanation, explain
from kpirules.assess.fairness import unfair
from kpirules.assess.given import Known, earlier_of, read, summed_up, travelling, value_of, within_limits, worked_out
from kpirules.assess.inputs import (
    inputs_known,
    read_beside,
    reading_figures,
    refuse_timeless,
    refuse_unknown,
    terms_then,
    travel_named,
)
from kpirules.assess.outcomes import decided, named, said, travelled_by
from kpirules.assess.overall import rate_overall
from kpirules.assess.parts import bands_given
from kpirules.assess.raters import PlainWay, Wanted, rater_for
from kpirules.assess.results import Rating, TravelResult
from kpirules.assess.supposed import earlier_values, travelled
from kpirules.assess.timetable import Timetable
from kpirules.core import Rule
from kpirules.core.rule import VALUE
from kpirules.engines import Rater
from kpirules.errors import AskingError
from kpirules.in_force import InForce
from kpirules.lower import lower_travel
from kpirules.model import Definition, Terms
from kpirules.model.reads import parts_read, travels_of
from kpirules.periods import Part, Period, parse_period
from kpirules.reading import Reading
from kpirules.reasons import Direction, Reason
from kpirules.vocabulary.formulas import OfComponents

When: TypeAlias = Period | str | None
NOTHING: Mapping[str, object] = {}

_PLAIN_NUMBERS = frozenset((float, int, Decimal, Fraction))
_MOST_READY = 64


@frozen
class _Ready:
    """How plain numbers of a period are rated and explained."""

    rater: Rater
    explained: Callable[[object], Explanation]


@frozen(slots=False)
class Indicator:
    """A definition that can be asked. It holds nothing that changes, so threads may share it.

    `lowered` is what checking has lowered of it; whatever is not among it is lowered when it is first asked for.
    """

    definition: Definition
    lowered: tuple[InForce, ...] = field(default=(), eq=False, repr=False)

    def __getstate__(self) -> Mapping[str, object]:
        """For copies and pickles: without what has been worked out, which functions are among."""
        return {**{each.name: getattr(self, each.name) for each in fields(type(self))}, "lowered": ()}

    @property
    def reference(self) -> str:
        """What the indicator is called."""
        return self.definition.reference

    @property
    def title(self) -> str:
        """What it measures, in words."""
        return self.definition.title

    @cached_property
    def components(self) -> Mapping[str, "Indicator"]:
        """Its components by name, each an indicator of its own; empty for most."""
        return {part.reference: Indicator(part, self.lowered) for part in self.definition.components}

    @cached_property
    def _timetable(self) -> Timetable:
        return Timetable(self.definition, self.lowered)

    def in_force(self, period: When = None, slot: When = None) -> InForce:
        """The terms and rules that hold at the end of a period, for a value of a `slot` that ended no later.

        Raises `AskingError` if the period is left out and the definition depends on it.
        """
        return self._timetable.at(self._period(period), self._period(slot))

    def in_part(self, version: int, part: Part) -> InForce:
        """The terms and rules of the version at a place, in one part of the year."""
        return self._timetable.in_part(version, part)

    def _period(self, period: When) -> Period | None:
        if isinstance(period, str):
            return parse_period(period, self.definition.calendar)
        if period is None or isinstance(period, Period):
            return period
        raise TypeError(f'a period is text such as "2023/24 Q2" or a Period, not {type(period).__name__}')

    def rate(
        self, value: object, *, period: When = None, given: Mapping[str, object] = NOTHING, slot: When = None
    ) -> Rating:
        """Rate one value.

        Args:
            value: text as people write it, in or without its unit (`"79%"`, `"£1.2m"`, `"3m 39s"`); an int, Decimal,
                Fraction or numpy number in the unit; a float, which is the number that its `repr` prints; None or NaN
                where it is missing. For a row whose components decide, a mapping of their names to values or to
                their ratings. A value of the row itself stands among them under the name `value`: it decides where
                the row is rated by its own value, and otherwise no rating rests on it, as the explanation says.
            period: the period that the value is of; may be left out where the definition does not depend on it.
            given: what else the rule reads: earlier values by the words of their comparator (`"same quarter last
                year"`) or by the name of a travel (`"long"`), figures and inputs by name, and, where the scheme reads
                components beside the value, their values or ratings by name. What is not given is missing.
            slot: the period in which the value was observed, where that is an earlier one than the `period` in which it
                is rated: from there comparators look back, and a target on a straight line is that of the slot.

        Raises:
            ReadingError: the text cannot be read in the indicator's unit.
            TypeError: the value is of a type that is no measurement, such as bool.
            AskingError: a period is needed; a name in `given` means nothing here; components are needed.
            PeriodError: there is no such period.
        """
        if not given and slot is None and type(value) in _PLAIN_NUMBERS:
            ready = self._ready.get(period) or self._made_ready(period)
            lean = ready.rater(value)
            return Rating(lean.band, lean.reason, ready.explained, value)
        when = self._period(period)
        return self._rate(value, when, given, self._period(slot))

    def _made_ready(self, period: When) -> "_Ready":
        """What `rate` needs for plain numbers of a period, made once."""
        ready = _Ready(self.rater(period=period), partial(self._explained, period))
        if len(self._ready) < _MOST_READY:
            self._ready[period] = ready
        return ready

    @cached_property
    def _ready(self) -> dict[When, "_Ready"]:
        """What `rate` has needed, by period: kept so that each is made once. It only ever gains."""
        return {}

    def _explained(self, period: When, value: object) -> Explanation:
        return self._rate(value, self._period(period), NOTHING).explain()

    def _rate(
        self, value: object, when: Period | None, given: Mapping[str, object], slot: Period | None = None
    ) -> Rating:
        """Rate one value by the reference."""
        seen = slot or when
        force = self._given_force(when, given, seen)
        if isinstance(value, Mapping):
            return self._rate_components(value, period=when, given=given)
        overall = force.terms.overall
        if overall is not None and overall.rests_on_components and not isinstance(value, Reading):
            names = ", ".join(self.components)
            raise AskingError(f"{self.reference} is rated by its components: hand in a mapping of {names} to values")
        reading = self._reading(value, force, given, when)
        unfair = self.unfair(force, seen)
        known = self._known(force, force.rule, value_of(reading, force.terms, when), given, unfair, when, seen)
        words = said(reading, force)
        decision = decided(force.rule, known, reading)
        band, why = named(decision.outcome, force)
        bound = reading.bound is not None
        return Rating(band, why, partial(explain, self.definition, force, known, words, bound=bound), decision)

    def travel(
        self,
        name: str,
        value: object,
        *,
        previous: object = None,
        period: When = None,
        given: Mapping[str, object] = NOTHING,
        slot: When = None,
    ) -> TravelResult:
        """Which way a value has travelled since `previous`, the earlier value that the travel compares with.

        Values are handed in as for `rate`. Raises `KeyError` for a travel that the indicator does not have, and
        otherwise what `rate` raises.

        A travel by band compares ratings. Either value may be handed in as its `Rating`; an earlier value is rated
        by the rules of its own period, and with what `given` says beside the earlier values.

        Of a running total that is compared by increment the totals are handed in, and the numbers of the result are
        what the two periods added.
        """
        when = self._period(period)
        seen = self._period(slot) or when
        force = self._given_force(when, given, seen)
        travel = travel_named(self.reference, name, force, when)
        rule = force.travel_rule(name)
        previous = given.get(name) if previous is None else previous
        if travel.by_band:
            previous = given.get(travel.earlier) if previous is None else previous
            return change_of_band(travel, value, previous, force, given, when, self)
        reading = self._reading(value, force, given, when)
        unfair = self.unfair(force, seen)
        value_now = travelling(value_of(reading, force.terms, None))
        known = dict(self._known(force, rule, value_now, given, unfair, when, seen))
        if previous is not None and travel.earlier not in unfair:
            known[travel.earlier] = earlier_of(read_beside(travel.earlier, previous, force, self._then(force, seen)))
        return travelled_by(travel, rule, known, reading, force)

    def supposed(
        self,
        value: object,
        travels: Mapping[str, Direction | None],
        *,
        also: Collection[str] = (),
        period: When = None,
        given: Mapping[str, object] = NOTHING,
    ) -> tuple[Mapping[str, Fraction], ...]:
        """Earlier values under which the value has travelled so (None: cannot be compared), to hand in as `given`.

        There is one for each line of the rule that can then decide, and for each direction that the travels `also` can
        then have: what comes of the value with each of these is all that can come of it. Nothing where no earlier value
        is like that. Travels by band cannot be supposed. Raises what `travel` raises.
        """
        when = self._period(period)
        force = self._given_force(when, given, when)
        reading = self._reading(value, force, given, when)
        unfair = self.unfair(force, when)
        here = {travel.name: travel for travel in travels_of(force.terms) if not travel.by_band}
        for name in (*travels, *also):
            refuse_timeless(self.reference, here[name], force, when)
        rules = {name: lower_travel(force.terms, here[name], part=force.part) for name in (*travels, *also)}
        asked = (force.rule, *rules.values())
        known: dict[str, Known] = {}
        for rule in asked:
            known |= self._known(force, rule, value_of(reading, force.terms, when), given, unfair, when, when)
        handed = {*given, *unfair, *(here[name].earlier for name in given if name in here)}
        free = {input.name for name in travels for input in rules[name].inputs} - handed - {VALUE}
        when_so = [travelled(rules[name], direction) for name, direction in travels.items()]
        return earlier_values(when_so, asked, known, free)

    def rater(self, *, travel: str | None = None, given: str | Sequence[str] = (), period: When = None) -> Rater:
        """A function for hot loops: of a value, and of what else is handed in behind it, to a `LeanRating`.

        Everything is worked out beforehand, and answers are looked up. The function takes the value; then, with a
        `travel`, the earlier value that it compares with (unless that is a declared figure); then one argument for each
        name of `given`, in that order. What is left out at the end, None or NaN is missing. Values are handed in as for
        `rate`, and what `rate` and `travel` raise for one is raised for it. It stays in its process: send the indicator
        to another one, and make one there.

        Args:
            travel: the name of a direction of travel to be told as well.
            given: names of what else the rule reads, or one name, as in `given` of `rate`; a declared figure named here
                is read from its argument instead. What is not named is missing.
            period: the period that all values are of; may be left out where the definition does not depend on it.

        Raises:
            KeyError: the indicator has no such travel.
            AskingError: a period is needed; a name in `given` means nothing here, or is handed in already, as
                the earlier value of the travel.
            PeriodError: there is no such period.
        """
        when = self._period(period)
        names = (given,) if isinstance(given, str) else tuple(given)
        force = self._given_force(when, dict.fromkeys(names), when)
        wanted = Wanted(
            force,
            None if travel is None else travel_named(self.reference, travel, force, when),
            names,
            self.unfair(force, when),
            self._then(force, when),
        )
        twice = {each.name for each in force.terms.travels if each.earlier == wanted.earlier} | {wanted.earlier}
        if both := next((name for name in names if name in twice), None):
            raise AskingError(f"{both!r} is the earlier value of {travel!r} and stands right behind the value already")
        plain = PlainWay(
            lambda value, known: self._rate(value, when, known),
            lambda value, previous, known: self.travel(
                travel or "", value, previous=previous, period=when, given=known
            ),
            lambda outcome: named(outcome, force),
        )
        return rater_for(wanted, plain)

    def _given_force(self, period: When, given: Mapping[str, object], slot: When) -> InForce:
        """What is in force, with declared figures that are handed in read from there instead.

        Raises `AskingError` for a name that nothing here reads.
        """
        force = self.in_force(period, slot)
        if not given:
            return force
        refuse_unknown(self.reference, given, self.reads(period))
        return reading_figures(force, given)

    def reads(self, period: When = None) -> set[str]:
        """The names under which something can be handed in beside the value, for it or for its components."""
        force = self.in_force(period)
        terms = force.terms
        names = {*terms.figures, *terms.inputs, *force.comparators}
        names |= {name for travel in terms.travels for name in travel.also_called}
        return names.union(self.components, *(part.reads(period) for part in self.components.values()))

    def _reading(self, value: object, force: InForce, given: Mapping[str, object], period: When) -> Reading:
        if value is None and isinstance(force.terms.formula, OfComponents):
            return self.summed(given, period)
        if value is None and force.terms.formula is not None:
            return worked_out(force.terms, given)
        return read(value, force.terms)

    def _known(
        self,
        force: InForce,
        rule: Rule,
        value: Known,
        given: Mapping[str, object],
        unfair: Mapping[str, Reason],
        period: Period | None,
        slot: Period | None = None,
    ) -> Mapping[str, Known]:
        """Every input of the rule, the bands of components among them where it reads those."""
        parts: Mapping[str, Known] = {}
        if rule is force.rule and (read_here := parts_read(force.terms)):
            ratings = self._ratings_of_parts(given, period, given)
            parts = bands_given(read_here, {name: rating.band for name, rating in ratings.items()})
        return inputs_known(rule, force, value, given, unfair, parts, self._then(force, slot))

    def _then(self, force: InForce, slot: Period | None) -> Mapping[str, Terms]:
        return terms_then(force, slot, self.in_force) if len(self.definition.versions) > 1 else {}

    def unfair(self, force: InForce, slot: Period | None) -> Mapping[str, Reason]:
        """What is nothing to compare with, and why: figures still to be set, and what is no fair comparison."""
        return unfair(force, slot, self.in_force)

    def summed(self, values: Mapping[str, object], period: When = None) -> Reading:
        """The value that follows from those of the components, for `value sum of components` and `mean of components`.

        Missing where the value does not follow from them, or one of them is missing. Raises what `rate` raises.
        """
        terms = self.in_force(period).terms
        if not isinstance(terms.formula, OfComponents):
            return Reading(None, Reason.NO_VALUE)
        forces = {name: part.in_force(period) for name, part in self.components.items()}
        weighed = [(read(values.get(name), force.terms), force.terms.weight) for name, force in forces.items()]
        found = summed_up(weighed, mean=terms.formula.mean)
        return found if found.number is None else within_limits(found.number, terms)

    def _ratings_of_parts(
        self, values: Mapping[str, object], period: Period | None, given: Mapping[str, object]
    ) -> dict[str, Rating]:
        """The ratings of the components: handed in as such, or of their values with what each reads of `given`."""
        ratings: dict[str, Rating] = {}
        for name, part in self.components.items():
            value = values.get(name)
            read_by = part.reads(period)
            beside = {known: each for known, each in given.items() if known in read_by}
            ratings[name] = value if isinstance(value, Rating) else part.rate(value, period=period, given=beside)
        return ratings

    def _rate_components(
        self, values: Mapping[str, object], *, period: Period | None, given: Mapping[str, object]
    ) -> Rating:
        """Rate a row by its components; an own value, where that decides, is under the name `value`."""
        force = self.in_force(period)
        overall = force.terms.overall
        if overall is None or not overall.rests_on_components:
            parts = {name: value for name, value in values.items() if name != VALUE}
            return self.rate(values.get(VALUE), period=period, given={**given, **parts})
        refuse_unknown(self.reference, values, {VALUE, *self.components, *self.reads(period)})
        handed = {**given, **{name: value for name, value in values.items() if name not in self.components}}
        ratings = self._ratings_of_parts(values, period, handed)
        beside = values.get(VALUE) is not None
        return rate_overall(overall, self.definition, force, ratings, period=period, beside=beside)
