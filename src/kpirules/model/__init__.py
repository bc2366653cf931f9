"""Checked definitions: complete, typed, and buildable in Python without any text."""

from kpirules.model.definition import Definition, Definitions, Facts, Theme, Version
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
    "Case",
    "Definition",
    "Definitions",
    "ExpectedBand",
    "ExpectedDirection",
    "ExpectedNoDirection",
    "ExpectedUnrated",
    "Facts",
    "Overall",
    "OverallKind",
    "Terms",
    "TestBlock",
    "Theme",
    "Version",
]
