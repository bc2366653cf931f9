"""When two rules on the value alone are right for the same reason, so that one proof does for both.

Whether lines leave gaps, overlap, decide nothing or turn a better value into a worse band hangs on the order in which
their tests turn, and not on where: stretching the axis between two cuts changes none of it. A library has many rules
and few such orders.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from typing import TypeAlias, assert_never

from kpirules.core.conditions import All, AnyOf, AtLeast, Condition, Missing, Not
from kpirules.core.rule import Rule

# Nested tuples of what a rule says without its numbers, and for each of these, in turn, its place among all of them.
Likeness: TypeAlias = tuple[object, ...]


def likeness(rule: Rule) -> Likeness | None:
    """What rules on the value alone have in common that are right or wrong together; None if a rule has no like.

    That is one whose values come in steps or have labels, for which it matters where the cuts are, or one that gets
    better up to a place where none of its lines turns.
    """
    [value] = rule.inputs
    domain = value.domain
    if domain.step is not None or domain.labels:
        return None
    marks: list[Fraction] = []
    lines = tuple((_likeness_of(line.when, marks), line.outcome, line.needed) for line in rule.lines)
    marks += [end for end in (domain.low, domain.high) if end is not None]
    own = len(marks)
    better = tuple((each.input, each.upwards, _likeness_of(each.where, marks)) for each in rule.stretches)
    places = _places(marks)
    if not set(places[:own]).issuperset(places[own:]):
        return None
    limits = domain.low is not None, domain.high is not None
    return lines, better, places, limits, (value.optional, rule.ranked, rule.exclusive)


def _places(numbers: Sequence[Fraction]) -> tuple[int, ...]:
    """The place of each number among all of them, from the lowest."""
    # As whole numbers of one small part, which are compared and found in no time.
    parts = lcm(*(number.denominator for number in numbers))
    whole = [number.numerator * (parts // number.denominator) for number in numbers]
    place = {number: place for place, number in enumerate(sorted(set(whole)))}
    return tuple(place[number] for number in whole)


def _likeness_of(condition: Condition, marks: list[Fraction]) -> Likeness:
    """What the condition says; the numbers at which its comparisons turn are put behind the `marks`."""
    match condition:
        case AtLeast() if not condition.form.terms:
            return ("number", condition.form.constant > 0, condition.form.constant == 0, condition.strict)
        case AtLeast():
            [(_, factor)] = condition.form.terms
            marks.append(condition.form.root)
            return factor.numerator > 0, condition.strict
        case Missing():
            return ("missing",)
        case Not():
            return ("not", _likeness_of(condition.of, marks))
        case All():
            return ("all", *[_likeness_of(part, marks) for part in condition.parts])
        case AnyOf():
            return ("any", *[_likeness_of(part, marks) for part in condition.parts])
        case _:
            assert_never(condition)
