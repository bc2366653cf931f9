"""When two rules on the value alone are right for the same reason, so that one proof does for both.

Whether lines leave gaps, overlap, decide nothing or turn a better value into a worse band hangs on the order in which
their tests turn, and not on where: stretching the axis between two cuts changes none of it. A library has many rules
and few such orders.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import TypeAlias, assert_never

from kpirules.core.along import turns
from kpirules.core.conditions import All, AnyOf, AtLeast, Condition, Missing, Not, tests
from kpirules.core.rule import VALUE, Rule

# Nested tuples of what a rule says, with each number as its place among all of them.
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
    ends = {end for end in (domain.low, domain.high) if end is not None}
    marks = {*turns(rule.tests, {}, VALUE), *ends}
    if not marks.issuperset(turns([test for each in rule.stretches for test in tests(each.where)], {}, VALUE)):
        return None
    places = {mark: place for place, mark in enumerate(sorted(marks))}
    return (
        tuple((_likeness_of(line.when, places), line.outcome, line.needed) for line in rule.lines),
        tuple((each.input, each.upwards, _likeness_of(each.where, places)) for each in rule.stretches),
        (len(places), domain.low is not None, domain.high is not None),
        (value.optional, rule.ranked, rule.exclusive),
    )


def _likeness_of(condition: Condition, places: Mapping[Fraction, int]) -> Likeness:
    match condition:
        case AtLeast() if not condition.form.terms:
            return ("number", condition.form.constant > 0, condition.form.constant == 0, condition.strict)
        case AtLeast():
            [(_, factor)] = condition.form.terms
            return places[condition.form.root], factor > 0, condition.strict
        case Missing():
            return ("missing",)
        case Not():
            return ("not", _likeness_of(condition.of, places))
        case All():
            return ("all", *(_likeness_of(part, places) for part in condition.parts))
        case AnyOf():
            return ("any", *(_likeness_of(part, places) for part in condition.parts))
        case _:
            assert_never(condition)
