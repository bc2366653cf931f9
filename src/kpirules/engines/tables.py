"""A rule as a table: what it reads, the cuts on each axis, and which line decides in which zones.

This is the shape that every fast way of rating runs. A column of numbers is compared with the cuts of its axes, the
cuts that it has passed are counted, and the zones found lead to one place of a flat table, which says which line
decides. What is missing counts as zone 0, and has a part of the table for itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property, lru_cache
from math import prod
from typing import TypeAlias, assert_never

from attrs import evolve, frozen

from kpirules.core import All, AnyOf, AtLeast, Condition, Cut, Input, Line, Missing, Not, Rule
from kpirules.core.conditions import Test
from kpirules.core.rule import VALUE
from kpirules.engines.thresholds import threshold

NO_LINE = -1
MOST_PLACES = 4096

Terms: TypeAlias = tuple[tuple[str, Fraction], ...]


@frozen(slots=False)
class Scale:
    """An axis of the table: a sum of inputs, each times a factor, and the cuts on it in order.

    `reads` are the places of the inputs among those of the table. `stride` is how far apart two neighbouring zones of
    this axis lie in it.
    """

    reads: tuple[int, ...]
    factors: tuple[Fraction, ...]
    cuts: tuple[Cut, ...]
    stride: int

    @property
    def plain(self) -> bool:
        """Whether the axis is an input itself, so that comparisons of its numbers with `thresholds` are exact."""
        return len(self.reads) == 1

    @property
    def difference(self) -> bool:
        """Whether the axis is one input less another."""
        return len(self.reads) == 2 and sorted(self.factors) == [-1, 1]

    @cached_property
    def thresholds(self) -> tuple[float, ...]:
        """The cuts as doubles: on a plain axis `x >= t` says exactly whether a finite double has passed the cut."""
        return tuple(threshold(cut) for cut in self.cuts)

    def zone(self, numbers: Sequence[Fraction]) -> int:
        """How many cuts these inputs, of the whole table, have passed."""
        amount = sum((numbers[at] * factor for at, factor in zip(self.reads, self.factors, strict=True)), Fraction(0))
        return sum(cut.passed_by(amount) for cut in self.cuts)


@frozen(slots=False)
class Table:
    """A rule laid out flat.

    `lines` has the place of the deciding line for each combination: of the inputs that are missing (bit `i` for the
    input of place `i`), and within each the zones of the scales, each times its stride. `span` is how many places the
    zones take. Combinations that no line decides, or that cannot be, have `NO_LINE`.
    """

    rule: Rule
    inputs: tuple[str, ...]
    scales: tuple[Scale, ...]
    span: int
    lines: tuple[int, ...]

    def place(self, missing: int, zones: Iterable[int]) -> int:
        """Where in `lines` these zones lie while the inputs of the bits `missing` are missing."""
        return missing * self.span + sum(zone * scale.stride for zone, scale in zip(zones, self.scales, strict=True))


def tabled(rule: Rule) -> Table | None:
    """The rule as a table, or None if that would have more than `MOST_PLACES` places."""
    table = _tabled(rule.lines, tuple(input.name for input in rule.inputs))
    return None if table is None else evolve(table, rule=rule)


@lru_cache(maxsize=1024)
def _tabled(lines: tuple[Line, ...], names: tuple[str, ...]) -> Table | None:
    """The table of these lines: kept, because the travels of a library share theirs."""
    rule = Rule(tuple(map(Input, names)), lines, ())
    placed = {name: place for place, name in enumerate(names)}
    compared = {test: _cut(test) for test in rule.tests if isinstance(test, AtLeast)}
    marked: dict[Terms, set[Cut]] = {}
    for terms, cut, _ in compared.values():
        marked.setdefault(terms, set()).add(cut)
    span = prod(len(cuts) + 1 for cuts in marked.values())
    if span << len(names) > MOST_PLACES:
        return None
    scales: dict[Terms, Scale] = {}
    stride = span
    for terms, cuts in marked.items():
        stride //= len(cuts) + 1
        reads = tuple(placed[name] for name, _ in terms)
        # At one point the cut that owns the point from above comes first: between the two lies the point itself.
        ordered = tuple(sorted(cuts, key=lambda cut: (cut.at, not cut.owned_above))) if len(cuts) > 1 else tuple(cuts)
        scales[terms] = Scale(reads, tuple(factor for _, factor in terms), ordered, stride)
    places = _Places(span, len(names))
    holding: dict[Test, int] = {
        test: places.beyond(scales[terms], cut, above=up) for test, (terms, cut, up) in compared.items()
    }
    holding |= {test: places.missing(placed[test.input]) for test in rule.tests if isinstance(test, Missing)}
    return Table(rule, names, tuple(scales.values()), span, _lines(rule, holding, places))


def _cut(test: AtLeast) -> tuple[Terms, Cut, bool]:
    """The axis of a comparison, its cut there, and whether it holds above the cut or below it; as in `core.zoned`."""
    terms, at = test.form.terms, -test.form.constant
    leading = next((factor for name, factor in terms if name == VALUE), terms[0][1])
    if leading == -1:
        terms, at = tuple((name, -factor) for name, factor in terms), -at
    elif leading != 1:
        terms, at = tuple((name, factor / leading) for name, factor in terms), at / leading
    upwards = leading > 0
    return terms, Cut(at, owned_above=upwards != test.strict), upwards


# --- sets of places, as the bits of whole numbers ---


@frozen
class _Places:
    """The places of a table; a set of them is a whole number with their bits, so that *and* and *or* are one step."""

    span: int
    inputs: int

    @property
    def all(self) -> int:
        return (1 << (self.span << self.inputs)) - 1

    def missing(self, input: int) -> int:
        """The places at which the input is missing."""
        half = ((1 << (self.span << input)) - 1) << (self.span << input)
        return _repeated(half, self.span << (input + 1), 1 << (self.inputs - input - 1))

    def beyond(self, scale: Scale, cut: Cut, *, above: bool) -> int:
        """The places at which all that the scale reads is there, above the cut or below it."""
        passed = scale.cuts.index(cut) + 1
        zones = range(passed, len(scale.cuts) + 1) if above else range(passed)
        one = (1 << scale.stride) - 1
        row = sum(one << (zone * scale.stride) for zone in zones)
        size = scale.stride * (len(scale.cuts) + 1)
        found = _repeated(row, size, (self.span << self.inputs) // size)
        for input in scale.reads:
            found &= ~self.missing(input)
        return found


def _repeated(pattern: int, width: int, times: int) -> int:
    """A pattern of bits, so many times side by side."""
    return pattern * (((1 << (width * times)) - 1) // ((1 << width) - 1))


def _where(condition: Condition, holding: Mapping[Test, int], everywhere: int) -> int:
    """The places at which the condition holds."""
    match condition:
        case AtLeast() | Missing():
            return holding[condition]
        case Not():
            return everywhere & ~_where(condition.of, holding, everywhere)
        case All():
            found = everywhere
            for part in condition.parts:
                found &= _where(part, holding, everywhere)
            return found
        case AnyOf():
            found = 0
            for part in condition.parts:
                found |= _where(part, holding, everywhere)
            return found
        case _:
            assert_never(condition)


def _lines(rule: Rule, holding: Mapping[Test, int], places: _Places) -> tuple[int, ...]:
    """The line that decides at each place: the first that holds there."""
    lines = [NO_LINE] * (places.span << places.inputs)
    open_still = places.all
    for number, line in enumerate(rule.lines):
        decided = open_still & _where(line.when, holding, places.all)
        open_still &= ~decided
        while decided:
            last = decided & -decided
            lines[last.bit_length() - 1] = number
            decided ^= last
    return tuple(lines)
