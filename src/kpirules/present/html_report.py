"""A scorecard as a piece of HTML for notebooks and pages: colours, each with its letter and name beside it."""

from collections.abc import Collection, Iterator
from html import escape

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
from kpirules.present.screen import Screen, ink_on
from kpirules.present.tally import chosen, counted_words, on_target_words, tally, theme_of, warnings


def to_html(scorecard: Scorecard, only: Collection[str] = ()) -> str:
    """A `<table>` with a heading for each theme, and below it the warnings and counts; all text is escaped."""
    return "\n".join(_lines(scorecard, only))


def _lines(scorecard: Scorecard, only: Collection[str]) -> Iterator[str]:
    rows = chosen(scorecard, only)
    names = list(dict.fromkeys(name for row in rows for part in (row, *row.parts) for name in part.travels))
    headers = ["Ref", "Indicator", "Value", "Target", "Tolerance", "Rating", "Was", *(n.capitalize() for n in names)]
    yield "<table>"
    yield f"<caption>Scorecard for {escape(scorecard.period.text)}</caption>"
    yield f"<thead><tr>{''.join(f'<th>{escape(header)}</th>' for header in headers)}</tr></thead>"
    for theme in dict.fromkeys(theme_of(row) for row in rows):
        yield "<tbody>"
        yield f'<tr><th colspan="{len(headers)}" style="text-align: left">{escape(theme)}</th></tr>'
        for row in rows:
            if theme_of(row) == theme:
                yield from (f"<tr>{_cells(part, names)}</tr>" for part in (row, *row.parts))
        yield "</tbody>"
    yield "</table>"
    yield from (f"<p><strong>Warning:</strong> {escape(words)}</p>" for words in warnings(scorecard))
    counts = tally(scorecard)
    each = {**counts.bands, "not rated": counts.not_rated}
    listed = ", ".join(f"{count} {escape(name)}" for name, count in each.items())
    yield f"<p>{counted_words(scorecard.rows)}: {listed}. {escape(on_target_words(counts))}.</p>"


def _cells(row: Assessment, names: list[str]) -> str:
    screen = Screen()
    cells = (
        reference_cell(row),
        title_cell(row, "↳"),
        value_cell(row),
        target_cell(row),
        tolerance_cell(row),
        rating_cell(row, screen),
        previous_cell(row, screen),
        *(travel_cell(row, name) for name in names),
    )
    return "".join(map(_cell, cells))


def _cell(cell: Cell) -> str:
    ink = ink_on(cell.colour)
    looks = f"text-align: left; background: {cell.colour}; color: {ink}" if ink else "text-align: left"
    return f'<td style="{looks}">{escape(cell.text)}</td>'
