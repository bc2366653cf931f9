"""Tests of rating rules: `test` blocks, laws, and what Hypothesis needs to test indicators.

Names are imported when they are first asked for, so that none of this costs those who do not use it.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpirules.testing.laws import (
        BUILT_IN,
        assert_law,
        check_laws,
        cover,
        disjoint,
        edges_owned,
        met_is_no_worse,
        monotone,
        no_hole_in_time,
        reachable,
    )
    from kpirules.testing.mutants import Fate, Hunk, Mutant, Mutation
    from kpirules.testing.own_laws import law
    from kpirules.testing.results import Certainty, Counterexample, Law, LawError, LawReport, LawResult
    from kpirules.testing.run import CaseResult, run_tests
    from kpirules.testing.samples import Sample, samples
    from kpirules.testing.values import near_edges, observations, series, values, values_in

# Where each name lives.
_HOMES = {
    "BUILT_IN": "laws",
    "CaseResult": "run",
    "Certainty": "results",
    "Counterexample": "results",
    "Fate": "mutants",
    "Hunk": "mutants",
    "Law": "results",
    "LawError": "results",
    "LawReport": "results",
    "LawResult": "results",
    "Mutant": "mutants",
    "Mutation": "mutants",
    "Sample": "samples",
    "assert_law": "laws",
    "check_laws": "laws",
    "cover": "laws",
    "disjoint": "laws",
    "edges_owned": "laws",
    "law": "own_laws",
    "met_is_no_worse": "laws",
    "monotone": "laws",
    "near_edges": "values",
    "no_hole_in_time": "laws",
    "observations": "values",
    "reachable": "laws",
    "run_tests": "run",
    "samples": "samples",
    "series": "values",
    "values": "values",
    "values_in": "values",
}

__all__ = [
    "BUILT_IN",
    "CaseResult",
    "Certainty",
    "Counterexample",
    "Fate",
    "Hunk",
    "Law",
    "LawError",
    "LawReport",
    "LawResult",
    "Mutant",
    "Mutation",
    "Sample",
    "assert_law",
    "check_laws",
    "cover",
    "disjoint",
    "edges_owned",
    "law",
    "met_is_no_worse",
    "monotone",
    "near_edges",
    "no_hole_in_time",
    "observations",
    "reachable",
    "run_tests",
    "samples",
    "series",
    "values",
    "values_in",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"kpirules.testing has no {name!r}")
    return getattr(import_module(f"kpirules.testing.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
