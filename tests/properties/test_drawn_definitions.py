"""The definitions and texts that Hypothesis draws: sound, of every kind, the same when loaded, and shrinking well."""

import re
from collections.abc import Callable, Mapping

import pytest
from attrs import frozen
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

import kpirules
from kpirules.assess import Indicator
from kpirules.testing import (
    KINDS,
    broken_texts,
    check_laws,
    definitions,
    libraries,
    near_edges,
    samples,
    texts,
    values,
    values_in,
)
from kpirules.testing.drawn_definitions import DrawnIndicator
from kpirules.testing.drawn_libraries import DrawnLibrary
from kpirules.testing.drawn_texts import MISTAKES
from kpirules.testing.drawn_values import rated_by_components
from tests.properties.strategies import LAW

MANY = settings(
    max_examples=500, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)

# What the text of each kind has in it, and of some kinds what it has not.
MARKS: dict[str, str] = {
    "percent": r"unit percent$",
    "points": r"unit points$",
    "count": r"unit count$",
    "money": r"unit money GBP$",
    "duration": r"unit duration$",
    "days": r"unit days$",
    "rate": r"unit rate per 10,000$",
    "score": r"unit score out of 5$",
    "own-unit": r'unit "visits"$',
    "scale": r"unit scale inspection$",
    "milestone": r"unit milestone$",
    "higher": r"polarity higher is better$",
    "lower": r"polarity lower is better$",
    "closer-to-zero": r"polarity closer to zero is better$",
    "inside": r"polarity inside is better$",
    "outside": r"polarity outside is better$",
    "no-polarity": r"polarity (none|pending)",
    "plain": r"^ +target -?[£\d][\d.,ms %]*(points|days)?( until \d+)?$",
    "strict": r"target (above|below) ",
    "year-end": r"target .* at year end$",
    "by-part": r"target by quarter ",
    "phased": r"target .* for year, phased evenly$",
    "straight-line": r"target from .* in a straight line( from 2020 until 2021)?$",
    "earlier": r"target (same|previous|2 years)",
    "figure": r"target base$",
    "formula": r"target (\(?base.+|.* base .*)$",
    "range": r"target \S.* to \S",
    "label": r'target "',
    "completed-by": r"target completed by ",
    "no-target": r"target (none|pending|not applicable|establishing)",
    "bands": r"bands \{$",
    "rag": r"\A(?!(.|\n)*(scheme [a-z]|bands \{))",
    "floor": r"^scheme floor",
    "recovering": r"^scheme recovering-",
    "four": r"^scheme four",
    "capped": r"^scheme capped",
    "unranked": r"^scheme unranked-\d+ unranked",
    "own": r"^scheme own-",
    "by-parts": r"^scheme (worst-part|few-parts|lenient|two-parts) \{",
    "held-down": r"^scheme held-down",
    "no-tolerance": r"tolerance none$",
    "share-of-target": r"tolerance \d+% of target$",
    "amount": r"tolerance [£\d][^%]*$",
    "far-edge": r"tolerance to ",
    "printed": r"tolerance \S.* to ",
    "share-of-figure": r"tolerance \d+% of budget$",
    "wider": r"tolerance .* or ",
    "narrower": r"tolerance .* and ",
    "share-of-range": r"tolerance \d+% of range (width|ends|middle)$",
    "per-side": r"tolerance .* below, .* above$",
    "no-travel": r"\A(?!(.|\n)*travel by-)",  # it may say `travel none`
    "previous": r"^travel by-previous",
    "last-year": r"^travel by-last-year",
    "years-earlier": r"^travel by-years-earlier",
    "baseline": r"^travel by-baseline",
    "of-last": r"^travel by-of-last",
    "against-figure": r"^travel by-against-figure",
    "metadata": r"owner ",
    "calendar": r"frequency ",
    "dated": r"target .* until 2022$",
    "components": r"component north \{$",
    "worked-out": r"inputs done ",
    "rounded": r"rated to ",
    "limits": r"values ",
    "precision": r"precision ",
    "accumulates": r"accumulates over year(, compared by increment)?$",
    "break": r"break at 2021",
    "reads": r"reads overspend",
}


def has(kind: str) -> Callable[[DrawnIndicator], bool]:
    mark = re.compile(MARKS[kind], re.MULTILINE)
    return lambda drawn: mark.search(drawn.text) is not None


def test_there_is_a_mark_for_each_kind() -> None:
    assert sorted(MARKS) == sorted(KINDS)


