"""Hypothesis strategies for definitions: indicators of every kind, each with the text that defines it."""

from collections.abc import Collection, Sequence
from itertools import combinations

from attrs import field, frozen
from hypothesis import strategies as st

from kpirules.assess import Indicator
from kpirules.checking import gathered
from kpirules.checking.standard import standard
from kpirules.source import Source
from kpirules.syntax import nodes, parse
from kpirules.testing.drafts import draft
from kpirules.testing.kinds import FAMILIES, plans
from kpirules.testing.writer import Draft


@frozen(slots=False, eq=False, repr=False)
class DrawnIndicator(Indicator):
    """An indicator that was drawn. Its `repr` is the Python that makes it again."""

    text: str = field(kw_only=True)

    def __repr__(self) -> str:
        return f"kpirules.load_text({quoted(self.text)})[{self.reference!r}]"


def definitions(kinds: Collection[str] | None = None) -> st.SearchStrategy[DrawnIndicator]:
    """Indicators of every kind, or those of some `kinds`, words out of `KINDS`.

    Some forms of the language are not drawn: dates on tolerances, bands, schemes, travels and limits, figures that look
    back, inside a scheme the comparisons of labels and by size beside those of the kind `unranked`, and the counts of
    components that would need more than three.
    Where kinds are named, only those of their families are drawn (`{"percent", "money", "dated"}`: of these two units,
    dated, and free in all else). Raises `ValueError` for a word that is no kind, and for kinds that do not go together.
    """
    brought = [parse(source)[0] for source in standard()]
    return drafts(kinds).map(lambda drawn: _loaded(drawn, brought))


def drafts(kinds: Collection[str] | None = None, reference: str = "X") -> st.SearchStrategy[Draft]:
    """The same as text."""
    # Made once here, for making a strategy costs more than drawing from it.
    by_target = {target: st.sampled_from(some) for target, some in plans(kinds).items()}
    targets = st.sampled_from(list(by_target))
    named = set(kinds or ())
    must = [kind for kind in FAMILIES["extras"] if kind in named]
    possible = {plan.extras for some in plans(kinds).values() for plan in some}
    extras = {of: [st.just(must)] if must else _some(of, 0, 3) for of in possible}
    some = [kind for kind in FAMILIES["travel"] if kind in named]
    travels = st.sampled_from(_some(some, 1, 2) if some else _some(FAMILIES["travel"], 0, 2))
    sizes = {of: st.sampled_from(each) for of, each in extras.items()}

    @st.composite
    def drawn(draw: st.DrawFn) -> Draft:
        plan = draw(by_target[draw(targets)])
        return draft(draw, reference, plan, draw(draw(sizes[plan.extras])), draw(draw(travels)))

    return drawn()


def _some(of: Sequence[str], least: int, most: int) -> Sequence[st.SearchStrategy[Sequence[str]]]:
    """So many of several, by how many they are: two draws, where a list takes one for each member and one more."""
    return [st.sampled_from(list(combinations(of, size))) for size in range(least, min(most, len(of)) + 1)]


def _loaded(drawn: Draft, brought: Sequence[nodes.File]) -> DrawnIndicator:
    """The indicator of a text that is known to be sound, so that nothing need be proved."""
    file, _ = parse(Source("<text>", drawn.text))
    made = gathered([file], brought, []).made(drawn.reference, [])
    if made is None:
        raise AssertionError(f"what is drawn must be sound, but this is not:\n{drawn.text}")
    return DrawnIndicator(made.definition, text=drawn.text)


def quoted(text: str) -> str:
    """The text in three quotation marks, so that its lines stay lines."""
    escaped = text.replace("\\", "\\\\").replace("'''", "\\'\\'\\'")
    return f"'''\n{escaped}'''"
