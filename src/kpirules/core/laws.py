"""Laws about one rule, decided exactly: can a line decide where it must not, or one of two cases fare worse?

Each is one question whether a condition can hold at all, as in `prove`; on the value alone it is a walk along the
pieces of its one axis. Numbers that refute a law are evaluated before anybody sees them.
"""

from collections.abc import Collection, Iterator
from functools import partial

from attrs import frozen

from kpirules.core.along import cut_up, turns
from kpirules.core.conditions import ALWAYS, NEVER, All, Condition, holds, tests
from kpirules.core.decide import deciding_line, test_holds
from kpirules.core.labelled import NO_CASE, Diagram, is_labelled
from kpirules.core.prove import worse_rated_pairs
from kpirules.core.rule import VALUE, Rated, Rule
from kpirules.core.satisfy import TooLargeError, satisfy
from kpirules.core.twin import Twin
from kpirules.core.witness import Witness, on_step, plainness, witness


@frozen
class Found:
    """Numbers for the inputs that are there (the others are missing), and the line that decides on them."""

    numbers: Witness
    line: int


def can_hold(rule: Rule, when: Condition) -> bool:
    """Whether the condition can hold for some numbers of the rule's inputs. Raises `TooLargeError`."""
    if _is_plain(rule):
        return any(holds(when, partial(test_holds, numbers=numbers)) for numbers in _points(rule, when))
    if is_labelled(rule, when):
        return Diagram(rule.inputs).where(when) != NO_CASE
    return when != NEVER and witness(when, rule.inputs) is not None


def deciding_lines(rule: Rule) -> frozenset[int]:
    """The places of the lines that decide somewhere. One of which that takes too long to say is taken to do so."""
    if _is_plain(rule):
        return frozenset(found.line for found in _decided(rule, ALWAYS))
    if is_labelled(rule):
        return _deciding_among_labels(rule)
    return frozenset(place for place in range(len(rule.lines)) if _perhaps(rule, rule.decides(place)))


def _deciding_among_labels(rule: Rule) -> frozenset[int]:
    every = range(len(rule.lines))
    try:
        *decided, _ = Diagram(rule.inputs).decided(rule)
    except TooLargeError:
        return frozenset(every)
    return frozenset(place for place in every if decided[place] != NO_CASE)


def _perhaps(rule: Rule, when: Condition) -> bool:
    try:
        return satisfy(when, rule.inputs) is not None
    except TooLargeError:
        return True


def refuted(rule: Rule, when: Condition, wrong: Collection[int]) -> Found | None:
    """The plainest numbers under which the condition holds and one of the `wrong` lines decides; None if it never does.

    The rule has among its inputs all that the condition reads. Raises `TooLargeError` where the answer takes too long.
    """
    if when == NEVER or not wrong:
        return None
    if _is_plain(rule):
        return min(
            (found for found in _decided(rule, when) if found.line in wrong),
            key=lambda found: (not found.numbers, plainness(found.numbers)),
            default=None,
        )
    if is_labelled(rule, when):
        diagram = Diagram(rule.inputs)
        decided = diagram.decided(rule)
        case = diagram.first(diagram.all_of((diagram.where(when), diagram.any_of(decided[place] for place in wrong))))
        return None if case is None else _confirmed(rule, when, case, *wrong)
    questions = (All((when, rule.decides(place))) for place in sorted(wrong))
    every = (numbers for question in questions if (numbers := witness(question, rule.inputs)) is not None)
    numbers = min(every, key=plainness, default=None)
    return None if numbers is None else _confirmed(rule, when, numbers, *wrong)


