"""The closed core that every way of writing a rule lowers to, and every engine runs.

A rule is a decision list: ordered lines, each a condition and an outcome, and the first that holds decides.
Conditions compare exact linear forms over the rule's inputs with zero. Nothing in here knows of targets,
tolerances, polarity, text or files; nothing outside of here decides a rating.
"""

from kpirules.core.along import HalfLine, Segment, decided_on, segments
from kpirules.core.conditions import All, AnyOf, AtLeast, Condition, Missing, Not
from kpirules.core.decide import Absent, Decision, Given, decide
from kpirules.core.forms import Form
from kpirules.core.prove import Flaw, Flawed, prove
from kpirules.core.rule import Domain, Input, Line, Rated, Rounding, Rule, Stretch, Unrated, UnratedAs
from kpirules.core.zones import Axis, Cut, Lies, ZonedRule, zoned

__all__ = [
    "Absent",
    "All",
    "AnyOf",
    "AtLeast",
    "Axis",
    "Condition",
    "Cut",
    "Decision",
    "Domain",
    "Flaw",
    "Flawed",
    "Form",
    "Given",
    "HalfLine",
    "Input",
    "Lies",
    "Line",
    "Missing",
    "Not",
    "Rated",
    "Rounding",
    "Rule",
    "Segment",
    "Stretch",
    "Unrated",
    "UnratedAs",
    "ZonedRule",
    "decide",
    "decided_on",
    "prove",
    "segments",
    "zoned",
]
