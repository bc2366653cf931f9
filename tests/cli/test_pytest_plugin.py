"""The pytest plugin, as a user of pytest meets it."""

import re
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

import kpirules
import kpirules.cli.test
import kpirules.columns.arrays
import kpirules.testing.drawing
from kpirules.cli import main
from kpirules.testing.laws import BUILT_IN

pytest_plugins = ["pytester"]

# A session inside of this one forgets what it has imported. What is loaded here already stays: that takes a part of the
# time, and NumPy cannot be loaded twice.
LOADED = (kpirules.cli.test, kpirules.columns.arrays, kpirules.testing.drawing)

# Where kpirules is installed pytest finds the plugin by itself, and naming it again would load it twice.
INSTALLED = any(each.name == "kpirules" for each in entry_points(group="pytest11"))
PLUGIN = [] if INSTALLED else ["-p", "kpirules.pytest_plugin"]

SOUND = """
indicator B3d "Schools" {
  unit       percent
  polarity   higher is better
  target     80%
  tolerance  5% of target
}

test B3d {
  80% is green
  79% is amber
  79% is amber
}

always "a met target is never red" for all { when target met then not red }
"""
WRONG_TEST = """
test B3d {
  75% is amber
}
"""
WRONG_LAW = """
always "nothing is amber" for B3d { when target met or within tolerance then green }
always "of nothing" for B3d { when no target then red }
"""


