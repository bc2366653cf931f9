"""What rates, drawn so that it fits: targets, tolerances, schemes and bands."""

from fractions import Fraction
from typing import Final

from kpirules.testing.kinds import RATED_BY_TOLERANCE, SIDED
from kpirules.testing.writer import Writer

_LABELS: Final = ("Outstanding", "Good", "Fair", "Inadequate")
_WORSE: Final = {"higher": -1, "lower": 1}
_LONG: Final = "travel long { against same period last year }"
_FLOOR: Final = """\
scheme floor {
  not rated "No standard set" when no floor
  green when at or better than target
  amber when at or better than floor
  red   otherwise
}"""
_FOUR: Final = """\
scheme four {
  blue  when better than target, plus 5% of target
  green when target met
  amber when at or better than midpoint of target and floor
  red   otherwise
}"""
_CAPPED: Final = """\
scheme capped {
  good when target met
  fair when within tolerance
  poor otherwise
  no better than fair when long worsened or long not comparable
}"""
_RECOVERING: Final = """\
scheme recovering-{share} {{
  green when at or better than target, less {share}% of target
  amber when long improved or long unchanged
  red   when long not comparable
  red   otherwise
}}"""
_UNRANKED: Final = """\
scheme unranked-{high} unranked {{
  far   when value above {high}
  near  when value above -1 and value at most 0
  other otherwise
}}"""


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
            others = [writer.number() for _ in range(3)]
            writer.say(f"target by quarter {', '.join(writer.shown(each) for each in [number, *others])}")
        case "phased":
            writer.say(f"target {writer.shown(number)} for year, phased evenly")
        case "earlier":
            writer.say(f"target {_earlier(writer)}")
        case _:
            writer.say(f"figure base {writer.shown(number)}", "target base")
    _scheme(writer, number if target in ("plain", "year-end") else None)
    if writer.plan.scheme in RATED_BY_TOLERANCE:
        writer.say(f"tolerance {tolerance(writer, number)}")


def _in_time(writer: Writer, now: str, later: str | None = None) -> list[str]:
    """The target, or in two versions of which the second begins with a year."""
    if "dated" not in writer.extras:
        return [f"target {now}"]
    return [f"target {now} until 2022", f"target {later or writer.shown(writer.number())} from 2023"]


def _earlier(writer: Writer) -> str:
    comparator = writer.one_of(("same period last year", "previous period", "2 years earlier"))
    moved = writer.one_of(("", "less share", "plus share", "less amount", "plus amount"))
    if not moved:
        return comparator
    way, by = moved.split()
    return f"{comparator}, {way} {f'{writer.percent()} of it' if by == 'share' else writer.difference(writer.amount())}"


def tolerance(writer: Writer, target: Fraction) -> str:
    """How far beyond the target, as the plan has it."""
    match writer.plan.tolerance:
        case "no-tolerance":
            return "none"
        case "far-edge":
            return _far_edge(writer, target)
        case "wider" | "narrower" as kind:
            join = " or " if kind == "wider" else " and "
            return join.join([f"{writer.percent()} of target", writer.difference(writer.amount())])
        case kind:
            return _single(writer, kind)


def _single(writer: Writer, kind: str) -> str:
    if kind == "share-of-target":
        return f"{writer.percent()} of target"
    if kind == "share-of-figure":
        writer.observe("budget")
        return f"{writer.percent()} of budget"
    return writer.difference(writer.amount())


def _far_edge(writer: Writer, target: Fraction) -> str:
    if writer.plan.polarity == "closer-to-zero":
        furthest = max(map(abs, [target, *writer.numbers]))
        return f"to {writer.shown(writer.kept(furthest + writer.amount()))}"
    excluded = {"higher": "above ", "lower": "below "}[writer.plan.polarity]
    return f"to {writer.one_of(('', excluded))}{writer.shown(_worse(writer, target))}"


def _scheme(writer: Writer, target: Fraction | None) -> None:
    """The statement that names the scheme, the scheme itself beside it, and what it reads."""
    scheme = writer.plan.scheme
    match scheme:
        case "rag":
            return
        case "floor":
            writer.beside.append(_FLOOR)
            floor = target is not None and writer.plan.polarity in SIDED and writer.toss()
            writer.say(f"figure floor {writer.shown(_worse(writer, target))}" if floor and target else "figure floor")
        case "recovering":
            share = writer.one_of((5, 10))
            writer.beside += [_LONG, _RECOVERING.format(share=share)]
            scheme = f"recovering-{share}"
        case "four":
            writer.beside.append(_FOUR)
            writer.say("figure floor")
        case "capped":
            writer.beside += [_LONG, _CAPPED]
        case _:
            high = writer.whole_number(0, 50)
            writer.beside.append(_UNRANKED.format(high=high))
            scheme = f"unranked-{high}"
    writer.say(f"scheme {scheme}")


