"""Texts of sound definitions: each statement is drawn so that it fits those before it."""

import re
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Final

from hypothesis import strategies as st

from kpirules.testing.drafted_bands import bands
from kpirules.testing.drafted_schemes import by_parts
from kpirules.testing.drafted_targets import labels, sided, target_range
from kpirules.testing.drafted_tolerances import tolerance
from kpirules.testing.kinds import SIDED_TARGETS, WITH_COMPONENTS, Plan
from kpirules.testing.writer import Draft, Writer

_DECLARED: Final = {
    "percent": "percent",
    "points": "points",
    "count": "count",
    "money": "money GBP",
    "duration": "duration",
    "days": "days",
    "rate": "rate per 10,000",
    "score": "score out of 5",
    "own-unit": '"visits"',
    "scale": "scale inspection",
    "milestone": "milestone",
}
_POLARITY: Final = {
    "higher": "higher is better",
    "lower": "lower is better",
    "closer-to-zero": "closer to zero is better",
    "inside": "inside is better",
    "outside": "outside is better",
}
_SCALE: Final = 'scale inspection "Inspection" { "Outstanding" > "Good" > "Fair" > "Inadequate" }'


_AGAINST: Final = {
    "previous": "previous period",
    "last-year": "same period last year",
    "years-earlier": "2 years earlier",
    "baseline": "baseline 2019",
    "of-last": "median of last 3 years",
    "against-figure": "start",
}


def _travels(writer: Writer, kinds: Sequence[str]) -> None:
    names = []
    for kind in kinds:
        if kind == "no-travel":
            continue
        if kind == "against-figure":
            writer.observe("start")
        zone = writer.one_of(_zones(writer, kind))
        clauses = ["while target unchanged"] if kind != "against-figure" and writer.whole_number(0, 7) == 7 else []
        lines = [f"against {_AGAINST[kind]}", *([zone] if zone else []), *clauses]
        # An amount is written in another way in each unit, and two travels of one name must be the same.
        said = [kind, *lines[1:], writer.unit if zone and "%" not in zone else ""]
        name = "by-" + re.sub(r"\W+", "-", " ".join(said).replace("of previous", "")).strip("-").lower()
        writer.beside.append("\n  ".join([f"travel {name} {{", *lines]) + "\n}")
        names.append(name)
    if kinds:
        writer.say(f"travel {', '.join(names) or 'none'}")


def _zones(writer: Writer, kind: str) -> list[str]:
    """What may be said of the changes that count as none, or that it is the band that changes."""
    if writer.unit in ("scale", "milestone"):
        return [""]
    found = ["", "unchanged within 1% of previous", "unchanged under 2% of previous"]
    found += [f"unchanged {edge} {writer.difference(Fraction(2))}" for edge in ("within", "under")]
    if kind in ("previous", "last-year", "years-earlier") and "calendar" in writer.extras:
        found += [f"unchanged within {writer.difference(Fraction(4))} a year"]
    if writer.plan.scheme == "rag" and kind in ("previous", "last-year") and "components" not in writer.extras:
        found += ["by band"]
    return found


def _head(writer: Writer) -> None:
    writer.say(f"unit {_DECLARED[writer.unit]}")
    if writer.plan.polarity == "no-polarity":
        writer.say(writer.one_of(("polarity none", 'polarity none "a volume"', "polarity pending")))
    elif writer.plan.polarity:
        writer.say(f"polarity {_POLARITY[writer.plan.polarity]}")


def _completed(writer: Writer) -> None:
    day = writer.draw(st.dates(date(2015, 1, 1), date(2030, 12, 31)))
    writer.say(f"target completed by {day.isoformat()}")


def _no_target(writer: Writer) -> None:
    words = ["none", "pending", 'pending "TBC"', "not applicable", "establishing baseline", 'none "a volume"']
    writer.say(f"target {writer.one_of(words)}")


def _components(writer: Writer) -> None:
    """Components with targets of their own under a row that follows from them, or has a value of its own."""
    names = ["north", '"south / east"', "west"][: writer.whole_number(1, 3)]
    match writer.plan.scheme:
        case "by-parts":
            by_parts(writer, len(names))
        case "held-down":
            _own_value(writer)
        case _:
            overall = ["worst component", "best component", "worst component, ignoring unrated", "none", "own value"]
            said = writer.one_of([*overall, f"component {names[-1]}"])
            writer.say(f"overall {said}")
            if said == "own value":
                _own_value(writer)
    for name in names:
        number = writer.number()
        width = tolerance(writer, number)
        weight = ["  weight 2.5"] if "value mean of components" in writer.lines and name == names[0] else []
        own = [f"  target {writer.shown(number)}", f"  tolerance {width}", *weight]
        writer.say(f"component {name} {{", *own, "}")


def _own_value(writer: Writer) -> None:
    sided(writer)
    if "worked-out" not in writer.extras and writer.toss():
        writer.say(writer.one_of(("value sum of components", "value mean of components")))


def _rest(writer: Writer) -> None:
    """The extras that do not hang together with the target."""
    extras = writer.extras
    if "limits" in extras:
        # Far beyond everything that the rule tells apart, so that each band can still occur.
        furthest = Fraction(max(map(abs, writer.numbers), default=Fraction(0)).__ceil__() * 3 + 100)
        writer.say(f"values {writer.shown(-furthest)} to {writer.shown(furthest)}")
    if "precision" in extras:
        writer.say(f"precision {writer.one_of(('0.1', '0.01', '1'))}")
    if "rounded" in extras:
        writer.say(f"rated to {writer.one_of(('1 decimal place', '0 decimal places, half even'))}")
    if "accumulates" in extras:
        writer.say(writer.one_of(("accumulates over year", "accumulates over year, compared by increment")))
    if "break" in extras:
        writer.say('break at 2021 "counted anew"')
    if "reads" in extras:
        writer.say('reads overspend as positive, underspend as negative, "snapped" as no value')
    if "worked-out" in extras:
        unit = _DECLARED["count" if writer.unit == "percent" else writer.unit]
        formula = "done / due" if writer.unit == "percent" else writer.one_of(("done - due", "done + due * 2"))
        writer.say(f"inputs done {unit}, due {unit}", f"value {formula}")
    if "metadata" in extras:
        writer.say('owner "Children and Education"', "tags schools", 'source "The yearly return"')
        writer.say('note "a # is no comment here"')
    if "calendar" in extras:
        often = (
            ["quarterly"]
            if writer.plan.target == "by-part"
            else ["quarterly", "monthly", "yearly", "half-yearly", "every 4 months"]
        )
        writer.say(f"frequency {writer.one_of(often)}")


_TARGETS: Final = {
    **dict.fromkeys(SIDED_TARGETS, sided),
    "range": target_range,
    "label": labels,
    "bands": bands,
    "completed-by": _completed,
    "no-target": _no_target,
}


def draft(draw: st.DrawFn, reference: str, plan: Plan, extras: Sequence[str], travels: Sequence[str]) -> Draft:
    """An indicator of this plan and with these extras; `travels` are the kinds of travel that it has."""
    writer = Writer(draw, plan, extras)
    _head(writer)
    if "components" in extras or plan.scheme in WITH_COMPONENTS:
        _components(writer)
    else:
        _TARGETS[plan.target](writer)
    _rest(writer)
    _travels(writer, travels)
    title = writer.one_of(("Schools", 'Waiting times in the \\"north\\"', "Überfälle – Straße"))
    if plan.unit == "scale":
        writer.beside.append(_SCALE)
    return Draft(reference, title, tuple(writer.lines), writer.beside)
