"""A scorecard as a table for people, grouped by theme and fitted to the width of the screen."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from attrs import frozen
from tabulate import tabulate

from kpirules.assess.scorecard import Assessment, Scorecard
from kpirules.exact import decimal_text, rounded
from kpirules.present.screen import Screen, columns, wrapped
from kpirules.present.tally import band_of, scheme_of, tally
from kpirules.present.travel import travel_words


def table(scorecard: Scorecard, screen: Screen) -> str:
    """The scorecard as text: a heading, the rows of each theme, and how many there are of each rating."""
    lines = [screen.styled(screen.plain(f"Scorecard for {scorecard.period}"), "bold"), ""]
    if not scorecard.rows:
        return "\n".join([*lines, "There are no indicators."])
    chosen = _fitting(scorecard.rows, screen)
    themes = dict.fromkeys(_theme(row) for row in scorecard.rows)
    grouped = {theme: _flat([row for row in scorecard.rows if _theme(row) == theme]) for theme in themes}
    head, drawn = _drawn([row for rows in grouped.values() for row in rows], chosen, screen)
    lines += head
    for theme, rows in grouped.items():
        lines += ["", *(screen.styled(line, "bold") for line in wrapped(screen.plain(theme), screen.width))]
        lines += [line for _ in rows for line in next(drawn)]
    return "\n".join([*lines, "", *_counts(scorecard.rows, screen)])


def _theme(row: Assessment) -> str:
    return row.definition.theme.title if row.definition.theme else "Without a theme"


def _flat(rows: Sequence[Assessment]) -> list[Assessment]:
    """The rows, each with those of its components behind it."""
    return [each for row in rows for each in (row, *row.parts)]


# ---- cells


@frozen
class _Cell:
    """A text and how it looks."""

    text: str
    colour: str | None = None
    style: str | None = None


def _reference(row: Assessment) -> _Cell:
    return _Cell("" if row.component else row.definition.reference)


def _title(row: Assessment) -> _Cell:
    return _Cell(f"└ {row.definition.title}" if row.component else row.definition.title)


def _value(row: Assessment) -> _Cell:
    return _Cell("" if _by_parts(row) else row.value or "–")


def _target(row: Assessment) -> _Cell:
    return _Cell("" if _by_parts(row) else row.target)


def _tolerance(row: Assessment) -> _Cell:
    return _Cell("" if _by_parts(row) else row.tolerance)


def _by_parts(row: Assessment) -> bool:
    """Whether the rows beneath say it all."""
    return bool(row.parts) and row.reading.number is None


def _rating(screen: Screen) -> Callable[[Assessment], _Cell]:
    """`A ▲ amber`; without the shape on a screen that cannot write it, because the letter says as much."""

    def cell(row: Assessment) -> _Cell:
        band, reason = band_of(row), row.rating.reason
        if band is None:
            return _Cell(f"– {reason.words if reason else ''}", style="faint")
        shape = band.shape if screen.writes(band.shape or "") else None
        return _Cell(" ".join(filter(None, (band.letter, shape, band.name))), band.colour)

    return cell


def _travelled(name: str, *, brief: bool) -> Callable[[Assessment], _Cell]:
    return lambda row: _Cell(travel_words(row.travels.get(name), brief=brief))


# ---- columns


@frozen
class _Column:
    """What stands in a column, and how wide it may be at most."""

    name: str
    cell: Callable[[Assessment], _Cell]
    widest: int


_GAP: Final = 2  # what tabulate puts between two columns
_BESIDE_HEADER: Final = 2  # and what it keeps free behind a heading
_NARROWEST_TITLE: Final = 20
_TITLE: Final = _Column("Indicator", _title, 60)
_REFERENCE: Final = _Column("Ref", _reference, 10)
_VALUE: Final = _Column("Value", _value, 12)
_TARGET: Final = _Column("Target", _target, 12)
_TOLERANCE: Final = _Column("Tolerance", _tolerance, 13)
_WIDEST_TRAVEL: Final = 12


def _fitting(rows: Sequence[Assessment], screen: Screen) -> tuple[_Column, ...]:
    """The most columns that leave the titles room; the fewest where none do."""
    names = dict.fromkeys(name for row in _flat(rows) for name in row.travels)
    full, brief = (
        [_Column(name.capitalize(), _travelled(name, brief=brief), _WIDEST_TRAVEL) for name in names]
        for brief in (False, True)
    )
    rating = _Column("Rating", _rating(screen), 13)
    choices = (
        (_REFERENCE, _TITLE, _VALUE, _TARGET, _TOLERANCE, rating, *full),
        (_REFERENCE, _TITLE, _VALUE, _TARGET, rating, *full),
        (_REFERENCE, _TITLE, _VALUE, _TARGET, rating, *brief),
        (_REFERENCE, _TITLE, _VALUE, rating, *brief),
        (_REFERENCE, _TITLE, _VALUE, rating),
    )
    for choice in choices:
        room = screen.width - sum(_GAP + _width(column, rows, screen) for column in choice if column != _TITLE)
        if room >= _NARROWEST_TITLE:
            break
    title = _Column(_TITLE.name, _TITLE.cell, min(_TITLE.widest, max(room, _NARROWEST_TITLE)))
    return tuple(title if column == _TITLE else column for column in choice)


def _width(column: _Column, rows: Sequence[Assessment], screen: Screen) -> int:
    widest = max(columns(line) for row in _flat(rows) for line in _lines(column.cell(row).text, column, screen))
    return max(widest, columns(screen.plain(column.name)) + _BESIDE_HEADER)


def _lines(text: str, column: _Column, screen: Screen) -> list[str]:
    return wrapped(screen.plain(text), column.widest)


# ---- the table


def _drawn(
    rows: Sequence[Assessment], chosen: Sequence[_Column], screen: Screen
) -> tuple[list[str], Iterator[list[str]]]:
    """The heading's lines, and those of each row; drawn together, so that all themes have the same columns."""
    cells = [[_look(column.cell(row), column, screen) for column in chosen] for row in rows]
    drawn = tabulate(
        [["\n".join(lines) for lines in row] for row in cells],
        headers=[screen.styled(column.name, "bold") for column in chosen],
        tablefmt="simple",
        disable_numparse=True,
    )
    head, rule, *rest = (line.rstrip() for line in drawn.splitlines())
    heights = [max(len(lines) for lines in row) for row in cells]
    return [head, rule], (rest[sum(heights[:place]) : sum(heights[: place + 1])] for place in range(len(heights)))


