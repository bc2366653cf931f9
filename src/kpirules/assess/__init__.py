"""Definitions and observations together: ratings, travel, explanations, scorecards."""

from kpirules.assess.explain import Edges, Explanation, Step
from kpirules.assess.indicator import Indicator
from kpirules.assess.raters import LeanRating
from kpirules.assess.results import OwnReason, Rating, TravelResult, Why
from kpirules.assess.scorecard import Assessment, Scorecard, score

__all__ = [
    "Assessment",
    "Edges",
    "Explanation",
    "Indicator",
    "LeanRating",
    "OwnReason",
    "Rating",
    "Scorecard",
    "Step",
    "TravelResult",
    "Why",
    "score",
]
