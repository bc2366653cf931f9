"""Written laws tried on examples, for the few questions that would take too long to decide.

Hypothesis looks for numbers that refute the law and makes them plain. That it finds none is no proof.
"""

from collections.abc import Collection, Mapping
from fractions import Fraction
from functools import partial

from attrs import evolve
from hypothesis import strategies as st

from kpirules.core import Line, Rated, Rule, Unrated
from kpirules.core.conditions import Condition, holds
from kpirules.core.decide import deciding_line, test_holds
from kpirules.core.laws import Found
from kpirules.core.witness import Witness
from kpirules.testing.drawing import inputs_of, search


def refuted_by_trying(rule: Rule, when: Condition, wrong: Collection[int]) -> Found | None:
    """Numbers under which the condition holds and one of the `wrong` lines decides, if trying finds any."""
    found = search(_inputs(rule, when), lambda numbers: _decides(rule, when, numbers) in wrong)
    return None if found is None else _found(rule, when, found)


def set_back_by_trying(
    rule: Rule, when: Condition, than: Condition, apart: frozenset[str]
) -> tuple[Found, Found] | None:
    """Two cases of which the first is rated worse, as in `set_back`, if trying finds any."""

    def sharing(pair: tuple[Witness, Witness]) -> tuple[Witness, Witness]:
        """The second with what is held as it is in the first."""
        first, second = pair
        own = {name: number for name, number in second.items() if name in apart}
        return first, {**{name: number for name, number in first.items() if name not in apart}, **own}

    def refutes(pair: tuple[Witness, Witness]) -> bool:
        first, second = sharing(pair)
        ours, theirs = _decides(rule, when, first), _decides(rule, than, second)
        if ours is None or theirs is None:
            return False
        match rule.lines[ours].outcome, rule.lines[theirs].outcome:
            case Rated(band=worse), Rated(band=better):
                return worse > better
        return False

    found = search(st.tuples(_inputs(rule, when), _inputs(rule, than)), refutes)
    if found is None:
        return None
    first, second = sharing(found)
    return _found(rule, when, first), _found(rule, than, second)


def _inputs(rule: Rule, when: Condition) -> st.SearchStrategy[Mapping[str, Fraction]]:
    """Inputs of the rule, often where the rule or the condition turns."""
    return inputs_of(evolve(rule, lines=(*rule.lines, Line(when, Unrated("law")))))


def _decides(rule: Rule, when: Condition, numbers: Witness) -> int | None:
    """The deciding line where the condition holds."""
    return deciding_line(rule, numbers) if holds(when, partial(test_holds, numbers=numbers)) else None


def _found(rule: Rule, when: Condition, numbers: Witness) -> Found:
    line = _decides(rule, when, numbers)
    if line is None:
        raise AssertionError(f"evaluation does not confirm {dict(numbers)}")
    return Found(numbers, line)
