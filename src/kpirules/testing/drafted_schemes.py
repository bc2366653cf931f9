"""Schemes that are drawn: each beside the indicator, with what it reads and what the indicator says for it."""

from fractions import Fraction
from typing import Final

from kpirules.testing.kinds import SIDED
from kpirules.testing.writer import Writer

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
_BY_PARTS: Final = {
    "worst-part": (
        "green when all components green",
        "amber when not any component red",
        "red otherwise",
    ),
    "few-parts": (
        "green when all components at or better than amber and at most 1 component amber",
        "amber when at most 1 component worse than amber",
        "red otherwise",
    ),
    "lenient": (
        'not rated "Nothing is rated" when all components not rated',
        "green when not any component red and not any component not rated",
        "amber when not any component red",
        "red otherwise",
    ),
    "two-parts": (
        "green when at least 2 components green",
        "amber when any component better than red",
        "red otherwise",
    ),
}
_HELD_DOWN: Final = """\
scheme held-down {
  green when target met
  amber when within tolerance
  red otherwise
  no better than amber when any component red
}"""

# The lines of schemes of people's own. A better value fulfils each condition of a band sooner, so none is ever rated
# worse, whichever of the lines go together.
_DECLINED: Final = (
    "",
    'not rated "No forecast" when no forecast',
    'not rated as not-yet "Only at the end of the year" when not at year end',
    "not rated as set-aside when target pending or target not applicable",
)
_GREEN: Final = (
    "target met",
    "target met and not long worsened",
    "target met and (long improved or long unchanged)",
    "target met and forecast at or better than target",
)
_AMBER: Final = (
    "within tolerance",
    "within tolerance or long improved",
    "within tolerance or forecast at or better than target",
)
_HELD: Final = (
    "",
    "no better than amber when forecast worse than target",
    "no better than amber when long worsened",
    "no better than amber when at year end and no forecast",
    "red when no value",
)
_UNCOMPARED: Final = (
    'not rated "Nothing to compare with" when long not comparable',
    "no better than amber when long not comparable",
)


def _floor(writer: Writer, target: Fraction | None) -> list[str]:
    """The figure below which all is lost: observed, or a number worse than the target, or several over the year."""
    if target is None or writer.plan.polarity not in SIDED or writer.toss():
        return ["figure floor"]
    number = writer.shown(writer.worse(target))
    match writer.one_of(("number", "number", "number", "pending", "by quarter", "set later", "dated")):
        case "number":
            return [f"figure floor {number}"]
        case "pending":
            return ['figure floor pending "to be agreed"']
        case "by quarter":
            others = [writer.shown(writer.worse(target)) for _ in range(3)]
            return [f"figure floor by quarter {', '.join([number, *others])}"]
        case "set later":
            return ["figure floor pending until 2022", f"figure floor {number} from 2023"]
        case _:
            return [f"figure floor {number} until 2022", f"figure floor {writer.shown(writer.worse(target))} from 2023"]


def _own(writer: Writer) -> str:
    """The name of a scheme of people's own, written beside the indicator; the name says which lines it has."""
    # From a value beyond a target range another one beyond it has only gone up or down: to go on is not to improve.
    greens = _GREEN if writer.plan.target != "range" else _GREEN[:2]
    places = [writer.whole_number(0, len(of) - 1) for of in (_DECLINED, greens, _AMBER, _HELD)]
    ways = zip((_DECLINED, greens, _AMBER, _HELD), places, strict=True)
    declined, green, amber, held = (of[place] for of, place in ways)
    said = [line for line in (declined, f"green when {green}", f"amber when {amber}", held) if line]
    if any("long" in line for line in said):
        # What declines where there is nothing to compare with would decline a missing value before it is red.
        places.append(writer.whole_number(1 if "no value" in held else 0, len(_UNCOMPARED) - 1))
        said.insert(0, _UNCOMPARED[places[-1]])
        writer.beside.append(_LONG)
    if any("forecast" in line for line in said):
        writer.observe("forecast")
    name = "own-" + "-".join(map(str, places))
    writer.beside.append("\n".join([f"scheme {name} {{", *(f"  {line}" for line in said), "  red otherwise", "}"]))
    return name


def by_parts(writer: Writer, parts: int) -> None:
    """A scheme that reads so many components and nothing else."""
    name = writer.one_of([name for name in _BY_PARTS if parts > 1 or name == "worst-part"])
    lines = (f"  {line}" for line in _BY_PARTS[name])
    writer.beside.append("\n".join([f"scheme {name} {{", *lines, "}"]))
    writer.say(f"scheme {name}")


def scheme(writer: Writer, target: Fraction | None) -> None:
    """The statement that names the scheme, the scheme itself beside it, and what it reads."""
    scheme = writer.plan.scheme
    match scheme:
        case "rag":
            return
        case "floor":
            writer.beside.append(_FLOOR)
            writer.say(*_floor(writer, target))
        case "recovering":
            share = writer.one_of((5, 10))
            writer.beside += [_LONG, _RECOVERING.format(share=share)]
            scheme = f"recovering-{share}"
        case "four":
            writer.beside.append(_FOUR)
            writer.say("figure floor")
        case "capped":
            writer.beside += [_LONG, _CAPPED]
        case "held-down":
            writer.beside.append(_HELD_DOWN)
        case "own":
            scheme = _own(writer)
        case _:
            high = writer.whole_number(0, 50)
            writer.beside.append(_UNRANKED.format(high=high))
            scheme = f"unranked-{high}"
    writer.say(f"scheme {scheme}")
