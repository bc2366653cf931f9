"""The screen that a text is for: how wide it is, which letters it can write, and how many colours it has."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final

from attrs import frozen

# What stands in for a symbol that the screen's encoding lacks.
_PLAINER: Final[Mapping[str, str]] = {
    "▲": "^",
    "▼": "v",
    "–": "-",
    "—": "-",
    "−": "-",
    "…": "...",
    "≈": "~",
    "≥": ">=",
    "≤": "<=",
    "×": "x",
    "↳": "-",
    "’": "'",
    "\u2018": "'",
    "“": '"',
    "”": '"',
    "£": "GBP ",
    "€": "EUR ",
    "└": "-",
    "─": "-",
    "\u00a0": " ",
}
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_COLOUR: Final = re.compile(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})", re.IGNORECASE)
_PARTS: Final = re.compile(r"[^/,;-]*[/,;-]+|[^/,;-]+")
_STYLES: Final[Mapping[str, str]] = {
    "bold": "1",
    "faint": "2",
    "error": "1;31",
    "warning": "1;33",
    "good": "1;32",
    "place": "34",
}
_CUBE: Final = (0, 95, 135, 175, 215, 255)
_MANY: Final = 256


@frozen
class Screen:
    """What a text is drawn for: `colours` is 0 for none, 256, or 2**24; `width` is in columns."""

    width: int = 120
    encoding: str = "utf-8"
    colours: int = 0

    def writes(self, text: str) -> bool:
        """Whether every letter of the text is in the screen's encoding."""
        try:
            text.encode(self.encoding)
        except UnicodeEncodeError:
            return False
        return True

    def plain(self, text: str) -> str:
        """The text on one line, in letters that the screen can write; what would steer the screen is made visible."""
        if text.isascii() and text.isprintable():
            return text
        return "".join(self._letter(letter) for letter in text)

    def _letter(self, letter: str) -> str:
        if letter in "\t\n\r":
            return " "
        if unicodedata.category(letter) in _UNSEEN:
            letter = "\ufffd"
        return letter if self.writes(letter) else _PLAINER.get(letter, "?")

    def styled(self, text: str, style: str) -> str:
        """The text in a style: bold, faint, error, warning, good or place."""
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self.colours and text else text

    def badge(self, text: str, colour: str | None) -> str:
        """The text on a ground of the colour (`#2e7d32`); as it is where there is none."""
        match = _COLOUR.fullmatch(colour or "")
        if not self.colours or match is None:
            return text
        red, green, blue = (int(part, 16) for part in match.groups())
        if self.colours > _MANY:
            ground = f"48;2;{red};{green};{blue}"
        else:
            ground = f"48;5;{16 + 36 * _nearest(red) + 6 * _nearest(green) + _nearest(blue)}"
        return f"\x1b[{'97' if _is_dark(red, green, blue) else '30'};{ground}m{text}\x1b[0m"


def ink_on(colour: str | None) -> str | None:
    """`white` or `black`, whichever can be read on a ground of the colour (`#2e7d32`); None if it is no colour."""
    match = _COLOUR.fullmatch(colour or "")
    if match is None:
        return None
    return "white" if _is_dark(*(int(part, 16) for part in match.groups())) else "black"


def _is_dark(red: int, green: int, blue: int) -> bool:
    return 299 * red + 587 * green + 114 * blue < 150_000


def _nearest(level: int) -> int:
    """The place in the colour cube that is nearest to a level from 0 to 255."""
    return min(range(len(_CUBE)), key=lambda place: abs(_CUBE[place] - level))


def columns(text: str) -> int:
    """How many columns the text takes: two for a wide letter, none for an accent that stands on another letter."""
    return len(text) if text.isascii() else sum(_columns(letter) for letter in text)


def _columns(letter: str) -> int:
    if unicodedata.category(letter) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` columns, broken between words, and within one that is too long."""
    lines = [""]
    for word in _words(text, max(width, 1)):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if columns(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _words(text: str, width: int) -> Iterator[str]:
    """The words; one that is too long in pieces, behind a stroke, comma or hyphen if there is one."""
    for word in text.split():
        piece = ""
        for part in _PARTS.findall(word) if columns(word) > width else [word]:
            if piece and columns(piece + part) > width:
                yield piece
                piece = ""
            for letter in part:
                if piece and columns(piece + letter) > width:
                    yield piece
                    piece = ""
                piece += letter
        yield piece
