"""Reading definitions, and what is proved and tested of them."""

import gc
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from time import perf_counter

from bench.goals import Way
from bench.peers import lark_tree, yaml_file
from bench.race import Contender
from bench.workload import SEED, Workload, workload
from kpirules import Memo, check, check_text, load_text
from kpirules.testing import BUILT_IN, check_laws, engines_agree

WARM = 20  # drawn beforehand, for the first ones pay for what is kept
REPORT = Path(__file__).parents[1] / "indicators" / "sandwell-2023-24"


def contenders(work: Workload) -> Iterator[Contender]:
    """Reading the workload's definitions; `check_text` parses, checks and proves."""
    text = work.text
    library = load_text(text)
    yield Contender(Way.LOAD, lambda: check_text(text))
    yield Contender(Way.LARK_TREE, lark_tree.prepare(text))
    yield Contender(Way.YAML, yaml_file.prepare(work.specs))
    proved = [law for law in BUILT_IN if law is not engines_agree]
    yield Contender(Way.PROVE, lambda: check_laws(library, proved))
    yield Contender(Way.ENGINES_AGREE, lambda: check_laws(library, [engines_agree]))
    ten_times = workload(10 * len(work.specs), 1).text
    yield Contender(Way.LOAD_TEN, lambda: check_text(ten_times))


def reloading(work: Workload, folder: Path) -> Iterator[Contender]:
    """Checking a folder again after one definition has changed, from the start and with a memo."""
    files = [folder / f"{place:02}.kpi" for place in range(51)]
    for file, text in zip(files, work.files(50), strict=False):
        file.write_text(text, encoding="utf-8")
    text, targets = files[7].read_text(encoding="utf-8"), count(1)
    memo = Memo()
    check(folder, memo=memo)

    def changed(memo: Memo | None) -> object:
        again = re.sub(r"target     [0-9]+", f"target     {next(targets) % 40 + 40}", text, count=1)
        files[7].write_text(again, encoding="utf-8")
        return check(folder, memo=memo)

    yield Contender(Way.LOAD_FILES, lambda: changed(None))
    yield Contender(Way.RELOAD, lambda: changed(memo))


def whole_processes() -> Iterator[Contender]:
    """What a person waits for from a fresh start."""
    yield Contender(Way.TEST_REPORT, lambda: _python("-m", "kpirules", "test", str(REPORT)))


def drawing_time(many: int) -> float:
    """Seconds to draw a definition that loads, taken over so many, from a fixed seed."""
    from hypothesis import HealthCheck, Phase, given, seed, settings

    from kpirules.testing import definitions

    calm = settings(database=None, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    strategy = definitions()

    def drawing(examples: int) -> int:
        drawn = 0

        @seed(SEED)
        @settings(calm, max_examples=examples)
        @given(strategy)
        def draw(_: object) -> None:
            nonlocal drawn
            drawn += 1

        draw()
        return drawn

    drawing(WARM)
    gc.collect()
    start = perf_counter()
    drawn = drawing(many)
    return (perf_counter() - start) / drawn


def import_time(rounds: int) -> float:
    """Seconds that `import kpirules` takes beyond a bare Python; the least of so many, of either."""
    bare, ours = (min(_timed("-c", code) for _ in range(rounds)) for code in ("pass", "import kpirules"))
    return ours - bare


def _timed(*arguments: str) -> float:
    start = perf_counter()
    _python(*arguments)
    return perf_counter() - start


def _python(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
