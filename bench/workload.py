"""Workload W: indicators of mixed kinds in our language, and observations of them from a fixed seed.

Every number is a multiple of a ten-thousandth, so that each observation is held exactly, as an integer, beside the
float that a user would have. Some lie exactly on an edge of a rating or of a dead zone, where naive floats go wrong.
"""

from decimal import Decimal
from functools import cached_property
from random import Random
from typing import Literal, TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

Kind: TypeAlias = Literal["higher", "lower", "range", "bands", "zero"]
Numbers: TypeAlias = NDArray[np.int64]

SEED = 20240331
SCALE = 10_000  # observations are held in ten-thousandths

# Changes of no more than this count as none.
SHORT_ZONE, LONG_ZONE = Decimal("0.5"), Decimal(1)
BANDS = ("green", "amber", "red", "blue")
DIRECTIONS = ("improved", "up", "unchanged", "down", "worsened")

# How many of a hundred indicators are of which kind.
_KINDS: tuple[tuple[Kind, int], ...] = (("higher", 50), ("lower", 30), ("range", 10), ("bands", 5), ("zero", 5))
_FIRST_YEAR = 1950

_AROUND = """\
travel short "Short term" {
  against previous month
  unchanged within 0.5 points
}

travel long "Long term" {
  against same month last year
  unchanged within 1 point
}

defaults for library {
  frequency  monthly
}
"""


@frozen
class Spec:
    """An indicator as a user's own table of parameters would hold it; what a kind does not need is zero.

    The range kind goes from `target` to `high`. `edge` is how far its tolerance reaches at the worse side, or in a
    range at both; for bands, `high`, `target` and `edge` are the lower ends of blue, green and amber.
    """

    reference: str
    kind: Kind
    target: Decimal
    tolerance: Decimal  # in the unit; worked out exactly where it is written as a share
    share: Decimal | None = None
    high: Decimal = Decimal(0)

    @property
    def edges(self) -> tuple[Decimal, ...]:
        """Where the rating changes."""
        match self.kind:
            case "higher":
                return self.target, self.target - self.tolerance
            case "lower":
                return self.target, self.target + self.tolerance
            case "range":
                return self.target, self.high, self.target - self.tolerance, self.high + self.tolerance
            case "bands":
                return self.high, self.target, self.target - self.tolerance
            case "zero":
                widest = abs(self.target) + self.tolerance
                return self.target, -self.target, widest, -widest

    def definition(self, place: int) -> str:
        """The indicator in our language."""
        tolerance = f"{self.share}% of target" if self.share is not None else f"{self.tolerance} points"
        match self.kind:
            case "higher":
                rule = f"  polarity   higher is better\n  target     {self.target}%\n  tolerance  {tolerance}"
            case "lower":
                rule = f"  polarity   lower is better\n  target     {self.target}\n  tolerance  {tolerance}"
            case "range":
                rule = (
                    f"  polarity   inside is better\n  target     {self.target}% to {self.high}%\n"
                    f"  tolerance  {tolerance}"
                )
            case "bands":
                amber = self.target - self.tolerance
                rule = (
                    "  polarity   higher is better\n  bands {\n"
                    f"    blue   {self.high}% and above\n    green  {self.target}% to below {self.high}%\n"
                    f"    amber  {amber}% to below {self.target}%\n    red    below {amber}%\n  }}"
                )
            case "zero":
                rule = f"  polarity   closer to zero is better\n  target     {self.target}\n  tolerance  {tolerance}"
        unit = {"lower": "rate per 10,000", "zero": "points"}.get(self.kind, "percent")
        return (
            f'indicator {self.reference} "Measure number {place} of the plan, as published" {{\n  unit       {unit}\n'
            f'{rule}\n  travel     short, long\n  owner      "Department {place % 17}"\n'
            f"  tags       plan, part-{place % 9}\n}}\n"
        )


@frozen
class Asked:
    """A value and the one of the month before, both as floats, of the indicator at a place."""

    place: int
    value: float
    previous: float


@frozen(eq=False)
class Rows:
    """Observations as columns: the place of the indicator, the number of the month, the value and the one before.

    The value before is NaN in the first month.
    """

    place: NDArray[np.int32]
    month: NDArray[np.int32]
    value: NDArray[np.float64]
    previous: NDArray[np.float64]


