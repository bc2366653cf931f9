"""How many indicators have which rating, how many of the rated ones are on target, and what these counts would hide."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Final

from attrs import frozen

from kpirules.assess.scorecard import Assessment
from kpirules.exact import decimal_text, rounded
from kpirules.vocabulary.schemes import Band, Scheme, TargetMet

NOT_RATED: Final = "not-rated"
"""The word that chooses the rows without a rating."""


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

    @property
    def percent(self) -> str:
        """The share as people read it, `43.4%`; a dash if nothing is rated."""
        return "–" if self.share is None else f"{decimal_text(rounded(self.share * 100, 1))}%"


def tally(rows: Iterable[Assessment], bands: Iterable[str] = ()) -> Tally:
    """Count the rows. Every band that any of their schemes can give is counted, and `bands`, if need be as nought."""
    every = tuple(rows)
    known = dict.fromkeys(bands, 0) | {band.name: 0 for row in every for band in scheme_of(row).bands}
    found = Counter(row.rating.band for row in every)
    rated = {band: count for band, count in found.items() if band is not None}
    on_target = sum(row.rating.band in on_target_bands(scheme_of(row)) for row in every)
    return Tally(known | rated, found[None], on_target)


def theme_of(row: Assessment) -> str:
    """The title of the row's theme."""
    return row.definition.theme.title if row.definition.theme else "Without a theme"


def owner_of(row: Assessment) -> str:
    """Who owns the indicator."""
    return row.definition.facts.owner or "Without an owner"


def tallies(rows: Sequence[Assessment], group: Callable[[Assessment], str]) -> Mapping[str, Tally]:
    """A tally for each group, all with the same bands, in the order in which the groups first come."""
    bands = tuple(tally(rows).bands)
    groups = dict.fromkeys(group(row) for row in rows)
    return {name: tally((row for row in rows if group(row) == name), bands) for name in groups}


def groupings(rows: Sequence[Assessment]) -> Mapping[str, Mapping[str, Tally]]:
    """The tallies by theme and by owner; where there is but one group the whole says the same, and it is left out."""
    each = {"By theme": tallies(rows, theme_of), "By owner": tallies(rows, owner_of)}
    return {name: groups for name, groups in each.items() if len(groups) > 1}


def chosen(rows: Iterable[Assessment], only: Collection[str]) -> tuple[Assessment, ...]:
    """The rows with one of these ratings (`not-rated` is one), and those that hide a component with one; all if none.

    A row is kept with all of its components.
    """
    kept = (
        row
        for row in rows
        if not only
        or (row.rating.band or NOT_RATED) in only
        or any(part.rating.band in only for part in hidden_in(row))
    )
    return tuple(kept)


def hidden_in(row: Assessment) -> tuple[Assessment, ...]:
    """The components that the row's rating, and with it every count, does not let one suspect.

    They are those rated worse than the row; of a row without a rating, those rated as badly as can be.
    """
    return tuple(part for part in row.parts if _hidden(part, row))


def _hidden(part: Assessment, row: Assessment) -> bool:
    scheme = scheme_of(part)
    names = [band.name for band in scheme.bands]
    if part.rating.band is None or not scheme.ranked or len(names) < 2:
        return False
    if row.rating.band is None:
        return part.rating.band == names[-1]
    return row.rating.band in names and names.index(part.rating.band) > names.index(row.rating.band)


def warnings(rows: Iterable[Assessment]) -> list[str]:
    """A sentence on each row that hides something."""
    found = []
    for row in rows:
        parts = hidden_in(row)
        if parts:
            rated = row.rating.band or "not rated"
            listed = ", ".join(f"{part.component} {part.rating.band}" for part in parts)
            found.append(f"{row.definition.reference} is {rated}, which hides a worse component: {listed}")
    return found


def counted_words(rows: Sequence[Assessment]) -> str:
    """`1 indicator`, `133 indicators`."""
    return f"{len(rows)} indicator{'s' * (len(rows) != 1)}"


def on_target_words(counts: Tally) -> str:
    """The share on target, with what it is a share of."""
    if not counts.rated:
        return "On target: none is rated"
    return f"On target: {counts.on_target} of the {counts.rated} rated, {counts.percent}"


def scheme_of(row: Assessment) -> Scheme:
    """The scheme by which a row is rated."""
    return row.definition.terms(row.period).scheme


def band_of(row: Assessment) -> Band | None:
    """The band that a row is rated, with its looks; None if it is not rated."""
    return None if row.rating.band is None else looks_of(row, row.rating.band)


def looks_of(row: Assessment, name: str) -> Band:
    """A band of the row's scheme, or of those of its components, by its name; without any looks if none has it."""
    known = {band.name: band for each in (*row.parts, row) for band in scheme_of(each).bands}
    return known.get(name, Band(name))


def on_target_bands(scheme: Scheme) -> frozenset[str]:
    """The bands that mean *on target*: the one given `when target met` and every better one; else the best."""
    names = [band.name for band in scheme.bands]
    met = [line.outcome.name for line in scheme.lines if line.when == TargetMet() and isinstance(line.outcome, Band)]
    worst = max((names.index(name) for name in met), default=0)
    return frozenset(names[: worst + 1])