def test_every_kind_is_reached_in_one_run() -> None:
    seen: set[str] = set()

    @settings(MANY, max_examples=1500)
    @given(definitions())
    def run(drawn: DrawnIndicator) -> None:
        seen.update(kind for kind in KINDS if has(kind)(drawn))

    run()
    # Those that are left out are rare, and each is asked for by its name below.
    assert seen >= set(KINDS) - {
        "four",
        "unranked",
        "per-side",
        "share-of-range",
        "recovering",
        "components",
        "by-parts",
        "held-down",
        "own",
    }


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_that_is_named_is_what_is_drawn(kind: str) -> None:
    few = settings(LAW, max_examples=8)

    @few
    @given(definitions({kind}))
    def run(drawn: DrawnIndicator) -> None:
        assert has(kind)(drawn), drawn.text

    run()


def test_kinds_of_several_families_go_together() -> None:
    drawn = find(definitions({"money", "lower", "strict", "far-edge", "reads", "limits"}), lambda _: True)
    for kind in ("money", "lower", "strict", "far-edge", "reads", "limits"):
        assert has(kind)(drawn)


def test_what_is_no_kind_or_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="there is no kind 'percents'; there are percent, points"):
        definitions({"percents"})
    with pytest.raises(ValueError, match="no definition is of all these kinds: "):
        definitions({"milestone", "far-edge"})


@LAW
@given(definitions())
def test_what_is_drawn_is_what_its_repr_loads(drawn: DrawnIndicator) -> None:
    again = eval(repr(drawn), {"kpirules": kpirules})
    assert isinstance(again, Indicator)
    assert again.definition == drawn.definition


@LAW
@given(texts())
def test_every_text_that_is_drawn_is_sound(text: str) -> None:
    _, faults = kpirules.check_text(text)
    assert not [fault for fault in faults if fault.severity is kpirules.Severity.ERROR]


@pytest.mark.parametrize(
    ("form", "kinds"),
    [
        (r"^ *indicator L .* like X \{\n\}", {"plain"}),
        (r"^ *indicator L .* like X \{\n +owner ", {"plain"}),
        (r"^ *indicator L .* like X \{\n +travel none", {"plain"}),
        (r"^ *indicator L .* like X \{\n +target none ", {"plain"}),
        (r"^calendar council ", {"plain"}),
        (r"^defaults for library \{", {"plain"}),
        (r"^defaults \{", {"plain"}),
        (r"^band green ", {"plain"}),
        (r"^theme council .* \{", {"plain"}),
        (r"^  theme council$", {"plain"}),
        (r"^  defaults \{ owner ", {"plain"}),
        (r"^test X \{", {"plain"}),
        (r"travel none", {"no-travel"}),
        (r"compared by increment", {"accumulates"}),
        (r"frequency every 4 months", {"calendar"}),
        (r"^ +weight 2.5", {"components"}),
        (r"^ +value sum of components", {"components"}),
        (r"^ +source ", {"metadata"}),
        (r"^  scheme worst-part$", {"by-parts"}),
        (r"^  scheme few-parts$", {"by-parts"}),
        (r"^  scheme lenient$", {"by-parts"}),
        (r"^  scheme two-parts$", {"by-parts"}),
        (r"^  not rated \"No forecast\" when no forecast$", {"own"}),
        (r"^  not rated as not-yet .* when not at year end$", {"own"}),
        (r"^  not rated as set-aside when target pending or target not applicable$", {"own"}),
        (r"^  not rated \"Nothing to compare with\" when long not comparable$", {"own"}),
        (r"^  no better than amber when long not comparable$", {"own"}),
        (r"^  green when target met and not long worsened$", {"own"}),
        (r"^  green when target met and \(long improved or long unchanged\)$", {"own"}),
        (r"^  green when target met and forecast at or better than target$", {"own"}),
        (r"^  amber when within tolerance or long improved$", {"own"}),
        (r"^  amber when within tolerance or forecast at or better than target$", {"own"}),
        (r"^  no better than amber when forecast worse than target$", {"own"}),
        (r"^  no better than amber when long worsened$", {"own"}),
        (r"^  no better than amber when at year end and no forecast$", {"own"}),
        (r"^  red when no value$", {"own"}),
        (r"figure floor pending \"", {"floor", "plain"}),
        (r"figure floor by quarter ", {"floor", "plain"}),
        (r"figure floor pending until 2022", {"floor", "plain"}),
        (r"figure floor [^p]* until 2022", {"floor", "plain"}),
        (r"target from .* in a straight line$", {"straight-line"}),
        (r"target from .* in a straight line from 2020 until 2021", {"straight-line"}),
        (r"target base \* 2 \+ base", {"formula"}),
        (r"target \(base \+ base \* 3\) / 2", {"formula"}),
        (r"target midpoint of base and ", {"formula"}),
        (r"target 25% of the way from base to ", {"formula"}),
        (r"target base, plus \d+% of base", {"formula"}),
        (r"^ *figure base$", {"formula"}),
        (r"^ *figure base$", {"figure"}),
        (r"figure base by quarter ", {"figure"}),
        (r"figure base .* for year, phased evenly", {"figure"}),
        (r"figure base .* until 2022", {"figure"}),
        (r"figure base pending .* until 2022", {"figure"}),
    ],
)
def test_every_form_is_reached(form: str, kinds: set[str]) -> None:
    mark = re.compile(form, re.MULTILINE)
    searching = settings(MANY, max_examples=3000)
    assert find(texts(kinds), lambda text: mark.search(text) is not None, settings=searching)


