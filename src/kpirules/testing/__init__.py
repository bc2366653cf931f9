"""Tests of rating rules: `test` blocks, laws, and what Hypothesis needs to test indicators.

Names are imported when they are first asked for, so that none of this costs those who do not use it.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpirules.testing.always import decide_laws, why_broken
    from kpirules.testing.decisions import Coverage, Covered, coverage, covered
    from kpirules.testing.drawn_definitions import definitions
    from kpirules.testing.drawn_libraries import libraries
    from kpirules.testing.drawn_samples import Sample, samples
    from kpirules.testing.drawn_texts import broken_texts, texts
    from kpirules.testing.drawn_values import near_edges, observations, series, values, values_in
    from kpirules.testing.kinds import KINDS
    from kpirules.testing.laws import (
        BUILT_IN,
        assert_law,
        check_laws,
        cover,
        disjoint,
        edges_owned,
        engines_agree,
        met_is_no_worse,
        monotone,
        no_hole_in_time,
        reachable,
    )
    from kpirules.testing.mutants import Fate, Hunk, Mutant, Mutation
    from kpirules.testing.own_laws import law
    from kpirules.testing.results import Certainty, Counterexample, Law, LawError, LawReport, LawResult
    from kpirules.testing.run import CaseResult, Difference, run_case, run_tests
    from kpirules.testing.suite import Suite, run_suite
    from kpirules.testing.written_edges import edge_tests

# Where each name lives.
_HOMES = {
    "BUILT_IN": "laws",
    "CaseResult": "run",
    "Certainty": "results",
    "Counterexample": "results",
    "Coverage": "decisions",
    "Covered": "decisions",
    "Difference": "run",
    "Fate": "mutants",
    "Hunk": "mutants",
    "KINDS": "kinds",
    "Law": "results",
    "LawError": "results",
    "LawReport": "results",
    "LawResult": "results",
    "Mutant": "mutants",
    "Mutation": "mutants",
    "Sample": "drawn_samples",
    "Suite": "suite",
    "assert_law": "laws",
    "broken_texts": "drawn_texts",
    "check_laws": "laws",
    "cover": "laws",
    "coverage": "decisions",
    "covered": "decisions",
    "decide_laws": "always",
    "definitions": "drawn_definitions",
    "disjoint": "laws",
    "edge_tests": "written_edges",
    "edges_owned": "laws",
    "engines_agree": "laws",
    "law": "own_laws",
    "libraries": "drawn_libraries",
    "met_is_no_worse": "laws",
    "monotone": "laws",
    "near_edges": "drawn_values",
    "no_hole_in_time": "laws",
    "observations": "drawn_values",
    "reachable": "laws",
    "run_case": "run",
    "run_suite": "suite",
    "run_tests": "run",
    "samples": "drawn_samples",
    "series": "drawn_values",
    "texts": "drawn_texts",
    "values": "drawn_values",
    "values_in": "drawn_values",
    "why_broken": "always",
}

__all__ = [
    "BUILT_IN",
    "KINDS",
    "CaseResult",
    "Certainty",
    "Counterexample",
    "Coverage",
    "Covered",
    "Difference",
    "Fate",
    "Hunk",
    "Law",
    "LawError",
    "LawReport",
    "LawResult",
    "Mutant",
    "Mutation",
    "Sample",
    "Suite",
    "assert_law",
    "broken_texts",
    "check_laws",
    "cover",
    "coverage",
    "covered",
    "decide_laws",
    "definitions",
    "disjoint",
    "edge_tests",
    "edges_owned",
    "engines_agree",
    "law",
    "libraries",
    "met_is_no_worse",
    "monotone",
    "near_edges",
    "no_hole_in_time",
    "observations",
    "reachable",
    "run_case",
    "run_suite",
    "run_tests",
    "samples",
    "series",
    "texts",
    "values",
    "values_in",
    "why_broken",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"kpirules.testing has no {name!r}")
    return getattr(import_module(f"kpirules.testing.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
