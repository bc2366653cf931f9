"""Answers as small numbers: the same number for the same answer, in the order in which they first come."""

from collections.abc import Sequence
from typing import Any

from attrs import Factory, define

from kpirules.assess.results import Rating, TravelResult, Why
from kpirules.columns.results import Coded
from kpirules.reasons import Direction, Reason

NONE = 0  # the code of a row that has no such answer


@define
class Codes:
    """Codes that are handed out as answers come. What they stand for is a pair, one of which is None, or both."""

    pairs: dict[tuple[object, object], int] = Factory(lambda: {(None, None): NONE})

    def copied(self) -> "Codes":
        """The same codes, to hand out more of them apart from these."""
        return Codes(dict(self.pairs))

    def of(self, answer: object, reason: object) -> int:
        """The code of an answer or of the reason why there is none."""
        return self.pairs.setdefault((answer, reason), len(self.pairs))

    def of_rating(self, rating: Rating) -> int:
        """The code of a rating."""
        return self.of(rating.band, rating.reason)

    def of_travel(self, travel: TravelResult) -> int:
        """The code of a travel."""
        return self.of(travel.direction, travel.reason)

    def ratings(self, codes: Any) -> tuple[Coded[str], Coded[Why]]:
        """Columns of bands and of reasons."""
        return self._coded(codes)

    def travels(self, codes: Any) -> tuple[Coded[Direction], Coded[Reason]]:
        """Columns of directions and of reasons."""
        return self._coded(codes)

    def _coded(self, codes: Any) -> tuple[Coded[Any], Coded[Any]]:
        answers: Sequence[tuple[Any, Any]] = tuple(self.pairs)
        return Coded(codes, tuple(each for each, _ in answers)), Coded(codes, tuple(why for _, why in answers))