@LAW
@given(libraries())
def test_a_library_is_what_its_repr_loads(library: DrawnLibrary) -> None:
    again = eval(repr(library), {"kpirules": kpirules})
    assert again.definitions == library.definitions
    assert 1 <= len(library.indicators) <= 4
    assert isinstance(library, kpirules.Library)
    library.run_tests()


@LAW
@given(broken_texts())
def test_a_broken_text_has_a_fault_and_raises_nothing(text: str) -> None:
    _, faults = kpirules.check_text(text)
    assert faults
    for fault in faults:
        assert str(fault)
        assert fault.help


@pytest.mark.parametrize("name", MISTAKES)
@LAW
@given(text=texts({"plain", "rag", "floor", "precision", "metadata", "amount", "higher"}))
def test_each_mistake_is_found_by_itself(name: str, text: str) -> None:
    broken = MISTAKES[name](text)
    _, faults = kpirules.check_text(broken)
    assert faults or broken == text


def test_every_mistake_is_made_in_one_run() -> None:
    made: set[str] = set()

    @settings(MANY, max_examples=100)
    @given(texts({"precision", "metadata"}) | texts({"floor"}))
    def run(text: str) -> None:
        made.update(name for name, slip in MISTAKES.items() if slip(text) != text)

    run()
    assert made == set(MISTAKES)


@frozen
class Alone:
    """Indicators without a library."""

    indicators: Mapping[str, Indicator]


@LAW
@given(definitions())
def test_every_built_in_law_holds_for_what_is_drawn(drawn: DrawnIndicator) -> None:
    report = check_laws(Alone({"X": drawn}))
    assert report.passed, report.text


@LAW
@given(definitions(), st.data())
def test_what_is_drawn_can_be_asked(drawn: DrawnIndicator, data: st.DataObject) -> None:
    sample = data.draw(samples(drawn))
    assert (sample.band is None) is not (sample.reason is None)


@LAW
@given(definitions(), st.data())
def test_values_in_a_band_are_rated_that_band(drawn: DrawnIndicator, data: st.DataObject) -> None:
    sample = data.draw(samples(drawn))
    if rated_by_components(sample.terms):
        return
    given_beside = {name: number for name, number in sample.given.items() if name not in drawn.components}
    handed = {name: None if number is None else number for name, number in given_beside.items()}
    if sample.terms.inputs:
        handed = {name: number for name, number in handed.items() if name not in sample.terms.inputs}
    edges = drawn.rate(None, period=sample.period, given=handed).explain().edges
    for band in {each.outcome for each in edges}:
        value = data.draw(values_in(drawn, band, period=sample.period, given=handed))
        rating = drawn.rate(value, period=sample.period, given=handed)
        assert (rating.band or "not rated") == band
        drawn.rate(data.draw(values(drawn, period=sample.period)), period=sample.period, given=handed)
        drawn.rate(data.draw(near_edges(drawn, period=sample.period, given=handed)), period=sample.period, given=handed)


def test_definitions_shrink_to_the_plainest_and_their_repr_is_their_text() -> None:
    plainest = find(definitions({"percent", "higher", "plain", "rag", "no-tolerance"}), lambda _: True)
    assert plainest.text == (
        'indicator X "Schools" {\n  unit percent\n  polarity higher is better\n  target 1%\n  tolerance none\n}\n'
    )
    assert repr(plainest) == f"kpirules.load_text('''\n{plainest.text}''')['X']"
