"""Conditions: two kinds of test, and *not*, *all* and *any* of them.

A comparison that reads a missing input is false, and so is its mirror image; only `Missing` is true of what is
missing.
"""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from attrs import frozen

from kpirules.core.forms import Form


@frozen(cache_hash=True)
class AtLeast:
    """The form is at least zero; above zero if `strict`. False when an input that the form reads is missing."""

    form: Form
    strict: bool = False


@frozen(cache_hash=True)
class Missing:
    """The input is missing, whatever the reason."""

    input: str


@frozen(cache_hash=True)
class Not:
    """The condition does not hold."""

    of: "Condition"


@frozen(cache_hash=True)
class All:
    """Every part holds; with no parts, always."""

    parts: "tuple[Condition, ...]" = ()


@frozen(cache_hash=True)
class AnyOf:
    """Some part holds; with no parts, never."""

    parts: "tuple[Condition, ...]" = ()


Test: TypeAlias = AtLeast | Missing
Condition: TypeAlias = AtLeast | Missing | Not | All | AnyOf

ALWAYS: Condition = All()
NEVER: Condition = AnyOf()


def holds(condition: Condition, test_holds: Callable[[Test], bool]) -> bool:
    """Whether the condition holds, given which of its tests do."""
    match condition:
        case Not():
            return not holds(condition.of, test_holds)
        case All():
            return all(holds(part, test_holds) for part in condition.parts)
        case AnyOf():
            return any(holds(part, test_holds) for part in condition.parts)
        case AtLeast() | Missing():
            return test_holds(condition)


def with_tests(condition: Condition, replace: Callable[[Test], Condition]) -> Condition:
    """The same condition with each test replaced."""
    match condition:
        case Not():
            return Not(with_tests(condition.of, replace))
        case All():
            return All(tuple(with_tests(part, replace) for part in condition.parts))
        case AnyOf():
            return AnyOf(tuple(with_tests(part, replace) for part in condition.parts))
        case AtLeast() | Missing():
            return replace(condition)


def tests(condition: Condition) -> Iterator[Test]:
    """Every test, in the order of writing; the same one as often as it stands there."""
    match condition:
        case Not():
            yield from tests(condition.of)
        case All() | AnyOf():
            for part in condition.parts:
                yield from tests(part)
        case AtLeast() | Missing():
            yield condition


def inputs_of(test: Test) -> tuple[str, ...]:
    """The inputs that a test reads."""
    return (test.input,) if isinstance(test, Missing) else test.form.inputs


def at_least(left: Form, right: Form) -> Condition:
    """`left >= right`, decided at once where neither reads an input."""
    return _compared(left - right, strict=False)


def above(left: Form, right: Form) -> Condition:
    """`left > right`, decided at once where neither reads an input."""
    return _compared(left - right, strict=True)


def equal(left: Form, right: Form) -> Condition:
    """`left = right`, decided at once where neither reads an input."""
    return all_of(at_least(left, right), at_least(right, left))


def _compared(form: Form, *, strict: bool) -> Condition:
    if form.terms:
        # Of one size, so that the same comparison is written the same way wherever it comes from.
        factor = form.terms[0][1]
        return AtLeast(form if factor == 1 or factor == -1 else form * (1 / abs(factor)), strict)
    return ALWAYS if form.constant > 0 or (form.constant == 0 and not strict) else NEVER


def opposite(test: AtLeast) -> AtLeast:
    """What holds of a comparison's inputs, when they are there, if the comparison does not."""
    return AtLeast(-test.form, strict=not test.strict)


def all_of(*parts: Condition) -> Condition:
    """Every part holds: flat, each part once, and never where two parts contradict each other."""
    if len(parts) == 1 and not isinstance(parts[0], All):
        return parts[0]
    flat = tuple(dict.fromkeys(inner for part in parts for inner in (part.parts if isinstance(part, All) else (part,))))
    if len(flat) == 1:
        return flat[0]
    if NEVER in flat:
        return NEVER
    comparisons = [part for part in flat if isinstance(part, AtLeast)]
    if len(comparisons) > 1 and any(opposite(part) in flat for part in comparisons):
        return NEVER
    return All(flat)


def any_of(*parts: Condition) -> Condition:
    """Some part holds: flat, and each part once."""
    if len(parts) == 1 and not isinstance(parts[0], AnyOf):
        return parts[0]
    flat = tuple(
        dict.fromkeys(inner for part in parts for inner in (part.parts if isinstance(part, AnyOf) else (part,)))
    )
    if ALWAYS in flat:
        return ALWAYS
    return flat[0] if len(flat) == 1 else AnyOf(flat)


def negated(condition: Condition) -> Condition:
    """The condition does not hold: mind that this is true of a comparison that reads what is missing."""
    if condition == ALWAYS:
        return NEVER
    if condition == NEVER:
        return ALWAYS
    return condition.of if isinstance(condition, Not) else Not(condition)
