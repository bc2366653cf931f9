"""A Hypothesis strategy for whole libraries.

It stands above the rest of its package, for it hands out what `load_text` does; nothing of ours but the names of the
package leads here.
"""

from collections.abc import Collection

from attrs import field, frozen
from hypothesis import strategies as st

from kpirules.library import Library
from kpirules.loading import load_text
from kpirules.testing.drawn_definitions import quoted
from kpirules.testing.drawn_texts import texts


@frozen(slots=False, eq=False, repr=False)
class DrawnLibrary(Library):
    """A library that was drawn, from one text. Its `repr` is the Python that makes it again."""

    text: str = field(kw_only=True)

    def __repr__(self) -> str:
        return f"kpirules.load_text({quoted(self.text)})"


def libraries(kinds: Collection[str] | None = None) -> st.SearchStrategy[DrawnLibrary]:
    """Every library of one to three indicators, without observations. `kinds` are those of `definitions`.

    There may be one more that starts from the first, and around them what the texts of `texts` have. None builds on
    another library, for that would have to lie in a file.
    """
    return texts(kinds).map(_loaded)


def _loaded(text: str) -> DrawnLibrary:
    made = load_text(text)
    return DrawnLibrary(made.definitions, made.observations, made.lowered, text=text)
