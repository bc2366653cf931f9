"""In which encoding and with which separator a table is written: what its first bytes and its first line say."""

import codecs
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

SEPARATORS: Final = ",;\t"
_MARKS: Final[Mapping[bytes, str]] = MappingProxyType(
    {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
)


def encoding_of(blocks: Iterable[bytes]) -> str:
    """UTF-8 or UTF-16 by the mark at the beginning of the first block, else UTF-8, else the Western Windows code page.

    No more blocks are read than it takes to know.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    first = True
    try:
        for block in blocks:
            marked = (encoding for mark, encoding in _MARKS.items() if first and block.startswith(mark))
            if encoding := next(marked, None):
                return encoding
            decoder.decode(block)
            first = False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def decoded(data: bytes) -> str:
    """The text of a file, in the encoding that it has.

    Never fails: what its encoding cannot mean becomes U+FFFD.
    """
    return data.decode(encoding_of([data]), errors="replace")


def separator_in(line: str) -> str:
    """The mark that parts the cells of a line: a comma, or a semicolon or tab where it has no comma."""
    return next((mark for mark in SEPARATORS if mark in line), SEPARATORS[0])
