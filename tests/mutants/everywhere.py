"""Our own tests, tested: every small change of the core, of `lower` and of the vocabulary, against the fast tests.

    python dev.py mutants [FILE ...]                                   # say: core/decide.py vocabulary

takes a while and is no part of the normal run. Each change is put into the running program, in a process forked for it,
so that nothing is imported twice; only the tests that come by the changed lines are run, first those that are quick or
have noticed much so far, and the first that fails settles it. Needs an operating system that forks.
`docs/explanation/how-we-test.md` tells what came of it.
"""

import gc
import os
import pickle
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import _lru_cache_wrapper
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import TypeVar, cast

import pytest

from kpirules.loading import check_text
from tests.mutants.slips_in_code import CodeSlip, code_slips

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "kpirules"
FAST = (
    "tests/unit/test_lower.py",
    "tests/unit/core",
    "tests/unit/test_testing_always.py",
    "tests/unit/test_testing_always_rows.py",
    "tests/unit/test_comparators.py",
    "tests/unit/test_limits_beside_the_value.py",
    "tests/mutants/specs_at_once.py",
)
T = TypeVar("T")
TraceFunction = Callable[[FrameType, str, object], object]
# A change is noticed that makes a test run for ever: for so many seconds, and so many times as long as without it.
LONGEST = 5
SLOWER = 20

Line = tuple[str, int]  # file and number


def main(chosen: Sequence[str]) -> int:
    """Try the chosen files or folders of the package, all of `core`, `lower.py` and `vocabulary` by default."""
    os.environ["KPIRULES_MUTATED"] = os.pathsep.join(chosen or ("core", "lower.py", "vocabulary"))
    options = ["-p", "no:cacheprovider", "-q", "-s", "--no-header"]
    return int(pytest.main([*options, *FAST], plugins=[sys.modules[__name__]]))


def files() -> list[Path]:
    """The files to be changed."""
    paths = [PACKAGE / each for each in os.environ["KPIRULES_MUTATED"].split(os.pathsep)]
    return [file for path in paths for file in (sorted(path.glob("*.py")) if path.is_dir() else [path])]


class Failures:
    """Hears of every test that fails."""

    def __init__(self) -> None:
        self.seen = 0

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seen += report.failed


@pytest.hookimpl(trylast=True)
def pytest_configure() -> None:
    """Few examples, and the same ones every time."""
    from hypothesis import settings

    settings.load_profile("mutants")


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    failures = Failures()
    session.config.pluginmanager.register(failures)
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    session.config.pluginmanager.unregister(reporter)
    check_text("scheme one { green otherwise }\n")  # makes the tables of the grammar once for all
    say(f"{len(session.items)} tests are watched first")
    passed, cost = _in_a_fork(lambda: _watched(session.items, failures))
    kills: Counter[str] = Counter()
    functions = {(code.co_filename, code.co_firstlineno): function for function, code in _all_functions()}
    slips = [slip for file in files() for slip in code_slips(file)]
    say(f"{len(slips)} changes; all the tests take {sum(cost.values()):.0f} s")
    survivors, untouched = 0, 0
    for number, slip in enumerate(slips, start=1):
        key = (str(slip.file), slip.function)
        lines = {(str(slip.file), line) for line in range(slip.line, slip.last + 1)}
        items = [item for item in session.items if not lines.isdisjoint(passed[item.nodeid])]
        items.sort(key=lambda item: cost[item.nodeid] / (1 + kills[item.nodeid]))
        if key not in functions or not items:
            untouched += 1
            say(f"not reached   {slip.words}")
        elif not (by := noticed(slip, functions[key], items, cost, failures)):
            survivors += 1
            say(f"not noticed   {slip.words}")
        else:
            kills[by] += 1
        if number % 50 == 0:
            say(f"              {number} tried")
    tried = len(slips) - untouched
    percent = 100 * (tried - survivors) / max(tried, 1)
    say(f"{tried - survivors} of {tried} noticed ({percent:.1f}%), {untouched} not reached")
    return True


def say(words: str) -> None:
    """Tell how far it is: a run takes minutes."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def _forget() -> None:
    """What has been worked out while the tests were gathered is worked out again, but for the tables of the grammar."""
    for each in gc.get_objects():
        if isinstance(each, _lru_cache_wrapper):
            module = each.__wrapped__.__module__
            if module.startswith(("kpirules", "tests")) and not module.startswith("kpirules.syntax"):
                each.cache_clear()


def _all_functions() -> Iterator[tuple[FunctionType, CodeType]]:
    for each in gc.get_objects():
        if isinstance(each, FunctionType) and each.__code__.co_filename.startswith(str(PACKAGE)):
            yield each, each.__code__


def _watched(items: Sequence[pytest.Item], failures: Failures) -> tuple[Mapping[str, set[Line]], Mapping[str, float]]:
    """Which lines of the changed files each test comes by, and how long it takes. The tests must all pass."""
    changed = {str(file) for file in files()}
    passed: dict[str, set[Line]] = {}
    cost: dict[str, float] = {}
    for item, following in with_next(items):
        _forget()
        seen: set[Line] = set()

        def by_line(frame: FrameType, event: str, _: object, seen: set[Line] = seen) -> TraceFunction:
            if event == "line":
                seen.add((frame.f_code.co_filename, frame.f_lineno))
            return by_line

        def by_call(frame: FrameType, _: str, __: object, by_line: TraceFunction = by_line) -> TraceFunction | None:
            return by_line if frame.f_code.co_filename in changed else None

        begun = time.perf_counter()
        sys.settrace(by_call)
        run(item, following)
        sys.settrace(None)
        cost[item.nodeid] = time.perf_counter() - begun
        passed[item.nodeid] = seen
    if failures.seen:
        raise AssertionError("the tests do not pass as they are")
    return passed, cost


def with_next(items: Sequence[pytest.Item]) -> Iterator[tuple[pytest.Item, pytest.Item | None]]:
    """Each test with the one that follows it, which keeps alive the fixtures that both use."""
    return zip(items, [*items[1:], None], strict=True)


def run(item: pytest.Item, following: pytest.Item | None) -> None:
    """Run one test."""
    item.ihook.pytest_runtest_protocol(item=item, nextitem=following)


def noticed(
    slip: CodeSlip,
    function: FunctionType,
    items: Sequence[pytest.Item],
    cost: Mapping[str, float],
    failures: Failures,
) -> str:
    """The test that fails with the change, `no end` if one does not end, or nothing."""

    def attempt() -> str:
        function.__code__ = slip.code
        _forget()
        for item, following in with_next(items):
            signal.setitimer(signal.ITIMER_REAL, LONGEST + SLOWER * cost[item.nodeid])
            run(item, following)
            if failures.seen:
                return item.nodeid
        return ""

    return _in_a_fork(attempt, otherwise="no end")


def _in_a_fork(work: Callable[[], T], *, otherwise: T | None = None) -> T:
    """What the work comes to in a process of its own; `otherwise` if that ends badly or takes too long."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        sink = os.open(os.devnull, os.O_WRONLY)
        os.dup2(sink, 1)
        os.dup2(sink, 2)
        try:
            answer = pickle.dumps(work())
            with os.fdopen(writing, "wb") as pipe:
                pipe.write(answer)
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read()
    os.waitpid(child, 0)
    if not answer and otherwise is None:
        raise AssertionError("the tests do not pass as they are")
    return cast(T, pickle.loads(answer) if answer else otherwise)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
