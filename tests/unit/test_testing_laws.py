"""The built-in laws: that they hold of the report, that each can fail, and what is said then."""

import pkgutil
from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from attrs import evolve

import kpirules
from kpirules import testing
from kpirules.assess import Indicator
from kpirules.core import Cut, Segment, segments
from kpirules.model import Definition, Terms, Version
from kpirules.periods import Calendar
from kpirules.testing.laws import (
    BUILT_IN,
    assert_law,
    check_laws,
    cover,
    disjoint,
    edges_owned,
    engines_agree,
    met_is_no_worse,
    monotone,
    no_hole_in_time,
    reachable,
)
from kpirules.testing.results import Certainty, Law, LawError, LawResult
from kpirules.units import Count, Percent
from kpirules.vocabulary import figures as f
from kpirules.vocabulary import schemes as s
from kpirules.vocabulary import targets as t
from kpirules.vocabulary import tolerances as tol
from kpirules.vocabulary.comparators import Previous
from kpirules.vocabulary.travels import Travel

SANDWELL = Path(__file__).parents[2] / "indicators" / "sandwell-2023-24"
GREEN, AMBER, RED = (s.Band(name) for name in ("green", "amber", "red"))
LONG = Travel("long", "Long", Previous())
AT_80 = s.Sized(s.Relation.AT_LEAST, f.Number(Fraction(80)))
AT_70 = s.Sized(s.Relation.AT_LEAST, f.Number(Fraction(70)))


def indicator(*lines: tuple[s.Band, s.Condition], terms: Terms | None = None, exclusive: bool = False) -> Indicator:
    """An indicator that no text gives, since the checker would refuse it."""
    scheme = s.Scheme(
        "scheme",
        "Scheme",
        tuple(s.SchemeLine(band, when, f"a.kpi:{place}") for place, (band, when) in enumerate(lines, start=2)),
        exclusive=exclusive,
        bands=(GREEN, AMBER, RED),
    )
    bare = terms or Terms(scheme, Percent(), target=t.Plain(f.Number(Fraction(80))))
    version = Version(evolve(bare, scheme=scheme))
    return Indicator(Definition("X", "X", Calendar("year", "Year", 1, 1), None, (version,), where="a.kpi:1"))


def test_every_law_is_proved_of_the_whole_report() -> None:
    report = check_laws(kpirules.load(SANDWELL))
    assert report.passed, report.text
    assert len(report.results) == 133 * len(BUILT_IN)
    assert {result.law for result in report.results if result.certainty is Certainty.TESTED} == {"engines_agree"}


BROKEN = {
    cover: indicator((GREEN, AT_80)),
    disjoint: indicator((GREEN, AT_80), (RED, s.AllOf()), exclusive=True),
    reachable: indicator((GREEN, AT_70), (AMBER, AT_80), (RED, s.OTHERWISE)),
    monotone: indicator((RED, AT_80), (GREEN, s.OTHERWISE)),
    met_is_no_worse: indicator((AMBER, AT_80), (GREEN, AT_70), (RED, s.OTHERWISE)),
}


@pytest.mark.parametrize("law", BROKEN, ids=lambda law: law.__name__)
def test_a_law_that_is_broken_says_by_which_case(law: Law) -> None:
    result = law(BROKEN[law])
    assert not result.passed
    assert result.certainty is Certainty.PROVED
    assert result.law == law.__name__
    with pytest.raises(LawError) as raised:
        assert_law(law, BROKEN[law])
    assert raised.value.result == result
    assert "a.kpi:1" in str(raised.value)


def drawn_wrongly(change: Callable[[Sequence[Segment]], Sequence[Segment]]) -> Callable[..., Sequence[Segment]]:
    return lambda rule, given: tuple(change(segments(rule, given)))


def owning(drawn: Sequence[Segment], *, below: bool, above: bool) -> Sequence[Segment]:
    """The lowest edge belonging to what lies below it, to what lies above it, to both or to neither."""
    low, high, *others = drawn
    return [evolve(low, high_in=below), evolve(high, low_in=above), *others]


