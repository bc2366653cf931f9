"""How many indicators have which rating, and how many of the rated ones are on target."""

from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction

from attrs import frozen

from kpirules.assess.scorecard import Assessment
from kpirules.vocabulary.schemes import Band, Scheme, TargetMet


@frozen
class Tally:
    """Counts of indicators, components not counted: by band, best first, those not rated, and those on target."""

    bands: Mapping[str, int]
    not_rated: int
    on_target: int

    @property
    def rated(self) -> int:
        """How many have a rating; the share on target is of these."""
        return sum(self.bands.values())

    @property
    def share(self) -> Fraction | None:
        """The share of the rated that is on target; None if nothing is rated."""
        return Fraction(self.on_target, self.rated) if self.rated else None


def tally(rows: Iterable[Assessment]) -> Tally:
    """Count the rows. Every band that any of their schemes can give is counted, if need be as nought."""
    every = tuple(rows)
    known = {band.name: 0 for row in every for band in scheme_of(row).bands}
    found = Counter(row.rating.band for row in every)
    rated = {band: count for band, count in found.items() if band is not None}
    on_target = sum(row.rating.band in on_target_bands(scheme_of(row)) for row in every)
    return Tally(known | rated, found[None], on_target)


def scheme_of(row: Assessment) -> Scheme:
    """The scheme by which a row is rated."""
    return row.definition.terms(row.period).scheme


def band_of(row: Assessment) -> Band | None:
    """The band that a row is rated, with its looks; None if it is not rated."""
    if row.rating.band is None:
        return None
    known = {band.name: band for each in (*row.parts, row) for band in scheme_of(each).bands}
    return known.get(row.rating.band, Band(row.rating.band))


def on_target_bands(scheme: Scheme) -> frozenset[str]:
    """The bands that mean *on target*: the one given `when target met` and every better one; else the best."""
    names = [band.name for band in scheme.bands]
    met = [line.outcome.name for line in scheme.lines if line.when == TargetMet() and isinstance(line.outcome, Band)]
    worst = max((names.index(name) for name in met), default=0)
    return frozenset(names[: worst + 1])
