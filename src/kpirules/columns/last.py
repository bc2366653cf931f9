"""What came of a question the last time, for who asks the same again and again: month after month the same names."""

from collections.abc import Callable
from typing import Generic, TypeVar

from attrs import define

Answer = TypeVar("Answer")


@define
class Last(Generic[Answer]):
    """The last question and what came of it. It is replaced as a whole, so that threads need not agree."""

    kept: tuple[tuple[object, ...], Answer] | None = None

    def of(self, question: tuple[object, ...], answer: Callable[[], Answer]) -> Answer:
        """The answer to a question: the last one if that was equal, else worked out."""
        kept = self.kept
        if kept is None or kept[0] != question:
            kept = self.kept = question, answer()
        return kept[1]
