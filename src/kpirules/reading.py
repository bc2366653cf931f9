"""Observed values as people write them: a number or the reason why there is none, and every mark beside it as data."""

import re
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from attrs import frozen

from kpirules.errors import KpirulesError
from kpirules.exact import decimal_text, exact
from kpirules.marks import beside, folded, joined
from kpirules.quantities import Kind, QuantityError, in_unit, parse_quantity
from kpirules.reasons import Reason
from kpirules.units import (
    MILESTONES,
    Milestone,
    OnScale,
    OwnUnit,
    Percent,
    RatePer,
    Scale,
    ScoreOutOf,
    Unit,
    unit_words,
)


class ReadingError(KpirulesError, ValueError):
    """A value that cannot be read; the message says in plain words why, and what could be written."""


class Bound(StrEnum):
    """Which values a bound leaves open: those above or below its number, with or without the number itself."""

    ABOVE = "above"
    AT_LEAST = "at least"
    BELOW = "below"
    AT_MOST = "at most"

    @property
    def upward(self) -> bool:
        """Whether the values lie above the number."""
        return self in (Bound.ABOVE, Bound.AT_LEAST)

    @property
    def strict(self) -> bool:
        """Whether the number itself is left out."""
        return self in (Bound.ABOVE, Bound.BELOW)


@frozen
class Reading:
    """What was read: a number in the unit or the reason why there is none, never both.

    With a bound the number is its end. `marks` are single words such as `revised`; `measured` says in the
    writer's words when or what was measured; `note` is all else that stood there.
    """

    number: Fraction | None
    reason: Reason | None = None
    bound: Bound | None = None
    marks: tuple[str, ...] = ()
    measured: str | None = None
    note: str | None = None


_NO_READINGS: Final[Mapping[str, int]] = MappingProxyType({})

_REASONS: Final[Mapping[str, Reason]] = {reason.words: reason for reason in Reason} | {
    "": Reason.NO_VALUE,
    "na": Reason.NO_VALUE,
    "n.a.": Reason.NO_VALUE,
    "nan": Reason.NO_VALUE,
    "no data": Reason.NO_VALUE,
    "missing": Reason.NO_VALUE,
    "not applicable": Reason.NO_VALUE,
    "not available": Reason.NO_VALUE,
    "tbc": Reason.VALUE_PENDING,
    "to be confirmed": Reason.VALUE_PENDING,
    "pending": Reason.VALUE_PENDING,
    "new pi": Reason.NEW_INDICATOR,
    "new kpi": Reason.NEW_INDICATOR,
    "was cumulative": Reason.CUMULATIVE,
}
_REASONS_AFTER_NA: Final[Mapping[str, Reason]] = {"c": Reason.CUMULATIVE, "new": Reason.NEW_INDICATOR}
_NA: Final = re.compile(r"n/?a(?:[\s:,-]+|$)", re.IGNORECASE)
_NOT_AVAILABLE: Final = re.compile(
    r"(?:figures?|data|values?|results?)\s+(?:(?:is|are)\s+)?not\s+(?:yet\s+)?available\b.*", re.IGNORECASE | re.DOTALL
)

_BOUNDS: Final[Mapping[str, Bound]] = {
    "over": Bound.ABOVE,
    "above": Bound.ABOVE,
    "more than": Bound.ABOVE,
    ">": Bound.ABOVE,
    "at least": Bound.AT_LEAST,
    "no less than": Bound.AT_LEAST,
    ">=": Bound.AT_LEAST,
    "≥": Bound.AT_LEAST,
    "under": Bound.BELOW,
    "below": Bound.BELOW,
    "less than": Bound.BELOW,
    "fewer than": Bound.BELOW,
    "<": Bound.BELOW,
    "up to": Bound.AT_MOST,
    "at most": Bound.AT_MOST,
    "no more than": Bound.AT_MOST,
    "<=": Bound.AT_MOST,
    "≤": Bound.AT_MOST,
}
_BOUND: Final = re.compile(
    "|".join(
        re.escape(words).replace(r"\ ", r"\s+") + (r"\b" if words.isascii() and words[-1].isalpha() else "")
        for words in sorted(_BOUNDS, key=len, reverse=True)
    ),
    re.IGNORECASE,
)
_COMPLETED_ON: Final = re.compile(r"(completed)\s+(?:on\s+)?([0-9]{4}-[0-9]{2}-[0-9]{2})", re.IGNORECASE)
_MIRRORED: Final[Mapping[Bound, Bound]] = {
    Bound.ABOVE: Bound.BELOW,
    Bound.AT_LEAST: Bound.AT_MOST,
    Bound.BELOW: Bound.ABOVE,
    Bound.AT_MOST: Bound.AT_LEAST,
}

