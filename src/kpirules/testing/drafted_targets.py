"""Targets that are drawn, each with the scheme and the tolerance that go with it."""

from fractions import Fraction
from typing import Final

from kpirules.testing.drafted_schemes import scheme
from kpirules.testing.drafted_tolerances import beyond_range, tolerance
from kpirules.testing.kinds import RATED_BY_TOLERANCE
from kpirules.testing.writer import Writer

LABELS: Final = ("Outstanding", "Good", "Fair", "Inadequate")


def sided(writer: Writer) -> None:
    """One target, met on one side of it or within as much of zero."""
    polarity, target, number = writer.plan.polarity, writer.plan.target, writer.number()
    match target:
        case "plain":
            writer.say(*_in_time(writer, writer.shown(number)))
        case "strict":
            writer.say(f"target {'above' if polarity == 'higher' else 'below'} {writer.shown(number)}")
        case "year-end":
            writer.say(f"target {writer.shown(number)} at year end")
        case "by-part":
            writer.say(f"target {_by_quarter(writer, number)}")
        case "phased":
            writer.say(f"target {_phased(writer, number)}")
        case "straight-line":
            writer.say(*_straight_line(writer, number))
        case "earlier":
            writer.say(f"target {_earlier(writer)}")
        case "formula":
            writer.say(*_formula(writer, number))
        case _:
            writer.say(*_base(writer, number), "target base")
    scheme(writer, number if target in ("plain", "year-end") else None)
    if writer.plan.scheme in RATED_BY_TOLERANCE:
        writer.say(f"tolerance {tolerance(writer, number)}")


def _in_time(writer: Writer, now: str, later: str | None = None) -> list[str]:
    """The target, or in two versions of which the second begins with a year."""
    if "dated" not in writer.extras:
        return [f"target {now}"]
    return [f"target {now} until 2022", f"target {later or writer.shown(writer.number())} from 2023"]


def _by_quarter(writer: Writer, first: Fraction) -> str:
    others = [writer.number() for _ in range(3)]
    return f"by quarter {', '.join(writer.shown(each) for each in [first, *others])}"


def _phased(writer: Writer, in_a_month: Fraction) -> str:
    """So much in a month, for a share that is rounded to zero leaves nothing to a tolerance in per cent of it."""
    return f"{writer.shown(writer.kept(in_a_month * 12))} for year, phased evenly"


def _straight_line(writer: Writer, first: Fraction) -> list[str]:
    """From one number to one further from zero, so that it is never zero; at times with targets before and after."""
    last = _further(writer, first)
    one, other = writer.shown(first), writer.shown(last)
    line = f"from {one} in 2020 to {other} in 2021, in a straight line"
    if writer.one_of((False, False, True)):
        return [f"target {one} until 2019", f"target {line} from 2020 until 2021", f"target {other} from 2022"]
    return [f"target {line}"]


def _further(writer: Writer, number: Fraction) -> Fraction:
    return writer.kept(number + writer.amount() * (1 if number > 0 else -1))


def _earlier(writer: Writer) -> str:
    comparator = writer.one_of(("same period last year", "previous period", "2 years earlier"))
    moved = writer.one_of(("", "less share", "plus share", "less amount", "plus amount"))
    if not moved:
        return comparator
    way, by = moved.split()
    return f"{comparator}, {way} {f'{writer.percent()} of it' if by == 'share' else writer.difference(writer.amount())}"


def _formula(writer: Writer, number: Fraction) -> list[str]:
    """Worked out from figures, one of which may be observed; where none is, never zero."""
    figure = writer.one_of((f"figure base {writer.shown(number)}", "figure base"))
    other = writer.shown(_further(writer, number))
    said = (
        "base * 2 + base",
        "(base + base * 3) / 2",
        f"midpoint of base and {other}",
        f"25% of the way from base to {other}",
        f"base, plus {writer.percent()} of base",
    )
    return [figure, f"target {writer.one_of(said)}"]


def _base(writer: Writer, number: Fraction) -> list[str]:
    """The figure that is the target: most often one number, which may be another one over the year or in time."""
    match writer.one_of(("number", "number", "number", "observed", "by quarter", "phased", "dated", "set later")):
        case "number":
            return [f"figure base {writer.shown(number)}"]
        case "observed":
            return ["figure base"]
        case "by quarter":
            return [f"figure base {_by_quarter(writer, number)}"]
        case "phased":
            return [f"figure base {_phased(writer, number)}"]
        case "dated":
            return [
                f"figure base {writer.shown(number)} until 2022",
                f"figure base {writer.shown(writer.number())} from 2023",
            ]
        case _:
            return ['figure base pending "to be agreed" until 2022', f"figure base {writer.shown(number)} from 2023"]


def target_range(writer: Writer) -> None:
    """A target range, in which every point is as good as any other."""
    writer.say(*_in_time(writer, _ends(writer), _ends(writer) if "dated" in writer.extras else None))
    scheme(writer, None)
    if writer.plan.scheme in RATED_BY_TOLERANCE:
        writer.say(f"tolerance {beyond_range(writer, writer.plan.tolerance)}")


def _ends(writer: Writer) -> str:
    """From one end to the other, both on one side of zero, so that a share of either is something."""
    low = abs(writer.number(1, 500))
    high = writer.kept(low + writer.whole_number(10, 500))
    low, high = (low, high) if writer.toss() else (-high, -low)
    return f"{writer.shown(low)} to {writer.shown(high)}"


def labels(writer: Writer) -> None:
    """A label of a scale, none of which is the worst."""
    far = writer.plan.tolerance == "far-edge"
    place = writer.whole_number(0, 1 if far else 2)
    writer.say(f'target "{LABELS[place]}"', f'tolerance to "{LABELS[place + 1]}"' if far else "tolerance none")
