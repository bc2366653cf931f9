"""What several texts say together, before any indicator is made of it."""

from collections.abc import Mapping

from attrs import frozen

from kpirules.checking.findings import Found, Names
from kpirules.checking.indicators import Made, Written, definition
from kpirules.model import Theme


@frozen
class Texts:
    """What several texts say together, before any indicator is made of it.

    `everything` are the indicators of the texts as written, `bases` those and the ones of the texts that they use.
    """

    names: Names
    themes: Mapping[str, Theme]
    everything: Mapping[str, Written]
    bases: Mapping[str, Written]

    def made(self, name: str, found: Found) -> Made | None:
        """The definition of an indicator, not proved yet; None if something in it is wrong and reported."""
        return definition(self.everything[name], self.bases, self.themes, self.names, found)
