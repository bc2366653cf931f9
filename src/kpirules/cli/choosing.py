"""From the words of `report` to the rows that are meant, or a sentence that says which words there are."""

from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches

from attrs import evolve

from kpirules.assess.scorecard import Scorecard
from kpirules.present.tally import NOT_RATED, scheme_of


class UnknownWordError(ValueError):
    """A theme, owner or rating that there is not; the message says which there are."""


def of_theme(scorecard: Scorecard, theme: str) -> Scorecard:
    """The rows of a theme, by its name or title. Raises `UnknownWordError`."""
    themes = [row.definition.theme for row in scorecard if row.definition.theme]
    named = {each.title: each.name for each in themes} | {each.name: each.name for each in themes}
    name = _meant(theme, named, "theme", dict.fromkeys(named.values()))
    rows = (row for row in scorecard if row.definition.theme and row.definition.theme.name == name)
    return evolve(scorecard, rows=tuple(rows))


def of_owner(scorecard: Scorecard, owner: str) -> Scorecard:
    """The rows of an owner. Raises `UnknownWordError`."""
    owners = {row.definition.facts.owner: row.definition.facts.owner or "" for row in scorecard}
    named = {each: each for each in owners if each}
    name = _meant(owner, named, "owner", named)
    return evolve(scorecard, rows=tuple(row for row in scorecard if row.definition.facts.owner == name))


def ratings(scorecard: Scorecard, words: str) -> frozenset[str]:
    """The ratings of `red,amber,not-rated`. Raises `UnknownWordError` for one that no row can have."""
    each = [part for row in scorecard for part in (row, *row.parts)]
    known = {band.name: band.name for part in each for band in scheme_of(part).bands} | {NOT_RATED: NOT_RATED}
    asked = [word.strip() for word in words.split(",") if word.strip()]
    return frozenset(_meant(word, known, "rating", known) for word in asked or [words])


def _meant(word: str, meanings: Mapping[str, str], what: str, listed: Iterable[str]) -> str:
    folded = {_folded(known): meaning for known, meaning in meanings.items()}
    if _folded(word) in folded:
        return folded[_folded(word)]
    there = ", ".join(listed) or "none"
    raise UnknownWordError(f"There is no {what} {word!r}{_similar(word, folded)}; there are: {there}.")


def _similar(word: str, folded: Mapping[str, str]) -> str:
    near: Collection[str] = get_close_matches(_folded(word)[:100], folded, n=1)
    return "".join(f" (did you mean {folded[known]}?)" for known in near)


def _folded(word: str) -> str:
    return " ".join(word.split()).casefold()
