"""Tests of rating rules: the runner of `test` blocks."""

from kpirules.testing.run import CaseResult, run_tests

__all__ = ["CaseResult", "run_tests"]
