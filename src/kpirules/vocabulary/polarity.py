"""Which way is better."""

from enum import StrEnum


class Polarity(StrEnum):
    """Which way is better; the words are those of the language."""

    HIGHER = "higher is better"
    LOWER = "lower is better"
    INSIDE = "inside is better"
    OUTSIDE = "outside is better"
    CLOSER_TO_ZERO = "closer to zero is better"
    NONE = "none"
    PENDING = "pending"

    @property
    def has_better(self) -> bool:
        """Whether any value is better than another; otherwise there is only an up and a down."""
        return self not in (Polarity.NONE, Polarity.PENDING)

    @property
    def wants_range(self) -> bool:
        """Whether the target is a range."""
        return self in (Polarity.INSIDE, Polarity.OUTSIDE)