@pytest.mark.parametrize(
    ("change", "case"),
    [
        (lambda drawn: owning(drawn, below=True, above=True), ("70%", "both sides or neither")),
        (lambda drawn: owning(drawn, below=False, above=False), ("70%", "both sides or neither")),
        (lambda drawn: owning(drawn, below=True, above=False), ("70%", "amber")),
        (lambda drawn: [evolve(drawn[0], high=Fraction(71)), evolve(drawn[1], low=Fraction(71))], ("70.999%", "amber")),
        (lambda drawn: [drawn[0], evolve(drawn[1], decision=drawn[0].decision)], ("70%", "amber")),
        (lambda drawn: [evolve(drawn[0], high=None), drawn[1]], ("between two ratings", "no edge")),
    ],
)
def test_an_edge_that_is_drawn_on_the_wrong_side_is_found(
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Sequence[Segment]], Sequence[Segment]],
    case: tuple[str, str],
) -> None:
    sound = indicator((GREEN, AT_80), (AMBER, AT_70), (RED, s.OTHERWISE))
    assert edges_owned(sound).passed
    monkeypatch.setattr("kpirules.testing.edges.segments", drawn_wrongly(change))
    found = edges_owned(sound).counterexample
    assert found is not None
    assert (found.case, found.got) == case


@pytest.mark.parametrize(
    "wrong", [lambda cut: float(cut.at) + 1e-13, lambda cut: float(cut.at) - 1, lambda cut: float(cut.at) + 2000]
)
def test_a_fast_way_that_is_wrong_about_an_edge_is_found(
    monkeypatch: pytest.MonkeyPatch, wrong: Callable[[Cut], float]
) -> None:
    lines = ((GREEN, AT_80), (RED, s.OTHERWISE))
    assert engines_agree(indicator(*lines)).passed
    monkeypatch.setattr("kpirules.engines.of_value.threshold", wrong)
    result = engines_agree(indicator(*lines))
    assert result.certainty is Certainty.TESTED
    found = result.counterexample
    assert found is not None
    handed = float(found.case)
    rated = "green" if handed >= 80 else "red"
    assert found.expected == f"{rated}, as the rule says"
    assert found.got == f"{'red' if rated == 'green' else 'green'} from the rater"


def test_the_fast_way_is_asked_with_all_that_the_rule_reads() -> None:
    text = """
    scale grades { "A" > "B" > "C" }
    indicator A {
      unit scale grades
      target "B"
      tolerance none
    }
    indicator B {
      unit percent
      frequency quarterly
      polarity higher is better
      figure floor
      rated to 1 decimal place
      target same quarter last year
      tolerance none
    }
    indicator C {
      unit count
      frequency quarterly
      polarity lower is better
      target by quarter 10, 20, 30, 40
      tolerance none
      overall own value
      component one { target 3 }
    }
    """
    library = kpirules.load_text(text)
    assert check_laws(library, [engines_agree]).text == "0 proved, 3 tested, not proved"


def test_what_no_line_rates_has_no_edges_and_no_fast_way() -> None:
    assert engines_agree(BROKEN[cover]).passed
    assert edges_owned(BROKEN[cover]).passed


def test_a_counterexample_is_told_in_the_unit_and_by_the_line_that_decided() -> None:
    assert met_is_no_worse(BROKEN[met_is_no_worse]).text == (
        "X breaks the law met_is_no_worse: a met target is never rated below a missed one\n"
        "  case      80%\n"
        "  got       amber\n"
        "  expected  green or better, as 70% is green and this is the value that meets the target\n"
        "  decided   line 1 of scheme, amber (a.kpi:2)\n"
        "  defined   a.kpi:1"
    )


def test_what_else_the_rule_reads_is_part_of_the_case() -> None:
    worsened = s.Travelled(LONG, kpirules.Direction.WORSENED)
    wrong = indicator((GREEN, s.TargetMet()), (AMBER, worsened), (RED, s.OTHERWISE))
    found = monotone(wrong).counterexample
    assert found is not None
    assert "with previous period" in found.case
    assert met_is_no_worse(wrong).passed
    assert edges_owned(wrong).passed
    assert edges_owned(wrong).certainty is Certainty.TESTED


