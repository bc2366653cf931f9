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


def scheme(writer: Writer, target: Fraction | None) -> None:
    """The statement that names the scheme, the scheme itself beside it, and what it reads."""
    scheme = writer.plan.scheme
    match scheme:
        case "rag":
            return
        case "floor":
            writer.beside.append(_FLOOR)
            floor = target is not None and writer.plan.polarity in SIDED and writer.toss()
            writer.say(f"figure floor {writer.shown(writer.worse(target))}" if floor and target else "figure floor")
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