def _look(cell: _Cell, column: _Column, screen: Screen) -> list[str]:
    lines = _lines(cell.text, column, screen)
    if cell.style:
        lines = [screen.styled(line, cell.style) for line in lines]
    return [screen.badge(line, cell.colour) for line in lines]


# ---- the counts


def _counts(rows: Sequence[Assessment], screen: Screen) -> list[str]:
    """How many of each rating, and the share on target, which is of the rated ones."""
    counts = tally(rows)
    looks = {band.name: band.colour for row in rows for band in scheme_of(row).bands}
    every = f"{len(rows)} indicator{'s' * (len(rows) != 1)}:"
    bands = [(f"{count} {screen.plain(name)}", looks.get(name)) for name, count in counts.bands.items()]
    each = [*bands, (f"{counts.not_rated} not rated", None)]
    shown = [screen.badge(words, colour) for words, colour in each]
    if columns(f"{every} {', '.join(words for words, _ in each)}") <= screen.width:
        lines = [f"{every} {', '.join(shown)}"]
    else:
        lines = [every, *(f"  {words}" for words in shown)]
    if counts.share is None:
        return [*lines, "On target: none is rated"]
    share = decimal_text(rounded(counts.share * 100, 1))
    return [*lines, f"On target: {counts.on_target} of the {counts.rated} rated, {share}%"]
