"""Direction of travel: which way a value has moved since an earlier one, and whether that is better."""

from collections.abc import Mapping
from fractions import Fraction
from typing import TypeAlias

from attrs import frozen

from kpirules.core import Condition
from kpirules.core.conditions import all_of, any_of
from kpirules.reasons import Direction
from kpirules.vocabulary.comparators import Comparator
from kpirules.vocabulary.figures import Compared, Named, pieces_of
from kpirules.vocabulary.pieces import VALUE_PIECES, Pieces
from kpirules.vocabulary.reach import Reach
from kpirules.vocabulary.setting import Setting


@frozen
class Within:
    """A change of no more than this (or of less than this, if `under`) counts as none."""

    number: Fraction
    under: bool = False


@frozen
class WithinShare:
    """A change of no more than a percentage of the earlier value's magnitude counts as none."""

    percent: Fraction
    under: bool = False


DeadZone: TypeAlias = Within | WithinShare


@frozen
class Travel:
    """A named comparison with an earlier value or with a figure."""

    name: str
    title: str
    against: Comparator | Named
    dead_zone: DeadZone = Within(Fraction(0))

    @property
    def earlier(self) -> str:
        """The name of the input with which the value is compared."""
        return self.against.name if isinstance(self.against, Named) else self.against.words


def directions(travel: Travel, setting: Setting) -> Mapping[Direction, Condition]:
    """When each direction holds. At most one does, and none while the value or the earlier one is missing."""
    earlier = earlier_pieces(travel, setting)
    zone = _zone(travel.dead_zone, earlier)
    under = travel.dead_zone.under
    higher = _moved(VALUE_PIECES, earlier, zone, under=under)
    lower = _moved(earlier, VALUE_PIECES, zone, under=under)
    if not setting.polarity.has_better or (setting.polarity.wants_range and setting.target is None):
        return {Direction.UP: higher, Direction.DOWN: lower, Direction.UNCHANGED: _neither(earlier, zone, under=under)}
    reach = setting.reach_of(earlier)
    if setting.target is None or not setting.target.is_range:
        improved, worsened = _by_reach(reach, zone, under=under)
        return {
            Direction.IMPROVED: improved,
            Direction.WORSENED: worsened,
            Direction.UNCHANGED: _kept(reach, zone, under=under),
        }
    # Against a target range, values that are both as good as can be have only an up and a down.
    ideal = setting.target.reach
    was_worse, level = ideal.beyond(earlier), all_of(ideal.holds(earlier), ideal.holds(VALUE_PIECES))
    improved, worsened = _by_reach(reach, zone, under=under)
    kept = _kept(reach, zone, under=under)
    return {
        Direction.IMPROVED: all_of(was_worse, improved),
        Direction.WORSENED: all_of(any_of(was_worse, ideal.beyond(VALUE_PIECES)), worsened),
        Direction.UP: all_of(level, higher),
        Direction.DOWN: all_of(level, lower),
        Direction.UNCHANGED: any_of(
            all_of(was_worse, kept),
            all_of(level, _neither(earlier, zone, under=under)),
            all_of(ideal.holds(earlier), ideal.beyond(VALUE_PIECES), kept),
        ),
    }


def earlier_pieces(travel: Travel, setting: Setting) -> Pieces:
    """What the value is compared with."""
    figure = travel.against if isinstance(travel.against, Named) else Compared(travel.against)
    return pieces_of(figure, setting)


def _zone(dead_zone: DeadZone, earlier: Pieces) -> Pieces:
    match dead_zone:
        case Within():
            return Pieces.number(dead_zone.number)
        case WithinShare():
            return earlier.magnitude() * (dead_zone.percent / 100)


def _moved(further: Pieces, nearer: Pieces, zone: Pieces, *, under: bool) -> Condition:
    """`further` lies beyond `nearer` by more than the dead zone; at its edge too if that is change already."""
    return further.at_least(nearer + zone) if under else further.above(nearer + zone)


def _neither(earlier: Pieces, zone: Pieces, *, under: bool) -> Condition:
    up_to, down_to = earlier + zone, earlier - zone
    if under:
        return all_of(up_to.above(VALUE_PIECES), VALUE_PIECES.above(down_to))
    return all_of(up_to.at_least(VALUE_PIECES), VALUE_PIECES.at_least(down_to))


def _by_reach(reach: Reach, zone: Pieces, *, under: bool) -> tuple[Condition, Condition]:
    """Improved and worsened: inside what is as good as the earlier value, or beyond it, by more than the dead zone."""
    better, worse = reach.widened(-zone, -zone), reach.widened(zone, zone)
    if under:
        return better.holds(VALUE_PIECES), worse.at_or_beyond(VALUE_PIECES)
    return better.holds_strictly(VALUE_PIECES), worse.beyond(VALUE_PIECES)


def _kept(reach: Reach, zone: Pieces, *, under: bool) -> Condition:
    """Neither improved nor worsened, with nothing missing."""
    better, worse = reach.widened(-zone, -zone), reach.widened(zone, zone)
    if under:
        return all_of(better.beyond(VALUE_PIECES), worse.holds_strictly(VALUE_PIECES))
    return all_of(better.at_or_beyond(VALUE_PIECES), worse.holds(VALUE_PIECES))


def comparable(travel: Travel, setting: Setting) -> Condition:
    """Both the value and the earlier one are there."""
    earlier = earlier_pieces(travel, setting)
    return any_of(VALUE_PIECES.at_least(earlier), earlier.above(VALUE_PIECES))
