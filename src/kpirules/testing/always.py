"""Decides the `always` laws that stand beside the rules: exactly, at each time from which something changes.

A law is proved for every number that can occur, or refuted by one. What would take too long to decide is tried on
examples instead, and then the result says so.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TypeAlias, assert_never

from attrs import evolve, frozen

from kpirules.assess import Indicator
from kpirules.core import Rated, Rule
from kpirules.core.conditions import Condition, inputs_of, tests
from kpirules.core.laws import Found, can_hold, refuted, set_back
from kpirules.core.rule import VALUE
from kpirules.core.satisfy import TooLargeError
from kpirules.lower import lower_law
from kpirules.model import AtLeastAsGoodAs, Clause, Demand, LawBlock, LawOf, MustBe
from kpirules.testing.results import Certainty, Counterexample, LawResult
from kpirules.testing.ruled import Ruled, rules_of
from kpirules.vocabulary import schemes
from kpirules.vocabulary.schemes import NotComparable, Travelled, parts_of
from kpirules.vocabulary.setting import Setting
from kpirules.vocabulary.travels import compared


def decide_laws(laws: Sequence[LawBlock], indicator: Indicator) -> tuple[LawResult, ...]:
    """Decide the laws that speak of an indicator or of its components, in their order.

    There is a result for each law and each of the two that it speaks of. A law whose condition can never hold there is
    not `concerned`. To try laws on a changed definition, hand in an `Indicator` of it with as many versions.
    """
    asked = [(law, of) for law in laws for of in law.about if of.reference == indicator.reference]
    rules: dict[str | None, list[_At]] = {}
    for at in _times(indicator) if asked else ():
        rules.setdefault(at.component, []).append(at)
    return tuple(_decided(law, of, rules.get(of.component, ())) for law, of in asked)


def why_broken(law: LawBlock, indicators: Mapping[str, Indicator]) -> str:
    """The indicators that break a written law, each with a case, in the words of the rule; empty where it holds.

    A law that could hold or fail nowhere is broken as well.
    """
    subjects = dict.fromkeys(of.reference for of in law.about)
    there = (indicators[name] for name in subjects if name in indicators)
    results = [result for indicator in there for result in decide_laws([law], indicator)]
    if results and not any(result.concerned for result in results):
        return f'{law.where}: "{law.title}" speaks of nothing: its condition can hold nowhere'
    return "\n\n".join(result.text for result in results if not result.passed)


@frozen
class _At:
    """A rule of the indicator or a component, and the place of its version among those of its definition."""

    component: str | None
    place: int
    ruled: Ruled


def _times(indicator: Indicator) -> Iterator[_At]:
    for ruled in rules_of(indicator):
        versions = ruled.definition.versions
        place = next(place for place, version in enumerate(versions) if version is ruled.version)
        own = ruled.definition is indicator.definition
        yield _At(None if own else ruled.definition.reference, place, ruled)


def _decided(law: LawBlock, of: LawOf, times: Sequence[_At]) -> LawResult:
    result = LawResult(law.title, law.text, of.subject, Certainty.PROVED, concerned=False, at=law.where)
    for at in times:
        clause = of.clauses[at.place]
        if clause is None:
            continue
        found = _at_one_time(clause, at.ruled)
        if found is None:
            continue
        certainty, counterexample = found
        if counterexample is not None:
            return evolve(result, certainty=certainty, counterexample=counterexample, concerned=True)
        # A law that holds at several times is as sure as where it is least so.
        sure = result.certainty is Certainty.PROVED
        result = evolve(result, certainty=certainty if sure else result.certainty, concerned=True)
    return result


def _at_one_time(clause: Clause, ruled: Ruled) -> tuple[Certainty, Counterexample | None] | None:
    """How sure it is, and what refutes it if anything does; None where the law has nothing to say."""
    force = ruled.force
    conditions = _conditions(clause)
    rule, asked = lower_law(force.terms, force.setting, ruled.rule, conditions)
    found = _asked(rule, asked, clause.demand, _apart(conditions, asked, force.setting))
    if found is None:
        return None
    certainty, cases = found
    if not cases:
        return certainty, None
    return certainty, _counterexample(cases, clause.demand, evolve(ruled, rule=rule))


def _conditions(clause: Clause) -> tuple[schemes.Condition, ...]:
    match clause.demand:
        case MustBe():
            return (clause.when,)
        case AtLeastAsGoodAs(than=than):
            return (clause.when, than)
        case _:
            assert_never(clause.demand)


_Asked: TypeAlias = tuple[Certainty, tuple[Found, ...]]


def _asked(rule: Rule, asked: Sequence[Condition], demand: Demand, apart: frozenset[str]) -> _Asked | None:
    """How sure it is and the cases that refute the law; None if its conditions can never hold."""
    when, *than = asked
    wrong = _wrong_lines(rule, demand) if isinstance(demand, MustBe) else ()
    try:
        if not all(can_hold(rule, each) for each in asked):
            return None
        if isinstance(demand, MustBe):
            one = refuted(rule, when, wrong)
            return Certainty.PROVED, () if one is None else (one,)
        return Certainty.PROVED, set_back(rule, when, than[0], apart) or ()
    except TooLargeError:
        from kpirules.testing.tried import refuted_by_trying, set_back_by_trying

        if isinstance(demand, MustBe):
            one = refuted_by_trying(rule, when, wrong)
            return Certainty.TESTED, () if one is None else (one,)
        return Certainty.TESTED, set_back_by_trying(rule, when, than[0], apart) or ()


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
    in whatever they read.
    """
    parts = [part for condition in conditions for part in parts_of(condition)]
    travels = [part.travel for part in parts if isinstance(part, Travelled | NotComparable)]
    both = [pieces for travel in travels for pieces in compared(travel, setting)]
    earlier = frozenset(name for pieces in both for piece in pieces.pieces for name in piece.form.inputs) - {VALUE}
    read = frozenset(name for condition in asked for test in tests(condition) for name in inputs_of(test))
    if earlier:
        return earlier
    return frozenset({VALUE}) if VALUE in read or not read else read


# --- in words ---


def _counterexample(cases: Sequence[Found], demand: Demand, ruled: Ruled) -> Counterexample:
    """What refutes the law, as the reference engine has it. The rule has all inputs that the law reads."""
    first, rule = cases[0], ruled.rule
    for case in cases:
        if ruled.deciding(case.numbers) != case.line:
            raise AssertionError(f"evaluation does not confirm {case}")
    match demand:
        case MustBe():
            expected = _any_of(rule, demand)
        case AtLeastAsGoodAs():
            band = ruled.outcome(cases[1].line)
            least = band if rule.bands.index(band) == 0 else f"{band} or better"
            expected = f"{least}, for {ruled.case(cases[1].numbers)} is {band}"
        case _:
            assert_never(demand)
    at = ruled.place(first.line)
    return Counterexample(ruled.case(first.numbers), ruled.outcome(first.line), expected, ruled.line(first.line), at)


def _any_of(rule: Rule, demand: MustBe) -> str:
    """`green or amber`, `not red`, `not rated`."""
    allowed = [band for band in rule.bands if band in demand.bands]
    others = [band for band in rule.bands if band not in demand.bands]
    if demand.or_unrated and allowed:
        return "not " + " or ".join(others)
    return " or ".join(allowed) if allowed or not demand.or_unrated else "not rated"
