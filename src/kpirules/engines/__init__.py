"""Ways to run core rules fast: exact edges as float thresholds, compiled raters, and tables of cuts for columns.

Everything here is made from a `core.Rule` and gives the answers of `core.decide`, bit for bit.
"""

from kpirules.engines.thresholds import above, at_least, at_most, below, threshold

__all__ = ["above", "at_least", "at_most", "below", "threshold"]