@frozen(slots=False)
class Workload:
    """The indicators, and for each as many months of observations, indicator by indicator and oldest first."""

    specs: tuple[Spec, ...]
    months: int

    @cached_property
    def text(self) -> str:
        """The definitions in our language."""
        return _AROUND + "\n" + "\n".join(spec.definition(place) for place, spec in enumerate(self.specs))

    def files(self, count: int) -> list[str]:
        """The same in so many files, the first with what they share."""
        size = -(-len(self.specs) // count)
        texts = [spec.definition(place) for place, spec in enumerate(self.specs)]
        return [_AROUND, *("\n".join(texts[start : start + size]) for start in range(0, len(texts), size))]

    @cached_property
    def grid(self) -> Numbers:
        """The observations in ten-thousandths: a row for each indicator, a column for each month."""
        chance = np.random.default_rng(SEED)
        return np.stack([_observed(spec, self.months, chance) for spec in self.specs])

    @cached_property
    def values(self) -> NDArray[np.float64]:
        """The observations as the nearest floats, which print as the decimal that is meant."""
        return self.grid.astype(np.float64) / SCALE

    @cached_property
    def periods(self) -> tuple[str, ...]:
        """The months as text that sorts by time."""
        return tuple(f"{_FIRST_YEAR + month // 12}-{month % 12 + 1:02}" for month in range(self.months))

    def asked(self, count: int) -> list[Asked]:
        """So many values with the one before, drawn from all of them."""
        chance = np.random.default_rng(SEED)
        places, months = chance.integers(len(self.specs), size=count), chance.integers(1, self.months, size=count)
        drawn = zip(places.tolist(), months.tolist(), strict=True)
        return [Asked(i, float(self.values[i, month]), float(self.values[i, month - 1])) for i, month in drawn]

    def rows(self, *, shuffled: bool = True) -> "Rows":
        """Every observation as a row, in an order as if from many hands, or that of the grid."""
        indicators, months = self.grid.shape
        order = np.random.default_rng(SEED).permutation(self.size) if shuffled else np.arange(self.size)
        places, month = np.divmod(order, months)
        before = np.concatenate([np.full((indicators, 1), np.nan), self.values[:, :-1]], axis=1)
        return Rows(places.astype(np.int32), month.astype(np.int32), self.values.ravel()[order], before.ravel()[order])

    @property
    def size(self) -> int:
        """How many observations there are."""
        return len(self.specs) * self.months


def workload(indicators: int, months: int) -> Workload:
    """W in some size: the same indicators and numbers each time."""
    chance = Random(SEED)
    kinds = [kind for kind, of_a_hundred in _KINDS for _ in range(of_a_hundred)]
    return Workload(tuple(_spec(place, kinds[place * 37 % 100], chance) for place in range(indicators)), months)


def _spec(place: int, kind: Kind, chance: Random) -> Spec:
    reference = f"M{place:05}"
    number = Decimal(chance.randrange(400, 900)).scaleb(-1)
    points = Decimal(chance.randrange(10, 60)).scaleb(-1)
    match kind:
        case "higher" | "lower" if place % 3:
            share = Decimal(chance.randrange(2, 13))
            return Spec(reference, kind, number, number * share / 100, share)
        case "higher" | "lower":
            return Spec(reference, kind, number, points)
        case "range" | "bands":
            return Spec(reference, kind, number, points, high=number + chance.randrange(2, 9))
        case "zero":
            return Spec(reference, kind, -Decimal(chance.randrange(30, 200)).scaleb(-1), points)


def _observed(spec: Spec, months: int, chance: np.random.Generator) -> Numbers:
    """A random walk about the edges in tenths or hundredths, here and there exactly on an edge, or half a point on."""
    edges = np.array([int(edge * SCALE) for edge in spec.edges], dtype=np.int64)
    step = SCALE // 10 if spec.share is None else SCALE // 100
    centre = int(edges.mean()) if spec.kind != "zero" else int(edges[0])
    spread = max(int(np.ptp(edges)), 2 * SCALE)
    wide = centre + chance.normal(0, spread, months)
    near = np.roll(wide, 1) + chance.normal(0, SCALE, months)
    numbers = np.where(chance.random(months) < 0.5, wide, near)
    found = np.rint(numbers / step).astype(np.int64) * step
    on_edge = chance.random(months) < 0.02
    found[on_edge] = chance.choice(edges, int(on_edge.sum()))
    moved = np.flatnonzero(chance.random(months - 1) < 0.02) + 1 if months > 1 else np.array([], dtype=np.int64)
    found[moved] = found[moved - 1] + chance.choice([-1, 1], len(moved)) * int(SHORT_ZONE * SCALE)
    return found
