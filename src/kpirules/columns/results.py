"""What comes of rating columns: small whole numbers for each row, and what they mean."""

from collections.abc import Mapping
from typing import Any, Generic, TypeVar

from attrs import field, frozen

from kpirules.assess.results import Why
from kpirules.reasons import Direction, Reason

Meaning = TypeVar("Meaning")


@frozen
class Coded(Generic[Meaning]):
    """One answer for each row: `meanings[codes[row]]`, or None where the row has no such answer.

    `codes` is a NumPy array of unsigned integers, or an `array` of the standard library where there is no NumPy. A
    rating and its reason share their codes, and so do a direction and the reason for none: of two rows with the same
    code, both are the same.
    """

    codes: Any = field(repr=False)
    meanings: tuple[Meaning | None, ...]

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, row: int) -> Meaning | None:
        return self.meanings[int(self.codes[row])]

    def to_list(self) -> list[Meaning | None]:
        """The answers themselves, row by row."""
        return [self.meanings[code] for code in self.codes.tolist()]

    def counts(self) -> Mapping[Meaning, int]:
        """How often there is each answer, in the order of the meanings; those that do not occur are left out."""
        found: dict[Meaning, int] = {}
        for code in self.codes.tolist():
            meaning = self.meanings[code]
            if meaning is not None:
                found[meaning] = found.get(meaning, 0) + 1
        return {meaning: found[meaning] for meaning in dict.fromkeys(self.meanings) if meaning in found}


@frozen
class RatedColumns:
    """The answers for columns of observations, in the order of their rows.

    A row of an indicator or a component has a `rating` (a band) or the `reason` why it has none, and for each travel a
    `direction` or the reason why it has none, as `Library.score` gives them for its slot in its own period; a travel
    that its definition does not have is neither. A row of a figure or an input has none of these. `overall` and
    `overall_reason` are the rating of the row's indicator as a whole in the row's period: that of its components where
    they decide, and for most rows the rating itself.
    """

    rating: Coded[str]
    reason: Coded[Why]
    overall: Coded[str]
    overall_reason: Coded[Why]
    directions: Mapping[str, Coded[Direction]]
    no_directions: Mapping[str, Coded[Reason]]

    def __len__(self) -> int:
        return len(self.rating)
