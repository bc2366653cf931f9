"""Many rules at once over arrays of numbers: cuts counted, places added up, outcomes looked up, and doubts told apart.

The rules of a group have the same axes in the same order and as many cuts on each, so that one pass over the columns
does for all of them; what differs, their cuts and factors, are arrays by rule. Which rule is meant is said by an array
of places among the rules. It may hold one for each number, or one for a whole row of a grid: everything broadcasts.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cached_property
from math import prod

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from kpirules.core import Rounding
from kpirules.engines.asked import Asked, Settled
from kpirules.engines.axes import MISSING, Array, Axis, Bools, Columns, Numbers, counted
from kpirules.engines.doors import FIGURES, MILLION
from kpirules.engines.tables import Scale
from kpirules.exact import exact

# Tables of no more places than this have single bytes for places.
_SMALL = 256

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
    def sums(self) -> bool:
        """Whether anything is compared that is not handed in as it is."""
        return any(axis.signs is not None and len(axis.reads) > 1 for axis in self._axes)

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
    def _axes(self) -> tuple[Axis, ...]:
        """The axes of which every input is handed in, and that make a difference; any other is in zone 0."""
        found, stride = [], self._span
        for place, ((reads, signs, _), cuts) in enumerate(zip(self.shape.axes, self.cuts, strict=True)):
            stride //= len(cuts) + 1
            columns = [column for at in reads if (column := self.shape.columns[at]) is not None]
            if cuts and len(columns) == len(reads):
                scales = tuple(rule.table.scales[place] for rule in self.rules)
                found.append(Axis(tuple(columns), signs, scales, cuts, stride))
        return tuple(found)

    def rate(self, at: Array, numbers: Numbers, out: Array) -> Bools | None:
        """Write the codes of the outcomes, and say which are in doubt and must be settled (None: none).

        `at` are places among the rules.
        """
        starts = self._starts[at]
        first = int(starts.flat[0])
        alike = bool((starts == first).all())
        with np.errstate(all="ignore"):
            if alike and not numbers.gaps and len(self._axes) == 1 and self.shape.rounding is None:
                return self._rate_by_steps(first, at, numbers, out)
            place, doubt = self._places(at, numbers)
        if alike:
            self.codes.ravel()[first:].take(place, out=out, mode="clip")
        else:
            out[...] = self.codes.take(np.add(starts, place, dtype=np.intp))
        return doubt

    def _rate_by_steps(self, first: int, at: Array, numbers: Numbers, out: Array) -> Bools | None:
        """The codes where there is one axis and nothing is missing: each cut adds what its passing changes."""
        passed, doubt = self._axes[0].passed(at, numbers)
        by_zone = self.codes.ravel()[first : first + len(passed) + 1].astype(out.dtype)
        out[...] = by_zone[0]
        for each, step in zip(passed, np.diff(by_zone), strict=True):  # whole numbers that wrap around, back and forth
            np.add(out, np.multiply(each.view(np.uint8), step, dtype=out.dtype), out=out)
        return doubt

    def _places(self, at: Array, numbers: Numbers) -> tuple[Array, Bools | None]:
        """The places in the table of a rule, and which are in doubt."""
        columns = numbers.columns
        # Most tables are so small that their places are single bytes, of which eight times as many fit into a cache.
        small = np.uint8 if self.codes.shape[1] <= _SMALL else np.intp
        place: Array = np.zeros(np.broadcast(at, *columns.values()).shape, dtype=small)
        doubt: Bools | None = None
        if self.shape.rounding is not None:
            columns, doubt = _rounded(self.shape, columns)
            numbers = Numbers(columns, numbers.most, numbers.gaps)
        for bit, column in enumerate(self.shape.columns):
            if column is not None and numbers.gaps and (missing := np.isnan(columns[column])).any():
                place += missing.view(np.uint8) * small(self._span << bit)
        for axis in self._axes:
            passed, unsure = axis.passed(at, numbers)
            zone = counted(passed)
            place += zone if axis.stride == 1 else zone * small(axis.stride)
            doubt = unsure if doubt is None else doubt if unsure is None else doubt | unsure
        return place, doubt

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
                whole[column][missing] = MISSING
        for axis in self._axes:
            zone, fits = axis.whole_zones(at, whole)
            place = place + zone * np.intp(axis.stride)
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
