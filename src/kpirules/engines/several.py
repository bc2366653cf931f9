"""A rater for travels of several axes: about a target range, closer to zero, or with a dead zone that is a share.

Every axis is a sum of the value and the earlier value. Between the doubles that have surely passed a cut and those that
surely have not lies a stretch of doubt, which is a zone like any other, but one that leads to no place of the table.
"""

from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import inf, lcm, nextafter

from attrs import frozen

from kpirules.engines.asked import Asked, Rater, Settled
from kpirules.engines.decimals import DECIMALS, DoubtError, decimal_cut, decimal_number
from kpirules.engines.differences import Sure
from kpirules.engines.doors import FIGURES, MILLION, WHOLE
from kpirules.engines.tables import Scale
from kpirules.engines.thresholds import first_whole

# Far below every place, so that a sum with it in it is below nought.
_DOUBT = -(10**9)

_MOST_OUTCOMES = 255

# Where an axis has other factors than 1 and -1, both numbers must lie within this, so that what is lost is bounded.
_WITHIN = 2.0**33


@frozen
class Look:
    """An axis as bounds on `one * value + two * earlier`, and how far each stretch between them leads in the table."""

    one: float
    two: float
    bounds: tuple[float, ...]
    steps: tuple[int, ...]
    greatest: float


@frozen
class Whole:
    """An axis in whole millionths: `one * value + two * earlier` has passed as many cuts as it is not below."""

    one: int
    two: int
    cuts: tuple[int, ...]
    stride: int

    @staticmethod
    def of(scale: Scale, one: Fraction, two: Fraction) -> "Whole":
        """The axis, times the common denominator of its factors."""
        common = lcm(one.denominator, two.denominator)
        cuts = tuple(first_whole(cut, common * int(MILLION)) for cut in scale.cuts)
        return Whole(int(one * common), int(two * common), cuts, scale.stride)


@frozen
class Looks:
    """All axes of a rule, its outcomes, and by place which of them it is. The four plainest axes come first."""

    value: Look
    earlier: Look
    difference: Look
    total: Look
    others: tuple[Look, ...]
    outcomes: tuple[Settled, ...]
    places: bytes
    wholes: tuple["Whole", ...]

    def in_millionths(self, value: float, earlier: float) -> int | None:
        """The place in `places` of numbers of at most six decimals; None for others."""
        most = FIGURES / MILLION
        if not (-most < value < most and -most < earlier < most):
            return None
        first, second = round(value * MILLION), round(earlier * MILLION)
        if first / MILLION != value or second / MILLION != earlier:
            return None
        return sum(bisect_right(axis.cuts, axis.one * first + axis.two * second) * axis.stride for axis in self.wholes)

    @property
    def greatest(self) -> float:
        """Up to which magnitude of the value the looks are good."""
        every = (self.value, self.earlier, self.difference, self.total, *self.others)
        return min(look.greatest for look in every)


def looks_of(asked: Asked) -> Looks | None:
    """The axes of a rule that reads nothing but the first two arguments; None where they cannot be laid out."""
    arguments = [how.argument for how in asked.handed]
    if not set(arguments) <= {0, 1} or any(how.door.rounding for how in asked.handed):
        return None
    plain = {key: Look(*key, (), (0,), inf) for key in ((1.0, 0.0), (0.0, 1.0), (1.0, -1.0), (1.0, 1.0))}
    others, wholes = list[Look](), list[Whole]()
    for scale in asked.table.scales:
        factors = {arguments[at]: factor for at, factor in zip(scale.reads, scale.factors, strict=True)}
        one, two = (factors.get(argument, Fraction(0)) for argument in (0, 1))
        wholes.append(Whole.of(scale, one, two))
        look = _look(scale, one, two)
        if look is None:
            return None
        if (look.one, look.two) in plain:
            plain[look.one, look.two] = look
        else:
            others.append(look)
    of_zones = asked.table.lines[: asked.table.span]
    by_line = {line: asked.outcome(line) for line in dict.fromkeys(of_zones) if line >= 0}
    outcomes = tuple(dict.fromkeys(by_line.values()))
    which = {line: outcomes.index(outcome) for line, outcome in by_line.items()}
    if not which.keys() >= set(of_zones) or len(outcomes) > _MOST_OUTCOMES:
        return None
    places = bytes([which[line] for line in of_zones])
    value, earlier, difference, total = plain.values()
    return Looks(value, earlier, difference, total, tuple(others), outcomes, places, tuple(wholes))


