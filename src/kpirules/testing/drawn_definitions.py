"""Hypothesis strategies for definitions: indicators of every kind, each with the text that defines it."""

from collections.abc import Collection, Sequence

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
    """Every indicator that can be defined, or those of some `kinds`, words out of `KINDS`.

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
    extras = {of: st.just(must) if must else st.lists(st.sampled_from(of), max_size=3, unique=True) for of in possible}
    some = [kind for kind in FAMILIES["travel"] if kind in named] or list(FAMILIES["travel"])
    travels = st.lists(st.sampled_from(some), min_size=int(some != list(FAMILIES["travel"])), max_size=2, unique=True)

    @st.composite
    def drawn(draw: st.DrawFn) -> Draft:
        plan = draw(by_target[draw(targets)])
        return draft(draw, reference, plan, draw(extras[plan.extras]), draw(travels))

    return drawn()


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
