"""How whoever waits for a long piece of work is told how far it is."""

from collections.abc import Callable
from typing import TypeAlias

Watch: TypeAlias = Callable[[int, int], None]
"""What is told how much of how much is done."""


def unwatched(done: int, total: int, /) -> None:
    """The `Watch` of whoever does not ask."""