def test_a_met_target_is_held_against_a_missed_one_with_all_else_the_same() -> None:
    worsened = s.Travelled(LONG, kpirules.Direction.WORSENED)
    odd = indicator((GREEN, worsened), (AMBER, s.TargetMet()), (RED, s.OTHERWISE))
    found = met_is_no_worse(odd).counterexample
    assert found is not None
    assert found.got == "amber"
    assert found.expected.startswith("green or better, as ")


def test_what_only_values_between_the_steps_reach_breaks_no_law() -> None:
    tenth = Terms(
        indicator((GREEN, AT_80)).definition.latest.scheme,
        Count(),
        target=t.Plain(f.Number(Fraction(10))),
        tolerance=tol.ShareOfTarget(Fraction(5)),
    )
    rag = indicator((GREEN, s.TargetMet()), (AMBER, s.WithinTolerance()), (RED, s.OTHERWISE), terms=tenth)
    assert check_laws(Holding({"X": rag})).passed


class Holding:
    """Indicators that no library holds."""

    def __init__(self, indicators: dict[str, Indicator]) -> None:
        self.indicators = indicators


def test_a_day_without_a_version_is_found() -> None:
    whole = indicator((GREEN, AT_80), (RED, s.OTHERWISE)).definition
    [version] = whole.versions
    until = evolve(version, until=date(2023, 3, 31))
    for versions, wrong in (
        ((until, evolve(version, since=date(2023, 4, 1))), False),
        ((until, evolve(version, since=date(2023, 4, 2))), True),
        ((until, evolve(version, since=date(2023, 3, 31))), True),
        ((until,), True),
        ((evolve(version, since=date(2023, 4, 1)),), True),
    ):
        assert no_hole_in_time(Indicator(evolve(whole, versions=versions))).passed is not wrong
    parted = evolve(whole, components=(evolve(whole, reference="part", versions=(until,)),))
    assert not no_hole_in_time(Indicator(parted)).passed


def not_green(sample: testing.Sample) -> bool:
    return sample.band != "green"


@pytest.mark.parametrize("no_law", [lambda _: False, not_green])
def test_what_is_no_law_is_told_how_one_is_made(no_law: Law) -> None:
    with pytest.raises(TypeError, match=r"is no law.*@kpirules\.testing\.law\("):
        assert_law(no_law, BROKEN[reachable])
    with pytest.raises(TypeError, match="is no law"):
        check_laws(Holding({"X": BROKEN[reachable]}), [no_law])


def test_what_a_law_raises_of_its_own_is_passed_on() -> None:
    def faulty(_: Indicator) -> LawResult:
        raise AttributeError("its own", obj="text")

    with pytest.raises(AttributeError, match="its own"):
        assert_law(faulty, BROKEN[reachable])


def test_a_report_counts_and_shows_the_failures() -> None:
    report = check_laws(Holding({"X": BROKEN[cover], "Y": BROKEN[reachable]}), [cover])
    assert [result.passed for result in report.results] == [False, True]
    assert report.text.endswith("\n\n1 proved, 1 broken")
    assert report.text.startswith("X breaks the law cover")


def test_every_name_of_the_package_has_one_home_and_resolves() -> None:
    assert sorted(testing.__all__) == sorted(testing._HOMES)
    assert dir(testing) == sorted(testing.__all__)
    for name in testing.__all__:
        assert getattr(testing, name) is not None
    with pytest.raises(AttributeError, match=r"kpirules.testing has no 'cases'"):
        testing.cases  # noqa: B018


def test_a_name_of_the_package_means_the_same_after_everything_is_imported() -> None:
    """A module of the package by the same name must not take a function's place."""
    modules = {module.name for module in pkgutil.iter_modules(testing.__path__)}
    assert not modules.intersection(testing.__all__)
