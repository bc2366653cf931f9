"""Mutants of rules: what a diff shows is what was tried, and the test that is offered notices the mistake."""

from pathlib import Path

import pytest

from kpirules import LibraryError, Severity, check_text, mutate
from kpirules.checking import check_sources
from kpirules.checking.standard import standard
from kpirules.source import Source
from kpirules.testing import Fate, Mutant, Mutation
from kpirules.testing.mutants import mutate as mutate_sources
from kpirules.testing.mutants.nudges import nudged

SPEC = Path(__file__).parents[1] / "spec" / "good"
# One or two of each kind of mistake.
TRIED = (
    "bands-otherwise",
    "components-other",
    "components-value",
    "dated-more",
    "polarity-closer-to-zero",
    "reads",
    "rounding",
    "scheme-caps",
    "scheme-floor",
    "series-break",
    "target-milestone",
    "target-ordinal",
    "target-year-end",
    "tests-of-components",
    "tolerance-edges",
    "tolerance-joined",
    "travel-dead-zone",
    "travel-series",
    "value-formulas",
    "target-straight-line",
    "travel-while-target",
)


def mutated(text: str) -> Mutation:
    source, used = Source("x.kpi", text), standard()
    return mutate_sources([source], used, check_sources([source], used).definitions)


def with_mistake(text: str, mutant: Mutant) -> str:
    """The text as its diff says it would be."""
    lines = text.split("\n")
    for hunk in sorted(mutant.hunks, key=lambda hunk: hunk.line, reverse=True):
        at = hunk.line - 1
        assert [line.strip() for line in lines[at : at + len(hunk.old)]] == [line.strip() for line in hunk.old]
        lines[at : at + len(hunk.old)] = hunk.new
    return "\n".join(lines)


# What a test says that speaks of a band, reason or travel that is no longer there.
GONE = {"unknown-band", "unknown-reason", "unknown-name"}


def failures(text: str) -> int:
    library, found = check_text(text)
    wrong = [fault for fault in found if fault.severity is Severity.ERROR]
    assert [str(fault) for fault in wrong if fault.code not in GONE] == []
    return len(wrong) + sum(not result.passed for result in library.run_tests())


@pytest.mark.parametrize("name", TRIED)
def test_what_is_shown_is_what_was_tried(name: str) -> None:
    text = (SPEC / f"{name}.kpi").read_text(encoding="utf-8")
    made = mutated(text)
    for mutant in made.mutants:
        wrong = with_mistake(text, mutant)
        match mutant.fate:
            case Fate.NOTICED:
                assert failures(wrong) > 0, mutant
            case Fate.REFUSED:
                assert mutant.by in [fault.code for fault in check_text(wrong)[1]], mutant
            case Fate.SURVIVED:
                assert failures(wrong) == 0, mutant
                assert mutant.kill is not None
                assert failures(f"{text}\n{mutant.kill}\n") == 0, mutant
                assert failures(f"{wrong}\n{mutant.kill}\n") > 0, mutant
            case _:
                assert mutant.fate is Fate.UNDECIDED


PLAIN = """\
indicator A {
  unit       percent
  polarity   higher is better
  target     80%
  tolerance  5% of target
}
"""


def shown(mutant: Mutant) -> list[str]:
    return [line for hunk in mutant.hunks for line in hunk.new]


def test_without_tests_every_mistake_survives() -> None:
    made = mutated(PLAIN)
    assert {line: mutant.kill for mutant in made.mutants for line in shown(mutant)} == {
        "polarity   lower is better": "test A { 0% is red }",
        "target     above 80%": "test A { 80% is green }",
        "target     79%": "test A { 79% is amber }",
        "target     81%": "test A { 80% is green }",
        "tolerance  none": "test A { 76% is amber }",
        "tolerance  5 points": "test A { 75% is red }",
        "tolerance  4% of target": "test A { 76% is amber }",
        "tolerance  6% of target": "test A { 75.2% is red }",
    }
    assert made.percent == 0


def test_four_lines_notice_every_mistake_in_a_plain_rule() -> None:
    made = mutated(PLAIN + "test A {\n80% is green\n79% is amber\n76% is amber\n75.99% is red\n}\n")
    assert made.survivors == ()
    assert made.percent == 100


def test_mistakes_that_change_nothing_are_left_out() -> None:
    bare = 'indicator A { unit count\npolarity higher is better\ntarget none "why"\ntravel none }\n'
    made = mutated(bare + "test A { 1 is not rated: no target }\n")
    assert [mutant.fate for mutant in made.mutants] == [Fate.NOTICED]
    assert made.same == 1  # without a target no way is better


