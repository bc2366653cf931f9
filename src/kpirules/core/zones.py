"""A rule laid out in zones: the shape that arrays, dataframes and SQL run.

An axis is a linear form without a constant. The rule's comparisons mark cuts on it, each with an owner, and the cuts
divide it into zones. The zone of a number is how many cuts it has passed.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import assert_never

from attrs import frozen

from kpirules.core.conditions import AtLeast, Missing, Test, holds
from kpirules.core.forms import Form
from kpirules.core.rule import VALUE, Rule


@frozen
class Cut:
    """A point on an axis. Its owner is the zone above it if `owned_above`, else the zone below."""

    at: Fraction
    owned_above: bool

    def passed_by(self, number: Fraction) -> bool:
        """Whether the number lies in a zone above the cut."""
        return number > self.at or (number == self.at and self.owned_above)


@frozen
class Axis:
    """A form and the cuts on it, in order; equal forms share one axis."""

    form: Form
    cuts: tuple[Cut, ...]

    def zone(self, number: Fraction) -> int:
        """How many cuts the number has passed."""
        return sum(cut.passed_by(number) for cut in self.cuts)


@frozen
class Lies:
    """The axis is known (no input of it missing) and its zone is one from `first` to `last`."""

    axis: int
    first: int
    last: int


@frozen
class ZonedRule:
    """The rule, its axes, and what each of its comparisons asks of a zone."""

    rule: Rule
    axes: tuple[Axis, ...]
    lies: Mapping[AtLeast, Lies]

    def deciding_line(self, numbers: Mapping[str, Fraction]) -> int | None:
        """The first line that holds, found by way of the zones; inputs that are not given are missing."""
        zones = [
            axis.zone(axis.form.at(numbers)) if all(name in numbers for name in axis.form.inputs) else None
            for axis in self.axes
        ]

        def test_holds(test: Test) -> bool:
            match test:
                case Missing():
                    return test.input not in numbers
                case AtLeast():
                    lies = self.lies[test]
                    zone = zones[lies.axis]
                    return zone is not None and lies.first <= zone <= lies.last
                case _:
                    assert_never(test)

        return next((place for place, line in enumerate(self.rule.lines) if holds(line.when, test_holds)), None)


def zoned(rule: Rule) -> ZonedRule:
    """The rule's axes, their cuts in order, and the zones for which each comparison holds."""
    comparisons = [test for test in rule.tests if isinstance(test, AtLeast)]
    marked: dict[Form, set[Cut]] = {}
    for test in comparisons:
        form, cut, _ = _cut(test)
        marked.setdefault(form, set()).add(cut)
    axes = tuple(
        # At one point the cut that owns the point from above comes first: between the two lies the point itself.
        Axis(form, tuple(sorted(cuts, key=lambda cut: (cut.at, not cut.owned_above))))
        for form, cuts in marked.items()
    )
    places = {axis.form: place for place, axis in enumerate(axes)}
    return ZonedRule(rule, axes, {test: _lies(test, axes, places) for test in comparisons})


def _lies(test: AtLeast, axes: tuple[Axis, ...], places: Mapping[Form, int]) -> Lies:
    form, cut, above = _cut(test)
    place = places[form]
    cuts = axes[place].cuts
    passed = cuts.index(cut) + 1
    return Lies(place, passed, len(cuts)) if above else Lies(place, 0, passed - 1)


def _cut(test: AtLeast) -> tuple[Form, Cut, bool]:
    """The axis of a test, its cut there, and whether the test holds above the cut or below it."""
    leading = test.form.factor(VALUE) or test.form.terms[0][1]
    form = Form(test.form.terms) * (1 / leading)
    at = -test.form.constant / leading
    upwards = leading > 0
    return form, Cut(at, owned_above=upwards != test.strict), upwards
