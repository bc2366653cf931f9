"""What people write beside a value, kept as data: `(revised)`, `(30th Sep 2023)`, a trailing `*`, odd letters."""

import re
from collections.abc import Iterable
from typing import Final

from attrs import frozen

LOOK_ALIKES_FOLDED: Final = "look-alike letters folded"
DOUBLED_PER_CENT: Final = "doubled per cent sign"
UNRELIABLE: Final = "unreliable"

# Cyrillic, then Greek; as escapes, because on the screen the two sides of this table cannot be told apart.
_LOOK_ALIKES: Final = str.maketrans(
    "\u0410\u0412\u0421\u0415\u041d\u041a\u041c\u041e\u0420\u0422\u0425\u0405\u0406\u0408"
    "\u0430\u0441\u0435\u043e\u0440\u0445\u0443\u0455\u0456\u0458"
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a7\u03a5\u03bf",
    "ABCEHKMOPTXSIJ" + "aceopxysij" + "ABEZHIKMNOPTXYo",
)
_TYPOGRAPHY: Final = str.maketrans(
    dict.fromkeys("\u00a0\u2007\u2009\u202f", " ") | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
)

_BRACKETS: Final = re.compile(r"\(([^()]*)\)")
_ASTERISKS: Final = re.compile(r"(?<=[^\s*])\s*\*+$")
_MARKED: Final = re.compile(
    r"(?P<before>.*?)\b(?P<mark>revised|provisional|estimated|estimate|cumulative|unreliable)\b(?P<after>.*)",
    re.IGNORECASE | re.DOTALL,
)
_SURELY_TIME: Final = re.compile(
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|(?:19|20)[0-9]{2}(?:/[0-9]{2,4})?|[qht][1-4]|[0-9]{1,2}[/.][0-9]{1,2}[/.][0-9]{2,4}",
    re.IGNORECASE,
)
_PERHAPS_TIME: Final = re.compile(r"[0-9]{1,2}(?:st|nd|rd|th)?|[0-9]{2}/[0-9]{2}|to|as|at|year|end", re.IGNORECASE)


@frozen
class Beside:
    """What stood beside a value: single words such as `revised`, when it was measured, and all else as a note."""

    marks: tuple[str, ...] = ()
    measured: str | None = None
    note: str | None = None


def beside(text: str) -> tuple[str, Beside]:
    """The value's own text, with plain letters, blanks and hyphens, and what stood beside it.

    Raises `ValueError` for a text that stands wholly in brackets.
    """
    tidy = text.translate(_TYPOGRAPHY)
    latin = folded(text)
    outside, contents = latin, list[str]()
    while match := _BRACKETS.search(outside):
        contents.append(match[1].strip())
        outside = f"{outside[: match.start()]} {outside[match.end() :]}".strip()
    if contents and not outside:
        raise ValueError(f"{text!r} stands wholly in brackets: write a negative number with a minus sign")
    steady = _ASTERISKS.sub("", outside)
    single = re.sub("%%+", "%", steady)
    found = [_bracketed(content) for content in contents if content]
    marks = [mark for each in found for mark in each.marks]
    marks += [UNRELIABLE] * (steady != outside) + [DOUBLED_PER_CENT] * (single != steady)
    marks += [LOOK_ALIKES_FOLDED] * (latin != tidy)
    measured, note = (joined(each.measured for each in found), joined(each.note for each in found))
    return single, Beside(tuple(dict.fromkeys(marks)), measured, note)


def _bracketed(content: str) -> Beside:
    match = _MARKED.fullmatch(content)
    if match is None:
        return Beside(measured=content) if _is_time(content) else Beside(note=content)
    before, mark, after = match["before"].strip(" ,;-"), match["mark"].lower(), match["after"].strip(" ,;-")
    if not before and after.lower().startswith("from "):
        return Beside((mark,), note=content)
    rest = f"{before} {after}".strip()
    if rest and not _is_time(rest):
        return Beside(note=content)  # `321,009 cumulative`: the mark is of another number
    return Beside((mark,), measured=rest or None)


def _is_time(text: str) -> bool:
    """Whether every word can belong to a date or period, and one surely does."""
    words = re.split(r"[\s,-]+", text)
    sure = [word for word in words if _SURELY_TIME.fullmatch(word)]
    return bool(sure) and all(_SURELY_TIME.fullmatch(word) or _PERHAPS_TIME.fullmatch(word) for word in words)


def folded(text: str) -> str:
    """Plain blanks and hyphens, and Latin letters for those that only look Latin."""
    return text.translate(_TYPOGRAPHY).translate(_LOOK_ALIKES)


def joined(texts: Iterable[str | None]) -> str | None:
    """The texts that there are, one after another; None if there is none."""
    return "; ".join(text for text in texts if text) or None
