"""What a report says of one row, cell by cell, whatever the format draws around it."""

from attrs import frozen

from kpirules.assess.scorecard import Assessment
from kpirules.present.screen import Screen
from kpirules.present.tally import band_of, looks_of
from kpirules.present.travel import travel_words
from kpirules.vocabulary.schemes import Band


@frozen
class Cell:
    """A text and how it looks."""

    text: str
    colour: str | None = None
    style: str | None = None


def reference_cell(row: Assessment) -> Cell:
    """The reference; a component stands under that of its indicator."""
    return Cell("" if row.component else row.definition.reference)


def title_cell(row: Assessment, mark: str) -> Cell:
    """The title, with a mark before that of a component."""
    return Cell(f"{mark} {row.definition.title}" if row.component else row.definition.title)


def value_cell(row: Assessment) -> Cell:
    """The value, or a dash."""
    return Cell("" if _by_parts(row) else row.value or "–")


def target_cell(row: Assessment) -> Cell:
    """The target in words, due or not: `201 at year end`, `pending (TBC)`."""
    return Cell("" if _by_parts(row) else row.target)


def tolerance_cell(row: Assessment) -> Cell:
    """The tolerance in words."""
    return Cell("" if _by_parts(row) else row.tolerance)


def rating_cell(row: Assessment, screen: Screen) -> Cell:
    """`A ▲ amber`, or the reason; without the shape on a screen that cannot write it: the letter says as much."""
    band, reason = band_of(row), row.rating.reason
    if band is None:
        return Cell(f"– {reason.words if reason else ''}", style="faint")
    return Cell(" ".join(filter(None, (band.letter, _shape(band, screen), band.name))), band.colour)


def previous_cell(row: Assessment, screen: Screen) -> Cell:
    """The rating of the period before, in brief: `A ▲`, its name where it has no letter, a dash where there is none."""
    if row.previous is None or row.previous.band is None:
        return Cell("–", style="faint")
    band = looks_of(row, row.previous.band)
    brief = " ".join(filter(None, (band.letter, _shape(band, screen)))) if band.letter else band.name
    return Cell(brief, band.colour)


def travel_cell(row: Assessment, name: str, *, brief: bool = False) -> Cell:
    """The direction of travel; empty for a row that does not have this travel."""
    return Cell(travel_words(row.travels.get(name), brief=brief))


def _by_parts(row: Assessment) -> bool:
    """Whether the rows beneath say it all."""
    return bool(row.parts) and row.reading.number is None


def _shape(band: Band, screen: Screen) -> str | None:
    return band.shape if screen.writes(band.shape or "") else None
