"""Written laws tried on examples, for the few questions that would take too long to decide.

Hypothesis looks for numbers that refute the law and makes them plain. That it finds none is no proof.
"""

from collections.abc import Collection
from functools import partial

from attrs import evolve

from kpirules.core import Line, Rule, Unrated
from kpirules.core.conditions import Condition, holds
from kpirules.core.decide import deciding_line, test_holds
from kpirules.core.laws import Found, is_setback
from kpirules.core.witness import Witness
from kpirules.testing.drawing import inputs_of, pairs_of, search


def refuted_by_trying(rule: Rule, when: Condition, wrong: Collection[int]) -> Found | None:
    """Numbers under which the condition holds and one of the `wrong` lines decides, if trying finds any."""
    found = search(inputs_of(_turning(rule, when)), lambda numbers: _decides(rule, when, numbers) in wrong)
    return None if found is None else _found(rule, when, found)


def set_back_by_trying(
    rule: Rule, when: Condition, than: Condition, apart: frozenset[str]
) -> tuple[Found, Found] | None:
    """Two cases of which the first is rated worse, as in `set_back`, if trying finds any."""

    def refutes(pair: tuple[Witness, Witness]) -> bool:
        first, second = pair
        return is_setback(rule, _decides(rule, when, first), _decides(rule, than, second))

    found = search(pairs_of(_turning(rule, when, than), apart), refutes)
    if found is None:
        return None
    first, second = found
    return _found(rule, when, first), _found(rule, than, second)


def _turning(rule: Rule, *conditions: Condition) -> Rule:
    """The rule with lines for the conditions, so that numbers are drawn where they turn as well."""
    return evolve(rule, lines=(*rule.lines, *(Line(when, Unrated("law")) for when in conditions)))


def _decides(rule: Rule, when: Condition, numbers: Witness) -> int | None:
    """The deciding line where the condition holds."""
    return deciding_line(rule, numbers) if holds(when, partial(test_holds, numbers=numbers)) else None


def _found(rule: Rule, when: Condition, numbers: Witness) -> Found:
    line = _decides(rule, when, numbers)
    if line is None:
        raise AssertionError(f"evaluation does not confirm {dict(numbers)}")
    return Found(numbers, line)