# Closed, because an unknown word could change the number (`£1.2 mil overspend`, `£5 per head deficit`).
_QUALIFIER: Final = re.compile(
    "annual|yearly|quarterly|monthly|year|full-year|in-year|net|total|overall|cumulative|forecast|projected|expected"
    "|estimated|provisional|current|final|budget|revenue|capital",
    re.IGNORECASE,
)
_LONGEST: Final = 1000
_SAY_WHY: Final = "; where there is no value, write NA or TBC"


def read_value(value: object, unit: Unit, readings: Mapping[str, int] = _NO_READINGS) -> Reading:
    """The reading of one observed value: text as people write it, or any number that `exact` takes.

    `readings` gives words that carry the sign, as +1 or -1; where neither word stands, the written sign holds.
    None and NaN read as `no-value`. A number for a scale must itself be a label. Raises `ReadingError` for what
    cannot be read, infinity included, and `TypeError` for what is neither text nor a number, such as a bool.
    """
    if isinstance(value, str):
        return _read_text(value, unit, readings)
    if _is_missing(value):
        return Reading(None, Reason.NO_VALUE)
    try:
        number = exact(value)
    except ValueError as error:
        raise ReadingError(str(error)) from None
    scale = _scale(unit)
    return Reading(number if scale is None else _rank(decimal_text(number), scale, unit))


def _is_missing(value: object) -> bool:
    match value:
        case None:
            return True
        case int() | Fraction():
            return False
        case Decimal():
            return value.is_nan()
        case _:
            # numpy's NaN and pandas' NA and NaT say so themselves, so that neither need be imported here.
            return str(value) in ("nan", "NaN", "<NA>", "NaT")


def _read_text(text: str, unit: Unit, readings: Mapping[str, int]) -> Reading:
    scale = _scale(unit)
    if scale is not None and (rank := scale.number(text)) is not None:
        return Reading(rank)
    if len(text) > _LONGEST:
        raise ReadingError(f"{text[:20]!r}… is too long for a value{_SAY_WHY}")
    try:
        outside, marked = beside(_without_name(text.strip(), unit))
    except ValueError as error:
        raise ReadingError(str(error)) from None
    if (reason := _reason(outside)) is not None:
        return Reading(None, reason[0], None, marked.marks, marked.measured, joined((reason[1], marked.note)))
    amount, sign, words = _without_sign_words(outside, readings)
    amount, bound = _without_bound(amount)
    amount, day = _without_day(amount, unit)
    number = _rank(amount, scale, unit) if scale is not None else _number(amount, unit)
    if sign is not None and number < 0:
        raise ReadingError(f"{text!r} has both a minus sign and a word that carries the sign: leave one of them out")
    if sign == -1:
        number, bound = -number, None if bound is None else _MIRRORED[bound]
    return Reading(number, None, bound, marked.marks, day or marked.measured, joined((words, marked.note)))


# ---- no value


def _reason(text: str) -> tuple[Reason, str | None] | None:
    """The reason that the text gives for having no value, and what else it says."""
    if (reason := _REASONS.get(_key(text))) is not None:
        return reason, None
    if after := _NA.match(text):
        rest = text[after.end() :]
        known = _REASONS_AFTER_NA.get(_key(rest)) or _REASONS.get(_key(rest))
        return (Reason.NO_VALUE, rest) if known is None else (known, None)
    return (Reason.NO_VALUE, text) if _NOT_AVAILABLE.fullmatch(text) else None


def _key(text: str) -> str:
    return re.sub(r"[\s-]+", " ", text.casefold().replace("n/a", "na")).strip()


