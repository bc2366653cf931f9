"""Checked definitions: complete, typed, and buildable in Python without any text."""

from kpirules.model.definition import Definition, Definitions, Facts, Theme, Version
from kpirules.model.laws import AtLeastAsGoodAs, Clause, Demand, LawBlock, LawOf, MustBe
from kpirules.model.terms import Overall, OverallKind, Terms
from kpirules.model.tests import (
    Case,
    ExpectedBand,
    ExpectedDirection,
    ExpectedNoDirection,
    ExpectedUnrated,
    TestBlock,
)

__all__ = [
    "AtLeastAsGoodAs",
    "Case",
    "Clause",
    "Definition",
    "Definitions",
    "Demand",
    "ExpectedBand",
    "ExpectedDirection",
    "ExpectedNoDirection",
    "ExpectedUnrated",
    "Facts",
    "LawBlock",
    "LawOf",
    "MustBe",
    "Overall",
    "OverallKind",
    "Terms",
    "TestBlock",
    "Theme",
    "Version",
]
