"""Hypothesis strategies for whole texts: sound ones, and ones with the mistakes that people make."""

import re
from collections.abc import Callable, Collection, Mapping
from typing import Final

from hypothesis import strategies as st

from kpirules.testing.drawn_definitions import drafts
from kpirules.testing.writer import Draft

_COMMENTS: Final = ("", "# as agreed in May\n", "# unit percent {\n\n", "\n\n")
# What may stand around any indicators, whatever they say.
_AROUND: Final = (
    'calendar council "Council year" { year starts 1 January }',
    'defaults for library {\n  owner "The council"\n  calendar council\n}',
    "defaults {\n  tags council\n  frequency quarterly\n}",
    'band green "Fine" {\n  colour "#207020"\n  letter "G"\n  shape "●"\n  points 2\n}',
)
# How an indicator that starts from another may differ from it.
_UNLIKE: Final = ("", '  owner "Parks"\n', "  travel none\n", '  target none "a volume"\n')


def texts(kinds: Collection[str] | None = None) -> st.SearchStrategy[str]:
    """Every sound text: one to three indicators of some `kinds` with all that they need, comments, themes and tests.

    There may be a calendar, defaults, the look of a band, and one indicator more, that starts from the first.
    It loads without an error; there may be warnings. Not drawn are laws that the text states itself (`always`), and
    other libraries (`use`).
    `kinds` are those of `definitions`.
    """
    several = st.integers(1, 3).flatmap(lambda count: st.tuples(*(drafts(kinds, name) for name in "XYZ"[:count])))
    around = st.sampled_from([(), _AROUND[:1], _AROUND[2:3], _AROUND[3:], _AROUND[:2], _AROUND])
    unlike = st.none() | st.sampled_from(_UNLIKE)
    themes = st.sampled_from(("", "around", "with defaults", "said"))
    return st.builds(_text, several, st.sampled_from(_COMMENTS), around, unlike, themes, st.booleans())


def _text(
    drawn: tuple[Draft, ...],
    comment: str,
    around: tuple[str, ...],
    unlike: str | None,
    theme: str,
    with_tests: bool,
) -> str:
    beside = list(dict.fromkeys(item for draft in drawn for item in draft.beside))
    blocks = [draft.block for draft in drawn]
    if unlike is not None:
        blocks.append(f'indicator L "Another" like {drawn[0].reference} {{\n{unlike}}}')
    if theme == "said":
        first, rest = blocks[0].split("\n", 1)
        blocks = ['theme council "The council"', f"{first}\n  theme council\n{rest}", *blocks[1:]]
    elif theme:
        own = ['  defaults { owner "Place" }'] if theme == "with defaults" else []
        blocks = ["\n".join(['theme council "The council" {', *own, *blocks, "}"])]
    if with_tests:
        blocks += [f"test {draft.reference} {{\n  missing is not rated\n}}" for draft in drawn]
    # What stands beside the indicators may as well stand behind them.
    return "language 1\n" + comment + "\n\n".join([*around, *blocks, *beside]) + "\n"


# Each mistake is of a statement of its own, so that no two undo one another.
_STATEMENT: Final = r"^( *)"


def _slip(pattern: str, replacement: str) -> Callable[[str], str]:
    """The mistake made where the pattern first stands; the text itself where it does not."""
    found = re.compile(pattern, re.MULTILINE)
    return lambda text: found.sub(replacement, text, count=1)


MISTAKES: Final[Mapping[str, Callable[[str], str]]] = {
    "a word of the language misspelt": _slip(_STATEMENT + "target ", r"\1tagret "),
    "a statement with an s too many": _slip(_STATEMENT + "unit ", r"\1units "),
    "a polarity in the words of the report": _slip(r"(higher|lower) is better$", "bigger is better"),
    "a name that is not there": _slip(_STATEMENT + r"(scheme) [\w-]+$", r"\1\2 scheem"),
    "a statement twice": _slip(_STATEMENT + r"(tolerance .*)$", r"\1\2\n\1\2"),
    "a line that is none": _slip(r"^(indicator .*\{)$", r"\1\n  please rate this well"),
    "a closing brace too many": _slip(r"^}\n\Z", "}\n}\n"),
    "a mark that is missing": _slip(r'^(indicator \w+ ".*)" \{$', r"\1 {"),
    "a word in place of a number": _slip(_STATEMENT + r"(precision) .*$", r"\1\2 high"),
    "a colon as elsewhere": _slip(_STATEMENT + r"(owner) ", r"\1\2: "),
    "a version that is none": _slip(r"^language 1$", "language 12"),
}
"""The mistakes that are made, by what they are."""


def broken_texts(kinds: Collection[str] | None = None) -> st.SearchStrategy[str]:
    """A sound text with one to three mistakes of the kinds that people make, the names of `MISTAKES`.

    `check_text` finds at least one fault in each, and raises for none.
    """
    chosen = st.lists(st.sampled_from(list(MISTAKES.values())), min_size=1, max_size=3, unique=True)
    return st.builds(_with_mistakes, texts(kinds), chosen)


def _with_mistakes(text: str, slips: list[Callable[[str], str]]) -> str:
    broken = text
    for slip in slips:
        broken = slip(broken)
    # A mistake in a statement that the text lacks is none; the line that is none can always be made.
    return MISTAKES["a line that is none"](text) if broken == text else broken
