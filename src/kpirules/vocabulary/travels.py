"""Direction of travel: which way a value has moved since an earlier one, and whether that is better."""

from collections.abc import Mapping
from fractions import Fraction
from typing import TypeAlias, assert_never

from attrs import frozen

from kpirules.core import Condition, Form
from kpirules.core.conditions import all_of, any_of, negated
from kpirules.exact import decimal_text
from kpirules.periods import Needs, Part
from kpirules.reasons import Direction
from kpirules.units import Unit, show_difference
from kpirules.vocabulary.comparators import BeforePrevious, Comparator, Previous, YearsEarlier, years_between
from kpirules.vocabulary.figures import Named, pieces_of
from kpirules.vocabulary.pieces import VALUE_PIECES, Pieces
from kpirules.vocabulary.reach import Reach
from kpirules.vocabulary.setting import Setting


@frozen
class FlatZone:
    """A change of no more than this (or of less than this, if `under`) counts as none; or so much for each year."""

    number: Fraction
    under: bool = False
    a_year: bool = False


@frozen
class ShareZone:
    """A change of no more than a percentage of the earlier value's magnitude counts as none; or so much a year."""

    percent: Fraction
    under: bool = False
    a_year: bool = False


DeadZone: TypeAlias = FlatZone | ShareZone


@frozen
class Travel:
    """A named comparison with an earlier value or with a figure; `by_band` with the rating of an earlier value.

    It may be a fair one only while the target stays the same.
    """

    name: str
    title: str
    against: Comparator | Named
    dead_zone: DeadZone = FlatZone(Fraction(0))
    by_band: bool = False
    while_target_unchanged: bool = False

    @property
    def earlier(self) -> str:
        """The name of the input with which the value is compared."""
        if isinstance(self.against, Named):
            return self.against.name
        return f"{self.against.words}, while target unchanged" if self.while_target_unchanged else self.against.words

    @property
    def also_called(self) -> tuple[str, ...]:
        """Other names under which the earlier value may be handed in: the travel's, and the bare words."""
        return (self.name,) if isinstance(self.against, Named) else (self.name, self.against.words)


