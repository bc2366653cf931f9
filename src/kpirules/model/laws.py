"""Laws written beside the rules, checked, and put into the terms of every indicator that they speak of."""

from typing import TypeAlias

from attrs import field, frozen

from kpirules.source import Span
from kpirules.vocabulary.schemes import Condition


@frozen
class MustBe:
    """The rating must be one of these bands; no rating at all will do if `or_unrated`."""

    bands: frozenset[str]
    or_unrated: bool = False


@frozen
class AtLeastAsGoodAs:
    """The rating must be no worse than it is under another condition, with what is held the same."""

    than: Condition


Demand: TypeAlias = MustBe | AtLeastAsGoodAs


@frozen
class Clause:
    """What a law says in the terms of one version of a definition: when this holds, the rating must be like that."""

    when: Condition
    demand: Demand


@frozen
class LawOf:
    """A law for one indicator or one component of it: a clause for each version, None where it has no meaning."""

    reference: str
    component: str | None
    clauses: tuple[Clause | None, ...]

    @property
    def subject(self) -> str:
        """What it speaks of: `B3d`, or `C14 component litter` for a component."""
        return self.reference if self.component is None else f"{self.reference} component {self.component}"


@frozen
class LawBlock:
    """`always "a met target is never red" for all { … }`. `text` is what stands in its braces."""

    title: str
    text: str
    about: tuple[LawOf, ...]
    where: Span | None = field(default=None, eq=False)
