"""What `kpirules test` found, for programs: as JSON, and as the XML in which JUnit reports tests."""

from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as ET

from kpirules.present.coverage_text import coverage_data
from kpirules.present.json_text import json_text
from kpirules.present.screen import Screen
from kpirules.testing.decisions import Coverage
from kpirules.testing.results import LawResult
from kpirules.testing.run import CaseResult
from kpirules.testing.suite import Suite

_SPACES: Final = "\t\n\r"


def as_json(suite: Suite, measured: Coverage | None, screen: Screen) -> str:
    """An object with every case and law, whether all passed, and what was measured of their coverage."""
    return json_text(
        {
            **({"coverage": coverage_data(measured)} if measured else {}),
            "passed": suite.passed,
            "cases": [case_data(case) for case in suite.cases],
            "laws": [law_data(law) for law in suite.written],
            "built_in": [law_data(law) for law in suite.built_in],
            "idle": list(suite.idle),
        },
        screen,
    )


def case_data(case: CaseResult) -> dict[str, object]:
    """One line of a test: what was expected, what came, and why."""
    return {
        "indicator": case.reference,
        "case": case.case.text,
        "where": case.case.where,
        "passed": case.passed,
        "differences": [{"expected": each.expected, "got": each.got} for each in case.differences],
        "decided": str(case.at) if case.at else None,
        "explanation": case.explanation or None,
    }


def law_data(law: LawResult) -> dict[str, object]:
    """One law on one indicator, with the case that breaks it."""
    found = law.counterexample
    return {
        "indicator": law.reference,
        "law": law.law,
        "says": law.says,
        "where": str(law.at) if law.at else law.where,
        "passed": law.passed,
        "concerned": law.concerned,
        "certainty": str(law.certainty),
        "counterexample": {
            "case": found.case,
            "expected": found.expected,
            "got": found.got,
            "decided": str(found.at) if found.at else None,
        }
        if found
        else None,
    }


def as_junit(suite: Suite) -> str:
    """A `testsuites` element with a suite for the tests, the laws and the built-in laws.

    A law that does not concern an indicator is left out: it was not tried there.
    """
    root = ET.Element("testsuites", name="kpirules")
    _suite(root, "tests", ((case.reference, _name(case), _case_failure(case)) for case in suite.cases))
    written = [(law.law, law.reference, _law_failure(law)) for law in suite.written if law.concerned]
    written += [(title, "nobody", "its condition can hold for no indicator") for title in suite.idle]
    _suite(root, "laws", iter(written))
    _suite(root, "built-in laws", ((law.law, law.reference, _law_failure(law)) for law in suite.built_in))
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=False)


def _suite(root: ET.Element, name: str, results: Iterator[tuple[str, str, str]]) -> None:
    each = list(results)
    failed = sum(bool(failure) for *_, failure in each)
    suite = ET.SubElement(root, "testsuite", name=name, tests=str(len(each)), failures=str(failed))
    for group, test, failure in each:
        case = ET.SubElement(suite, "testcase", classname=_written(group), name=_written(test))
        if failure:
            first, _, _ = failure.partition("\n")
            ET.SubElement(case, "failure", message=_written(first)).text = _written(failure)


def _name(case: CaseResult) -> str:
    return f"{case.case.where}: {case.case.text}" if case.case.where else case.case.text


def _case_failure(case: CaseResult) -> str:
    if case.passed:
        return ""
    decided = [f"decided by {case.at}"] if case.at else []
    return "\n".join([*case.failures, *decided, case.explanation])


def _law_failure(law: LawResult) -> str:
    found = law.counterexample
    return "" if found is None else f"{found.case}: expected {found.expected}, got {found.got}\n{law.text}"


def _written(text: str) -> str:
    """The text without letters that XML cannot have."""
    return "".join(letter if letter.isprintable() or letter in _SPACES else "\ufffd" for letter in text)
