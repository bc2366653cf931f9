"""Tests written beside the rules, checked and ready to run."""

from collections.abc import Mapping
from typing import TypeAlias

from attrs import field, frozen

from kpirules.periods import Period
from kpirules.reasons import Direction


@frozen
class ExpectedBand:
    """It is rated this band."""

    band: str


@frozen
class ExpectedUnrated:
    """It is not rated; for this reason, if one is named (with hyphens)."""

    reason: str | None = None


@frozen
class ExpectedDirection:
    """A travel has this direction."""

    travel: str
    direction: Direction


@frozen
class ExpectedNoDirection:
    """A travel has no direction; for this reason, if one is named (with hyphens)."""

    travel: str
    reason: str | None = None


Expectation: TypeAlias = ExpectedBand | ExpectedUnrated | ExpectedDirection | ExpectedNoDirection


@frozen
class Case:
    """One line of a test: values, oldest first, as written (None is missing), what else is given, what must come of it.

    The values of a `series` are those of consecutive periods; otherwise the value before the last, if there is one, is
    the earlier value of every travel. `given` are figures, inputs and components by name, as written, and earlier
    values by the name of their travel. `supposed` are the travels that are taken as given (None: cannot be
    compared): what must come of it must come of it for every earlier value of that kind. `text` and `where` are for
    people.
    """

    values: tuple[str | None, ...]
    given: Mapping[str, str | None]
    expectations: tuple[Expectation, ...]
    period: Period | None = None
    series: bool = False
    supposed: Mapping[str, Direction | None] = field(factory=dict)
    text: str = field(default="", eq=False)
    where: str | None = field(default=None, eq=False)


@frozen
class TestBlock:
    """`test B3d { … }`; of one of its components where one is named."""

    __test__ = False  # so that pytest does not take it for one of its own

    reference: str
    cases: tuple[Case, ...]
    component: str | None = None

    @property
    def subject(self) -> str:
        """What it tests: `B3d`, or `C14 component litter` for a component."""
        return self.reference if self.component is None else f"{self.reference} component {self.component}"
