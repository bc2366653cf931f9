"""The tables of rules unfolded into a tree over two arguments, which asks one sum at a time and only those that matter.

Every axis of the tables is a sum of the value and of the argument behind it, each times a factor. A branch of the tree
asks how many cuts one such sum has passed, and goes on from there; at the leaves stand the answers. The cuts are exact,
and a tree is written out for each kind of number that is handed in: bounds for doubles with stretches of doubt where a
sum of doubles cannot tell, whole millionths, and decimals.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from math import inf, lcm, nextafter, prod
from typing import Any, Final, TypeAlias

from attrs import frozen

from kpirules.core import Cut
from kpirules.engines.asked import Asked
from kpirules.engines.differences import Sure
from kpirules.engines.doors import FIGURES, MILLION, WHOLE
from kpirules.engines.tables import MOST_PLACES
from kpirules.engines.thresholds import first_whole, threshold

Factors: TypeAlias = tuple[Fraction, Fraction]
Answers: TypeAlias = Callable[[Sequence[int]], object]

VALUE: Final[Factors] = (Fraction(1), Fraction(0))
EARLIER: Final[Factors] = (Fraction(0), Fraction(1))
CHANGE: Final[Factors] = (Fraction(1), Fraction(-1))
TOTAL: Final[Factors] = (Fraction(1), Fraction(1))

# What plain axes decide is asked first, for it is quick and never in doubt.
_FIRST = (VALUE, EARLIER, CHANGE, TOTAL)

# Where an axis has other factors than 1 and -1, both numbers must lie within this, so that what is lost is bounded.
_WITHIN = 2.0**33


@frozen(eq=False)
class Branch:
    """How many of the `cuts` the sum of the two arguments, each times its factor, has passed; and what then."""

    factors: Factors
    cuts: tuple[Cut, ...]
    nexts: tuple["Tree", ...]


Tree: TypeAlias = Branch | object  # an answer, and never a tuple or None

# By the zone of the value: the bounds of the other argument, and what is behind each.
Rows: TypeAlias = tuple[tuple[tuple[Any, ...], tuple[Any, ...]], ...]

# Answers by the zone of the value.
ByZone: TypeAlias = tuple[object, ...]

# The axes of one table: the cuts on each, and how far apart two neighbouring zones lie.
_Steps: TypeAlias = dict[Factors, tuple[Sequence[Cut], int]]

# From where to where the value lies, and the argument behind it; None where there is no end.
_Ends: TypeAlias = tuple[Fraction | None, Fraction | None]
_Within: TypeAlias = tuple[_Ends, _Ends]


@frozen
class _Axis:
    """An axis of some of the tables: by its zones, how far each of them leads in each table."""

    factors: Factors
    cuts: tuple[Cut, ...]
    steps: tuple[tuple[int, ...], ...]


def unfolded(rules: Sequence[Asked], answer: Answers) -> Tree | None:
    """The tree of what comes of all these rules together while both arguments are there.

    `answer` is asked for the answer of a place of each table, and gives the same object for what is the same. None
    where a rule reads anything else, where rounded numbers are added up, and where the tree would be too large.
    """
    starts: list[int] = []
    cuts: dict[Factors, dict[Cut, None]] = {}
    steps: list[_Steps] = []
    for asked in rules:
        if not {how.argument for how in asked.handed} <= {None, 0, 1}:
            return None
        missing = sum(1 << bit for bit, how in enumerate(asked.handed) if how.argument is None)
        starts.append(missing * asked.table.span)
        steps.append({})
        for scale in asked.table.scales:
            if any(missing >> at & 1 for at in scale.reads):
                continue  # zone 0, as everywhere where something is missing
            by_argument = [Fraction(0), Fraction(0)]
            for at, factor in zip(scale.reads, scale.factors, strict=True):
                by_argument[asked.handed[at].argument or 0] += factor
            factors = (by_argument[0], by_argument[1])
            rounded = [how.door.rounding for how in asked.handed if how.door.rounding]
            if factors in steps[-1] or (rounded and not scale.plain):
                return None
            here = tuple(map(asked.handed[scale.reads[0]].door.before_rounding, scale.cuts)) if rounded else scale.cuts
            steps[-1][factors] = here, scale.stride
            cuts.setdefault(factors, {}).update(dict.fromkeys(here))
    if prod(len(each) + 1 for each in cuts.values()) > MOST_PLACES:
        return None
    axes = [
        _axis(factors, cuts[factors], steps) for factors in (*_FIRST, *(cuts.keys() - {*_FIRST})) if factors in cuts
    ]
    try:
        return _unfold(axes, answer, starts, ((None, None), (None, None)), {})
    except LookupError:  # a place where no line holds has no answer
        return None


def _axis(
    factors: Factors, cuts: Mapping[Cut, None], steps: Sequence[Mapping[Factors, tuple[Sequence[Cut], int]]]
) -> _Axis:
    # At one point the cut that owns the point from above comes first: between the two lies the point itself.
    ordered = sorted(cuts, key=lambda cut: (cut.at, not cut.owned_above))
    zones = []
    for passed in range(len(ordered) + 1):
        behind = ordered[:passed]
        led = (of_rule.get(factors, ((), 0)) for of_rule in steps)
        zones.append(tuple(sum(cut in behind for cut in own) * stride for own, stride in led))
    return _Axis(factors, tuple(ordered), tuple(zones))


def _unfold(
    axes: Sequence[_Axis], answer: Answers, places: Sequence[int], within: _Within, known: dict[object, Branch]
) -> Tree:
    """The tree of these axes, from the places that those before led to, while the arguments lie within their ends."""
    if not axes:
        return answer(places)
    axis, *others = axes
    first, last = _open_zones(axis, within)
    nexts = [
        _unfold(
            others,
            answer,
            [place + step for place, step in zip(places, axis.steps[zone], strict=True)],
            _inside(axis, zone, within),
            known,
        )
        for zone in range(first, last + 1)
    ]
    kept = [place for place in range(len(nexts) - 1) if nexts[place] is not nexts[place + 1]]
    if not kept:
        return nexts[0]
    leads = (*(nexts[place] for place in kept), nexts[-1])
    key = (len(axes), first, *kept, *map(id, leads))
    if key not in known:
        known[key] = Branch(axis.factors, tuple(axis.cuts[first + place] for place in kept), leads)
    return known[key]


def _open_zones(axis: _Axis, within: _Within) -> tuple[int, int]:
    """The first and the last zone of the axis that the sum can still be in."""
    lowest, highest = _ends_of(axis.factors, within)
    first = 0 if lowest is None else sum(cut.passed_by(lowest) for cut in axis.cuts)
    return first, len(axis.cuts) if highest is None else sum(cut.passed_by(highest) for cut in axis.cuts)


def _ends_of(factors: Factors, within: _Within) -> _Ends:
    """From where to where a sum of the arguments lies."""
    lows, highs = list[Fraction | None](), list[Fraction | None]()
    for factor, ends in zip(factors, within, strict=True):
        if factor:
            low, high = (None if end is None else factor * end for end in ends)
            lows.append(low if factor > 0 else high)
            highs.append(high if factor > 0 else low)
    return _sum(lows), _sum(highs)


def _sum(ends: Sequence[Fraction | None]) -> Fraction | None:
    known = [end for end in ends if end is not None]
    return sum(known, Fraction(0)) if len(known) == len(ends) else None


def _inside(axis: _Axis, zone: int, within: _Within) -> _Within:
    """What is known of the arguments in a zone of the axis: the cuts about it, if the axis is one of the two itself."""
    if axis.factors not in (VALUE, EARLIER):
        return within
    ends = (axis.cuts[zone - 1].at if zone else None, axis.cuts[zone].at if zone < len(axis.cuts) else None)
    return (ends, within[1]) if axis.factors == VALUE else (within[0], ends)


# --- as doubles ---


def in_floats(tree: Tree) -> tuple[Any, float] | None:
    """The tree for doubles, as `walked` walks it, and up to which magnitude of both arguments it is good.

    None stands for doubt in it. None instead of it where no bounds of doubles can be told.
    """
    if not isinstance(tree, Branch):
        return tree, inf
    told = _told(tree)
    nexts = [in_floats(each) for each in tree.nexts]
    if told is None or None in nexts:
        return None
    bounds, zones, far = told
    found = [each for each in nexts if each is not None]
    leads = tuple(None if zone is None else found[zone][0] for zone in zones)
    one, two = map(float, tree.factors)
    return shared((one, two, bounds, leads)), min(far, *(each for _, each in found))


@lru_cache(maxsize=4096)
def shared(written: tuple[Any, ...]) -> tuple[Any, ...]:
    """The same again, the one that was there first: what raters share lies in memory where another has just looked."""
    return written


def _told(branch: Branch) -> tuple[tuple[float, ...], list[int | None], float] | None:
    """The bounds of the sum as a double, the zone behind each (None: doubt), and how far they are good."""
    one, two = branch.factors
    bounds, zones, greatest = list[float](), list[int | None]([0]), inf
    for number, cut in enumerate(branch.cuts, start=1):
        if branch.factors in (VALUE, EARLIER):
            bounds.append(threshold(cut))
            zones.append(number)
            continue
        if abs(one) == abs(two) == 1:
            sure = Sure.about(cut)
        elif abs(cut.at) < WHOLE:
            beside = (float(abs(one) + abs(two)) * _WITHIN + abs(float(cut.at))) * 2.0**-48
            sure = Sure(float(cut.at) + beside, float(cut.at) - beside, _WITHIN)
        else:
            return None
        greatest = min(greatest, sure.greatest)
        first_doubtful = nextafter(sure.not_passed, inf)
        if bounds and first_doubtful < bounds[-1]:
            if len(zones) < 2 or zones[-2] is not None:
                return None
            bounds.pop()  # two cuts so near to each other that their doubts are one
            zones.pop()
        elif first_doubtful < sure.passed:
            bounds.append(first_doubtful)
            zones.append(None)
        bounds.append(sure.passed)
        zones.append(number)
    return tuple(bounds), zones, greatest


def walked(node: Any, value: Any, earlier: Any) -> object:
    """The answer for two numbers, of the kind that the tree is written for."""
    while type(node) is tuple:
        one, two, bounds, nexts = node
        node = nexts[bisect_right(bounds, one * value + two * earlier)]
    return node


def parted(tree: Tree, written: Any, factors: Factors) -> tuple[tuple[Any, ...], tuple[Any, ...], tuple[Tree, ...]]:
    """Where a tree first asks for this sum: the bounds, and what is behind them, as written out and as trees.

    No bounds where it does not.
    """
    if isinstance(tree, Branch) and tree.factors == factors:
        *_, bounds, nexts = written
        return bounds, nexts, tree.nexts
    return (), (written,), (tree,)


def by_each(tree: Tree, written: Any) -> tuple[tuple[Any, ...], Rows]:
    """A written tree with the questions about each argument alone taken apart from those about their sums.

    The bounds of the value, and for each of its zones the bounds of the other argument and what is behind these.
    """
    ends, nexts, trees = parted(tree, written, VALUE)
    rows = (shared(parted(each, behind, EARLIER)[:2]) for behind, each in zip(nexts, trees, strict=True))
    return ends, tuple(rows)


# --- as whole millionths ---


def in_wholes(tree: Tree) -> Any:
    """The tree for whole numbers of millionths, as `walked` walks it. Nothing is ever in doubt in it."""
    if not isinstance(tree, Branch):
        return tree
    common = lcm(*(factor.denominator for factor in tree.factors))
    one, two = (int(factor * common) for factor in tree.factors)
    cuts = tuple(first_whole(cut, common * int(MILLION)) for cut in tree.cuts)
    return one, two, cuts, tuple(map(in_wholes, tree.nexts))


def millionths(number: Any) -> int | None:
    """How many millionths a whole number is, or a double of at most six decimals and everyday size; None for others."""
    if type(number) is int:
        return number * int(MILLION)
    if -_MOST < number < _MOST:
        whole = round(number * MILLION)
        return whole if whole / MILLION == number else None
    return int(number) * int(MILLION) if -WHOLE < number < WHOLE and number.is_integer() else None


_MOST: Final = FIGURES / MILLION