def directions(travel: Travel, setting: Setting) -> Mapping[Direction, Condition]:
    """When each direction holds. At most one does, and none while the value or the earlier one is missing.

    Nor does one where the dead zone grows with a distance in time that is not known.
    """
    now, earlier = compared(travel, setting)
    years = years_of(travel, setting.part)
    if years is None:
        return {}
    zone = _zone(travel.dead_zone, earlier) * years
    under = travel.dead_zone.under
    by_range = setting.polarity.wants_range
    if not setting.polarity.has_better or (by_range and (setting.target is None or _by_increment(travel, setting))):
        return {
            Direction.UP: _moved(now, earlier, zone, under=under),
            Direction.DOWN: _moved(earlier, now, zone, under=under),
            Direction.UNCHANGED: _neither(now, earlier, zone, under=under),
        }
    reach = setting.reach_of(earlier)
    if setting.target is None or not setting.target.is_range:
        improved, worsened = _by_reach(now, reach, zone, under=under)
        return {
            Direction.IMPROVED: improved,
            Direction.WORSENED: worsened,
            Direction.UNCHANGED: _kept(now, reach, zone, under=under),
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
    closer, further = _by_reach(VALUE_PIECES, reach, zone, under=under)
    level = all_of(ideal.holds(earlier), ideal.holds(VALUE_PIECES))
    off = any_of(
        all_of(ideal.beyond(earlier), _both_there(VALUE_PIECES, earlier)),
        all_of(ideal.holds(earlier), ideal.beyond(VALUE_PIECES)),
    )
    improved = all_of(ideal.beyond(earlier), could_improve, closer)
    worsened = all_of(off, further)
    return {
        Direction.IMPROVED: improved,
        Direction.WORSENED: worsened,
        Direction.UP: all_of(level, _moved(VALUE_PIECES, earlier, zone, under=under)),
        Direction.DOWN: all_of(level, _moved(earlier, VALUE_PIECES, zone, under=under)),
        Direction.UNCHANGED: any_of(
            all_of(off, negated(improved), negated(worsened)),
            all_of(level, _neither(VALUE_PIECES, earlier, zone, under=under)),
        ),
    }


def compared(travel: Travel, setting: Setting) -> tuple[Pieces, Pieces]:
    """What is compared with what: the value with the earlier one, or the increments of a running total.

    A running total begins anew with each year, so the increment of a year's first period is its value.
    """
    if isinstance(travel.against, Named):
        return VALUE_PIECES, pieces_of(travel.against, setting)
    earlier = Pieces.of(Form.of(travel.earlier))
    if not isinstance(travel.against, Previous) or not setting.by_increment:
        return VALUE_PIECES, earlier
    before = Pieces.of(Form.of(BeforePrevious(travel.against.frequency).words))
    part = setting.part.period.part if setting.part.period else setting.part
    now = VALUE_PIECES if part.index == 1 else VALUE_PIECES - earlier
    return now, earlier if (part.index - 1 or part.of) == 1 else earlier - before


def _by_increment(travel: Travel, setting: Setting) -> bool:
    return setting.by_increment and isinstance(travel.against, Previous)


def years_of(travel: Travel, part: Part) -> Fraction | None:
    """By how many years the dead zone is multiplied; None where that hangs on a period that is not known."""
    if not travel.dead_zone.a_year:
        return Fraction(1)
    match travel.against:
        case YearsEarlier(years=years):
            return Fraction(years)
        case Named():
            return None
        case comparator:
            return years_between(comparator, part.period) if part.period else None


def travel_needs(travel: Travel, *, by_increment: bool) -> Needs:
    """What of a period the rule of a travel hangs on."""
    if travel.by_band:
        return Needs.NOTHING
    grows = travel.dead_zone.a_year and not isinstance(travel.against, YearsEarlier)
    return Needs.PERIOD if grows or (by_increment and isinstance(travel.against, Previous)) else Needs.NOTHING


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


def _neither(now: Pieces, earlier: Pieces, zone: Pieces, *, under: bool) -> Condition:
    up_to, down_to = earlier + zone, earlier - zone
    if under:
        between = all_of(up_to.above(now), now.above(down_to))
        return any_of(between, now.equals(earlier))
    return all_of(up_to.at_least(now), now.at_least(down_to))


def _by_reach(now: Pieces, reach: Reach, zone: Pieces, *, under: bool) -> tuple[Condition, Condition]:
    """Improved and worsened: inside what is as good as the earlier value, or beyond it, by more than the dead zone."""
    better, worse = reach.widened(-zone, -zone), reach.widened(zone, zone)
    if under:
        improved = all_of(better.holds(now), reach.holds_strictly(now))
        return improved, all_of(worse.at_or_beyond(now), reach.beyond(now))
    return better.holds_strictly(now), worse.beyond(now)


def _kept(now: Pieces, reach: Reach, zone: Pieces, *, under: bool) -> Condition:
    """Neither improved nor worsened, with nothing missing."""
    improved, worsened = _by_reach(now, reach, zone, under=under)
    known = any_of(reach.holds(now), reach.beyond(now))
    return all_of(known, negated(improved), negated(worsened))


def zone_words(zone: DeadZone, unit: Unit) -> str:
    """The dead zone as the language says it; empty where there is none."""
    match zone:
        case FlatZone():
            size = show_difference(zone.number, unit)
        case ShareZone():
            size = f"{decimal_text(zone.percent)}% of previous"
        case _:
            assert_never(zone)
    if zone == FlatZone(Fraction(0)):
        return ""
    return f"unchanged {'under' if zone.under else 'within'} {size}{' a year' if zone.a_year else ''}"


def comparable(travel: Travel, setting: Setting) -> Condition:
    """Both the value and the earlier one are there."""
    return _both_there(*compared(travel, setting))


def _both_there(now: Pieces, earlier: Pieces) -> Condition:
    return any_of(now.at_least(earlier), earlier.above(now))
