"""The tables of rules unfolded into a tree over two arguments, which asks one sum at a time and only those that matter.

Every axis of the tables is a sum of the value and of the argument behind it, each times a factor. A branch of the tree
asks how many cuts one such sum has passed, and goes on from there; at the leaves stand the answers. The cuts are exact;
`written_trees` and `of_decimals` write a tree out for each kind of number that is handed in.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import accumulate
from math import lcm, prod
from typing import Final, TypeAlias

from attrs import frozen

from kpirules.core import Cut
from kpirules.engines.asked import Asked
from kpirules.engines.tables import MOST_PLACES, NO_LINE, Scale
from kpirules.engines.thresholds import whole_factors

Factors: TypeAlias = tuple[Fraction, Fraction]

VALUE: Final[Factors] = (Fraction(1), Fraction(0))
EARLIER: Final[Factors] = (Fraction(0), Fraction(1))
CHANGE: Final[Factors] = (Fraction(1), Fraction(-1))
TOTAL: Final[Factors] = (Fraction(1), Fraction(1))
_BACKWARDS: Final[Factors] = (Fraction(-1), Fraction(1))

_NOUGHT: Final = Fraction(0)

# What plain axes decide is asked first, for it is quick and never in doubt.
_FIRST = (VALUE, EARLIER, CHANGE, TOTAL)


@frozen(eq=False)
class Branch:
    """How many of the `cuts` the sum of the two arguments, each times its factor, has passed; and what then."""

    factors: Factors
    cuts: tuple[Cut, ...]
    nexts: tuple["Tree", ...]


Tree: TypeAlias = Branch | object  # an answer, and never a tuple or None

# The cuts of some tables on one axis, each with how far apart two neighbouring zones lie in it.
_Tables: TypeAlias = list[tuple[Sequence[Cut], int]]

# From where to where a sum lies; None where there is no end.
_Ends: TypeAlias = tuple[int | None, int | None]


@frozen(eq=False)
class _Axis:
    """An axis of some of the tables, and how far each of its zones leads in the places of all of them together.

    The mark of a cut is twice where it lies, in the smallest part that any cut needs, and one more where the point
    itself lies below it. So the marks are in the order of the cuts, and a sum of ends of zones, twice over too and
    therefore even, has passed the cuts whose marks it reaches.
    """

    factors: Factors
    weights: tuple[int, ...]
    cuts: tuple[Cut, ...]
    marks: tuple[int, ...]
    leads: tuple[int, ...]

    def open(self, value: _Ends, earlier: _Ends) -> range:
        """The zones that are left to the sum while the arguments lie between these ends."""
        low: int | None = 0
        high: int | None = 0
        for weight, ends in zip(self.weights, (value, earlier), strict=True):
            if weight:
                least, greatest = ends if weight > 0 else ends[::-1]
                low = None if low is None or least is None else low + weight * least
                high = None if high is None or greatest is None else high + weight * greatest
        first = 0 if low is None else bisect_right(self.marks, low)
        return range(first, 1 + (len(self.marks) if high is None else bisect_right(self.marks, high)))

    def ends(self, zone: int) -> _Ends:
        """Between which points a zone lies, twice over as the marks are: whether they are part of it is left open."""
        low = self.marks[zone - 1] & ~1 if zone else None
        return low, self.marks[zone] & ~1 if zone < len(self.marks) else None


def unfolded(rules: Sequence[Asked], answer: Callable[[Sequence[int]], object]) -> Tree | None:
    """The tree of what comes of all these rules together while both arguments are there.

    `answer` is asked for the answer of a line of each rule, and gives the same object for what is the same. None where
    a rule reads anything else or has a place where no line holds, where rounded numbers are added up, and where the
    tree would be too large.
    """
    found = _axes_of(rules)
    if found is None:
        return None
    axes, start = found
    if prod(len(axis.leads) for axis in axes) > MOST_PLACES:
        return None
    lines = [asked.table.lines for asked in rules]
    known: dict[object, Branch] = {}
    answers: dict[tuple[int, ...], object] = {}

    def answered(place: int) -> object:
        places = []
        for of_rule in reversed(lines):
            place, here = divmod(place, len(of_rule))
            places.append(of_rule[here])
        key = tuple(places)
        found = answers.get(key)
        if found is None:
            if NO_LINE in key:
                raise LookupError("no line of the rule holds")
            found = answers[key] = answer(key[::-1])
        return found

    def unfold(depth: int, place: int, value: _Ends, earlier: _Ends) -> Tree:
        """The tree of the axes from one on, from the place that those before led to, while the arguments lie so."""
        if depth == len(axes):
            return answered(place)
        axis = axes[depth]
        zones = axis.open(value, earlier)
        nexts = [
            unfold(
                depth + 1,
                place + axis.leads[zone],
                axis.ends(zone) if axis.factors is VALUE else value,
                axis.ends(zone) if axis.factors is EARLIER else earlier,
            )
            for zone in zones
        ]
        kept = [at for at in range(len(nexts) - 1) if nexts[at] is not nexts[at + 1]]
        if not kept:
            return nexts[0]
        leads = (*(nexts[at] for at in kept), nexts[-1])
        key = (depth, zones[0], *kept, *map(id, leads))
        if key not in known:
            known[key] = Branch(axis.factors, tuple(axis.cuts[zones[at]] for at in kept), leads)
        return known[key]

    try:
        return unfold(0, start, (None, None), (None, None))
    except LookupError:  # a place where no line holds has no answer
        return None


def _axes_of(rules: Sequence[Asked]) -> tuple[Sequence[_Axis], int] | None:
    """The axes of all rules, those of an argument alone first, and the place of the first zone of each."""
    start = 0
    of_first: list[_Tables] = [[] for _ in _FIRST]
    of_others: dict[Factors, _Tables] = {}
    for place, asked in enumerate(rules):
        if not {how.argument for how in asked.handed} <= {None, 0, 1}:
            return None
        missing = sum(1 << bit for bit, how in enumerate(asked.handed) if how.argument is None)
        size = prod(len(other.table.lines) for other in rules[place + 1 :])
        start += missing * asked.table.span * size
        rounded = any(how.door.rounding for how in asked.handed)
        for scale in asked.table.scales:
            if any(missing >> at & 1 for at in scale.reads):
                continue  # zone 0, as everywhere where something is missing
            if rounded and not scale.plain:
                return None
            before = asked.handed[scale.reads[0]].door.before_rounding
            here = tuple(map(before, scale.cuts)) if rounded else scale.cuts
            factors = _factors(asked, scale)
            tables = of_first[_FIRST.index(factors)] if factors in _FIRST else of_others.setdefault(factors, [])
            tables.append((here, scale.stride * size))
    cuts = [*zip(_FIRST, of_first, strict=True), *of_others.items()]
    parts = lcm(*(cut.at.denominator for _, tables in cuts for here, _ in tables for cut in here))
    return [_axis(factors, tables, parts) for factors, tables in cuts if tables], start


def _factors(asked: Asked, scale: Scale) -> Factors:
    """The factors of the two arguments on a scale of a rule."""
    arguments = [asked.handed[at].argument or 0 for at in scale.reads]
    if scale.plain and scale.factors[0] == 1:
        return EARLIER if arguments[0] else VALUE
    if scale.difference and sorted(arguments) == [0, 1]:
        return CHANGE if scale.factors[arguments.index(0)] == 1 else _BACKWARDS
    found = [_NOUGHT, _NOUGHT]
    for argument, factor in zip(arguments, scale.factors, strict=True):
        found[argument] += factor
    factors = found[0], found[1]
    return next((plain for plain in _FIRST if plain == factors), factors)


def _axis(factors: Factors, tables: _Tables, parts: int) -> _Axis:
    """The axis of the cuts of some tables."""
    common, weights = whole_factors(factors)
    size = parts * common
    marked: dict[int, Cut] = {}
    leads: dict[int, int] = {}
    for cuts, stride in tables:
        for cut in cuts:
            mark = 2 * cut.at.numerator * (size // cut.at.denominator) + (0 if cut.owned_above else 1)
            marked[mark] = cut
            leads[mark] = leads.get(mark, 0) + stride
    marks = sorted(marked)
    return _Axis(
        factors,
        weights,
        tuple(marked[mark] for mark in marks),
        tuple(marks),
        (0, *accumulate(leads[mark] for mark in marks)),
    )