def set_back(rule: Rule, when: Condition, than: Condition, apart: frozenset[str]) -> tuple[Found, Found] | None:
    """Two cases, the first under `when` and the second under `than`, of which the first is rated worse; None if never.

    The inputs that are `apart` differ between the two, all others are shared. Cases that are not rated compare with
    nothing. Raises `TooLargeError` where the answer takes too long.
    """
    if NEVER in (when, than):
        return None
    if _is_plain(rule) and apart == {VALUE}:
        return _set_back_on_value(rule, when, than)
    if is_labelled(rule, when, than):
        return _set_back_among_labels(rule, when, than, apart)
    twin = Twin(apart)
    inputs = twin.both(rule.inputs)
    for worse, better in worse_rated_pairs(rule):
        question = All((when, rule.decides(worse), twin.of(All((than, rule.decides(better))))))
        numbers = witness(question, inputs)
        if numbers is not None:
            first, second = twin.parted(numbers, rule.inputs)
            return _confirmed(rule, when, first, worse), _confirmed(rule, than, second, better)
    return None


def is_setback(rule: Rule, one: int | None, other: int | None) -> bool:
    """Whether the first line gives a worse band than the other; what is not rated compares with nothing."""
    if one is None or other is None:
        return False
    match rule.lines[one].outcome, rule.lines[other].outcome:
        case Rated(band=worse), Rated(band=better):
            return worse > better
    return False


def _confirmed(rule: Rule, when: Condition, numbers: Witness, *lines: int) -> Found:
    """Evaluate the numbers: a refutation that evaluation contradicts is a fault of ours and must never be shown."""
    line = deciding_line(rule, numbers)
    if line is None or line not in lines or not holds(when, partial(test_holds, numbers=numbers)):
        raise AssertionError(f"evaluation does not confirm {dict(numbers)}")
    return Found(numbers, line)


# --- all inputs are labels: every case there is ---


def _set_back_among_labels(
    rule: Rule, when: Condition, than: Condition, apart: frozenset[str]
) -> tuple[Found, Found] | None:
    diagram = Diagram(rule.inputs)
    decided, held = diagram.decided(rule), [input.name for input in rule.inputs if input.name not in apart]
    ours, theirs = diagram.where(when), diagram.where(than)
    for worse, better in worse_rated_pairs(rule):
        one, other = diagram.all_of((ours, decided[worse])), diagram.all_of((theirs, decided[better]))
        shared = diagram.first(diagram.all_of((diagram.whatever(one, apart), diagram.whatever(other, apart))))
        if shared is not None:
            alike = diagram.only(shared, held)
            first, second = (diagram.first(diagram.all_of((each, alike))) for each in (one, other))
            if first is not None and second is not None:
                return _confirmed(rule, when, first, worse), _confirmed(rule, than, second, better)
    return None


# --- the plain case: one axis, a walk along its pieces ---


def _is_plain(rule: Rule) -> bool:
    return len(rule.inputs) == 1 and rule.inputs[0].name == VALUE


def _points(rule: Rule, *conditions: Condition) -> Iterator[Witness]:
    """A number in each piece of the axis on which neither the rule nor a condition turns, and the missing value."""
    value = rule.inputs[0]
    asked = (*rule.tests, *(test for condition in conditions for test in tests(condition)))
    for _, _, number in cut_up(value.domain, turns(asked, {}, VALUE)):
        if on_step(number, value.domain):
            yield {VALUE: number}
    if value.optional:
        yield {}


def _decided(rule: Rule, when: Condition) -> Iterator[Found]:
    for numbers in _points(rule, when):
        if holds(when, partial(test_holds, numbers=numbers)):
            line = deciding_line(rule, numbers)
            if line is not None:
                yield Found(numbers, line)


def _set_back_on_value(rule: Rule, when: Condition, than: Condition) -> tuple[Found, Found] | None:
    """The worst of the one against the best of the other; of each band the plainest numbers."""
    ours: dict[int, Found] = {}
    theirs: dict[int, Found] = {}
    for numbers in sorted(_points(rule, when, than), key=plainness):
        asked = ((when, ours), (than, theirs))
        here = [found for condition, found in asked if holds(condition, partial(test_holds, numbers=numbers))]
        line = deciding_line(rule, numbers) if here else None
        if line is not None and isinstance(outcome := rule.lines[line].outcome, Rated):
            for found in here:
                found.setdefault(outcome.band, Found(numbers, line))
    if not ours or not theirs or max(ours) <= min(theirs):
        return None
    return ours[max(ours)], theirs[min(theirs)]
