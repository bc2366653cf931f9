"""Ways to run core rules fast: exact edges as float thresholds, rules as tables of cuts, and raters for hot loops.

Everything here is made from a `core.Rule` and gives the answers of `core.decide`, bit for bit.
"""

from kpirules.engines.asked import Asked, Handed, Question, Rater
from kpirules.engines.doors import OPEN, Door
from kpirules.engines.raters import rater
from kpirules.engines.tables import Scale, Table, tabled
from kpirules.engines.thresholds import above, at_least, at_most, below, threshold

__all__ = [
    "OPEN",
    "Asked",
    "Door",
    "Handed",
    "Question",
    "Rater",
    "Scale",
    "Table",
    "above",
    "at_least",
    "at_most",
    "below",
    "rater",
    "tabled",
    "threshold",
]
