"""Definitions as JSON: the real library and every text of the specification, the schema, and faults with their places.

After a change of the forms, `pytest tests/unit/test_exchange.py --record` writes the schema anew. Read the diff as
somebody would whose program reads these files.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import kpirules
from kpirules.cli import main
from kpirules.exchange.forms import FAMILIES, FORMS, TABLES

ROOT = Path(__file__).parents[2]
SANDWELL = ROOT / "indicators" / "sandwell-2023-24"
SCHEMA = ROOT / "docs" / "reference" / "definitions.schema.json"
GOOD = sorted((ROOT / "tests" / "spec" / "good").glob("*.kpi"))


def validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", [SANDWELL, *GOOD], ids=lambda path: path.name)
def test_what_is_exported_fits_the_schema_and_loads_back_to_the_same_definitions(path: Path) -> None:
    library, told = kpirules.check(path)
    text = kpirules.to_json(library)
    validator().validate(json.loads(text))
    back, found = kpirules.check_json(text)
    assert back.definitions.definitions == library.definitions.definitions
    assert back.definitions.tests == library.definitions.tests
    assert back.definitions.laws == library.definitions.laws
    assert [each.where for each in back.definitions.definitions.values()] == [
        each.where for each in library.definitions.definitions.values()
    ]
    assert {fault.code for fault in found} <= {fault.code for fault in told} | {"steps-miss-band", "not-proved"}
    assert kpirules.to_json(back) == text


def test_the_scorecard_of_the_real_library_comes_out_the_same() -> None:
    library = kpirules.load(SANDWELL)
    back = kpirules.from_json(kpirules.to_json(library))
    scored, again = (each.score(library.observations, period="2023/24 Q2") for each in (library, back))
    assert [(row.definition, row.rating, row.travels) for row in again] == [
        (row.definition, row.rating, row.travels) for row in scored
    ]
    assert [result.passed for result in back.run_tests()] == [True] * len(library.run_tests())


def test_the_schema_of_the_documentation_is_up_to_date(pytestconfig: pytest.Config) -> None:
    text = kpirules.json_schema() + "\n"
    if pytestconfig.getoption("--record"):
        SCHEMA.write_text(text, encoding="utf-8")
    assert SCHEMA.read_text(encoding="utf-8") == text


def test_the_schema_is_one_and_says_what_everything_is() -> None:
    schema: Any = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    assert len(schema["$defs"]) == len(FORMS) - 1 + len(FAMILIES)
    described = [schema, *(each for name, each in schema["$defs"].items() if name not in FAMILIES)]
    for each in described:
        assert each["description"]
        members = (member for name, member in each["properties"].items() if name != "kind" or "description" in member)
        assert all(member["description"] for member in members)


def test_each_table_refers_only_to_those_above_it() -> None:
    library = kpirules.check_text(
        'calendar council "Council" { year starts 1 April }\n'
        "travel base { against baseline 2019/20 }\n"
        "scheme s {\n green when target met\n amber when base improved\n"
        " red when base not comparable\n red otherwise\n}\n"
        "indicator x {\n unit percent\n polarity higher is better\n target 80%\n scheme s\n}\n"
    )[0]
    data = json.loads(kpirules.to_json(library))
    assert [name for name in data if name in TABLES.values()] == [
        table for table in TABLES.values() if table in ("calendars", "bands", "travels", "schemes")
    ]
    assert list(kpirules.from_json(kpirules.to_json(library)).indicators) == ["x"]


def test_two_schemes_of_one_name_have_two_keys() -> None:
    library = kpirules.load_text(
        "defaults for library {\n unit percent\n polarity higher is better\n}\n"
        "indicator x {\n bands {\n  good 80% and above\n  bad below 80%\n }\n}\n"
        "indicator y {\n bands {\n  good 90% and above\n  bad below 90%\n }\n}\n"
    )
    data = json.loads(kpirules.to_json(library))
    keys = [indicator["versions"][0]["terms"]["scheme"] for indicator in data["indicators"]]
    assert len(set(keys)) == 2
    back = kpirules.from_json(kpirules.to_json(library))
    assert [back[name].rate(85).band for name in "xy"] == ["good", "bad"]


ONE = """
calendar council "Council year" { year starts 1 April }
indicator x "X" {
  unit percent
  polarity higher is better
  figure floor 62%
  target 80% from 2023/24
  target 70% until 2022/23
  tolerance 5% of floor
  reads "n/k" as no value
  owner "Children"
}
"""


def document() -> Any:
    return json.loads(kpirules.to_json(kpirules.load_text(ONE, "one.kpi")))


def told(data: Any) -> list[tuple[str, str]]:
    """The code and the message of each fault; each points into the text."""
    text = json.dumps(data, indent=2)
    library, found = kpirules.check_json(text, "one.json")
    assert all(str(fault.span).startswith("one.json:") for fault in found)
    assert not library.indicators
    with pytest.raises(kpirules.LibraryError):
        kpirules.from_json(text)
    return [(fault.code, fault.message) for fault in found]


AT = "indicators[0].versions[1].terms"


def test_faults_are_told_with_path_and_place_all_in_one_run() -> None:
    data = document()
    terms = data["indicators"][0]["versions"][1]["terms"]
    terms["target"]["figure"]["number"] = 80
    terms["polarty"] = terms.pop("polarity")
    terms["tolerance"]["figure"]["kind"] = "nmed"
    data["indicators"][0]["calendar"] = "concil"
    assert told(data) == [
        ("bad-member", "indicators[0].calendar is not the key of an entry in `calendars`"),
        ("missing-member", f"{AT} has no member `polarity`"),
        ("bad-member", f"{AT}.target.figure.number is not an exact number"),
        ("bad-member", f"{AT}.tolerance.figure.kind is not a kind that may stand there"),
        ("unknown-member", f"{AT} has a member `polarty`, which means nothing there"),
    ]


def test_a_fault_points_at_the_very_words_and_says_what_was_probably_meant() -> None:
    data = document()
    data["indicators"][0]["versions"][0]["terms"]["polarity"] = "higher is beter"
    [fault] = kpirules.check_json(json.dumps(data, indent=2))[1]
    assert fault.span.text == "higher is beter"
    assert fault.help == "did you mean `higher is better`?"


def spoil(change: str) -> Any:
    data = document()
    exec(
        change,
        {"indicator": data["indicators"][0], "terms": data["indicators"][0]["versions"][1]["terms"], "data": data},
    )
    return data


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ("terms['figures'] = {}", "unsound-definition", "the figure `floor` is read and not declared"),
        ("terms['figures']['floor'] = {'kind': 'named', 'name': 'floor'}", "unsound-definition", "out from itself"),
        ("indicator['versions'][1]['since'] = '2023-04-02'", "unsound-definition", "on the day after the one"),
        ("del indicator['versions'][0]", "unsound-definition", "has no `since`"),
        ("indicator['versions'] = []", "bad-member", "indicators[0].versions is not a list with at least one item"),
        ("terms['overall'] = {'kind': 'worst component'}", "unsound-definition", "if and only if there are components"),
        ("terms['formula'] = {'kind': 'input', 'name': 'a'}", "unsound-definition", "the input `a` is read"),
        ("terms['formula'] = {'kind': 'components'}", "unsound-definition", "there are none"),
        ("data['schemes']['rag']['bands'] = ['green', 'red']", "unsound-definition", "not all that it gives"),
        ("data['schemes']['rag']['lines'].pop()", "gap", "no band covers 0%"),
        ("indicator['versions'][0]['until'] = '2023-02-30'", "bad-member", 'is not a day such as "2023-04-01"'),
        ("data['calendars']['council']['month'] = True", "bad-member", "is not a whole number from 1 to 12"),
        ("terms['unit'] = 'percent'", "bad-member", "is not an object with a `kind`"),
        ("terms['unit'] = {}", "missing-member", "has no member `kind`"),
        ("terms['accumulates'] = 'yes'", "bad-member", "is not true or false"),
        ("terms['breaks'] = '2023'", "bad-member", "is not a list"),
        ("terms['reasons'] = []", "bad-member", "is not an object"),
        ("indicator['title'] = None", "bad-member", "is not text"),
        ("data['version'] = 2", "unknown-format", "reads version 1"),
        ("data['format'] = 'other'", "unknown-format", "no definitions"),
        ("data['bands'] = []", "bad-member", "bands is not an object"),
        ("data['indicators'] = {}", "bad-member", "indicators is not a list"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told(change: str, code: str, words: str) -> None:
    found = told(spoil(change))
    assert any(each == code and words in message for each, message in found), found


def test_a_hole_in_the_versions_of_a_component_is_told() -> None:
    library = kpirules.load(ROOT / "tests" / "spec" / "good" / "components-scheme.kpi")
    data = json.loads(kpirules.to_json(library))
    for indicator in data["indicators"]:
        for component in indicator.get("components", []):
            component["versions"][0]["since"] = "2023-04-01"
    sound, found = kpirules.check_json(json.dumps(data))
    assert not sound.indicators.keys() & {each["reference"] for each in data["indicators"] if "components" in each}
    assert {fault.code for fault in found} == {"unsound-definition"}


def test_a_member_twice_is_told() -> None:
    text = '{"format": "kpirules-definitions", "version": 1, "themes": {"a": {"name": "a", "title": "A", "name": "b"}}}'
    [fault] = kpirules.check_json(text)[1]
    assert (fault.code, fault.message) == ("duplicate-member", "themes.a has the member `name` twice")
    assert fault.span.start == text.rindex("name")


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '{"format": "kpirules-definitions"}', "\ufeff{]", '"\\ud800"'])
def test_what_is_no_document_is_told(text: str) -> None:
    [fault] = kpirules.check_json(text)[1]
    assert fault.code in ("bad-json", "unknown-format")


def test_of_two_indicators_of_one_name_the_first_loads() -> None:
    data = document()
    data["indicators"] *= 2
    library, [fault] = kpirules.check_json(json.dumps(data))
    assert fault.code == "duplicate-indicator"
    assert [*library.indicators] == ["x"]


def test_one_faulty_indicator_leaves_the_others_whole() -> None:
    library = kpirules.load(SANDWELL)
    data = json.loads(kpirules.to_json(library))
    del data["indicators"][5]["title"]
    sound, found = kpirules.check_json(json.dumps(data))
    assert len(sound.indicators) == len(library.indicators) - 1
    assert [fault.code for fault in found if fault.severity is kpirules.Severity.ERROR] == ["missing-member"]


def test_export_prints_what_can_be_used_like_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(SANDWELL)]) == 0
    exported = tmp_path / "definitions.json"
    exported.write_text(capsys.readouterr().out, encoding="utf-8")
    assert main(["rate", str(exported), "B3d", "79%"]) == 0
    assert "amber" in capsys.readouterr().out
    assert main(["check", str(exported), "--format", "short"]) == 0
    capsys.readouterr()
    exported.write_text(exported.read_text(encoding="utf-8").replace('"5"', '"5%"', 1), encoding="utf-8")
    assert main(["rate", str(exported), "B3d", "79%"]) == 2
    assert "error[bad-member]: indicators[0].versions[0].terms.tolerance.percent" in capsys.readouterr().err


def test_export_prints_the_schema_without_a_path(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--format", "schema"]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert main(["export"]) == 2
    assert "Say which definitions" in capsys.readouterr().err