# ---- the amount


def _without_sign_words(text: str, readings: Mapping[str, int]) -> tuple[str, int | None, str | None]:
    """The text without the words that carry the sign, the sign, and the qualifying words beside them."""
    rest, signs = text, set[int]()
    for word in sorted(filter(None, readings), key=len, reverse=True):
        rest, times = re.subn(rf"(?<!\w){re.escape(word)}(?!\w)", " ", rest, flags=re.IGNORECASE)
        signs |= {readings[word]} if times else set()
    if not signs:
        return text, None, None
    if len(signs) > 1:
        raise ReadingError(f"{text!r} has words for both signs: {' and '.join(readings)} contradict each other")
    words = rest.split()
    qualifiers = [word for word in words if _QUALIFIER.fullmatch(word)]
    return " ".join(word for word in words if word not in qualifiers), signs.pop(), " ".join(qualifiers) or None


def _without_bound(text: str) -> tuple[str, Bound | None]:
    match = _BOUND.match(text)
    bound = None if match is None else _BOUNDS.get(" ".join(match[0].lower().split()))
    return (text, None) if match is None or bound is None else (text[match.end() :].lstrip(), bound)


def _without_day(text: str, unit: Unit) -> tuple[str, str | None]:
    """The text of a milestone without the day on which it was completed: `completed 2023-07-20`."""
    match = _COMPLETED_ON.fullmatch(text) if isinstance(unit, Milestone) else None
    return (text, None) if match is None else (match[1], match[2])


def _number(text: str, unit: Unit) -> Fraction:
    try:
        quantity = parse_quantity(_without_unit(text, unit))
    except QuantityError as error:
        raise ReadingError(f"{error}{_SAY_WHY}") from None
    if quantity.kind is Kind.POINTS and isinstance(unit, Percent | RatePer):
        raise ReadingError(f"{text!r} is a difference: write the value in the unit {unit_words(unit)}")
    try:
        return in_unit(quantity, unit)
    except QuantityError as error:
        raise ReadingError(str(error)) from None


def _without_unit(text: str, unit: Unit) -> str:
    """The text without the unit behind the figures: `4.5 / 5`, `54.4 per 10,000`, `12 widgets`."""
    match unit:
        case ScoreOutOf(best):
            return _without_whole(text, "out of", best, unit)
        case RatePer(per):
            return _without_whole(text, "per", per, unit)
        case OwnUnit(name):
            return _without_name(text, OwnUnit(folded(name)))
        case _:
            return text


def _without_name(text: str, unit: Unit) -> str:
    """The text without a unit in the user's own words, which may hold brackets or anything else."""
    if not isinstance(unit, OwnUnit):
        return text
    before, name = text[: -len(unit.text)], text[-len(unit.text) :]
    apart = before.endswith(" ") or name[:1].isalpha()
    return (
        before.rstrip()
        if name.casefold() == unit.text.casefold() and apart and before.rstrip()[-1:].isdigit()
        else text
    )


def _without_whole(text: str, words: str, whole: Fraction, unit: Unit) -> str:
    match = re.fullmatch(rf"(.*[0-9])\s*(?:/|\s{words}\s)\s*([0-9][0-9.,]*)", text, re.IGNORECASE | re.DOTALL)
    if match is None:
        return text
    try:
        written = parse_quantity(match[2]).number
    except QuantityError as error:
        raise ReadingError(str(error)) from None
    if written != whole:
        raise ReadingError(f"{text!r} does not fit the unit {unit_words(unit)}: it says {match[2]}")
    return match[1]


def _scale(unit: Unit) -> Scale | None:
    match unit:
        case OnScale(scale):
            return scale
        case Milestone():
            return MILESTONES
        case _:
            return None


def _rank(label: str, scale: Scale, unit: Unit) -> Fraction:
    rank = Scale(scale.name, scale.title, tuple(folded(known) for known in scale.labels)).number(label)
    if rank is None:
        labels = ", ".join(f'"{known}"' for known in scale.labels)
        raise ReadingError(f"{label!r} does not fit the unit {unit_words(unit)}: write one of {labels}{_SAY_WHY}")
    return rank
