"""A Python module that tests a library with pytest, for people to keep and to add their own laws to."""

from typing import Final

_MODULE: Final = '''\
"""Tests of the indicators in {path}. Written by `kpirules test {path} --python`; yours to change."""

import pytest

import kpirules
from kpirules.model import LawBlock
from kpirules.testing import BUILT_IN, CaseResult, Law, Sample, assert_law, law, why_broken

LIBRARY = kpirules.load({quoted})


@law("the same question gets the same answer")
def asked_twice(sample: Sample) -> None:
    """A law of your own: put here what must hold of each sample, whatever the indicator."""
    assert sample.with_value(sample.value).band == sample.band


@pytest.mark.parametrize("indicator", LIBRARY.indicators.values(), ids=lambda indicator: indicator.reference)
@pytest.mark.parametrize("each", [*BUILT_IN, asked_twice], ids=lambda each: each.__name__)
def test_law(each: Law, indicator: kpirules.Indicator) -> None:
    assert_law(each, indicator)


@pytest.mark.parametrize("always", LIBRARY.definitions.laws, ids=lambda each: each.title)
def test_always(always: LawBlock) -> None:
    if why := why_broken(always, LIBRARY.indicators):
        pytest.fail(why, pytrace=False)


@pytest.mark.parametrize("result", LIBRARY.run_tests(), ids=lambda each: f"{{each.reference}}: {{each.case.text}}")
def test_case(result: CaseResult) -> None:
    assert result.passed, "\\n".join([*result.failures, result.explanation])
'''


def pytest_module(path: str) -> str:
    """The module for the library at a path, named from where pytest will be run."""
    return _MODULE.format(path=path, quoted=_quoted(path))


def _quoted(path: str) -> str:
    """The path as Python text, in the marks that formatters prefer."""
    return '"' + path.replace("\\", "/").replace('"', '\\"') + '"'
