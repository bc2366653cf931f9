"""Many rules at once over arrays of numbers: cuts counted, places added up, outcomes looked up, and doubts told apart.

The rules of a group have the same axes in the same order and as many cuts on each, so that one pass over the columns
does for all of them; what differs, their cuts and factors, are arrays by rule. Which rule is meant is said by an array
of places among the rules. It may hold one for each number, or one for a whole row of a grid: everything broadcasts.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from math import inf, lcm, prod
from typing import Any, TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from kpirules.core import Cut, Rounding
from kpirules.engines.asked import Asked, Settled
from kpirules.engines.differences import Sure
from kpirules.engines.doors import FIGURES, MILLION
from kpirules.engines.tables import Scale
from kpirules.engines.thresholds import first_whole
from kpirules.exact import exact

Floats: TypeAlias = NDArray[np.float64]
Bools: TypeAlias = NDArray[np.bool_]
Array: TypeAlias = NDArray[Any]
Columns: TypeAlias = Mapping[int, Floats]

# What is lost on the way to a sum of products is less than this share of the magnitudes that went into it, or than the
# last digit of the least of doubles.
_SHARE, _LEAST = 2.0**-48, 1e-300

# Tables of no more places than this have single bytes for places.
_SMALL = 256

# Whole millionths of at most 15 figures, times factors that are not too large, fit into 64 bits.
_MISSING = np.iinfo(np.int64).min
_MOST_FACTOR, _MOST_CUT = 2**12, 2**62

# Up to here a product with a power of ten is off by less than the distance to a half at which there is no doubt.
_ROUNDABLE, _NEAR_HALF = 2.0**30, 1e-6


@frozen
class Shape:
    """What the rules of a group have in common: which columns are read, and of each axis what it reads and how.

    An axis is the places of its inputs, its factors if they are all 1 or -1 (else None), and how many cuts it has.
    """

    columns: tuple[int | None, ...]
    axes: tuple[tuple[tuple[int, ...], tuple[int, ...] | None, int], ...]
    rounding: Rounding | None = None


def shape_of(asked: Asked) -> Shape:
    """The shape of a rule whose arguments are columns, by their numbers."""
    columns = tuple(how.argument for how in asked.handed)
    rounding = next((how.door.rounding for how in asked.handed), None)
    return Shape(columns, tuple(map(_axis_shape, asked.table.scales)), rounding)


def _axis_shape(scale: Scale) -> tuple[tuple[int, ...], tuple[int, ...] | None, int]:
    units = all(abs(factor) == 1 for factor in scale.factors) and len(scale.reads) <= 2
    return scale.reads, tuple(map(int, scale.factors)) if units else None, len(scale.cuts)


@frozen(slots=False)
class Group:
    """Rules of one shape, with the codes of their outcomes.

    Rules whose outcomes are the same everywhere share a table: `tables` says which each has. `whole` has all places of
    each, `codes` those that are left when zones of the same outcomes are taken together; `cuts` are, for each axis,
    the cuts that stay.
    """

    shape: Shape
    rules: tuple[Asked, ...]
    tables: NDArray[np.intp]
    whole: Array
    codes: Array
    cuts: tuple[tuple[int, ...], ...]

    @staticmethod
    def of(rules: Sequence[Asked], code: Callable[[Asked, Settled], int]) -> "Group":
        """The group of these rules, which must be of one shape; `code` gives the code of an outcome."""
        shape, numbered = shape_of(rules[0]), dict[tuple[tuple[int, ...], tuple[int, ...]], int]()
        tables = []
        for rule in rules:
            by_line = tuple(code(rule, rule.outcome(line)) for line in range(len(rule.table.rule.lines)))
            tables.append(numbered.setdefault((rule.table.lines, by_line), len(numbered)))
        found = [[0 if line < 0 else by_line[line] for line in lines] for lines, by_line in numbered]
        whole = np.array(found, dtype=np.min_scalar_type(max(map(max, found))))
        codes, cuts = _together(whole, shape)
        return Group(shape, tuple(rules), np.array(tables, dtype=np.intp), whole, codes, cuts)

    @cached_property
    def handed(self) -> tuple[int, ...]:
        """The columns that are read."""
        return tuple(sorted({column for column in self.shape.columns if column is not None}))

    @cached_property
    def _span(self) -> int:
        """How many places the zones take."""
        return prod(len(cuts) + 1 for cuts in self.cuts)

    @cached_property
    def _starts(self) -> NDArray[np.intp]:
        """Where the places of each rule start; of inputs that are never handed in, those for their being missing."""
        never = sum(1 << bit for bit, column in enumerate(self.shape.columns) if column is None)
        starts: NDArray[np.intp] = self.tables * self.codes.shape[1] + never * self._span
        return starts

    @cached_property
    def _axes(self) -> "tuple[_Axis, ...]":
        """The axes of which every input is handed in, and that make a difference; any other is in zone 0."""
        found, stride = [], self._span
        for place, ((reads, signs, _), cuts) in enumerate(zip(self.shape.axes, self.cuts, strict=True)):
            stride //= len(cuts) + 1
            columns = [column for at in reads if (column := self.shape.columns[at]) is not None]
            if cuts and len(columns) == len(reads):
                scales = tuple(rule.table.scales[place] for rule in self.rules)
                found.append(_Axis(tuple(columns), signs, scales, cuts, stride))
        return tuple(found)

    def rate(self, at: Array, columns: Columns, out: Array, most: float = inf) -> Bools | None:
        """Write the codes of the outcomes, and say which are in doubt and must be settled (None: none).

        `at` are places among the rules, `columns` numbers by argument, as finite doubles, and NaN where missing; no
        number is further from nought than `most`.
        """
        # Most tables are so small that their places are single bytes, of which eight times as many fit into a cache.
        small = np.uint8 if self.codes.shape[1] <= _SMALL else np.intp
        place: Array = np.zeros(out.shape, dtype=small)
        doubt: Bools | None = None
        with np.errstate(all="ignore"):
            if self.shape.rounding is not None:
                columns, doubt = _rounded(self.shape, columns)
            for bit, column in enumerate(self.shape.columns):
                if column is not None and (missing := np.isnan(columns[column])).any():
                    place += missing.view(np.uint8) * small(self._span << bit)
            for axis in self._axes:
                zone, unsure = axis.zones(at, columns, most)
                place += zone if axis.stride == 1 else zone * small(axis.stride)
                doubt = unsure if doubt is None else doubt if unsure is None else doubt | unsure
        starts = self._starts[at]
        first = int(starts.flat[0])
        if (starts == first).all():
            out[...] = self.codes.ravel()[first:].take(place)
        else:
            out[...] = self.codes.take(np.add(starts, place, dtype=np.intp))
        return doubt

    def settled(self, at: Array, columns: Columns) -> Array:
        """The codes of outcomes by exact numbers: `at` and the columns are one-dimensional here.

        Numbers of at most six decimals are settled as whole millionths, all at once, and others as fractions.
        """
        with np.errstate(all="ignore"):
            place, rest = self._by_millionths(at, columns)
        found: Array = self.codes.take(place)
        width = max(columns, default=0) + 1
        for row in np.flatnonzero(rest).tolist():
            numbers: list[Fraction | None] = [None] * width
            for column, each in columns.items():
                number = float(each[row])
                numbers[column] = None if number != number else exact(number)
            rule = int(at[row])
            settled = self.rules[rule].place(numbers)
            if settled is None:
                raise AssertionError("what may not come in has been sorted out before")
            found[row] = self.whole[self.tables[rule], settled]
        return found

    def _by_millionths(self, at: Array, columns: Columns) -> tuple[Array, Bools]:
        """The places by whole numbers, and which rows have numbers that are none, or too large."""
        place: Array = self._starts[at]
        rest = np.full(len(at), self.shape.rounding is not None)
        whole: dict[int, Array] = {}
        for bit, column in enumerate(self.shape.columns):
            if column is not None:
                missing = np.isnan(columns[column])
                place = place + missing * np.intp(self._span << bit)
                scaled = np.rint(np.where(missing, 0.0, columns[column]) * MILLION)
                # A whole number of at most 15 figures over a power of ten is the decimal that the double prints.
                rest |= (np.abs(scaled) >= FIGURES) | (~missing & (scaled / MILLION != columns[column]))
                whole[column] = np.where(np.abs(scaled) < FIGURES, scaled, 0.0).astype(np.int64)
                whole[column][missing] = _MISSING
        for axis in self._axes:
            zone, fits = axis.whole_zones(at, whole)
            place = place + zone * axis.stride
            rest |= ~fits
        return place, rest


def _together(whole: Array, shape: Shape) -> tuple[Array, tuple[tuple[int, ...], ...]]:
    """Tables with neighbouring zones taken together where all their outcomes are the same, and the cuts that stay."""
    zones = [many + 1 for _, _, many in shape.axes]
    found = whole.reshape(len(whole), 1 << len(shape.columns), *zones)
    cuts = []
    for axis, many in enumerate(zones, start=2):
        each = [found.take(zone, axis=axis) for zone in range(many)]
        stay = tuple(cut for cut in range(many - 1) if (each[cut] != each[cut + 1]).any())
        found = found.take([0, *(cut + 1 for cut in stay)], axis=axis)
        cuts.append(stay)
    return found.reshape(len(whole), -1), tuple(cuts)


@frozen(slots=False)
class _Axis:
    """One axis of a group, with the columns that it reads, its scale in each rule, and which of its cuts count.

    What is the same for all rules is an array without dimensions, which is compared with faster.
    """

    reads: tuple[int, ...]
    signs: tuple[int, ...] | None
    scales: tuple[Scale, ...]
    counting: tuple[int, ...]
    stride: int

    def _by_rule(self, each: Callable[[Scale], Sequence[float]]) -> tuple[Floats, ...]:
        """Numbers of each scale, as an array by rule for each of them."""
        arrays = (np.array(numbers) for numbers in zip(*map(each, self.scales), strict=True))
        return tuple(array[0].reshape(()) if (array == array[0]).all() else array for array in arrays)

    def _cuts_of(self, scale: Scale) -> tuple[Cut, ...]:
        return tuple(scale.cuts[cut] for cut in self.counting)

    @cached_property
    def _thresholds(self) -> tuple[Floats, ...]:
        return self._by_rule(lambda scale: [scale.thresholds[cut] for cut in self.counting])

    @cached_property
    def _sure(self) -> tuple[tuple[Floats, Floats | None], ...]:
        """By cut: in each rule, from where on it has surely been passed, and up to where it surely has not.

        None where the cut is nought in all rules, of which there is never a doubt.
        """
        passed = self._by_rule(lambda scale: [Sure.about(cut).passed for cut in self._cuts_of(scale)])
        rest = self._by_rule(lambda scale: [Sure.about(cut).not_passed for cut in self._cuts_of(scale)])
        never = [not any(cuts) for cuts in zip(*([c.at for c in self._cuts_of(s)] for s in self.scales), strict=True)]
        return tuple((first, None if sure else last) for first, last, sure in zip(passed, rest, never, strict=True))

    @cached_property
    def _greatest(self) -> Floats:
        """By rule: up to which value there is no doubt but where `_sure` says so."""
        return np.array([min(Sure.about(cut).greatest for cut in self._cuts_of(scale)) for scale in self.scales])

    @cached_property
    def _least_greatest(self) -> float:
        return float(self._greatest.min())

    @cached_property
    def _factors(self) -> tuple[Floats, ...]:
        return self._by_rule(lambda scale: list(map(_float, scale.factors)))

    @cached_property
    def _cuts(self) -> tuple[Floats, ...]:
        return self._by_rule(lambda scale: [_float(cut.at) for cut in self._cuts_of(scale)])

    def zones(self, at: Array, columns: Columns, most: float) -> tuple[Array, Bools | None]:
        """How many cuts have been passed, and where that is in doubt. No number is further from nought than `most`."""
        if len(self.reads) == 1:
            amount = columns[self.reads[0]]
            return _counted([amount >= _for(threshold, at) for threshold in self._thresholds]), None
        if self.signs is not None:
            return self._of_two(at, columns, most)
        terms = [columns[column] * _for(factor, at) for column, factor in zip(self.reads, self._factors, strict=True)]
        amount, beside = _sum(terms), _sum([np.abs(term) for term in terms]) * _SHARE + _LEAST
        passed, doubt = [], np.zeros(np.broadcast(amount, at).shape, dtype=bool)
        for cuts in self._cuts:
            cut = _for(cuts, at)
            passed.append(amount >= cut)
            doubt |= ~(np.abs(amount - cut) > beside + np.abs(cut) * _SHARE)
        if not doubt.any():
            return _counted(passed), None
        for column in self.reads:
            doubt &= ~np.isnan(columns[column])
        return _counted(passed), doubt

    @cached_property
    def _in_millionths(self) -> tuple[tuple[Array, ...], tuple[Array, ...], Bools]:
        """The factors and the cuts in whole numbers, each rule by its own common denominator, and where they fit."""
        factors, cuts, fits = [], [], []
        for scale in self.scales:
            common = lcm(*(factor.denominator for factor in scale.factors))
            row = [int(factor * common) for factor in scale.factors]
            ends = [first_whole(cut, common * int(MILLION)) for cut in self._cuts_of(scale)]
            good = sum(map(abs, row)) < _MOST_FACTOR and all(abs(end) < _MOST_CUT for end in ends)
            factors.append(row if good else [0] * len(row))
            cuts.append(ends if good else [0] * len(ends))
            fits.append(good)
        arrays = [tuple(np.array(each, dtype=np.int64) for each in zip(*rows, strict=True)) for rows in (factors, cuts)]
        return arrays[0], arrays[1], np.array(fits)

    def whole_zones(self, at: Array, columns: Mapping[int, Array]) -> tuple[Array, Bools]:
        """How many cuts have been passed by whole millionths, and where that can be said."""
        factors, cuts, fits = self._in_millionths
        amount = np.zeros(len(at), dtype=np.int64)
        there = np.ones(len(at), dtype=bool)
        for column, factor in zip(self.reads, factors, strict=True):
            there &= columns[column] != _MISSING
            amount += np.where(there, columns[column], 0) * factor[at]
        return _counted([(amount >= cut[at]) & there for cut in cuts]), fits[at]

    def _of_two(self, at: Array, columns: Columns, most: float) -> tuple[Array, Bools | None]:
        first, second = (columns[column] for column in self.reads)
        match self.signs:
            case (1, 1):
                amount = first + second
            case (1, -1):
                amount = first - second
            case _:
                amount = second - first
        counted, doubt = [], None
        for passed, not_passed in self._sure:
            counted.append(amount >= _for(passed, at))
            if not_passed is not None:
                unsure = (amount > _for(not_passed, at)) != counted[-1]
                doubt = unsure if doubt is None else np.logical_or(doubt, unsure, out=doubt)
        if most > self._least_greatest:
            beyond = np.abs(first) > self._greatest[at]
            doubt = beyond if doubt is None else doubt | beyond
        return _counted(counted), doubt if doubt is not None and doubt.any() else None


def _rounded(shape: Shape, columns: Columns) -> tuple[Columns, Bools | None]:
    """The columns rounded as the rules say, and where that is in doubt: next to a half, and of large numbers."""
    rounding, found = shape.rounding, dict(columns)
    doubt: Bools | None = None
    for column in shape.columns:
        if column is not None and rounding is not None:
            scale = 10.0**rounding.places
            scaled = columns[column] * scale
            whole = np.rint(scaled)
            found[column] = whole / scale
            near_half = np.abs(np.abs(scaled - whole) - 0.5) < _NEAR_HALF
            unsure = near_half | (np.abs(scaled) > _ROUNDABLE)
            doubt = unsure if doubt is None else doubt | unsure
    return found, doubt if doubt is not None and doubt.any() else None


def _for(numbers: Floats, at: Array) -> Floats:
    """The numbers of some rules, where they have each their own."""
    return numbers[at] if numbers.ndim else numbers


def _float(number: Fraction) -> float:
    try:
        return float(number)
    except OverflowError:
        return inf if number > 0 else -inf


def _sum(terms: Sequence[Floats]) -> Floats:
    found = terms[0]
    for term in terms[1:]:
        found = found + term
    return found


def _counted(passed: Sequence[Bools]) -> Array:
    found: Array = passed[0].view(np.uint8)
    for each in passed[1:]:
        found += each.view(np.uint8)
    return found
