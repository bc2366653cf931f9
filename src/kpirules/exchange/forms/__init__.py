"""The forms in which definitions are written as JSON: a literal line for every class and every member of one.

A class of the vocabulary or the model that stands nowhere here cannot be exported, and a test says so.
"""

from collections.abc import Mapping
from typing import Any, Final

from kpirules.exchange.forms import amounts, definitions, rules
from kpirules.exchange.forms.definitions import Document
from kpirules.exchange.forms.form import Form, Member
from kpirules.model import Demand, Theme
from kpirules.model.tests import Expectation
from kpirules.periods import Calendar
from kpirules.units import Scale, Unit
from kpirules.vocabulary.comparators import Comparator
from kpirules.vocabulary.declared import Declared
from kpirules.vocabulary.figures import Amount, Figure
from kpirules.vocabulary.formulas import Formula
from kpirules.vocabulary.schemes import Band, Condition, Scheme
from kpirules.vocabulary.targets import DueTarget, Target
from kpirules.vocabulary.tolerances import Tolerance
from kpirules.vocabulary.travels import DeadZone, Travel

__all__ = ["FAMILIES", "FORMS", "TABLES", "Document", "Form", "Member"]

FORMS: Final[Mapping[type, Form]] = {
    each.type: each
    for each in (
        *definitions.SINGLE,
        *definitions.EXPECTATIONS,
        *definitions.DEMANDS,
        *rules.TARGETS,
        rules.PENDING,
        *rules.TOLERANCES,
        *rules.CONDITIONS,
        *rules.SINGLE,
        *amounts.UNITS,
        *amounts.FIGURES,
        *amounts.AMOUNTS,
        *amounts.COMPARATORS,
        *amounts.DEAD_ZONES,
        *amounts.FORMULAS,
        *amounts.SINGLE,
    )
}

TABLES: Final[Mapping[type, str]] = {
    Calendar: "calendars",
    Theme: "themes",
    Scale: "scales",
    Band: "bands",
    Travel: "travels",
    Scheme: "schemes",
}
"""What is written once, in a table of the document, and referred to by its key. Each refers to tables above it only."""

FAMILIES: Final[Mapping[str, Any]] = {
    "Amount": Amount,
    "Comparator": Comparator,
    "Condition": Condition,
    "DeadZone": DeadZone,
    "Declared": Declared,
    "Demand": Demand,
    "DueTarget": DueTarget,
    "Expectation": Expectation,
    "Figure": Figure,
    "Formula": Formula,
    "Target": Target,
    "Tolerance": Tolerance,
    "Unit": Unit,
}
"""What the schema calls those of which one stands where any other could."""
