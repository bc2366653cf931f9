"""The five rules that the core was built against, before there was any language to write them in.

They stand for all that breaks a core of constant cuts on one axis of values.
"""

from fractions import Fraction

from kpirules.core import (
    AnyOf,
    Condition,
    Domain,
    Form,
    Input,
    Line,
    Missing,
    Not,
    Rated,
    Rounding,
    Rule,
    Stretch,
    Unrated,
    UnratedAs,
)
from kpirules.core.conditions import ALWAYS, above, all_of, any_of, at_least

GREEN, AMBER, RED = Rated(0), Rated(1), Rated(2)
BANDS = ("green", "amber", "red")
VALUE, LAST_YEAR, LAST_QUARTER, FLOOR = map(Form.of, ("value", "last year", "last quarter", "floor"))
NO_VALUE = Line(Missing("value"), UnratedAs("value"), needed=False)
UPWARDS = (Stretch(upwards=True),)


def number(text: str) -> Form:
    return Form.number(Fraction(text))


def no(name: str) -> Line:
    return Line(Missing(name), Unrated("not-comparable"), needed=False)


def within_share(value: Form, target: Form, share: Fraction) -> Condition:
    """The value is at or above the target less a share of the target's magnitude, whatever the target's sign."""
    return any_of(
        all_of(at_least(target, number("0")), at_least(value, target * (1 - share))),
        all_of(above(number("0"), target), at_least(value, target * (1 + share))),
    )


def same_quarter_last_year() -> Rule:
    """(i) The target is the same quarter last year, with 5% of it as tolerance, whatever its sign."""
    return Rule(
        inputs=(Input("last year"), Input("value")),
        lines=(
            NO_VALUE,
            no("last year"),
            Line(at_least(VALUE, LAST_YEAR), GREEN, 0),
            Line(within_share(VALUE, LAST_YEAR, Fraction(5, 100)), AMBER, 1),
            Line(ALWAYS, RED, 2),
        ),
        bands=BANDS,
        stretches=UPWARDS,
    )


def unequal_range() -> Rule:
    """(ii) A target range of 900 to 1,200, with 5% of its width as tolerance below it and 10% above."""
    return Rule(
        inputs=(Input("value", Domain(low=Fraction(0), step=Fraction(1))),),
        lines=(
            NO_VALUE,
            Line(all_of(at_least(VALUE, number("900")), at_least(number("1200"), VALUE)), GREEN, 0),
            Line(all_of(at_least(VALUE, number("885")), at_least(number("1230"), VALUE)), AMBER, 1),
            Line(ALWAYS, RED, 2),
        ),
        bands=BANDS,
        stretches=(
            Stretch(True, at_least(number("1200"), VALUE)),
            Stretch(False, at_least(VALUE, number("900"))),
        ),
    )


def reads_travel(*, recovering: bool) -> Rule:
    """(iii) Amber hangs on the travel since last year.

    *Recovering* gives amber to what has not worsened and is monotone; the other gives amber to what has worsened.
    """
    known = AnyOf((at_least(VALUE, LAST_YEAR), above(LAST_YEAR, VALUE)))
    amber = at_least(VALUE, LAST_YEAR) if recovering else above(LAST_YEAR, VALUE)
    return Rule(
        inputs=(Input("last year"), Input("value")),
        lines=(
            NO_VALUE,
            Line(at_least(VALUE, number("80")), GREEN, 0),
            Line(amber, AMBER, 1),
            Line(Not(known), Unrated("not-comparable"), 2),
            Line(ALWAYS, RED, 3),
        ),
        bands=BANDS,
        stretches=UPWARDS,
    )


def rounded_at_the_door() -> Rule:
    """(iv) Value and comparator are rounded to whole numbers before rating and before comparing."""
    whole, door = Domain(step=Fraction(1)), Rounding(0)
    return Rule(
        inputs=(Input("last quarter", whole, rounding=door), Input("value", whole, rounding=door)),
        lines=(
            NO_VALUE,
            no("last quarter"),
            Line(at_least(VALUE, number("80")), GREEN, 0),
            Line(all_of(at_least(VALUE, LAST_QUARTER), at_least(LAST_QUARTER, VALUE)), AMBER, 1),
            Line(above(VALUE, LAST_QUARTER), AMBER, 2),
            Line(ALWAYS, RED, 3),
        ),
        bands=BANDS,
        stretches=UPWARDS,
    )


def three_axes() -> Rule:
    """(v) Target and floor on the value, a floor read from the data, and the change since last quarter."""
    return Rule(
        inputs=(Input("floor"), Input("last quarter"), Input("value")),
        lines=(
            NO_VALUE,
            Line(at_least(VALUE, number("80")), GREEN, 0),
            Line(all_of(at_least(VALUE, FLOOR), at_least(VALUE, LAST_QUARTER)), AMBER, 1),
            Line(all_of(at_least(VALUE, number("70")), Missing("floor")), AMBER, 2),
            Line(ALWAYS, RED, 3),
        ),
        bands=BANDS,
        stretches=UPWARDS,
    )


RULES = {
    "same quarter last year": same_quarter_last_year(),
    "unequal range": unequal_range(),
    "reads travel": reads_travel(recovering=True),
    "rounded at the door": rounded_at_the_door(),
    "three axes": three_axes(),
}
