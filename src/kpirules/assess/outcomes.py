"""What a decision comes to: of a bound as of a number, in the names of bands and reasons, and as a direction."""

from collections.abc import Mapping

from kpirules.assess.given import Known
from kpirules.assess.overall import why_of
from kpirules.assess.results import TravelResult, Why
from kpirules.core import Decision, HalfLine, Rated, Rule, Unrated, decide, decided_on
from kpirules.core.decide import at_the_door
from kpirules.in_force import InForce
from kpirules.lower import DIRECTIONS
from kpirules.reading import Reading
from kpirules.reasons import Reason
from kpirules.vocabulary.travels import Travel, compared


def decided(rule: Rule, known: Mapping[str, Known], reading: Reading) -> Decision:
    """The decision; of a bound, the one that all the values it leaves open have in common."""
    if reading.bound is None or reading.number is None:
        return decide(rule, known)
    half_line = HalfLine(reading.number, reading.bound.upward, not reading.bound.strict)
    decisions = decided_on(rule, known, half_line)
    return decisions[0] if len(decisions) == 1 else Decision(None, Unrated(Reason.BOUND))


def named(outcome: Rated | Unrated, force: InForce) -> tuple[str | None, Why | None]:
    """The band of an outcome, or the reason why there is none."""
    match outcome:
        case Rated(band=band):
            return force.rule.bands[band], None
        case Unrated(reason=reason):
            return None, why_of(reason, force.terms)


def directed(outcome: Rated | Unrated) -> TravelResult:
    """The direction of an outcome, or the reason why there is none, without numbers."""
    match outcome:
        case Rated(band=place):
            return TravelResult(DIRECTIONS[place], None)
        case Unrated(reason=reason):
            return TravelResult(None, Reason(reason))


def travelled_by(
    travel: Travel, rule: Rule, known: Mapping[str, Known], reading: Reading, force: InForce
) -> TravelResult:
    """Which way a value has travelled by the rule of a travel, and how far; of a bound, only which way."""
    found = directed(decided(rule, known, reading).outcome)
    if found.direction is None or reading.bound is not None:
        return found
    numbers, _ = at_the_door(rule, known)
    now, earlier = (pieces.at(numbers) for pieces in compared(travel, force.setting))
    if now is None or earlier is None:
        raise AssertionError("a direction is found only where both values are there")
    percent = (now - earlier) / abs(earlier) * 100 if earlier else None
    return TravelResult(found.direction, None, earlier, now - earlier, percent)


def said(reading: Reading, force: InForce) -> str:
    """The value in words, at the beginning of a sentence."""
    if reading.number is None:
        return "It"
    words = force.terms.show(reading.number)
    return f"{reading.bound} {words}" if reading.bound else words