def _look(scale: Scale, one: Fraction, two: Fraction) -> Look | None:
    bounds, steps, greatest = list[float](), [0], inf
    for number, cut in enumerate(scale.cuts, start=1):
        if scale.plain:
            sure = Sure(scale.thresholds[number - 1], nextafter(scale.thresholds[number - 1], -inf), inf)
        elif abs(one) == abs(two) == 1:
            sure = Sure.about(cut)
        elif abs(cut.at) < WHOLE:
            beside = (float(abs(one) + abs(two)) * _WITHIN + abs(float(cut.at))) * 2.0**-48
            sure = Sure(float(cut.at) + beside, float(cut.at) - beside, _WITHIN)
        else:
            return None
        greatest = min(greatest, sure.greatest)
        first_doubtful = nextafter(sure.not_passed, inf)
        if bounds and first_doubtful < bounds[-1]:
            if len(steps) < 2 or steps[-2] != _DOUBT:
                return None
            bounds.pop()  # two cuts so near to each other that their doubts are one
            steps.pop()
        elif first_doubtful < sure.passed:
            bounds.append(first_doubtful)
            steps.append(_DOUBT)
        bounds.append(sure.passed)
        steps.append(number * scale.stride)
    return Look(float(one), float(two), tuple(bounds), tuple(steps), greatest)


def of_looks(
    ends: Sequence[float],
    answers: Sequence[tuple[object, ...]],
    looks: Looks,
    within: tuple[float, float, float, float],
    otherwise: Rater,
) -> Rater:
    """A function of the value and the earlier one: by the zone of the value, and by that of the change in `answers`.

    `within` is from where to where each of the two may come in; `otherwise` is asked for what does not, or is in doubt.
    """
    least, greatest, low_end, high_end = within
    of_value, by_value = looks.value.bounds, looks.value.steps
    of_earlier, by_earlier = looks.earlier.bounds, looks.earlier.steps
    of_change, by_change = looks.difference.bounds, looks.difference.steps
    of_total, by_total = looks.total.bounds, looks.total.steps
    others = tuple((look.one, look.two, look.bounds, look.steps) for look in looks.others)
    places, in_millionths = looks.places, looks.in_millionths

    def rate(value: object, previous: object = None) -> object:
        if (
            type(value) is float
            and type(previous) is float
            and least <= value <= greatest
            and low_end <= previous <= high_end
        ):
            place = (
                by_value[bisect_right(of_value, value)]
                + by_earlier[bisect_right(of_earlier, previous)]
                + by_change[bisect_right(of_change, value - previous)]
                + by_total[bisect_right(of_total, value + previous)]
            )
            for one, two, bounds, steps in others:
                place += steps[bisect_right(bounds, one * value + two * previous)]
            if place < 0:
                settled = in_millionths(value, previous)
                if settled is None:
                    return otherwise(value, previous)
                place = settled
            return answers[bisect_right(ends, value)][places[place]]
        return otherwise(value, previous)

    return rate


def decimal_looks(
    first: Sequence[Decimal], answers: Sequence[tuple[object, ...]], looks: Looks, travel: Asked, slowly: Rater
) -> Rater:
    """The same for decimals, whose sums are exact. `first` are the cuts of the rating on the value."""
    arguments = [how.argument for how in travel.handed]
    axes: dict[tuple[Fraction, Fraction], tuple[list[Decimal], int]] = {}
    for scale in travel.table.scales:
        factors = {arguments[at]: factor for at, factor in zip(scale.reads, scale.factors, strict=True)}
        cuts = [decimal_cut(cut) for cut in scale.cuts]
        kept = [cut for cut in cuts if cut is not None]
        if len(kept) < len(cuts):
            return slowly
        axes[factors.get(0, Fraction(0)), factors.get(1, Fraction(0))] = kept, scale.stride
    plain = [axes.pop((Fraction(one), Fraction(two)), ([], 0)) for one, two in ((1, 0), (0, 1), (1, -1), (1, 1))]
    (of_value, by_value), (of_earlier, by_earlier), (of_change, by_change), (of_total, by_total) = plain
    others = [
        (one, two, *axis)
        for (one_exactly, two_exactly), axis in axes.items()
        if (one := decimal_number(one_exactly)) is not None and (two := decimal_number(two_exactly)) is not None
    ]
    if len(others) < len(axes):
        return slowly
    places = looks.places
    add, subtract, multiply = DECIMALS.add, DECIMALS.subtract, DECIMALS.multiply

    def rate(value: Decimal, previous: Decimal) -> object:
        try:
            change = subtract(value, previous)
            place = bisect_right(of_change, change) * by_change if change.is_finite() else _DOUBT
            if of_value:
                place += bisect_right(of_value, value) * by_value
            if of_earlier:
                place += bisect_right(of_earlier, previous) * by_earlier
            if of_total:
                place += bisect_right(of_total, add(value, previous)) * by_total
            for one, two, cuts, stride in others:
                place += bisect_right(cuts, add(multiply(one, value), multiply(two, previous))) * stride
        except DoubtError:
            return slowly(value, previous)
        if place < 0:
            return slowly(value, previous)
        return answers[bisect_right(first, value)][places[place]]

    return rate
