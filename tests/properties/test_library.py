"""Laws of a whole library: order does not matter, threads do not matter, and no text makes the checker raise."""

import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from kpirules.diagnostics import Diagnostic
from kpirules.library import Library
from kpirules.loading import check, check_text, load
from kpirules.model import Definition
from kpirules.source import Source
from kpirules.syntax import nodes, parse, print_file
from tests.properties.damage import ANY_TEXT, damaged_texts, words_of

ROOT = Path(__file__).parents[2]
SANDWELL = ROOT / "indicators" / "sandwell-2023-24"
PERIOD = "2023/24 Q2"
FILES = sorted(SANDWELL.glob("*.kpi"))
VALUES = ("79%", "80", None, "1,023", "3m 39s", "£1.2m", "above 80%")
KPI = [*(ROOT / "tests" / "corpus").glob("*.kpi"), *(ROOT / "tests" / "spec").rglob("*.kpi"), *FILES]
TEXTS = tuple(path.read_text(encoding="utf-8") for path in sorted(KPI))
BLOCKS = tuple(block for text in TEXTS for block in re.split(r"\n---\n|\n\n(?=[a-z])", text) if len(block) < 2000)
WORDS = words_of(TEXTS)
DAMAGED = damaged_texts(BLOCKS, WORDS)
FEW = settings(deadline=None, max_examples=min(settings().max_examples, 40))

# --- order ---


def shuffled(part: object, random: Random) -> object:
    """A node with its items and statements in another order; components and the lines of schemes keep theirs."""
    match part:
        case nodes.File():
            return evolve(part, items=mixed(part.items, random), comments=())
        case nodes.Theme():
            return evolve(part, items=mixed(part.items, random))
        case nodes.Indicator():
            statements = [line for line in part.lines if not isinstance(line, nodes.Component)]
            components = [shuffled(line, random) for line in part.lines if isinstance(line, nodes.Component)]
            random.shuffle(statements)
            lines: list[object] = [*statements, *components]
            places = sorted(random.sample(range(len(lines)), len(components)))
            for place, component in zip(places, components, strict=True):
                lines.remove(component)
                lines.insert(place, component)
            return evolve(part, lines=tuple(lines))
        case nodes.Component() | nodes.Defaults():
            return evolve(part, statements=tuple(random.sample(part.statements, len(part.statements))))
        case _:
            return part


def mixed(items: tuple[object, ...], random: Random) -> tuple[object, ...]:
    made = [shuffled(item, random) for item in items]
    random.shuffle(made)
    return tuple(made)


def definitions(library: Library) -> dict[str, Definition]:
    return dict(library.definitions.definitions)


def answers(library: Library) -> dict[tuple[str, object], object]:
    """What comes of each of some values under each indicator, with the explanation or the words of a refusal."""
    found: dict[tuple[str, object], object] = {}
    for name, indicator in library.indicators.items():
        for value in VALUES:
            try:
                rating = indicator.rate(value, period=PERIOD)
                said = rating.explain().text.removesuffix(f"      {indicator.definition.where}")
                found[name, value] = (rating, said)
            except (ValueError, TypeError) as fault:
                found[name, value] = str(fault)
    return found


def printed(files: Sequence[object]) -> tuple[Library, tuple[Diagnostic, ...]]:
    """What comes of files that are printed anew. Comments are not printed, and so nothing is silenced."""
    with TemporaryDirectory() as folder:
        for place, file in enumerate(files):
            assert isinstance(file, nodes.File)
            (Path(folder) / f"{place}.kpi").write_text(print_file(file), encoding="utf-8")
        return check(folder)


@settings(deadline=None, max_examples=3)
@given(st.randoms(use_true_random=False))
def test_the_order_of_files_items_and_statements_does_not_matter(random: Random) -> None:
    files = [parse(Source(path.name, path.read_text(encoding="utf-8")))[0] for path in FILES]
    original, expected = printed(files)
    again, found = printed([shuffled(file, random) for file in random.sample(files, len(files))])
    assert sorted(each.message for each in found) == sorted(each.message for each in expected)
    assert definitions(again) == definitions(original)
    assert answers(again) == answers(original)


# --- threads ---


def test_eight_threads_get_from_one_library_what_one_gets() -> None:
    library = load(FILES)  # nothing in it is lowered yet: the threads race to do so
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(answers, [library] * 8))
    alone = answers(load(FILES))
    assert all(each == alone for each in found)
    assert len(alone) == len(library.indicators) * len(VALUES)
    assert any("is amber" in str(answer) for answer in alone.values())


# --- any text ---


def check_laws(text: str) -> None:
    library, found = check_text(text, "any.kpi")
    for each in found:
        spans = [each.span, *(label.span for label in each.also)]
        assert all(0 <= span.start <= span.end <= len(span.source.text) for span in spans)
        assert each.span.source.text == text
        assert each.code
        assert each.message
        assert each.help
    again, same = check_text(text, "any.kpi")
    assert list(map(str, same)) == list(map(str, found))
    assert definitions(again) == definitions(library)
    assert list(again.indicators) == list(library.indicators)


@FEW
@given(ANY_TEXT)
def test_no_text_makes_the_checker_raise(text: str) -> None:
    check_laws(text)


@FEW
@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
def test_no_heap_of_words_makes_it_raise(text: str) -> None:
    check_laws(text)


HEAD = 'indicator x "X" {\n  unit percent\n  polarity higher is better\n'


@st.composite
def statements(draw: st.DrawFn) -> str:
    """Statements that stand somewhere in our texts, put together in an indicator in which they may make no sense."""
    lines = sorted({line for text in TEXTS for line in text.splitlines() if line.startswith("    ")})
    said = draw(st.lists(st.sampled_from(lines), min_size=1, max_size=6))
    head = draw(st.sampled_from([HEAD, "indicator x {\n", 'scheme rag "r" {\n', "travel long {\n", "test x {\n"]))
    return head + "\n".join(said) + "\n}\n" + draw(st.sampled_from(["", *BLOCKS]))


@FEW
@given(statements())
def test_no_company_of_statements_makes_it_raise(text: str) -> None:
    check_laws(text)


@FEW
@given(DAMAGED)
def test_no_damaged_text_makes_it_raise(text: str) -> None:
    check_laws(text)


@FEW
@given(DAMAGED, st.sampled_from(["79%", "0", "3m 39s", "£1.2m", "Category 2", "NA", "over 10", "-5", 80, None]))
def test_what_loads_can_be_asked(text: str, value: object) -> None:
    """Whatever else is wrong in the text, an indicator that loads rates and explains, or says what it cannot read."""
    library, _ = check_text(text)
    for indicator in library.indicators.values():
        try:
            rating = indicator.rate(value, period="2023/24 Q4")
        except ValueError:
            continue  # a value that its unit cannot read, or no such period in its calendar
        assert (rating.band is None) is not (rating.reason is None)
        assert rating.explain().text.startswith(indicator.reference)
