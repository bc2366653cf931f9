"""Schemes: ordered lines, each a band or *not rated* and the condition for it; the first that holds decides."""

from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property
from typing import TypeAlias, assert_never

from attrs import field, frozen

from kpirules.core import Condition as CoreCondition
from kpirules.core import Missing
from kpirules.core.conditions import ALWAYS, NEVER, all_of, any_of, negated
from kpirules.reasons import Direction, Reason
from kpirules.source import Span
from kpirules.vocabulary.components import OfParts, PartBands, lower_parts
from kpirules.vocabulary.figures import (
    Figure,
    Named,
    Shifted,
    TheTarget,
    TheTolerance,
    pieces_of,
    reach_of_figure,
    read_by,
)
from kpirules.vocabulary.pieces import VALUE_PIECES, Pieces
from kpirules.vocabulary.reach import Reach
from kpirules.vocabulary.setting import Setting
from kpirules.vocabulary.travels import Travel, comparable, directions


class Relation(StrEnum):
    """How two numbers stand: by polarity in `Compares`, by size in `Sized`."""

    AT_OR_BETTER = "at or better than"
    BETTER = "better than"
    AT_OR_WORSE = "at or worse than"
    WORSE = "worse than"
    AT_LEAST = "at least"
    AT_MOST = "at most"
    ABOVE = "above"
    BELOW = "below"
    IS = "is"


@frozen
class TargetMet:
    """The value meets the target."""


@frozen
class WithinTolerance:
    """The value meets the target or lies within its tolerance."""


@frozen
class Compares:
    """By polarity: the value (or the figure named as subject) stands so to a figure."""

    relation: Relation
    figure: Figure
    subject: str | None = None


@frozen
class Sized:
    """By size alone, whatever the polarity."""

    relation: Relation
    figure: Figure
    subject: str | None = None


@frozen
class Inside:
    """Between two figures, both ends included."""

    low: Figure
    high: Figure
    subject: str | None = None


@frozen
class Travelled:
    """The value has travelled in this direction."""

    travel: Travel
    direction: Direction


@frozen
class NotComparable:
    """The travel is not known, because the value or the earlier one is missing."""

    travel: Travel


@frozen
class NoValue:
    """The value is missing."""


@frozen
class NoFigure:
    """A figure that is read from the data is missing."""

    name: str


@frozen
class TargetAbsent:
    """There is no target to rate against: for this reason, or for any if None."""

    reason: Reason | None = None


@frozen
class AtYearEnd:
    """The period is the last of its year."""


@frozen
class Negation:
    """The condition does not hold."""

    condition: "Condition"


@frozen
class AllOf:
    """Every condition holds."""

    conditions: "tuple[Condition, ...]" = ()


@frozen
class AnyOf:
    """Some condition holds."""

    conditions: "tuple[Condition, ...]" = ()


Condition: TypeAlias = (
    TargetMet
    | WithinTolerance
    | Compares
    | Sized
    | Inside
    | Travelled
    | NotComparable
    | NoValue
    | NoFigure
    | TargetAbsent
    | AtYearEnd
    | OfParts
    | Negation
    | AllOf
    | AnyOf
)

OTHERWISE = AllOf()


@frozen(cache_hash=True)
class Band:
    """A rating: its name, what it means, and how it looks in colour and without."""

    name: str
    title: str | None = None
    colour: str | None = None
    letter: str | None = None
    shape: str | None = None


@frozen
class NotRated:
    """The scheme itself declines to rate, for a reason of its own."""

    name: str
    words: str


@frozen(slots=False)
class SchemeLine:
    """`outcome when condition`; `where` is the place of the line in its text."""

    outcome: Band | NotRated
    when: Condition
    where: Span | None = field(default=None, eq=False)

    @cached_property
    def reads_tolerance(self) -> bool:
        """Whether the condition asks for the tolerance, or moves a figure by it."""
        moved = (figure.amount for figure in figures_in(self.when) if isinstance(figure, Shifted))
        return WithinTolerance() in parts_of(self.when) or TheTolerance() in moved

    @cached_property
    def reads_target(self) -> bool:
        """Whether the condition asks for the target, or for what is within tolerance of it."""
        asked = any(isinstance(part, TargetMet | WithinTolerance) for part in parts_of(self.when))
        return asked or TheTarget() in figures_in(self.when)

    @cached_property
    def minds_absence(self) -> bool:
        """Whether the condition asks if there is no target."""
        return any(isinstance(part, TargetAbsent) for part in parts_of(self.when))


@frozen
class Cap:
    """`no better than BAND when CONDITION`."""

    band: Band
    when: Condition