def test_whole_numbers_are_compared_on_their_steps() -> None:
    made = mutated(PLAIN.replace("percent", "count").replace("80%", "10"))
    kept = [line for mutant in made.mutants for line in shown(mutant)]
    # 5%, 4% and 6% of ten whole things are all less than one.
    assert not any("% of target" in line or "none" in line for line in kept)


def test_an_edge_between_two_bands_moves_with_both_of_them() -> None:
    text = (
        "indicator A { unit percent\npolarity higher is better\ntravel none\n"
        "bands {\n  green 80% and above\n  red below 80%\n} }\n"
    )
    diffs = {tuple(shown(mutant)): mutant.kill for mutant in mutated(text).mutants if mutant.fate is Fate.SURVIVED}
    assert diffs["green 79% and above", "red below 79%"] == "test A { 79% is red }"
    assert diffs["green above 80%", "red 80% and below"] == "test A { 80% is green }"


def test_a_change_comes_a_period_earlier_or_later() -> None:
    text = PLAIN.replace("target     80%", "target     80% until 2023\n  target     85% from 2024")
    diffs = [mutant for mutant in mutated(text).mutants if len(mutant.hunks) == 2]
    assert [shown(mutant) for mutant in diffs] == [
        ["target     80% until 2022", "target     85% from 2023"],
        ["target     80% until 2024", "target     85% from 2025"],
    ]
    assert [mutant.kill for mutant in diffs] == [
        "test A { at 2023 Q1: 80% is green }",
        "test A { at 2024 Q1: 80% is red }",
    ]


def test_a_mistake_in_a_shared_line_is_noticed_by_any_that_uses_it() -> None:
    text = "travel short { against previous quarter }\ndefaults { travel short }\n" + PLAIN + PLAIN.replace("A", "B")
    [survivor] = [mutant for mutant in mutated(text).survivors if "against" in shown(mutant)[0]]
    assert survivor.references == ("A", "B")
    [noticed] = [
        mutant
        for mutant in mutated(f"{text}\ntest B {{ 1%, _, _, 2%, 3% ends short improved }}\n").mutants
        if "against" in shown(mutant)[0]
    ]
    assert noticed.fate is Fate.SURVIVED  # both ways it improves: another value is needed
    better = f"{text}\ntest B {{ 4%, _, _, 2%, 3% ends short improved }}\n"
    [noticed] = [mutant for mutant in mutated(better).mutants if "against" in shown(mutant)[0]]
    assert (noticed.fate, noticed.by) == (Fate.NOTICED, "x.kpi:16")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("80%", ["79%", "81%"]),
        ("0.5 points", ["0.4 points", "0.6 points"]),
        ("1,000", ["999", "1,001"]),
        ("999", ["998", "1,000"]),
        ("£740k", ["£739k", "£741k"]),
        ("-13.5", ["-13.6", "-13.4"]),
        ("0", ["-1", "1"]),
        ("£0", ["-£1", "£1"]),
        ("3m 59s", ["3m 58s"]),
        ("1.0%", ["0.9%", "1.1%"]),
    ],
)
def test_a_number_moves_by_its_last_printed_figure(text: str, expected: list[str]) -> None:
    assert list(nudged(text)) == expected


def test_a_number_moves_by_the_step_of_its_values(tmp_path: Path) -> None:
    path = tmp_path / "a.kpi"
    path.write_text(PLAIN.replace("percent", "percent\n  precision 0.5%"), encoding="utf-8")
    kept = [line for mutant in mutate(path, word="target").mutants for line in shown(mutant)]
    assert {"target     79.5%", "target     80.5%"} <= set(kept)


def test_definitions_with_errors_are_not_tried(tmp_path: Path) -> None:
    path = tmp_path / "a.kpi"
    path.write_text(PLAIN.replace("5% of target", "5%"), encoding="utf-8")
    with pytest.raises(LibraryError):
        mutate(path)


def test_watching_counts_up_to_the_end(tmp_path: Path) -> None:
    path = tmp_path / "a.kpi"
    path.write_text(PLAIN, encoding="utf-8")
    seen: list[tuple[int, int]] = []
    made = mutate(path, watch=lambda done, total: seen.append((done, total)))
    assert seen == [(done, 8) for done in range(9)]
    assert len(made.mutants) == 8
