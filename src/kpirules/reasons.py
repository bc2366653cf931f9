"""Why there is no rating or no direction of travel, and which directions there are: the closed lists.

Of several reasons that apply, the first in `NOT_RATED` or `NO_DIRECTION` is the one that is told.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Reason(StrEnum):
    """Why a value is not rated, or why it has no direction of travel; the value is the stable code."""

    TARGET_PENDING = "target-pending"
    TARGET_NOT_APPLICABLE = "target-not-applicable"
    NO_TARGET = "no-target"
    ESTABLISHING_BASELINE = "establishing-baseline"
    NO_POLARITY = "no-polarity"
    NO_VALUE = "no-value"
    VALUE_PENDING = "value-pending"
    NOT_DUE = "not-due"
    UNRATED_COMPONENT = "unrated-component"
    NO_OVERALL = "no-overall"
    NOT_COMPARABLE = "not-comparable"
    NO_COMPARATOR = "no-comparator"
    PENDING = "pending"
    CUMULATIVE = "cumulative"
    NEW_INDICATOR = "new-indicator"
    WAS_ANNUAL = "was-annual"
    SERIES_BREAK = "series-break"
    UNRELIABLE = "unreliable"
    UNRATED = "unrated"
    WAS_UNRATED = "was-unrated"
    NOT_COMPUTABLE = "not-computable"
    BOUND = "bound"

    @property
    def words(self) -> str:
        """The code as it is said: `target pending`."""
        return self.value.replace("-", " ")

    @property
    def sentence(self) -> str:
        """What it means, for someone who has not read the manual."""
        return _SENTENCES[self]


_SENTENCES: Final[Mapping[Reason, str]] = {
    Reason.TARGET_PENDING: "The target has still to be set.",
    Reason.TARGET_NOT_APPLICABLE: "A target does not apply to this indicator.",
    Reason.NO_TARGET: "It was decided that this indicator has no target.",
    Reason.ESTABLISHING_BASELINE: "A baseline is being established before a target is set.",
    Reason.NO_POLARITY: "It is not laid down which way is better.",
    Reason.NO_VALUE: "There is no value for this period.",
    Reason.VALUE_PENDING: "The value for this period has still to come.",
    Reason.NOT_DUE: "The target is not due yet.",
    Reason.UNRATED_COMPONENT: "A component has no rating, so the overall rating is not known.",
    Reason.NO_OVERALL: "The components are rated each by itself, and the row as a whole is not.",
    Reason.NOT_COMPARABLE: "The rating depends on a comparison that cannot be made.",
    Reason.NO_COMPARATOR: "There is no earlier value to compare with.",
    Reason.PENDING: "A value that the comparison needs has still to come.",
    Reason.CUMULATIVE: "The value is a running total, so the period before is no fair comparison.",
    Reason.NEW_INDICATOR: "The indicator is new and has no earlier value.",
    Reason.WAS_ANNUAL: "The indicator used to be reported once a year, so there is no value for the earlier period.",
    Reason.SERIES_BREAK: "What is measured changed in between (or the target, where a travel minds it), so the two "
    "values cannot be compared.",
    Reason.UNRELIABLE: "The value to compare with is marked as not reliable.",
    Reason.UNRATED: "The value is not rated, so there is no change of rating.",
    Reason.WAS_UNRATED: "The earlier value was not rated, so there is no change of rating.",
    Reason.NOT_COMPUTABLE: "The numbers leave the result undefined, as a division by zero does.",
    Reason.BOUND: "Only a bound of the value is known, and the values within it differ in their result.",
}

NOT_RATED: Final = (
    Reason.TARGET_PENDING,
    Reason.TARGET_NOT_APPLICABLE,
    Reason.NO_TARGET,
    Reason.ESTABLISHING_BASELINE,
    Reason.NO_POLARITY,
    Reason.NO_VALUE,
    Reason.VALUE_PENDING,
    Reason.NOT_DUE,
    Reason.UNRATED_COMPONENT,
    Reason.NO_OVERALL,
    Reason.NOT_COMPARABLE,
    Reason.NOT_COMPUTABLE,
    Reason.BOUND,
)
"""Why there may be no rating; the first that applies is told."""

NO_DIRECTION: Final = (
    Reason.NO_VALUE,
    Reason.NO_COMPARATOR,
    Reason.PENDING,
    Reason.CUMULATIVE,
    Reason.NEW_INDICATOR,
    Reason.WAS_ANNUAL,
    Reason.SERIES_BREAK,
    Reason.UNRELIABLE,
    Reason.UNRATED,
    Reason.WAS_UNRATED,
    Reason.BOUND,
    Reason.NOT_COMPUTABLE,
)
"""Why there may be no direction of travel; the first that applies is told."""


class Direction(StrEnum):
    """A direction of travel: by polarity, or `UP` and `DOWN` where no way is better; `MIXED` is several at once."""

    IMPROVED = "improved"
    UNCHANGED = "unchanged"
    WORSENED = "worsened"
    UP = "up"
    DOWN = "down"
    MIXED = "mixed"
