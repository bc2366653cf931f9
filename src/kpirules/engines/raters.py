"""Raters for hot loops: from tables of rules to one function that looks its answer up.

The functions are closures over a few shared pieces of code, so that nothing is compiled at run time. Each looks first
at plain floats, with thresholds that are exact. A difference of two floats is not, so only what surely lies on one side
of an edge is settled at once. What a first look cannot settle goes to exact numbers. What is no plain number, or may
not come in, goes to the plain way, which reads it or refuses it.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from decimal import Decimal
from math import inf, nextafter

from attrs import frozen

from kpirules.core import Cut
from kpirules.core.rule import VALUE
from kpirules.engines.asked import Asked, Question, Rater, Settled, exactly
from kpirules.engines.decimals import DECIMALS, DoubtError, decimal_cut
from kpirules.engines.differences import Sure
from kpirules.engines.doors import WHOLE, Door
from kpirules.engines.several import decimal_looks, looks_of, of_looks
from kpirules.engines.tables import Scale
from kpirules.engines.thresholds import threshold


def rater(question: Question) -> Rater:
    """A function of the arguments that looks its answer up; what is missing is None or NaN, or left out at the end."""
    slowly = exactly(question)
    row = _row_of_value(question.rating) if question.reads_numbers else None
    if row is None:
        return slowly
    if question.travel is None:
        return _of_value(row, _answers(question, row, None), slowly) if question.arguments == 1 else slowly
    if question.arguments != 2:
        return slowly
    alone = _of_value(row, _answers(question, row, _without_earlier(question.travel)), slowly)
    if question.travel.never_handed:
        return lambda value, previous=None: alone(value)  # noqa: ARG005  # no fair comparison, so nobody looks at it
    change = _row_of_change(question.travel)
    if change is not None:
        return _of_value_and_change(question, row, change, alone, slowly)
    return _of_several(question, row, question.travel, alone, slowly)


@frozen
class _Row:
    """The zones of one amount in order: the cuts between them and what comes of each. No two neighbours are alike."""

    cuts: tuple[Cut, ...]
    outcomes: tuple[Settled, ...]
    door: Door


def _answers(question: Question, row: _Row, direction: Settled | None) -> list[object]:
    return [question.answers(outcome, direction) for outcome in row.outcomes]


def _without_earlier(travel: Asked) -> Settled:
    """What comes of a direction of travel when nothing but the value is there."""
    missing = sum(1 << bit for bit, name in enumerate(travel.table.inputs) if name != VALUE)
    return travel.settled(travel.table.place(missing, (0,) * len(travel.table.scales)))


def _row(asked: Asked, scale: Scale | None, door: Door) -> _Row:
    """The zones of the one scale of a rule while nothing is missing."""
    cuts = [] if scale is None else [door.before_rounding(cut) for cut in scale.cuts]
    outcomes = [asked.settled(zone) for zone in range(len(cuts) + 1)]
    kept = [place for place in range(len(cuts)) if outcomes[place] != outcomes[place + 1]]
    return _Row(tuple(cuts[place] for place in kept), (*(outcomes[place] for place in kept), outcomes[-1]), door)


def _row_of_value(asked: Asked) -> _Row | None:
    """The zones of a rule that reads the value alone."""
    if asked.table.inputs != (VALUE,):
        return None
    return _row(asked, next(iter(asked.table.scales), None), asked.handed[0].door)


def _row_of_change(asked: Asked) -> _Row | None:
    """The three zones of a rule that reads nothing but the difference of the value and the argument after it."""
    table = asked.table
    if len(table.inputs) != 2 or len(table.scales) != 1 or not table.scales[0].difference:
        return None
    by_argument = {how.argument: how.door for how in asked.handed}
    if set(by_argument) != {0, 1} or any(door.rounding for door in by_argument.values()):
        return None
    row = _row(asked, table.scales[0], by_argument[1])
    return row if len(row.cuts) == 2 else None


def _ends(row: _Row, greatest: float) -> list[float]:
    """The thresholds of a row; those beyond what may come in are drawn to its ends."""
    return [min(max(threshold(cut), row.door.least), nextafter(greatest, inf)) for cut in row.cuts]


def _on_step(door: Door) -> Callable[[float], bool] | None:
    """Whether a double that may come in is surely on a step; None where there are none."""
    if door.step is None:
        return None
    return float.is_integer if door.steps_a_unit == 1 else door.surely_on_step


# --- the value alone ---


def _of_value(row: _Row, answers: Sequence[object], slowly: Rater) -> Rater:
    """A function of the value, which chooses among the answers of its zones."""
    least, greatest = row.door.least, row.door.greatest
    ends, on_step = _ends(row, greatest), _on_step(row.door)
    by_decimal: Rater | None = None

    def otherwise(value: object) -> object:
        nonlocal by_decimal
        if type(value) is Decimal:
            if by_decimal is None:  # made for those who hand decimals in; equal whoever makes it
                by_decimal = _decimal_value(row, answers, slowly)
            return by_decimal(value)
        if type(value) is int and -WHOLE <= value <= WHOLE and least <= value <= greatest:
            return rate(float(value))
        return slowly(value)

    if len(ends) > 2 or on_step is not None:
        surely = on_step or _always

        def rate(value: object) -> object:
            if type(value) is float and least <= value <= greatest and surely(value):
                return answers[bisect_right(ends, value)]
            return otherwise(value)

        return rate

    first, second = (*ends, *[nextafter(greatest, inf)] * 2)[:2]
    low, middle, high = (*answers, None, None)[:3]

    def rate_by_two_edges(value: object) -> object:
        if type(value) is float:
            if value >= second:
                if value <= greatest:
                    return high
            elif value >= first:
                return middle
            elif value >= least:
                return low
        return otherwise(value)

    rate = rate_by_two_edges
    return rate


def _always(_: float) -> bool:
    return True


def _decimal_value(row: _Row, answers: Sequence[object], slowly: Rater) -> Rater:
    """The same for decimals."""
    cuts = _decimal_cuts(row)
    if cuts is None:
        return slowly
    plus = DECIMALS.plus

    def rate(value: Decimal) -> object:
        try:
            plain = plus(value).is_finite()
        except DoubtError:
            return slowly(value)
        return answers[bisect_right(cuts, value)] if plain else slowly(value)

    return rate


def _decimal_cuts(row: _Row) -> list[Decimal] | None:
    """The cuts for decimals that pass `DECIMALS`; None where not every one of these may come in or can be compared."""
    cuts = [decimal_cut(cut) for cut in row.cuts]
    found = [cut for cut in cuts if cut is not None]
    return found if row.door.open and len(found) == len(cuts) else None


# --- the value and its change ---


def _of_value_and_change(question: Question, row: _Row, change: _Row, alone: Rater, slowly: Rater) -> Rater:
    """A function of the value and the one it is compared with."""
    # One tuple of answers for each zone of the value: lower, neither, higher.
    answers = [tuple(question.answers(outcome, direction) for direction in change.outcomes) for outcome in row.outcomes]
    down, up = (Sure.about(cut) for cut in change.cuts)
    fallen, not_fallen, risen, not_risen = down.not_passed, down.passed, up.passed, up.not_passed
    far = min(down.greatest, up.greatest)
    least, greatest = max(row.door.least, -far), min(row.door.greatest, far)
    nearly = min(WHOLE, far)
    ends, on_step = _ends(row, row.door.greatest), _on_step(row.door)
    low_end, high_end = change.door.least, change.door.greatest
    by_decimal: Rater | None = None
    by_repr: Rater | None = None

    def near(value: float, previous: float) -> object:
        """On or just beside an edge of the change."""
        nonlocal by_repr
        if by_repr is None:
            by_repr = _of_repr(change, answers, slowly)
        return by_repr(value, previous, bisect_right(ends, value))

    def otherwise(value: object, previous: object) -> object:
        nonlocal by_decimal
        if previous is None:
            return alone(value)
        kind, other = type(value), type(previous)
        if kind is Decimal and other is Decimal:
            if by_decimal is None:  # made for those who hand decimals in; equal whoever makes it
                by_decimal = _decimal_change(row, change, answers, slowly)
            return by_decimal(value, previous)
        whole = (kind is int or other is int) and kind in _PLAIN and other in _PLAIN
        if whole and -nearly <= value <= nearly and -WHOLE <= previous <= WHOLE:  # type: ignore[operator]
            return rate(float(value), float(previous))  # type: ignore[arg-type]
        return slowly(value, previous)

    if len(ends) > 2 or on_step is not None:
        surely = on_step or _always

        def rate(value: object, previous: object = None) -> object:
            if (
                type(value) is float
                and type(previous) is float
                and least <= value <= greatest
                and low_end <= previous <= high_end
                and surely(value)
                and surely(previous)
            ):
                row = answers[bisect_right(ends, value)]
                change = value - previous
                if change >= risen:
                    return row[2]
                if change <= fallen:
                    return row[0]
                if not_fallen <= change <= not_risen:
                    return row[1]
                return near(value, previous)
            return otherwise(value, previous)

        return rate

    first, second = (*ends, *[inf] * 2)[:2]
    low, middle, high = (*answers, (), ())[:3]

    def rate_by_two_edges(value: object, previous: object = None) -> object:
        if (
            type(value) is float
            and type(previous) is float
            and least <= value <= greatest
            and low_end <= previous <= high_end
        ):
            row = high if value >= second else middle if value >= first else low
            change = value - previous
            if change >= risen:
                return row[2]
            if change <= fallen:
                return row[0]
            if not_fallen <= change <= not_risen:
                return row[1]
            return near(value, previous)
        return otherwise(value, previous)

    rate = rate_by_two_edges
    return rate


_PLAIN = (int, float)


def _of_several(question: Question, row: _Row, travel: Asked, alone: Rater, slowly: Rater) -> Rater:
    """A function of the value and the one it is compared with, for a travel of several axes."""
    looks = looks_of(travel)
    if looks is None or row.door.step is not None:
        return slowly
    far, near = looks.greatest, min(looks.greatest, WHOLE)
    doors = [how.door for how in travel.handed if how.argument == 1]
    if not doors:
        return slowly
    # Every sum of axes bounds the magnitude of both numbers where it bounds that of one.
    within = (
        max(row.door.least, -far),
        min(row.door.greatest, far),
        max(doors[0].least, -far),
        min(doors[0].greatest, far),
    )
    answers = [tuple(question.answers(outcome, way) for way in looks.outcomes) for outcome in row.outcomes]
    by_decimal: Rater | None = None

    def otherwise(value: object, previous: object) -> object:
        nonlocal by_decimal
        if previous is None:
            return alone(value)
        if type(value) is Decimal and type(previous) is Decimal:
            if by_decimal is None:  # made for those who hand decimals in; equal whoever makes it
                cuts = _decimal_cuts(row) if doors[0].open else None
                by_decimal = slowly if cuts is None else decimal_looks(cuts, answers, looks, travel, slowly)
            return by_decimal(value, previous)
        whole = (type(value) is int or type(previous) is int) and type(value) in _PLAIN and type(previous) in _PLAIN
        if whole and -near <= value <= near and -near <= previous <= near:  # type: ignore[operator]
            return surely(float(value), float(previous))  # type: ignore[arg-type]
        return slowly(value, previous)

    surely = of_looks(_ends(row, row.door.greatest), answers, looks, within, slowly)
    return of_looks(_ends(row, row.door.greatest), answers, looks, within, otherwise)


def _of_repr(change: _Row, answers: Sequence[tuple[object, ...]], slowly: Rater) -> Rater:
    """A function of two floats and the zone of the first, which settles their change exactly."""
    cuts = [decimal_cut(cut) for cut in change.cuts]
    known = [cut for cut in cuts if cut is not None]
    if len(known) < len(cuts):
        return lambda value, previous, _: slowly(value, previous)
    difference = DECIMALS.subtract

    def settle(value: float, previous: float, zone: int) -> object:
        try:
            change = difference(Decimal(repr(value)), Decimal(repr(previous)))
        except DoubtError:
            return slowly(value, previous)
        return answers[zone][bisect_right(known, change)]

    return settle


def _decimal_change(row: _Row, change: _Row, answers: Sequence[tuple[object, ...]], slowly: Rater) -> Rater:
    """The same as of floats for decimals."""
    cuts, ends = _decimal_cuts(row), [decimal_cut(cut) for cut in change.cuts]
    lower, upper = ends
    if cuts is None or lower is None or upper is None or not change.door.open:
        return slowly
    subtract = DECIMALS.subtract

    def rate(value: Decimal, previous: Decimal) -> object:
        try:
            change = subtract(value, previous)
        except DoubtError:
            return slowly(value, previous)
        if not change.is_finite():
            return slowly(value, previous)
        row = answers[bisect_right(cuts, value)]
        return row[2] if change >= upper else row[1] if change >= lower else row[0]

    return rate
