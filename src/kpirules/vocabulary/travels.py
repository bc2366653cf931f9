"""Direction of travel: which way a value has moved since an earlier one, and whether that is better."""

from collections.abc import Mapping
from fractions import Fraction
from typing import TypeAlias

from attrs import frozen

from kpirules.core import Condition
from kpirules.core.conditions import all_of, any_of, negated
from kpirules.reasons import Direction
from kpirules.vocabulary.comparators import Comparator
from kpirules.vocabulary.figures import Compared, Named, pieces_of
from kpirules.vocabulary.pieces import VALUE_PIECES, Pieces
from kpirules.vocabulary.reach import Reach
from kpirules.vocabulary.setting import Setting


@frozen
class FlatZone:
    """A change of no more than this (or of less than this, if `under`) counts as none."""

    number: Fraction
    under: bool = False


@frozen
class ShareZone:
    """A change of no more than a percentage of the earlier value's magnitude counts as none."""

    percent: Fraction
    under: bool = False


DeadZone: TypeAlias = FlatZone | ShareZone


@frozen
class Travel:
    """A named comparison with an earlier value or with a figure; `by_band` with the rating of an earlier value."""

    name: str
    title: str
    against: Comparator | Named
    dead_zone: DeadZone = FlatZone(Fraction(0))
    by_band: bool = False

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
    return _about_range(setting.target.reach, reach, earlier, zone, under=under)


def _about_range(
    ideal: Reach, reach: Reach, earlier: Pieces, zone: Pieces, *, under: bool
) -> Mapping[Direction, Condition]:
    """About a target range it is the distance from the range that gets less or more.

    Between two values that are both as good as can be there is only an up and a down.
    """
    far_enough = ideal.widened(zone, zone)
    could_improve = far_enough.at_or_beyond(earlier) if under else far_enough.beyond(earlier)
    closer, further = _by_reach(reach, zone, under=under)
    level = all_of(ideal.holds(earlier), ideal.holds(VALUE_PIECES))
    off = any_of(
        all_of(ideal.beyond(earlier), _both_there(earlier)), all_of(ideal.holds(earlier), ideal.beyond(VALUE_PIECES))
    )
    improved = all_of(ideal.beyond(earlier), could_improve, closer)
    worsened = all_of(off, further)
    return {
        Direction.IMPROVED: improved,
        Direction.WORSENED: worsened,
        Direction.UP: all_of(level, _moved(VALUE_PIECES, earlier, zone, under=under)),
        Direction.DOWN: all_of(level, _moved(earlier, VALUE_PIECES, zone, under=under)),
        Direction.UNCHANGED: any_of(
            all_of(off, negated(improved), negated(worsened)), all_of(level, _neither(earlier, zone, under=under))
        ),
    }


def earlier_pieces(travel: Travel, setting: Setting) -> Pieces:
    """What the value is compared with."""
    figure = travel.against if isinstance(travel.against, Named) else Compared(travel.against)
    return pieces_of(figure, setting)


def _zone(dead_zone: DeadZone, earlier: Pieces) -> Pieces:
    match dead_zone:
        case FlatZone():
            return Pieces.number(dead_zone.number)
        case ShareZone():
            return earlier.magnitude() * (dead_zone.percent / 100)


# A dead zone of nothing must not make two equal values a change in both directions at once: where the edge of the
# zone is change, equal values are told apart from it first.


def _moved(further: Pieces, nearer: Pieces, zone: Pieces, *, under: bool) -> Condition:
    """`further` lies beyond `nearer` by more than the dead zone; at its edge too if that is change already."""
    if under:
        return all_of(further.at_least(nearer + zone), further.above(nearer))
    return further.above(nearer + zone)


def _neither(earlier: Pieces, zone: Pieces, *, under: bool) -> Condition:
    up_to, down_to = earlier + zone, earlier - zone
    if under:
        between = all_of(up_to.above(VALUE_PIECES), VALUE_PIECES.above(down_to))
        return any_of(between, VALUE_PIECES.equals(earlier))
    return all_of(up_to.at_least(VALUE_PIECES), VALUE_PIECES.at_least(down_to))


def _by_reach(reach: Reach, zone: Pieces, *, under: bool) -> tuple[Condition, Condition]:
    """Improved and worsened: inside what is as good as the earlier value, or beyond it, by more than the dead zone."""
    better, worse = reach.widened(-zone, -zone), reach.widened(zone, zone)
    if under:
        improved = all_of(better.holds(VALUE_PIECES), reach.holds_strictly(VALUE_PIECES))
        return improved, all_of(worse.at_or_beyond(VALUE_PIECES), reach.beyond(VALUE_PIECES))
    return better.holds_strictly(VALUE_PIECES), worse.beyond(VALUE_PIECES)


def _kept(reach: Reach, zone: Pieces, *, under: bool) -> Condition:
    """Neither improved nor worsened, with nothing missing."""
    improved, worsened = _by_reach(reach, zone, under=under)
    known = any_of(reach.holds(VALUE_PIECES), reach.beyond(VALUE_PIECES))
    return all_of(known, negated(improved), negated(worsened))


def comparable(travel: Travel, setting: Setting) -> Condition:
    """Both the value and the earlier one are there."""
    return _both_there(earlier_pieces(travel, setting))


def _both_there(earlier: Pieces) -> Condition:
    return any_of(VALUE_PIECES.at_least(earlier), earlier.above(VALUE_PIECES))
