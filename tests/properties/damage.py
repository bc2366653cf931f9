"""Texts of the language with a few tokens taken out, swapped, doubled, halved or replaced."""

import re
from collections.abc import Sequence
from typing import Final

from hypothesis import strategies as st

TOKEN: Final = re.compile(r'"(?:[^"\\\n]|\\.)*"|#[^\n]*|[A-Za-z0-9_.,%£-]+|\n|[^\S\n]+|.')
ANY_TEXT: Final = st.text() | st.text(alphabet='{}()"#\n\r\t \\=:,-0123456789%£ortandhew“\ufeff\N{NO-BREAK SPACE}٣')


def words_of(texts: Sequence[str]) -> tuple[str, ...]:
    """Every token that stands in these texts, but for long ones."""
    return tuple(sorted({word for text in texts for word in TOKEN.findall(text) if len(word) < 60}))


@st.composite
def damaged_texts(draw: st.DrawFn, blocks: Sequence[str], words: Sequence[str], least: int = 0, most: int = 3) -> str:
    """Up to so many of these blocks, damaged at `least` to four places."""
    tokens = TOKEN.findall("\n\n".join(draw(st.lists(st.sampled_from(blocks), min_size=1, max_size=most))))
    for _ in range(draw(st.integers(least, 4))):
        if len(tokens) < 2:
            break
        at = draw(st.integers(0, len(tokens) - 2))
        match draw(st.sampled_from(["delete", "swap", "double", "halve", "replace"])):
            case "delete":
                del tokens[at]
            case "swap":
                tokens[at], tokens[at + 1] = tokens[at + 1], tokens[at]
            case "double":
                tokens.insert(at, tokens[at])
            case "halve":
                tokens[at] = tokens[at][: len(tokens[at]) // 2]
            case _:
                tokens[at] = draw(st.sampled_from(words))
    return "".join(tokens)
