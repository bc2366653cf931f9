"""A scorecard as a table for people, grouped by theme and fitted to the width of the screen."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from attrs import frozen
from tabulate import tabulate

from kpirules.assess.scorecard import Assessment, Scorecard
from kpirules.present.cells import (
    Cell,
    previous_cell,
    rating_cell,
    reference_cell,
    target_cell,
    title_cell,
    tolerance_cell,
    travel_cell,
    value_cell,
)
from kpirules.present.screen import Screen, columns, wrapped
from kpirules.present.tally import (
    Tally,
    chosen,
    counted_words,
    groupings,
    on_target_words,
    scheme_of,
    tally,
    theme_of,
    warnings,
)


def table(scorecard: Scorecard, screen: Screen, only: Collection[str]) -> str:
    """The scorecard as text: a heading, the rows of each theme, what they hide, and how many there are of each rating.

    The counts are of the whole scorecard, also where only some of the ratings are shown.
    """
    lines = [screen.styled(screen.plain(f"Scorecard for {scorecard.period}"), "bold"), ""]
    if not scorecard.rows:
        return "\n".join([*lines, "There are no indicators."])
    rows = chosen(scorecard, only)
    shown = _themes(rows, screen) if rows else ["No indicator is rated so."]
    return "\n".join([*lines, *shown, "", *_warnings(scorecard.rows, screen), *_counts(scorecard.rows, screen)])


def _themes(rows: Sequence[Assessment], screen: Screen) -> list[str]:
    """The rows under the titles of their themes."""
    themes = dict.fromkeys(theme_of(row) for row in rows)
    grouped = {theme: _flat([row for row in rows if theme_of(row) == theme]) for theme in themes}
    fitting = _fitting(rows, screen)
    lines, drawn = _drawn([row for rows in grouped.values() for row in rows], fitting, screen)
    for theme, members in grouped.items():
        lines += ["", *(screen.styled(line, "bold") for line in wrapped(screen.plain(theme), screen.width))]
        lines += [line for _ in members for line in next(drawn)]
    return lines


def _flat(rows: Sequence[Assessment]) -> list[Assessment]:
    """The rows, each with those of its components behind it."""
    return [each for row in rows for each in (row, *row.parts)]


# ---- columns


@frozen
class _Column:
    """What stands in a column, and how wide it may be at most."""

    name: str
    cell: Callable[[Assessment], Cell]
    widest: int


_GAP: Final = 2  # what tabulate puts between two columns
_BESIDE_HEADER: Final = 2  # and what it keeps free behind a heading
_NARROWEST_TITLE: Final = 20
_TITLE: Final = _Column("Indicator", lambda row: title_cell(row, "└"), 60)
_REFERENCE: Final = _Column("Ref", reference_cell, 10)
_VALUE: Final = _Column("Value", value_cell, 12)
_TARGET: Final = _Column("Target", target_cell, 12)
_TOLERANCE: Final = _Column("Tolerance", tolerance_cell, 13)
_WIDEST_TRAVEL: Final = 10


def _fitting(rows: Sequence[Assessment], screen: Screen) -> tuple[_Column, ...]:
    """The most columns that leave the titles room; the fewest where none do."""
    names = dict.fromkeys(name for row in _flat(rows) for name in row.travels)
    full, brief = (
        [_Column(name.capitalize(), partial(_travelled, name, brief), _WIDEST_TRAVEL) for name in names]
        for brief in (False, True)
    )
    rating = _Column("Rating", lambda row: rating_cell(row, screen), 13)
    was = _Column("Was", lambda row: previous_cell(row, screen), 10)
    choices = (
        (_REFERENCE, _TITLE, _VALUE, _TARGET, _TOLERANCE, rating, was, *full),
        (_REFERENCE, _TITLE, _VALUE, _TARGET, rating, was, *full),
        (_REFERENCE, _TITLE, _VALUE, _TARGET, rating, was, *brief),
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


def _travelled(name: str, brief: bool, row: Assessment) -> Cell:
    return travel_cell(row, name, brief=brief)


def _width(column: _Column, rows: Sequence[Assessment], screen: Screen) -> int:
    widest = max(columns(line) for row in _flat(rows) for line in _lines(column.cell(row).text, column, screen))
    return max(widest, columns(screen.plain(column.name)) + _BESIDE_HEADER)


def _lines(text: str, column: _Column, screen: Screen) -> list[str]:
    return wrapped(screen.plain(text), column.widest)


# ---- the table


def _drawn(
    rows: Sequence[Assessment], fitting: Sequence[_Column], screen: Screen
) -> tuple[list[str], Iterator[list[str]]]:
    """The heading's lines, and those of each row; drawn together, so that all themes have the same columns."""
    cells = [[_look(column.cell(row), column, screen) for column in fitting] for row in rows]
    drawn = tabulate(
        [["\n".join(lines) for lines in row] for row in cells],
        headers=[screen.styled(column.name, "bold") for column in fitting],
        tablefmt="simple",
        disable_numparse=True,
    )
    head, rule, *rest = (line.rstrip() for line in drawn.splitlines())
    heights = [max(len(lines) for lines in row) for row in cells]
    return [head, rule], (rest[sum(heights[:place]) : sum(heights[: place + 1])] for place in range(len(heights)))