@frozen(slots=False)
class Scheme:
    """A decision list for ratings. Its bands are best first, in the order in which they are first written.

    In an `exclusive` one, which a `bands` block makes, no two lines may hold at once, so that their order is free.
    """

    name: str
    title: str
    lines: tuple[SchemeLine, ...]
    caps: tuple[Cap, ...] = ()
    ranked: bool = True
    exclusive: bool = False
    bands: tuple[Band, ...] = field()

    @bands.default
    def _bands(self) -> tuple[Band, ...]:
        return tuple(dict.fromkeys(line.outcome for line in self.lines if isinstance(line.outcome, Band)))

    @cached_property
    def conditions(self) -> "tuple[Condition, ...]":
        """Every condition of its lines and caps, inner ones included."""
        return tuple(part for when in self._whens for part in parts_of(when))

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure that its lines and caps read, inner ones included."""
        return tuple(figure for when in self._whens for figure in figures_in(when))

    @cached_property
    def parts_read(self) -> tuple[PartBands, ...]:
        """The components whose bands it reads, each once."""
        return tuple(
            dict.fromkeys(part for each in self.conditions if isinstance(each, OfParts) for part in each.parts)
        )

    @property
    def _whens(self) -> "list[Condition]":
        return [line.when for line in self.lines] + [cap.when for cap in self.caps]


def parts_of(condition: Condition) -> Iterator[Condition]:
    """The condition and every condition inside of it."""
    yield condition
    match condition:
        case Negation():
            yield from parts_of(condition.condition)
        case AllOf() | AnyOf():
            for part in condition.conditions:
                yield from parts_of(part)


def figures_in(condition: Condition) -> Iterator[Figure]:
    """Every figure that the condition reads by name or by comparison, inner ones included."""
    for part in parts_of(condition):
        match part:
            case Compares() | Sized():
                yield from (*_named(part.subject), *read_by(part.figure))
            case Inside():
                yield from (*_named(part.subject), *read_by(part.low), *read_by(part.high))
            case TargetMet() | WithinTolerance():
                yield TheTarget()


def _named(subject: str | None) -> tuple[Figure, ...]:
    return () if subject is None else (Named(subject),)


def lower_condition(condition: Condition, setting: Setting) -> CoreCondition:
    """What the condition asks of the rule's inputs. Raises `ValueError` for a comparison that has no meaning here."""
    match condition:
        case TargetMet():
            return setting.target.met(VALUE_PIECES) if setting.target else NEVER
        case WithinTolerance():
            return setting.tolerance.within if setting.tolerance else NEVER
        case Compares():
            return _compares(condition, setting)
        case Sized():
            left, right = _subject(condition.subject, setting), pieces_of(condition.figure, setting)
            return _sized(left, condition.relation, right)
        case Inside():
            subject = _subject(condition.subject, setting)
            return Reach(pieces_of(condition.low, setting), pieces_of(condition.high, setting)).holds(subject)
        case Travelled():
            return directions(condition.travel, setting).get(condition.direction, NEVER)
        case NotComparable():
            return negated(comparable(condition.travel, setting))
        case NoValue():
            return Missing("value")
        case NoFigure():
            inputs = {name for piece in setting.figures[condition.name].pieces for name in piece.form.inputs}
            return any_of(*(Missing(name) for name in sorted(inputs)))
        case TargetAbsent():
            absent = setting.target is None and condition.reason in (None, setting.no_target)
            return ALWAYS if absent else NEVER
        case AtYearEnd():
            return ALWAYS if setting.part.ends_year else NEVER
        case OfParts():
            return lower_parts(condition)
        case Negation():
            return negated(lower_condition(condition.condition, setting))
        case AllOf():
            return all_of(*(lower_condition(part, setting) for part in condition.conditions))
        case AnyOf():
            return any_of(*(lower_condition(part, setting) for part in condition.conditions))
        case _:
            assert_never(condition)


def _compares(condition: Compares, setting: Setting) -> CoreCondition:
    subject = _subject(condition.subject, setting)
    if setting.target is None and TheTarget() in read_by(condition.figure):
        return NEVER
    # Within a target range no point is better, so every point of it is *at* the target and none is better.
    in_range = condition.figure == TheTarget() and setting.target is not None and setting.target.is_range
    reach = reach_of_figure(condition.figure, setting)
    match condition.relation:
        case Relation.AT_OR_BETTER:
            return reach.holds(subject)
        case Relation.BETTER:
            return NEVER if in_range else reach.holds_strictly(subject)
        case Relation.AT_OR_WORSE:
            return any_of(reach.holds(subject), reach.beyond(subject)) if in_range else reach.at_or_beyond(subject)
        case Relation.WORSE:
            return reach.beyond(subject)
        case _:
            raise ValueError(f"{condition.relation} does not depend on polarity")


def _sized(left: Pieces, relation: Relation, right: Pieces) -> CoreCondition:
    match relation:
        case Relation.AT_LEAST:
            return left.at_least(right)
        case Relation.AT_MOST:
            return right.at_least(left)
        case Relation.ABOVE:
            return left.above(right)
        case Relation.BELOW:
            return right.above(left)
        case Relation.IS:
            return left.equals(right)
        case _:
            raise ValueError(f"{relation} depends on polarity")


def _subject(name: str | None, setting: Setting) -> Pieces:
    return VALUE_PIECES if name is None else setting.figures[name]