def run(pytester: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    # A test before these may have imported the plugin in this process, which pytest would complain of.
    imported = "ignore::pytest.PytestAssertRewriteWarning"
    return pytester.runpytest(*PLUGIN, "-p", "no:cacheprovider", "-W", imported, *arguments)


def run_alone(pytester: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    """In a process of its own, which finds kpirules where this one has."""
    pytester._monkeypatch.setenv("PYTHONPATH", str(Path(kpirules.__file__).parents[1]))
    return pytester.runpytest_subprocess(*PLUGIN, "-p", "no:cacheprovider", *arguments)


def names(pytester: pytest.Pytester, *arguments: str) -> list[str]:
    lines = run(pytester, "--collect-only", "-q", *arguments).outlines
    return [line for line in lines if "::" in line]


def write(pytester: pytest.Pytester, **files: str) -> None:
    for name, text in files.items():
        path = pytester.path / f"{name.replace('__', '/')}.kpi"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def test_tests_and_laws_are_items_in_the_order_of_the_lines(pytester: pytest.Pytester) -> None:
    write(pytester, rules__schools=SOUND)
    assert names(pytester) == [
        "rules/schools.kpi::check",
        "rules/schools.kpi::print_and_parse",
        "rules/schools.kpi::B3d: cover",
        "rules/schools.kpi::B3d: disjoint",
        "rules/schools.kpi::B3d: reachable",
        "rules/schools.kpi::B3d: monotone",
        "rules/schools.kpi::B3d: met_is_no_worse",
        "rules/schools.kpi::B3d: edges_owned",
        "rules/schools.kpi::B3d: engines_agree",
        "rules/schools.kpi::B3d: no_hole_in_time",
        "rules/schools.kpi::B3d: 80% is green",
        "rules/schools.kpi::B3d: 79% is amber",
        "rules/schools.kpi::B3d: 79% is amber (2)",
        "rules/schools.kpi::always: a met target is never red",
    ]
    run(pytester).assert_outcomes(passed=14)


def test_a_failure_is_told_in_the_words_of_the_rule_without_a_traceback(pytester: pytest.Pytester) -> None:
    write(pytester, rules__schools=SOUND + WRONG_TEST)
    result = run(pytester)
    result.assert_outcomes(passed=14, failed=1)
    shown = result.stdout.str()
    result.stdout.fnmatch_lines(
        [
            "*rules?schools.kpi:18: B3d: 75% is amber",
            "*expected amber, got red",
            "*75% is red: worse than target (80%) by 5 points and outside tolerance*",
        ]
    )
    assert "Traceback" not in shown
    assert ".py:" not in shown


def test_a_broken_law_is_shown_with_its_case(pytester: pytest.Pytester) -> None:
    write(pytester, schools=SOUND + WRONG_LAW)
    result = run(pytester)
    result.assert_outcomes(passed=14, failed=2)
    result.stdout.fnmatch_lines(
        [
            "*B3d breaks the law nothing is amber*",
            "*got       amber",
            '*"of nothing" speaks of nothing: its condition can hold nowhere',
        ]
    )


def test_a_file_with_errors_has_one_item_that_fails_and_its_neighbour_runs(pytester: pytest.Pytester) -> None:
    write(pytester, rules__a=SOUND.replace("5% of target", "5%"), rules__b=SOUND.replace("B3d", "B4"))
    result = run(pytester)
    result.assert_outcomes(passed=16, failed=1)
    result.stdout.fnmatch_lines(["*rules?a.kpi:6:14: error?ambiguous-percent?*", "*tolerance*5%*"])


def test_warnings_do_not_fail(pytester: pytest.Pytester) -> None:
    write(pytester, a=SOUND.replace("target     80%", "target     80%\n  figure floor 20%"))
    run(pytester).assert_outcomes(passed=14)


def test_a_folder_is_one_library_with_the_folders_inside(pytester: pytest.Pytester) -> None:
    scheme = "scheme two { green when target met\nred otherwise }"
    indicator = SOUND.replace("tolerance  5% of target", "scheme two").split("test")[0]
    write(pytester, rules__schemes=scheme, rules__more__a=indicator, other__b=SOUND)
    run(pytester).assert_outcomes(passed=2 + 10 + 14)
    run(pytester, "rules/more/a.kpi").assert_outcomes(passed=10)


def test_libraries_can_be_declared(pytester: pytest.Pytester) -> None:
    scheme = "scheme two { green when target met\nred otherwise }"
    indicator = SOUND.replace("tolerance  5% of target", "scheme two").split("test")[0]
    write(pytester, rules__schemes__two=scheme, rules__themes__a=indicator)
    run(pytester).assert_outcomes(passed=3, failed=1)
    pytester.makeini("[pytest]\nkpi_libraries = ru*")
    run(pytester).assert_outcomes(passed=2 + 10)


@pytest.mark.parametrize(
    ("arguments", "passed"),
    [
        (("-k", "monotone"), 1),
        (("-k", "B3d and not amber"), 9),
        (("rules/schools.kpi::B3d: 80% is green",), 1),
        (("-x", "-k", "always"), 1),
    ],
)
def test_items_can_be_chosen(pytester: pytest.Pytester, arguments: tuple[str, ...], passed: int) -> None:
    write(pytester, rules__schools=SOUND)
    assert run(pytester, *arguments).parseoutcomes()["passed"] == passed


def test_the_last_failures_can_be_run_again(pytester: pytest.Pytester) -> None:
    write(pytester, schools=SOUND + WRONG_TEST)
    pytester.runpytest(*PLUGIN).assert_outcomes(passed=14, failed=1)
    pytester.runpytest(*PLUGIN, "--lf").assert_outcomes(failed=1)


def test_junit_has_the_items_with_file_and_line(pytester: pytest.Pytester) -> None:
    write(pytester, schools=SOUND + WRONG_TEST)
    run(pytester, "--junitxml=out.xml", "-o", "junit_family=xunit1")
    xml = (pytester.path / "out.xml").read_text(encoding="utf-8")
    assert re.search(r'name="B3d: 75% is amber"[^>]*file="schools.kpi"[^>]*line="17"', xml)
    assert "expected amber, got red" in xml


def test_workers_share_the_items(pytester: pytest.Pytester) -> None:
    write(pytester, schools=SOUND + WRONG_TEST)
    run_alone(pytester, "-n", "2").assert_outcomes(passed=14, failed=1)


def test_laws_of_ones_own_run_on_every_indicator(pytester: pytest.Pytester) -> None:
    write(pytester, schools=SOUND)
    pytester.makeini("[pytest]\nkpi_laws = council:never_amber\npythonpath = .")
    pytester.makepyfile(
        council="""
        from kpirules.testing import law

        @law("nothing is amber")
        def never_amber(sample):
            assert sample.band != "amber"
        """
    )
    result = run(pytester)
    result.assert_outcomes(passed=14, failed=1)
    result.stdout.fnmatch_lines(["*case      76%", "*got       amber", "*expected  nothing is amber"])


def test_a_law_that_is_not_there_is_said_to_be_missing(pytester: pytest.Pytester) -> None:
    write(pytester, schools=SOUND)
    pytester.makeini("[pytest]\nkpi_laws = no.such:law")
    result = run(pytester)
    assert result.ret != 0
    assert "kpi_laws names no.such:law, which is not there" in result.stdout.str() + result.stderr.str()


def test_collecting_can_be_turned_off(pytester: pytest.Pytester) -> None:
    write(pytester, schools=SOUND)
    pytester.makeini("[pytest]\nkpi_files = false")
    assert names(pytester) == []


def test_a_session_without_definitions_loads_nothing_of_ours(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import sys

        def test_what_is_loaded():
            ours = {name for name in sys.modules if name.startswith("kpirules")}
            assert ours <= {"kpirules", "kpirules.pytest_plugin"}
        """
    )
    run_alone(pytester).assert_outcomes(passed=1)


def test_the_plugin_is_an_entry_point() -> None:
    declared = (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    assert 'kpirules = "kpirules.pytest_plugin"' in declared
    code = "import kpirules.pytest_plugin, sys; print('attrs' in sys.modules or 'lark' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_module_that_the_command_writes_runs(pytester: pytest.Pytester, capsys: pytest.CaptureFixture[str]) -> None:
    write(pytester, rules__schools=SOUND + WRONG_TEST + WRONG_LAW)
    assert main(["test", "rules", "--python"]) == 0
    module = capsys.readouterr().out
    (pytester.path / "test_rules.py").write_text(module, encoding="utf-8")
    result = run(pytester, "test_rules.py")
    result.assert_outcomes(passed=len(BUILT_IN) + 1 + 1 + 3, failed=3)
    result.stdout.fnmatch_lines(["*test_always?nothing is amber?*", "B3d breaks the law nothing is amber: *"])
    result.stdout.fnmatch_lines(['*"of nothing" speaks of nothing: its condition can hold nowhere'])
    result.stdout.no_fnmatch_line("*why_broken(*")
