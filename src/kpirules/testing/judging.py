"""How each built-in law is decided for one rule: by proof, and by trying where a proof would take too long."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import partial
from typing import TypeAlias

from kpirules.core import Flawed, Rule
from kpirules.core.conditions import All, Condition, Not, any_of, holds
from kpirules.core.decide import deciding_line, test_holds
from kpirules.core.laws import is_setback, set_back
from kpirules.core.prove import WORSE, further
from kpirules.core.rule import VALUE
from kpirules.core.satisfy import TooLargeError
from kpirules.core.twin import Twin
from kpirules.lower import lower_law
from kpirules.testing.results import Certainty, Counterexample, Found
from kpirules.testing.ruled import Ruled
from kpirules.vocabulary.schemes import AllOf, Negation, NoValue, TargetMet

Numbers: TypeAlias = Mapping[str, Fraction]


HOLDS = Found()

BETTER_VALUE = "the better value"
BETTER_COMPONENT = "the one with the better component"


# --- cover, disjoint, reachable, monotone: what every rule is proved to be when it loads ---


def covered(ruled: Ruled) -> Found:
    """Some line of the rule holds, whatever the inputs."""
    return _proved(ruled, Flawed.UNCOVERED, lambda numbers: deciding_line(ruled.rule, numbers) is None)


def without_overlap(ruled: Ruled) -> Found:
    """No two lines hold at once where that is asked for."""
    if not ruled.rule.exclusive:
        return HOLDS
    return _proved(ruled, Flawed.OVERLAP, lambda numbers: len(_holding(ruled.rule, numbers)) > 1)


def _proved(ruled: Ruled, kind: Flawed, broken: Callable[[Numbers], bool]) -> Found:
    """The flaw of this kind, if the rule has it; found by trying where the proof would take too long."""
    flaws = ruled.force.flaws
    witness = next((flaw.witnesses[0] for flaw in flaws if flaw.kind is kind), None)
    certainty = Certainty.PROVED
    if witness is None and any(flaw.kind is Flawed.NOT_PROVED for flaw in flaws):
        from kpirules.testing.drawing import inputs_of, search

        certainty, witness = Certainty.TESTED, search(inputs_of(ruled.rule), broken)
    if witness is None:
        return Found(certainty)
    lines = _holding(ruled.rule, witness)
    if kind is Flawed.OVERLAP:
        got = " and ".join(ruled.outcome(line) for line in lines)
        return Found(certainty, Counterexample(ruled.case(witness), got, "one of the two", ruled.line(lines[-1])))
    return Found(certainty, Counterexample(ruled.case(witness), ruled.outcome(None), "a band or a reason"))


def _holding(rule: Rule, numbers: Numbers) -> list[int]:
    """The places of the lines that hold."""
    return [place for place, line in enumerate(rule.lines) if holds(line.when, partial(test_holds, numbers=numbers))]


def idle_lines(ruled: Ruled) -> tuple[set[int], Certainty]:
    """The origins of the lines that never decide, and how that is known.

    A line that only numbers between the steps would reach is not among them: that is a warning when it loads.
    """
    flaws = ruled.force.flaws
    lines = {flaw.lines[0] for flaw in flaws if flaw.kind is Flawed.UNREACHABLE}
    origins = {origin for line in lines if (origin := ruled.rule.lines[line].origin) is not None}
    open_ended = any(flaw.kind is Flawed.NOT_PROVED for flaw in flaws)
    return origins, Certainty.TESTED if open_ended else Certainty.PROVED


def kept_order(ruled: Ruled) -> Found:
    """A better value is never rated worse."""
    flaws = ruled.force.flaws
    for flaw in flaws:
        if flaw.kind is Flawed.NOT_MONOTONE:
            better, worse = flaw.witnesses
            which = BETTER_VALUE if better.get(VALUE) != worse.get(VALUE) else BETTER_COMPONENT
            return Found(Certainty.PROVED, _setback(ruled, better, worse, which))
    if not any(flaw.kind is Flawed.NOT_PROVED for flaw in flaws) or not ruled.rule.ranked:
        return HOLDS
    for axis in dict.fromkeys(stretch.input for stretch in ruled.rule.stretches):
        better_than = any_of(*(further(stretch) for stretch in ruled.rule.stretches if stretch.input == axis))
        found = _tried_pairs(ruled, axis, better_than, BETTER_VALUE if axis == VALUE else BETTER_COMPONENT)
        if found.counterexample is not None:
            return found
    return Found(Certainty.TESTED)


# --- met and missed ---


def met_is_no_worse(ruled: Ruled) -> Found:
    """A value that meets the target is rated at least as well as one that misses it."""
    force = ruled.force
    if not ruled.rule.ranked or not ruled.reads_value or force.setting.target is None:
        return HOLDS
    missed = AllOf((Negation(TargetMet()), Negation(NoValue())))
    rule, (met, unmet) = lower_law(force.terms, force.setting, ruled.rule, [TargetMet(), missed])
    try:
        pair = set_back(rule, met, unmet, frozenset({VALUE}))
    except TooLargeError:
        return _tried_pairs(ruled, VALUE, All((met, Not(WORSE.of(met)))), "the value that meets the target")
    if pair is None:
        return HOLDS
    better, worse = pair
    return Found(Certainty.PROVED, _setback(ruled, better.numbers, worse.numbers, "the value that meets the target"))


def _tried_pairs(ruled: Ruled, axis: str, ahead: Condition, which: str) -> Found:
    """Two numbers of one input, all else the same, of which the one ahead is rated worse: looked for by trying."""
    from kpirules.testing.drawing import pairs_of, search

    rule = ruled.rule

    def setback(pair: tuple[Numbers, Numbers]) -> bool:
        if not all(axis in numbers for numbers in pair):
            return False
        both = {**pair[0], Twin(frozenset({axis})).name(axis): pair[1][axis]}
        one, other = (deciding_line(rule, numbers) for numbers in pair)
        return is_setback(rule, one, other) and holds(ahead, partial(test_holds, numbers=both))

    found = search(pairs_of(rule, {axis}), setback)
    return Found(Certainty.TESTED, None if found is None else _setback(ruled, *found, which))


def _setback(ruled: Ruled, better: Numbers, worse: Numbers, which: str) -> Counterexample:
    """Two cases of which the first, `which`, is rated worse than the second."""
    one, other = ruled.deciding(better), ruled.deciding(worse)
    if not is_setback(ruled.rule, one, other):
        raise AssertionError(f"evaluation does not confirm that {which} is rated worse")
    least = f"{ruled.outcome(other)} or better"
    expected = f"{least}, as {ruled.case(worse)} is {ruled.outcome(other)} and this is {which}"
    return Counterexample(ruled.case(better), ruled.outcome(one), expected, ruled.line(one))
