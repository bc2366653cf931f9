"""An indicator's rules made ready for hot loops: what is handed in, at which place, and what may come in."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import zip_longest
from typing import TypeAlias

from attrs import evolve, field, frozen

from kpirules.assess.outcomes import directed
from kpirules.assess.results import Rating, TravelResult, Why
from kpirules.core import Rated, Rule, Unrated
from kpirules.core.rule import VALUE
from kpirules.engines import OPEN, Asked, Door, Handed, Question, Rater, rater, tabled
from kpirules.in_force import InForce
from kpirules.model import Terms
from kpirules.model.reads import against_declared, names_of_earlier, parts_read
from kpirules.reasons import Direction, Reason
from kpirules.units import Milestone, OnScale
from kpirules.vocabulary.figures import Named
from kpirules.vocabulary.travels import Travel

Given: TypeAlias = Mapping[str, object]


@frozen(cache_hash=True)
class LeanRating:
    """What a rater answers: a band or the reason why there is none, and the same for a direction of travel.

    Exactly one of `band` and `reason` is None. Exactly one of `direction` and `no_direction` is None if a travel was
    asked for; otherwise both are.
    """

    band: str | None
    reason: Why | None
    direction: Direction | None = None
    no_direction: Reason | None = None


@frozen(slots=False)
class Wanted:
    """What a rater is to answer: under what is in force, perhaps a travel, and the names of what is handed in."""

    force: InForce
    travel: Travel | None
    given: tuple[str, ...]
    unfair: Mapping[str, Reason]
    then: Mapping[str, Terms] = field(factory=dict)
    """By the names of earlier values the terms by which they are read, where those are others than today's."""

    @cached_property
    def earlier(self) -> str | None:
        """The name of the input that is handed in next to the value, if the travel needs one."""
        if self.travel is None:
            return None
        return None if against_declared(self.force.terms, self.travel) else self.travel.earlier

    @cached_property
    def same_point(self) -> tuple[str, ...]:
        """Other inputs for the same earlier value: a scheme may compare with it where the travel does not."""
        against = None if self.travel is None else self.travel.against
        words = () if against is None or isinstance(against, Named) else (against.words,)
        return tuple(name for name in words if self.earlier is not None and name not in self.names)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What is handed in behind the value, in order."""
        return self.given if self.earlier is None else (self.earlier, *self.given)


@frozen
class PlainWay:
    """How an indicator is asked without a rater, and how it names what comes of its rule."""

    rate: Callable[[object, Given], Rating]
    travel: Callable[[object, object, Given], TravelResult]
    named: Callable[[Rated | Unrated], tuple[str | None, Why | None]]


def rater_for(wanted: Wanted, plain: PlainWay) -> Rater:
    """A function of the value and of what `wanted.names` says, in that order."""

    def plainly(value: object, *rest: object) -> LeanRating:
        if len(rest) > len(wanted.names):
            raise TypeError(f"this rater takes a value and {', '.join(wanted.names) or 'nothing else'}")
        known = dict(zip_longest(wanted.names, rest))
        others = {name: each for name, each in known.items() if name != wanted.earlier}
        known |= {name: rest[0] for name in wanted.same_point if rest}
        by_band = wanted.travel is not None and wanted.travel.by_band
        rating = plain.rate(value, others if by_band else known)
        if wanted.travel is None:
            return LeanRating(rating.band, rating.reason)
        previous = None if wanted.earlier is None else known.get(wanted.earlier)
        travelled = plain.travel(value, previous, others)
        return LeanRating(rating.band, rating.reason, travelled.direction, travelled.reason)

    question = _question(wanted, plain, plainly)
    return plainly if question is None else rater(question)


def _question(wanted: Wanted, plain: PlainWay, plainly: Rater) -> Question | None:
    """All that a fast rater needs to know; None where only the plain way will do."""
    force = wanted.force
    overall = force.terms.overall
    by_parts = parts_read(force.terms) or (overall is not None and overall.rests_on_components)
    # A milestone's rating hangs on the day beside it, and a row may be rated by its components.
    # Of two periods the ratings are compared, each by its own rules.
    by_band = wanted.travel is not None and wanted.travel.by_band
    # A value that is missing may follow from what is given.
    follows = force.terms.formula is not None and wanted.given
    # Nor do the doors know what could occur, and in which words, in the period of an earlier value.
    then = wanted.names and wanted.then
    if by_parts or by_band or follows or then or isinstance(force.terms.unit, Milestone):
        return None
    rating = _asked(force.rule, wanted)
    travel = None if wanted.travel is None else _asked(force.travel_rule(wanted.travel.name), wanted)
    if rating is None or (wanted.travel is not None and travel is None):
        return None

    def answers(outcome: Rated | Unrated, direction: Rated | Unrated | None) -> LeanRating:
        band, reason = plain.named(outcome)
        if direction is None:
            return _shared(band, reason)
        way = directed(direction)
        return _shared(band, reason, way.direction, way.reason)

    return Question(
        rating,
        travel,
        answers,
        plainly,
        _number_of_text(force.terms),
        arguments=1 + len(wanted.names),
        reads_numbers=not isinstance(force.terms.unit, OnScale),
    )


# Raters that give the same answers share them, so that in memory they lie where they have just been looked at.
_shared = lru_cache(maxsize=1024)(LeanRating)


def _asked(rule: Rule, wanted: Wanted) -> Asked | None:
    terms = wanted.force.terms
    places = {name: place for place, name in enumerate((VALUE, *wanted.names))}
    places |= dict.fromkeys(wanted.same_point, 1)
    by_travel = {
        earlier: next(places[name] for name in names if name in places)
        for earlier, names in names_of_earlier(terms).items()
        if not places.keys().isdisjoint(names)
    }
    unlimited = wanted.force.unlimited
    door = door_of(terms)
    doors = {input.name: OPEN if input.name in unlimited else door for input in rule.inputs}
    return asked_of(rule, {**by_travel, **places}, doors, wanted.unfair)


def asked_of(
    rule: Rule, places: Mapping[str, int], doors: Mapping[str, Door], unfair: Mapping[str, Reason]
) -> Asked | None:
    """The rule with the places of its arguments by the names of inputs; None if it is too large for a table.

    What has no place is never handed in, and neither is what is no fair comparison.
    """
    table = tabled(rule)
    if table is None:
        return None
    handed = []
    for input in rule.inputs:
        why = unfair.get(input.name) or (Reason.NO_VALUE if input.name == VALUE else Reason.NO_COMPARATOR)
        place = None if input.name in unfair else places.get(input.name)
        door = doors.get(input.name, OPEN)
        handed.append(Handed(place, evolve(door, rounding=input.rounding) if input.rounding else door, why))
    return Asked(table, tuple(handed))


def door_of(terms: Terms) -> Door:
    """Which numbers can occur under these terms."""
    if terms.low is terms.high is terms.step is None:
        return OPEN
    return Door(terms.low, terms.high, None if terms.rounding else terms.step)


def _number_of_text(terms: Terms) -> Callable[[str], Fraction]:
    def number(text: str) -> Fraction:
        reading = terms.read(text)
        if reading.number is None or reading.bound is not None or reading.marks:
            raise ValueError
        return reading.number

    return number
