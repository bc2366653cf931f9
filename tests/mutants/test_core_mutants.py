"""The core's tests tried by breaking the core on purpose: each small wrong change must be noticed.

Each change is made in a copy of the sources, and a fixed and fast part of the tests is run on the copy.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from attrs import frozen

ROOT = Path(__file__).parents[2]

# The fastest first: most changes are noticed by the tables, the others by the laws.
TRIED_BY = (
    "tests/unit/test_lower.py",
    "tests/unit/core/test_conditions.py",
    "tests/unit/core/test_five_examples.py",
    "tests/unit/core/test_laws.py",
    "tests/properties/test_proofs.py",
    "tests/properties/test_travel.py",
    "tests/properties/test_reference.py",
)

# Of laws that people write only these speak, and no others need to be run.
LAWS_TRIED_BY = ("tests/unit/test_testing_always.py", "tests/unit/test_testing_always_rows.py")


@frozen
class Mutant:
    """A wrong change: in which file, what stands there, what is put in its place, and what would go wrong."""

    file: str
    old: str
    new: str
    why: str
    tried_by: tuple[str, ...] = TRIED_BY


MUTANTS = (
    Mutant(
        "core/decide.py",
        "amount > 0 or (amount == 0 and not test.strict)",
        "amount > 0",
        "an edge would belong to nobody",
    ),
    Mutant(
        "core/decide.py",
        "return test.input not in numbers",
        "return test.input in numbers",
        "what is there would be missing",
    ),
    Mutant(
        "core/decide.py",
        "numbers[input.name] = input.rounding(number) if input.rounding else number",
        "numbers[input.name] = number",
        "what is shown and what is rated would disagree",
    ),
    Mutant(
        "core/conditions.py",
        "return ALWAYS if form.constant > 0 or (form.constant == 0 and not strict) else NEVER",
        "return ALWAYS if form.constant > 0 else NEVER",
        "zero would not be at least zero where a condition is decided at once",
    ),
    Mutant(
        "core/conditions.py",
        "return any(holds(part, test_holds) for part in condition.parts)",
        "return all(holds(part, test_holds) for part in condition.parts)",
        "*or* would be *and*",
    ),
    Mutant(
        "core/forms.py",
        "gathered[name] = gathered.get(name, ZERO) + factor",
        "gathered[name] = factor",
        "value - value would be -value",
    ),
    Mutant(
        "core/forms.py",
        "return Form(tuple((name, f * factor) for name, f in self.terms), self.constant * factor)",
        "return Form(tuple((name, f * factor) for name, f in self.terms), self.constant)",
        "a percentage would leave constants out",
    ),
    Mutant(
        "core/feasible.py",
        "AtLeast(low.form * -high.form.factor(name) + high.form * low.form.factor(name), low.strict or high.strict)",
        "AtLeast(low.form * -high.form.factor(name) + high.form * low.form.factor(name), low.strict and high.strict)",
        "a strict and a plain edge at one point would leave that point between them",
    ),
    Mutant(
        "core/feasible.py",
        "if domain.high is not None:\n            yield AtLeast(Form.number(domain.high) - Form.of(name))",
        "if domain.high is not None:\n            yield AtLeast(Form.number(domain.high + 1) - Form.of(name))",
        "a witness could lie where no value can",
    ),
    Mutant(
        "core/satisfy.py",
        "if not input.optional or input.name in self.present:",
        "if not input.optional:",
        "an input could be there and missing at once",
    ),
    Mutant(
        "core/rule.py",
        "return All((self.lines[place].when, *(Not(line.when) for line in self.lines[:place])))",
        "return self.lines[place].when",
        "lines behind others would count as reached",
    ),
    Mutant(
        "core/prove.py",
        "if before is not None and outcome.band > before[2]:",
        "if before is not None and outcome.band > before[2] + 1:",
        "a setback by one band would pass",
    ),
    Mutant(
        "core/prove.py",
        "case Rated(band=worse), Rated(band=better) if worse > better:",
        "case Rated(band=worse), Rated(band=better) if worse < better:",
        "right rules would be refused and wrong ones pass",
    ),
    Mutant(
        "core/along.py",
        "found.add(left.root)",
        "found.add(-left.root)",
        "the picture would be drawn upside down",
    ),
    Mutant(
        "core/along.py",
        "low_in and number == self.low)",
        "number == self.low)",
        "an edge would belong to two bands",
    ),
    Mutant(
        "core/laws.py",
        "for place in sorted(wrong))",
        "for place in sorted(wrong)[:1])",
        "a law would be held to the first of the lines that it rules out",
        LAWS_TRIED_BY,
    ),
    Mutant(
        "core/laws.py",
        "max(ours) <= min(theirs)",
        "max(ours) < min(theirs)",
        "two cases of one band would count as a setback",
        LAWS_TRIED_BY,
    ),
    Mutant(
        "core/laws.py",
        "question = All((when, rule.decides(worse), twin.of(All((than, rule.decides(better))))))",
        "question = All((when, rule.decides(worse), All((than, twin.of(rule.decides(better))))))",
        "both sides of a comparison would be asked of one case",
        LAWS_TRIED_BY,
    ),
    Mutant(
        "core/witness.py",
        "return domain.step is None or (number / domain.step).denominator == 1",
        "return True",
        "a law would be refuted by half a person",
        LAWS_TRIED_BY,
    ),
    Mutant(
        "core/witness.py",
        "numbers = min((*right, numbers), key=plainness)",
        "numbers = max((*right, numbers), key=plainness)",
        "a law would be refuted by the least readable numbers",
        LAWS_TRIED_BY,
    ),
    Mutant(
        "core/zones.py",
        "return form, Cut(at, owned_above=upwards != test.strict), upwards",
        "return form, Cut(at, owned_above=not test.strict), upwards",
        "engines would give an edge to the wrong zone",
    ),
    Mutant(
        "core/zones.py",
        "key=lambda cut: (cut.at, not cut.owned_above)",
        "key=lambda cut: (cut.at, cut.owned_above)",
        "a zone of one point would get lost",
    ),
    Mutant(
        "vocabulary/reach.py",
        "compare = Pieces.at_least if or_at else Pieces.above",
        "compare = Pieces.above if or_at else Pieces.at_least",
        "on target would not be met",
    ),
    Mutant(
        "vocabulary/reach.py",
        "sign = -1 if self.outside else 1",
        "sign = 1",
        "a tolerance outside of a range would reach the wrong way",
    ),
    Mutant(
        "vocabulary/reach.py",
        "return Reach(-figure.magnitude(), figure.magnitude())",
        "return Reach(-figure, figure)",
        "closer to zero than a number below zero would be nowhere",
    ),
    Mutant(
        "vocabulary/pieces.py",
        "(above(zero, piece.form), -piece.form)",
        "(above(zero, piece.form), piece.form)",
        "5% of a figure below zero would be taken away instead of added",
    ),
    Mutant(
        "vocabulary/tolerances.py",
        "inside = edge.holds_strictly(VALUE_PIECES) if tolerance.excluded else edge.holds(VALUE_PIECES)",
        "inside = edge.holds(VALUE_PIECES)",
        "`to below 75%` would include 75%",
    ),
    Mutant(
        "vocabulary/tolerances.py",
        "return ToleranceReach(within, None, all_of(*(part.not_computable for part in parts)))",
        "return ToleranceReach(within, None, any_of(*(part.not_computable for part in parts)))",
        "`or 50,000` would not save a share of zero",
    ),
    Mutant(
        "vocabulary/tolerances.py",
        "return (low + high) * Fraction(1, 2), (low + high) * Fraction(1, 2)",
        "return high - low, high - low",
        "the middle of a range would be its width",
    ),
    Mutant(
        "vocabulary/travels.py",
        "return better.holds_strictly(now), worse.beyond(now)",
        "return better.holds(now), worse.at_or_beyond(now)",
        "the edge of a dead zone would count as change",
    ),
    Mutant(
        "vocabulary/travels.py",
        "return earlier.magnitude() * (dead_zone.percent / 100)",
        "return earlier.magnitude() * dead_zone.percent",
        "1% of the earlier value would be the whole of it",
    ),
    Mutant(
        "lower.py",
        "if cap > place:",
        "if cap >= 0:",
        "a cap would lift a band",
    ),
    Mutant(
        "lower.py",
        "yield _guard(zero, Unrated(Reason.NOT_COMPUTABLE))",
        "pass",
        "a share of zero would be red instead of not computable",
    ),
    Mutant(
        "lower.py",
        "bands = list(scheme.bands) if overall.kind is OverallKind.BEST else list(reversed(scheme.bands))",
        "bands = list(scheme.bands)",
        "the worst component would be the best",
    ),
)


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> Mapping[Mutant | None, Future[str | None]]:
    """What the tests say of each mutant, and (None) of the sources as they are; two are tried at a time."""
    with ThreadPoolExecutor(2) as workers:
        return {mutant: workers.submit(tried, mutant, tmp_path_factory.mktemp("mutant")) for mutant in (None, *MUTANTS)}


def tried(mutant: Mutant | None, folder: Path) -> str | None:
    """The name of the first test that fails on the changed copy, or None if all pass."""
    package = folder / "kpirules"
    shutil.copytree(ROOT / "src" / "kpirules", package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "grammars", package / "grammars", dirs_exist_ok=True)  # as in an installed package
    if mutant is not None:
        file = package / mutant.file
        text = file.read_text(encoding="utf-8")
        assert text.count(mutant.old) == 1, f"{mutant.old!r} stands {text.count(mutant.old)} times in {mutant.file}"
        file.write_text(text.replace(mutant.old, mutant.new), encoding="utf-8")
    tests = (*TRIED_BY, *LAWS_TRIED_BY) if mutant is None else mutant.tried_by
    python = [sys.executable, "-m", "pytest", *tests, "-x", "-q", "-p", "no:cacheprovider", "--tb=no"]
    done = subprocess.run(
        [*python, "--hypothesis-profile=mutants"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    # 0 is all passed and 1 some failed; anything else is a change that cannot even be tried.
    assert done.returncode in (0, 1), done.stdout + done.stderr
    failed = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    return failed[0] if failed else None


def test_the_tests_pass_on_an_unchanged_copy(verdicts: Mapping[Mutant | None, Future[str | None]]) -> None:
    assert verdicts[None].result() is None


@pytest.mark.parametrize("mutant", MUTANTS, ids=[f"{mutant.file}: {mutant.why}" for mutant in MUTANTS])
def test_each_wrong_change_is_noticed(mutant: Mutant, verdicts: Mapping[Mutant | None, Future[str | None]]) -> None:
    noticed = verdicts[mutant].result()
    assert noticed is not None
    assert noticed.startswith("FAILED")