def _look(cell: Cell, column: _Column, screen: Screen) -> list[str]:
    lines = _lines(cell.text, column, screen)
    if cell.style:
        lines = [screen.styled(line, cell.style) for line in lines]
    return [screen.badge(line, cell.colour) for line in lines]


# ---- below the table


def _warnings(rows: Sequence[Assessment], screen: Screen) -> list[str]:
    """What the ratings of rows hide."""
    lines = [line for words in warnings(rows) for line in wrapped(screen.plain(f"Warning: {words}"), screen.width)]
    return [*(screen.styled(line, "warning") for line in lines), ""] if lines else []


def _counts(rows: Sequence[Assessment], screen: Screen) -> list[str]:
    """How many of each rating, by theme, by owner and in all, and the share on target, which is of the rated ones."""
    groups = [line for name, each in groupings(rows).items() for line in (*_group(name, each, screen), "")]
    counts = tally(rows)
    looks = {band.name: band.colour for row in rows for band in scheme_of(row).bands}
    every = f"{counted_words(rows)}:"
    bands = [(f"{count} {screen.plain(name)}", looks.get(name)) for name, count in counts.bands.items()]
    each = [*bands, (f"{counts.not_rated} not rated", None)]
    shown = [screen.badge(words, colour) for words, colour in each]
    if columns(f"{every} {', '.join(words for words, _ in each)}") <= screen.width:
        lines = [f"{every} {', '.join(shown)}"]
    else:
        lines = [every, *(f"  {words}" for words in shown)]
    return [*groups, *lines, on_target_words(counts)]


def _group(name: str, groups: Mapping[str, Tally], screen: Screen) -> list[str]:
    """A line for each group; in plain sentences where the screen is too narrow for columns."""
    bands = list(next(iter(groups.values())).bands)
    headers = [screen.plain(header) for header in (name, *bands, "not rated", "on target, of the rated")]
    numbers = {
        group: [*map(str, (*counts.bands.values(), counts.not_rated)), screen.plain(_share(counts))]
        for group, counts in groups.items()
    }
    room = screen.width - sum(_GAP + columns(header) + _BESIDE_HEADER for header in headers[1:])
    if room < _NARROWEST_TITLE:
        sentences = (f"{group}: {_sentence(counts)}" for group, counts in groups.items())
        return [f"{headers[0]}:", *(line for words in sentences for line in _indented(words, screen))]
    titles = {group: wrapped(screen.plain(group), min(room, _TITLE.widest)) for group in groups}
    drawn = tabulate(
        [["\n".join(titles[group]), *numbers[group]] for group in groups],
        headers=[screen.styled(header, "bold") for header in headers],
        tablefmt="simple",
        disable_numparse=True,
        colalign=["left", *["right"] * (len(bands) + 1), "left"],
    )
    return [line.rstrip() for line in drawn.splitlines()]


def _share(counts: Tally) -> str:
    return f"{counts.on_target} of {counts.rated}, {counts.percent}" if counts.rated else "–"


def _sentence(counts: Tally) -> str:
    bands = [f"{count} {band}" for band, count in counts.bands.items()]
    return f"{', '.join([*bands, f'{counts.not_rated} not rated'])}. {on_target_words(counts)}"


def _indented(words: str, screen: Screen) -> list[str]:
    return [f"  {line}" for line in wrapped(screen.plain(words), screen.width - 2)]
