"""Which statements an indicator has, and when: defaults and what it starts from below its own, cut by date.

A statement replaces all of its name from further away. Within one block the same statement may stand several times
only with dates, and then for every day between the first and the last one must be in force, and one only.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from typing import TypeAlias, TypeVar

from attrs import frozen

from kpirules.checking import wording
from kpirules.checking.findings import Found
from kpirules.checking.literals import period_in
from kpirules.periods import Calendar
from kpirules.source import Span
from kpirules.syntax import nodes

# What a statement is about: its kind, and which figure or break it is of several.
Key: TypeAlias = tuple[str, str]
Layer: TypeAlias = Sequence[nodes.Statement]
B = TypeVar("B", bound=nodes.Body)

# `travel none` and `travel short, long` are about the same thing; so are a target with a tolerance and bands.
_SAME = {"NoTravelStatement": "TravelStatement"}

# What a component does not take over from its row.
OF_THE_ROW = {
    "OverallStatement",
    "InputsStatement",
    "ValueStatement",
    "WeightStatement",
    "ThemeStatement",
    "NoteStatement",
    "SourceStatement",
}


def key_of(statement: nodes.Statement) -> Key:
    """What the statement is about."""
    body = statement.body
    kind = type(body).__name__
    match body:
        case nodes.FigureStatement(name=name):
            return kind, name.text
        case nodes.BreakStatement(at=at):
            return kind, at.text
        case _:
            return _SAME.get(kind, kind), ""


@frozen(slots=False)
class Said:
    """Statements that are in force together, in order."""

    statements: tuple[nodes.Statement, ...]

    def __iter__(self) -> Iterator[nodes.Statement]:
        return iter(self.statements)

    @cached_property
    def last(self) -> Mapping[type[nodes.Node], nodes.Body]:
        """The body of the last statement of each kind."""
        return {type(statement.body): statement.body for statement in self.statements}


def effective(layers: Iterable[Layer]) -> Said:
    """The statements of all layers, the nearest last: each replaces what is about the same thing."""
    kept: list[nodes.Statement] = []
    for layer in filter(None, layers):
        replaced = {key_of(statement) for statement in layer}
        # Bands take the place of target and tolerance, and the other way round.
        kinds = {kind for kind, _ in replaced}
        if "BandsStatement" in kinds:
            replaced |= {("TargetStatement", ""), ("ToleranceStatement", ""), ("SchemeStatement", "")}
        if "TargetStatement" in kinds or "SchemeStatement" in kinds:
            replaced |= {("BandsStatement", "")} - {key for key in replaced if key[0] == "BandsStatement"}
        kept = [statement for statement in kept if key_of(statement) not in replaced]
        kept.extend(layer)
    return Said(tuple(kept))


def only(said: Said, kind: type[B]) -> B | None:
    """The body of the last statement of a kind."""
    found = said.last.get(kind)
    return found if isinstance(found, kind) else None


@frozen
class Dated:
    """A statement and the days from and until which it holds, both included."""

    statement: nodes.Statement
    since: date | None
    until: date | None

    def holds_on(self, day: date) -> bool:
        """Whether it is in force."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@frozen
class Slice:
    """A stretch of time in which the same statements are in force."""

    since: date | None
    until: date | None
    statements: Said

    @property
    def some_day(self) -> date:
        """A day of the slice."""
        return self.since or self.until or date(2000, 1, 1)


def sliced(statements: Said, calendar: Calendar, found: Found, also: Collection[date] = ()) -> tuple[Slice, ...]:
    """Time cut wherever a statement begins or ends and on some days `also`, with what is in force in each slice.

    Overlaps and holes are reported.
    """
    dated = [made for statement in statements if (made := _dated(statement, calendar, found))]
    _report(dated, found)
    if not also and not any(each.since or each.until for each in statements):
        return (Slice(None, None, statements),)
    starts = {*also} | {start.since for start in dated if start.since is not None}
    starts |= {end.until + timedelta(days=1) for end in dated if end.until is not None}
    edges: list[date | None] = [None, *sorted(starts), None]
    slices = []
    for since, after in pairwise(edges):
        until = None if after is None else after - timedelta(days=1)
        day = Slice(since, until, Said(())).some_day
        here = tuple(made.statement for made in dated if made.holds_on(day))
        slices.append(Slice(since, until, Said(here)))
    return tuple(slices)


def _dated(statement: nodes.Statement, calendar: Calendar, found: Found) -> Dated | None:
    since = period_in(statement.since, calendar, found) if statement.since else None
    until = period_in(statement.until, calendar, found) if statement.until else None
    if (statement.since and not since) or (statement.until and not until):
        return None
    if since and until and until.end < since.start:
        found.append(wording.backward_dates(statement.span))
        return None
    return Dated(statement, since.start if since else None, until.end if until else None)


def _report(dated: Sequence[Dated], found: Found) -> None:
    by_key: dict[Key, list[Dated]] = {}
    for made in dated:
        by_key.setdefault(key_of(made.statement), []).append(made)
    for same in by_key.values():
        if len(same) == 1:
            continue
        ordered = sorted(same, key=lambda made: made.since or date.min)
        for one, two in _neighbours(ordered):
            _report_pair(one, two, found)


def _neighbours(ordered: Sequence[Dated]) -> Iterator[tuple[Dated, Dated]]:
    """Each statement with the one before it that lasts longest."""
    for place, two in enumerate(ordered[1:], start=1):
        yield max(ordered[:place], key=lambda made: made.until or date.max), two


def _report_pair(one: Dated, two: Dated, found: Found) -> None:
    first, second = one.statement.span, two.statement.span
    if one.until is None and one.since is None and two.since is None and two.until is None:
        found.append(wording.duplicate_statement(second, first))
    elif one.until is None or (two.since or date.min) <= one.until:
        day = two.since or one.until or date.min
        found.append(wording.overlapping_dates(second, first, _said(day)))
    elif two.since is not None and two.since > one.until + timedelta(days=1):
        hole = one.until + timedelta(days=1), two.since - timedelta(days=1)
        found.append(wording.date_hole(second, _said(hole[0]), _said(hole[1]), first))


def _said(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def span_of(statements: Iterable[nodes.Statement], kind: type[nodes.Body], otherwise: Span) -> Span:
    """Where the last statement of a kind stands."""
    found = [statement.span for statement in statements if isinstance(statement.body, kind)]
    return found[-1] if found else otherwise