def _worse(writer: Writer, target: Fraction) -> Fraction:
    """A number worse than the target, and than a later target where there is one."""
    ends, polarity = [target, *writer.numbers], writer.plan.polarity
    return writer.kept((min(ends) if polarity == "higher" else max(ends)) + _WORSE[polarity] * writer.amount())


def target_range(writer: Writer) -> None:
    """A target range, in which every point is as good as any other."""
    writer.say(*_in_time(writer, _ends(writer), _ends(writer) if "dated" in writer.extras else None))
    _scheme(writer, None)
    if writer.plan.scheme in RATED_BY_TOLERANCE:
        outside, kind = writer.plan.polarity == "outside", writer.plan.tolerance
        writer.say(f"tolerance {_beyond_range(writer, kind, outside=outside)}")


def _ends(writer: Writer) -> str:
    """From one end to the other, both on one side of zero, so that a share of either is something."""
    low = abs(writer.number(1, 500))
    high = writer.kept(low + writer.whole_number(10, 500))
    low, high = (low, high) if writer.toss() else (-high, -low)
    return f"{writer.shown(low)} to {writer.shown(high)}"


def _beyond_range(writer: Writer, kind: str, *, outside: bool) -> str:
    if kind == "no-tolerance":
        return "none"
    if kind in ("wider", "narrower"):
        join = " or " if kind == "wider" else " and "
        return join.join([f"{writer.percent()} of range width", writer.difference(writer.amount())])
    if kind == "share-of-range":
        part = "width" if outside else writer.one_of(("width", "ends", "middle"))
        return f"{writer.percent()} of range {part}"
    if kind == "per-side":
        one, other = (writer.one_of(("amount", "share-of-range")) for _ in range(2))
        sides = [_beyond_range(writer, each, outside=outside) for each in (one, other)]
        return f"{sides[0]} below, {sides[1]} above"
    if kind == "amount" and outside:
        # Less than half of the narrowest range, so that something inside stays worse than the tolerance.
        return writer.difference(Fraction(writer.whole_number(1, 4)))
    return _single(writer, kind)


def labels(writer: Writer) -> None:
    """A label of a scale, none of which is the worst."""
    far = writer.plan.tolerance == "far-edge"
    place = writer.whole_number(0, 1 if far else 2)
    writer.say(f'target "{_LABELS[place]}"', f'tolerance to "{_LABELS[place + 1]}"' if far else "tolerance none")


def _label_bands(writer: Writer) -> None:
    parted = writer.whole_number(1, 3)
    better, worse = (", ".join(f'"{label}"' for label in part) for part in (_LABELS[:parted], _LABELS[parted:]))
    writer.say("bands {", f"  good is {better}", f"  poor is {worse}", "}")


def bands(writer: Writer) -> None:
    """Bands from best to worst, each edge of which belongs to one side."""
    if writer.unit == "scale":
        _label_bands(writer)
        return
    polarity = writer.plan.polarity
    names = ["excellent", "good", "fair", "poor"][-writer.whole_number(2, 4) :]
    best = writer.number()
    cuts = [best]
    way = 1 if polarity == "lower" else -1
    for _ in names[2:]:
        cuts.append(writer.kept(cuts[-1] + way * writer.amount()))
    owned = [writer.toss() for _ in cuts]  # by the better band
    shown = [writer.shown(cut) for cut in cuts]
    up = polarity != "lower"
    first = f"{shown[0]} and {'above' if up else 'below'}" if owned[0] else f"{'above' if up else 'below'} {shown[0]}"
    said = [f"  {names[0]} {first}"]
    for place, name in enumerate(names[1:-1]):
        # From the better cut to the worse one; the better is left out where the band before owns it.
        better = (shown[place], not owned[place])
        worse = (shown[place + 1], owned[place + 1])
        (low, low_in), (high, high_in) = (worse, better) if up else (better, worse)
        said.append(f"  {name} {'' if low_in else 'above '}{low} to {'' if high_in else 'below '}{high}")
    last = f"{'below' if up else 'above'} {shown[-1]}" if owned[-1] else f"{shown[-1]} and {'below' if up else 'above'}"
    said.append(f"  {names[-1]} {last}")
    writer.say("bands {", *said, "}")
