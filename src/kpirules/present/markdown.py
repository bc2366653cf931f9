"""A scorecard as Markdown: a table for each theme, what it hides, and how many there are of each rating."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

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
from kpirules.present.screen import Screen
from kpirules.present.tally import (
    Tally,
    chosen,
    counted_words,
    groupings,
    on_target_words,
    tally,
    theme_of,
    warnings,
)

_SPECIAL: Final = re.compile(r"([\\|*_`\[\]<>~&$#])")


def markdown(scorecard: Scorecard, screen: Screen, only: Collection[str]) -> str:
    """The scorecard as Markdown, in the letters that the screen can write."""
    return "\n".join(screen.plain(line) for line in _lines(scorecard, screen, only))


def _lines(scorecard: Scorecard, screen: Screen, only: Collection[str]) -> Iterator[str]:
    yield from (f"# Scorecard for {_escaped(scorecard.period.text)}", "")
    rows = chosen(scorecard, only)
    if not rows:
        yield from ("No indicator is rated so." if scorecard.rows else "There are no indicators.", "")
    names = list(dict.fromkeys(name for row in rows for part in (row, *row.parts) for name in part.travels))
    for theme in dict.fromkeys(theme_of(row) for row in rows):
        members = [part for row in rows if theme_of(row) == theme for part in (row, *row.parts)]
        yield from (f"## {_escaped(theme)}", "")
        headers = ["Ref", "Indicator", "Value", "Target", "Tolerance", "Rating", "Was"]
        headers += [name.capitalize() for name in names]
        yield from _table(headers, [_cells(row, names, screen) for row in members])
    hidden = warnings(scorecard)
    if hidden:
        yield from (*(f"- **Warning:** {_escaped(words)}" for words in hidden), "")
    for name, groups in groupings(scorecard.rows).items():
        yield from (f"## {name}", "")
        bands = list(next(iter(groups.values())).bands)
        headers = [name.removeprefix("By ").capitalize(), *bands, "not rated", "on target", "of the rated", "share"]
        yield from _table(headers, [_counted(group, counts) for group, counts in groups.items()])
    if scorecard.rows:
        yield _total(scorecard.rows)


def _cells(row: Assessment, names: Sequence[str], screen: Screen) -> list[str]:
    cells: list[Cell] = [
        reference_cell(row),
        title_cell(row, "↳"),
        value_cell(row),
        target_cell(row),
        tolerance_cell(row),
        rating_cell(row, screen),
        previous_cell(row, screen),
        *(travel_cell(row, name) for name in names),
    ]
    return [cell.text for cell in cells]


def _counted(group: str, counts: Tally) -> list[str]:
    numbers = (*counts.bands.values(), counts.not_rated, counts.on_target, counts.rated)
    return [group, *map(str, numbers), counts.percent]


def _total(rows: Sequence[Assessment]) -> str:
    counts = tally(rows)
    each: Mapping[str, int] = {**counts.bands, "not rated": counts.not_rated}
    listed = ", ".join(f"{count} {_escaped(name)}" for name, count in each.items())
    return f"{counted_words(rows)}: {listed}. {on_target_words(counts)}."


def _table(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for cells in (headers, ["---"] * len(headers), *rows):
        yield f"| {' | '.join(cells if cells[0] == '---' else map(_escaped, cells))} |"
    yield ""


def _escaped(text: str) -> str:
    """The text on one line, with nothing in it that Markdown would take for its own."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
