"""Many rules at once over arrays of numbers: cuts counted, places added up, outcomes looked up, and doubts told apart.

The rules of a group have the same axes in the same order and as many cuts on each, so that one pass over the columns
does for all of them; what differs, their cuts and factors, are arrays by rule. Which rule is meant is said by an array
of places among the rules. It may hold one for each number, or one for a whole row of a grid: everything broadcasts.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from math import inf, lcm
from typing import Any, TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from kpirules.core import Rounding
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
    """Rules of one shape. `codes` has the codes of their outcomes: their tables, one behind another.

    Rules whose outcomes are the same everywhere share a table; `starts` says where in `codes` the table of each begins.
    """

    shape: Shape
    rules: tuple[Asked, ...]
    codes: Array
    starts: NDArray[np.intp]

    @staticmethod
    def of(rules: Sequence[Asked], code: Callable[[Asked, Settled], int]) -> "Group":
        """The group of these rules, which must be of one shape; `code` gives the code of an outcome."""
        tables: dict[tuple[tuple[int, ...], tuple[int, ...]], int] = {}
        starts = []
        for rule in rules:
            by_line = tuple(code(rule, rule.outcome(line)) for line in range(len(rule.table.rule.lines)))
            starts.append(tables.setdefault((rule.table.lines, by_line), len(tables)) * len(rule.table.lines))
        codes = [0 if line < 0 else by_line[line] for lines, by_line in tables for line in lines]
        made = np.array(codes, dtype=np.min_scalar_type(max(codes)))
        return Group(shape_of(rules[0]), tuple(rules), made, np.array(starts, dtype=np.intp))

    @property
    def _size(self) -> int:
        """How many places each table has."""
        return len(self.rules[0].table.lines)

    @cached_property
    def handed(self) -> tuple[int, ...]:
        """The columns that are read."""
        return tuple(sorted({column for column in self.shape.columns if column is not None}))

    @cached_property
    def _never(self) -> int:
        """The place that is for inputs that are never handed in, which are always missing."""
        never = sum(1 << bit for bit, column in enumerate(self.shape.columns) if column is None)
        return never * self.rules[0].table.span

    @cached_property
    def _shared(self) -> Array | None:
        """The one table of all rules, from where the places begin; None if there are several."""
        return None if self.starts.any() else self.codes[self._never :]

    @cached_property
    def _axes(self) -> "tuple[_Axis, ...]":
        """The axes of which every input is handed in; any other is in zone 0."""
        found = []
        for place, (reads, signs, _) in enumerate(self.shape.axes):
            columns = [column for at in reads if (column := self.shape.columns[at]) is not None]
            if len(columns) == len(reads):
                found.append(_Axis(tuple(columns), signs, tuple(rule.table.scales[place] for rule in self.rules)))
        return tuple(found)

    def rate(self, at: Array, columns: Columns, out: Array, most: float = inf) -> Bools | None:
        """Write the codes of the outcomes, and say which are in doubt and must be settled (None: none).

        `at` are places among the rules, `columns` numbers by argument, as finite doubles, and NaN where missing; no
        number is further from nought than `most`.
        """
        # Most tables are so small that their places are single bytes, of which eight times as many fit into a cache.
        small = np.uint8 if self._size <= _SMALL else np.intp
        place: Array = np.zeros(out.shape, dtype=small)
        span = self.rules[0].table.span
        doubt: Bools | None = None
        with np.errstate(all="ignore"):
            if self.shape.rounding is not None:
                columns, doubt = _rounded(self.shape, columns)
            for bit, column in enumerate(self.shape.columns):
                if column is not None and (missing := np.isnan(columns[column])).any():
                    place += missing.view(np.uint8) * small(span << bit)
            for axis in self._axes:
                zone, unsure = axis.zones(at, columns, most)
                place += zone if axis.stride == 1 else zone * small(axis.stride)
                doubt = unsure if doubt is None else doubt if unsure is None else doubt | unsure
        if self._shared is not None:
            out[...] = self._shared.take(place)
        else:
            out[...] = self.codes.take(np.add(self.starts[at] + self._never, place, dtype=np.intp))
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
            found[row] = self.codes[self.starts[rule] + settled]
        return found

    def _by_millionths(self, at: Array, columns: Columns) -> tuple[Array, Bools]:
        """The places by whole numbers, and which rows have numbers that are none, or too large."""
        place: Array = self.starts[at] + self._never
        rest = np.full(len(at), self.shape.rounding is not None)
        whole: dict[int, Array] = {}
        for bit, column in enumerate(self.shape.columns):
            if column is not None:
                missing = np.isnan(columns[column])
                place = place + missing * np.intp(self.rules[0].table.span << bit)
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


@frozen(slots=False)
class _Axis:
    """One axis of a group, with the columns that it reads, and its scale in each rule."""

    reads: tuple[int, ...]
    signs: tuple[int, ...] | None
    scales: tuple[Scale, ...]

    @cached_property
    def stride(self) -> np.intp:
        return np.intp(self.scales[0].stride)

    @cached_property
    def _thresholds(self) -> tuple[Floats, ...]:
        return tuple(map(np.array, zip(*(scale.thresholds for scale in self.scales), strict=True)))

    @cached_property
    def _sure(self) -> tuple[tuple[Floats, Floats], ...]:
        """By cut: in each rule, from where on it has surely been passed, and up to where it surely has not."""
        found = []
        for cuts in zip(*(scale.cuts for scale in self.scales), strict=True):
            about = [Sure.about(cut) for cut in cuts]
            found.append((np.array([each.passed for each in about]), np.array([each.not_passed for each in about])))
        return tuple(found)

    @cached_property
    def _greatest(self) -> Floats | None:
        """By rule: up to which value that is so; None where every cut is nought, of which there is never a doubt."""
        found = [min((Sure.about(cut).greatest for cut in scale.cuts), default=inf) for scale in self.scales]
        return np.array(found) if min(found) < inf else None

    @cached_property
    def _factors(self) -> tuple[Floats, ...]:
        return tuple(map(np.array, zip(*(map(_float, scale.factors) for scale in self.scales), strict=True)))

    @cached_property
    def _cuts(self) -> tuple[Floats, ...]:
        return tuple(
            map(np.array, zip(*([_float(cut.at) for cut in scale.cuts] for scale in self.scales), strict=True))
        )

    def zones(self, at: Array, columns: Columns, most: float) -> tuple[Array, Bools | None]:
        """How many cuts have been passed, and where that is in doubt. No number is further from nought than `most`."""
        if len(self.reads) == 1:
            amount = columns[self.reads[0]]
            return _counted([amount >= threshold[at] for threshold in self._thresholds]), None
        if self.signs is not None:
            return self._of_two(at, columns, most)
        terms = [columns[column] * factor[at] for column, factor in zip(self.reads, self._factors, strict=True)]
        amount, beside = _sum(terms), _sum([np.abs(term) for term in terms]) * _SHARE + _LEAST
        passed, doubt = [], np.zeros(np.broadcast(amount, at).shape, dtype=bool)
        for cuts in self._cuts:
            cut = cuts[at]
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
            ends = [first_whole(cut, common * int(MILLION)) for cut in scale.cuts]
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
        surely = _counted([amount >= passed[at] for passed, _ in self._sure])
        if self._greatest is None:
            return surely, None
        doubt = surely != _counted([amount > not_passed[at] for _, not_passed in self._sure])
        if most > self._greatest.min():
            doubt |= np.abs(first) > self._greatest[at]
        return surely, doubt if doubt.any() else None


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
