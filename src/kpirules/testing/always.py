"""Decides the `always` laws that stand beside the rules: exactly, at each time from which something changes.

A law is proved for every number that can occur, or refuted by one. What would take too long to decide is tried on
examples instead, and then the verdict says so.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias, assert_never

from attrs import frozen

from kpirules.assess import Indicator
from kpirules.assess.in_force import InForce
from kpirules.core import Absent, Decision, Rated, Rule, decide
from kpirules.core.conditions import Condition, tests
from kpirules.core.conditions import Missing as IsMissing
from kpirules.core.laws import Found, can_hold, refuted, set_back
from kpirules.core.rule import VALUE
from kpirules.core.satisfy import TooLargeError
from kpirules.lower import lower_law
from kpirules.model import AtLeastAsGoodAs, Clause, Definition, Demand, LawBlock, LawOf, MustBe, Version
from kpirules.model.reads import parts_to_prove, reads_part
from kpirules.periods import Part
from kpirules.reasons import Reason
from kpirules.testing.tried import refuted_by_trying, set_back_by_trying
from kpirules.vocabulary import schemes
from kpirules.vocabulary.schemes import NotComparable, SchemeLine, Travelled, parts_of
from kpirules.vocabulary.setting import Setting
from kpirules.vocabulary.travels import earlier_pieces


class Verdict(StrEnum):
    """What is known of a law: `TESTED` is tried on many examples and not proved; `UNCONCERNED` that it can never bite."""

    PROVED = "proved"
    TESTED = "tested, not proved"
    REFUTED = "refuted"
    UNCONCERNED = "not concerned"


@frozen
class Seen:
    """One case of a counterexample: what is read, by name (what is not there is missing), and what came of it.

    `band` is None where there is no rating, and then `reason` says why. `line` is the line of the scheme that decided;
    None where it was decided before the scheme, because something is missing.
    """

    numbers: Mapping[str, Fraction]
    band: str | None
    reason: str | None
    line: SchemeLine | None


@frozen
class Counterexample:
    """A case in which a law does not hold, or two of which the first should be no worse; and when that is.

    `part` is None where the part of the year makes no difference.
    """

    cases: tuple[Seen, ...]
    version: Version
    part: Part | None


@frozen
class LawResult:
    """What became of a law for one indicator or component."""

    law: LawBlock
    of: LawOf
    verdict: Verdict
    counterexample: Counterexample | None = None


def decide_laws(laws: Sequence[LawBlock], indicator: Indicator) -> tuple[LawResult, ...]:
    """Decide the laws that speak of an indicator or its components, in their order."""
    definition = indicator.definition
    parts = {part.reference: part for part in definition.components}
    asked = [(law, of) for law in laws for of in law.about if of.reference == definition.reference]
    forces: dict[str | None, Sequence[_At]] = {}
    results: list[LawResult] = []
    for law, of in asked:
        if of.component not in forces:
            forces[of.component] = tuple(_times(definition if of.component is None else parts[of.component]))
        results.append(_decided(law, of, forces[of.component]))
    return tuple(results)


@frozen
class _At:
    """What is in force at one of the times at which it may be something else."""

    place: int
    version: Version
    part: Part | None
    force: InForce


def _times(definition: Definition) -> Iterator[_At]:
    for place, version in enumerate(definition.versions):
        matters = reads_part(version.terms)
        for part in parts_to_prove(version.terms, definition.frequency):
            yield _At(place, version, part if matters else None, InForce(version.terms, part))


def _decided(law: LawBlock, of: LawOf, times: Sequence[_At]) -> LawResult:
    verdict = Verdict.UNCONCERNED
    for at in times:
        clause = of.clauses[at.place]
        if clause is None:
            continue
        here, cases = _at_one_time(clause, at.force)
        if here is Verdict.REFUTED:
            return LawResult(law, of, here, Counterexample(cases, at.version, at.part))
        verdict = max(verdict, here, key=_WEIGHT.index)
    return LawResult(law, of, verdict)


# A law that holds at several times is as sure as where it is least so.
_WEIGHT = (Verdict.UNCONCERNED, Verdict.PROVED, Verdict.TESTED, Verdict.REFUTED)

_Cases: TypeAlias = tuple[Seen, ...]


def _at_one_time(clause: Clause, force: InForce) -> tuple[Verdict, _Cases]:
    conditions = _conditions(clause)
    rule, asked = lower_law(force.terms, force.setting, force.rule, conditions)
    verdict, found = _asked(rule, asked, clause.demand, _apart(conditions, asked, force.setting))
    return verdict, tuple(_seen(each, rule, force) for each in found)


def _conditions(clause: Clause) -> tuple[schemes.Condition, ...]:
    match clause.demand:
        case MustBe():
            return (clause.when,)
        case AtLeastAsGoodAs(than=than):
            return (clause.when, than)
        case _:
            assert_never(clause.demand)


def _asked(
    rule: Rule, asked: Sequence[Condition], demand: Demand, apart: frozenset[str]
) -> tuple[Verdict, tuple[Found, ...]]:
    """The verdict, and what refutes the law."""
    match demand:
        case MustBe():
            wrong = _wrong_lines(rule, demand)
            try:
                if not can_hold(rule, asked[0]):
                    return Verdict.UNCONCERNED, ()
                found, sure = refuted(rule, asked[0], wrong), Verdict.PROVED
            except TooLargeError:
                found, sure = refuted_by_trying(rule, asked[0], wrong), Verdict.TESTED
            return (sure, ()) if found is None else (Verdict.REFUTED, (found,))
        case AtLeastAsGoodAs():
            when, than = asked
            try:
                if not (can_hold(rule, when) and can_hold(rule, than)):
                    return Verdict.UNCONCERNED, ()
                pair, sure = set_back(rule, when, than, apart), Verdict.PROVED
            except TooLargeError:
                pair, sure = set_back_by_trying(rule, when, than, apart), Verdict.TESTED
            return (sure, ()) if pair is None else (Verdict.REFUTED, pair)
        case _:
            assert_never(demand)


def _wrong_lines(rule: Rule, demand: MustBe) -> Collection[int]:
    """The lines with an outcome that the law rules out."""
    return {
        place
        for place, line in enumerate(rule.lines)
        if not (rule.bands[line.outcome.band] in demand.bands if isinstance(line.outcome, Rated) else demand.or_unrated)
    }


def _apart(conditions: Sequence[schemes.Condition], asked: Sequence[Condition], setting: Setting) -> frozenset[str]:
    """In what the two cases of a comparison differ.

    In the earlier values of the travels that its conditions speak of; else in the value, if they speak of that; else
    in whatever else they read.
    """
    travels = [
        part.travel
        for condition in conditions
        for part in parts_of(condition)
        if isinstance(part, Travelled | NotComparable)
    ]
    pieces = [piece for travel in travels for piece in earlier_pieces(travel, setting).pieces]
    earlier = frozenset(name for piece in pieces for name in piece.form.inputs)
    read = frozenset(
        name
        for condition in asked
        for test in tests(condition)
        for name in ((test.input,) if isinstance(test, IsMissing) else test.form.inputs)
    )
    if earlier:
        return earlier
    return frozenset({VALUE}) if VALUE in read or not read else read


def _seen(found: Found, rule: Rule, force: InForce) -> Seen:
    """The case as evaluation has it."""
    given: dict[str, Fraction | Absent] = {
        input.name: Absent(Reason.NO_VALUE if input.name == VALUE else Reason.NO_COMPARATOR) for input in rule.inputs
    }
    decision = decide(rule, {**given, **found.numbers})
    if decision.line != found.line:
        raise AssertionError(f"evaluation does not confirm {found}")
    return _named(found.numbers, decision, rule, force)


def _named(numbers: Mapping[str, Fraction], decision: Decision, rule: Rule, force: InForce) -> Seen:
    origin = None if decision.line is None else rule.lines[decision.line].origin
    line = None if origin is None else force.terms.scheme.lines[origin]
    if isinstance(decision.outcome, Rated):
        return Seen(numbers, rule.bands[decision.outcome.band], None, line)
    return Seen(numbers, None, decision.outcome.reason, line)
