"""One axis of many rules over arrays of numbers: which of its cuts each number has passed, and where that is in doubt.

Where a number is compared itself there is never a doubt. Sums and differences of doubles are not exact; but where all
numbers are whole millionths, as printed figures are, so are their sums and differences, and a cut is passed exactly
where the sum is beyond the middle between two millionths, which no error of a double can reach. Elsewhere what is near
a cut is in doubt.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from math import inf
from typing import Any, TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from kpirules.core import Cut
from kpirules.engines.differences import Sure
from kpirules.engines.doors import MILLION
from kpirules.engines.tables import Scale
from kpirules.engines.thresholds import first_whole, whole_factors

Floats: TypeAlias = NDArray[np.float64]
Bools: TypeAlias = NDArray[np.bool_]
Array: TypeAlias = NDArray[Any]
Columns: TypeAlias = Mapping[int, Floats]

MISSING = np.iinfo(np.int64).min
"""The whole number that stands for a missing one."""

# What is lost on the way to a sum of products is less than this share of the magnitudes that went into it, or than the
# last digit of the least of doubles.
_SHARE, _LEAST = 2.0**-48, 1e-300

# Whole millionths of at most 15 figures, times factors that are not too large, fit into 64 bits.
_MOST_FACTOR, _MOST_CUT = 2**12, 2**62

# Up to here a double is off its decimal by less than a sixteenth of a millionth, and so are sums of two of them and the
# middles between their millionths by less than an eighth: together less than half.
_MOST_IN_MILLIONTHS = 2.0**29


@frozen
class Numbers:
    """Numbers by argument, as finite doubles, and NaN where missing; and what is known of all of them.

    No number is further from nought than `most`. Without `gaps` none is missing. In `millionths` all that are there
    are whole millionths, near enough to nought for their doubles to tell neighbours apart.
    """

    columns: Columns
    most: float = inf
    gaps: bool = True
    millionths: bool = False


def in_millionths(numbers: Floats, most: float, *, gaps: bool, known: bool = False) -> bool:
    """Whether all numbers are whole millionths that `Numbers` may call so; that they are whole may be `known`."""
    if known or most > _MOST_IN_MILLIONTHS:
        return most <= _MOST_IN_MILLIONTHS
    scaled = np.multiply(numbers, MILLION)
    np.rint(scaled, out=scaled)
    # A whole number of at most 15 figures over a power of ten is the decimal that the double prints.
    np.divide(scaled, MILLION, out=scaled)
    same = scaled == numbers
    if gaps:
        same |= np.isnan(numbers)
    return bool(same.all())


@frozen(slots=False)
class Axis:
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

    @cached_property
    def _middles(self) -> tuple[Floats, ...]:
        """By cut: in each rule the middle between the last whole millionth that has not passed it and the first."""
        million = int(MILLION)
        return self._by_rule(
            lambda scale: [
                _float(Fraction(2 * first_whole(cut, million) - 1, 2 * million)) for cut in self._cuts_of(scale)
            ]
        )

    def passed(self, at: Array, numbers: Numbers) -> tuple[list[Bools], Bools | None]:
        """For each cut where it has been passed, and where any of that is in doubt (None: nowhere)."""
        columns = numbers.columns
        if len(self.reads) == 1:
            amount = columns[self.reads[0]]
            return [amount >= _for(threshold, at) for threshold in self._thresholds], None
        if self.signs is None:
            return self._of_products(at, columns)
        first, second = (columns[column] for column in self.reads)
        match self.signs:
            case (1, 1):
                amount = first + second
            case (1, -1):
                amount = first - second
            case _:
                amount = second - first
        if numbers.millionths:
            return [amount >= _for(middle, at) for middle in self._middles], None
        passed, doubt = self._nearly(amount, at)
        if numbers.most > self._least_greatest:
            beyond = np.abs(first) > self._greatest[at]
            doubt = beyond if doubt is None else doubt | beyond
        return passed, doubt if doubt is not None and doubt.any() else None

    def _nearly(self, amount: Floats, at: Array) -> tuple[list[Bools], Bools | None]:
        """What sums of two have passed, and which of them are near a cut."""
        passed: list[Bools] = []
        doubt: Bools | None = None
        for sure, sure_not in self._sure:
            passed.append(amount >= _for(sure, at))
            if sure_not is not None:
                unsure = (amount > _for(sure_not, at)) != passed[-1]
                doubt = unsure if doubt is None else np.logical_or(doubt, unsure, out=doubt)
        return passed, doubt

    def _of_products(self, at: Array, columns: Columns) -> tuple[list[Bools], Bools | None]:
        terms = [columns[column] * _for(factor, at) for column, factor in zip(self.reads, self._factors, strict=True)]
        amount, beside = _sum(terms), _sum([np.abs(term) for term in terms]) * _SHARE + _LEAST
        passed, doubt = [], np.zeros(np.broadcast(amount, at).shape, dtype=bool)
        for cuts in self._cuts:
            cut = _for(cuts, at)
            passed.append(amount >= cut)
            doubt |= ~(np.abs(amount - cut) > beside + np.abs(cut) * _SHARE)
        if not doubt.any():
            return passed, None
        for column in self.reads:
            doubt &= ~np.isnan(columns[column])
        return passed, doubt

    @cached_property
    def _in_millionths(self) -> tuple[tuple[Array, ...], tuple[Array, ...], Bools]:
        """The factors and the cuts in whole numbers, each rule by its own common denominator, and where they fit."""
        factors, cuts, fits = [], [], []
        for scale in self.scales:
            common, row = whole_factors(scale.factors)
            ends = [first_whole(cut, common * int(MILLION)) for cut in self._cuts_of(scale)]
            good = sum(map(abs, row)) < _MOST_FACTOR and all(abs(end) < _MOST_CUT for end in ends)
            factors.append(row if good else (0,) * len(row))
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
            there &= columns[column] != MISSING
            amount += np.where(there, columns[column], 0) * factor[at]
        return counted([(amount >= cut[at]) & there for cut in cuts]), fits[at]


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


def counted(passed: Sequence[Bools]) -> Array:
    """How many have been passed, as bytes if that is enough: what is worked out with it must not wrap around."""
    found: Array = passed[0].view(np.uint8)
    if len(passed) > np.iinfo(np.uint8).max:
        found = found.astype(np.uint16)
    for each in passed[1:]:
        found += each.view(np.uint8)
    return found
