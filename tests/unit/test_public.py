"""The door of the package: its names, its cost, and the example that stands in the description."""

import importlib
import pkgutil
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from attrs import fields

import kpirules
from kpirules.exchange.forms import FORMS, Form
from kpirules.exchange.shapes import Listed, Maybe, Named, OneOf, members_of, shape_of
from kpirules.periods import Period

SANDWELL = Path(__file__).parents[2] / "indicators" / "sandwell-2023-24"


def test_every_public_name_has_one_home_and_resolves() -> None:
    assert sorted(kpirules.__all__) == sorted(kpirules._HOMES)
    assert dir(kpirules) == sorted(kpirules.__all__)
    for name in kpirules.__all__:
        assert getattr(kpirules, name).__name__ == name


# Exceptions that never leave the package: each is caught by the module that asks.
CAUGHT_INSIDE = {
    "DamagedError",
    "FaultyRowsError",
    "QuantityError",
    "RuleFailedError",
    "TooLargeError",
    "UnknownWordError",
}


def test_every_exception_derives_from_the_root_and_is_public() -> None:
    exceptions = {
        found
        for module in pkgutil.walk_packages(kpirules.__path__, "kpirules.")
        if not module.name.endswith("__main__")
        for found in vars(importlib.import_module(module.name)).values()
        if isinstance(found, type) and issubclass(found, Exception) and found.__module__.startswith("kpirules")
    }
    outgoing = {each for each in exceptions if each.__name__ not in CAUGHT_INSIDE}
    assert len(exceptions - outgoing) == len(CAUGHT_INSIDE)
    assert all(issubclass(each, kpirules.KpirulesError) for each in outgoing)
    assert {each.__name__ for each in outgoing} == {name for name in kpirules.__all__ if name.endswith("Error")}


@pytest.mark.parametrize("name", ["ReadingError", "PeriodError", "AskingError", "RowError"])
def test_what_is_wrong_with_a_value_is_a_value_error_too(name: str) -> None:
    assert issubclass(getattr(kpirules, name), ValueError)


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.type.__name__)
def test_every_class_that_is_exported_has_a_line_for_each_of_its_members(form: Form) -> None:
    """A new member, or a new class among the vocabulary, needs its line in `exchange/forms`."""
    assert [field.name for field in fields(form.type) if "Span" not in str(field.type)] == list(form.members) or (
        form.type is Period
    )
    said = [form.says, *(member.says for member in form.members.values())]
    assert all(words.endswith(".") and words[0].isupper() for words in said), said
    for _, hint, _ in members_of(form):
        within(hint)


def within(hint: object) -> None:
    """Every type inside of a type has a shape."""
    match shape_of(hint):
        case Maybe(of=inner) | Listed(of=inner) | Named(of=inner):
            within(inner)
        case OneOf(of=several):
            for each in several:
                within(each)


def test_an_unknown_name_is_said_to_be_unknown() -> None:
    with pytest.raises(AttributeError, match="kpirules has no 'rating_of'"):
        kpirules.rating_of  # noqa: B018


def test_a_public_name_means_the_same_after_everything_is_imported() -> None:
    """A package of ours by the same name must not take a function's place."""
    code = (
        "import importlib, pkgutil, kpirules\n"
        "for module in pkgutil.walk_packages(kpirules.__path__, 'kpirules.'):\n"
        "    importlib.import_module(module.name) if not module.name.endswith('__main__') else None\n"
        "print([name for name in kpirules.__all__ if getattr(kpirules, name).__name__ != name])"
    )
    assert said_by(code) == "[]"


def test_importing_the_package_loads_nothing_heavy() -> None:
    heavy = ["attrs", "attr", "lark", "tabulate", "hypothesis", "numpy", "csv", "decimal", "kpirules.library"]
    assert said_by(f"import sys, kpirules; print([name for name in {heavy} if name in sys.modules])") == "[]"


def test_rating_needs_neither_a_table_nor_hypothesis_nor_numpy() -> None:
    code = (
        f"import sys, kpirules; kpirules.load({str(SANDWELL)!r})['B3d'].rate('79%', period='2023/24 Q2').explain()\n"
        "print([name for name in ('tabulate', 'hypothesis', 'numpy') if name in sys.modules])"
    )
    assert said_by(code) == "[]"


def said_by(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("b3D", "there is no indicator 'b3D'; did you mean B3d?"),
        ("A1", "there is no indicator 'A1'; did you mean"),
        ("B3", "there is no indicator 'B3'; did you mean B3c or B3d or B3e?"),
        ("???", "there is no indicator '???'; there is "),
        (0, "there is no indicator 0; did you mean "),
    ],
)
def test_a_reference_that_is_not_there_is_told_with_those_most_like_it(reference: object, said: str) -> None:
    library = kpirules.load(SANDWELL)
    for asked in (library, library.score(period="2023/24 Q2")):
        with pytest.raises(KeyError) as told:
            asked[reference]  # type: ignore[index]
        assert told.value.args[0].startswith(said)


def test_the_example_of_the_description(tmp_path: Path) -> None:
    library = kpirules.load(SANDWELL)
    b3d = library["B3d"]
    rating = b3d.rate("79%", period="2023/24 Q2")
    assert (rating.band, rating.reason) == ("amber", None)
    explanation = rating.explain()
    assert (explanation.target, explanation.tolerance) == ("80%", "5% of target")
    assert [(edge.outcome, edge.low, edge.high) for edge in explanation.edges] == [
        ("green", 80, None),
        ("amber", 76, 80),
        ("red", None, 76),
    ]
    assert [(step.outcome, step.change, step.beyond) for step in explanation.steps] == [
        ("green", 1, False),
        ("red", -3, True),
    ]
    short = b3d.travel("short", "79%", previous="79%")
    assert (short.direction, short.reason, short.change, short.percent) == ("unchanged", None, 0, 0)
    scorecard = library.score(period="2023/24 Q2")
    assert scorecard["B3d"].rating == rating
    table = tmp_path / "observed.csv"
    table.write_text("indicator,period,value\nB3d,2023/24 Q2,75%\n", encoding="utf-8")
    assert library.score(table, period="2023/24 Q2")["B3d"].rating.band == "red"
    observed = [{"indicator": "B3d", "period": "2023/24 Q2", "value": "80%"}]
    assert library.score(observed, period="2023/24 Q2")["B3d"].rating.band == "green"


SCHOOLS = "indicator B3d {\n unit percent\n polarity higher is better\n target 80%\n tolerance 5% of target\n}\n"


@pytest.mark.parametrize(
    "value",
    ["79%", "79", "79.0", 79, 79.0, Decimal(79), Fraction(79), np.int64(79), np.float64(79), np.float32(79)],
)
def test_a_value_may_come_in_any_type(value: object) -> None:
    assert kpirules.load_text(SCHOOLS)["B3d"].rate(value).band == "amber"


@pytest.mark.parametrize("value", [None, float("nan"), Decimal("NaN"), np.float64("nan"), ""])
def test_a_missing_value_is_a_reason(value: object) -> None:
    rating = kpirules.load_text(SCHOOLS)["B3d"].rate(value)
    assert (rating.band, rating.reason) == (None, kpirules.Reason.NO_VALUE)


@pytest.mark.parametrize("value", [True, False, np.True_])
def test_a_tick_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        kpirules.load_text(SCHOOLS)["B3d"].rate(value)


def test_a_pending_target_is_a_reason_before_anything_else() -> None:
    text = 'indicator x {\n unit percent\n polarity higher is better\n target pending "TBC"\n}\n'
    rating = kpirules.load_text(text)["x"].rate("79%")
    assert (rating.band, rating.reason) == (None, kpirules.Reason.TARGET_PENDING)


def test_load_raises_with_all_that_is_wrong_and_all_that_is_right() -> None:
    text = (
        "indicator good {\n  unit count\n  polarity higher is better\n  target 5\n  tolerance none\n}\n"
        "indicator bad {\n  unit count\n  polarity higher is better\n  target 5\n  tolerance 5%\n}\n"
    )
    with pytest.raises(kpirules.LibraryError) as raised:
        kpirules.load_text(text, "mine.kpi")
    assert list(raised.value.library.indicators) == ["good"]
    [fault] = raised.value.diagnostics
    assert str(fault.span) == "mine.kpi:11:13"
    assert str(raised.value).startswith("1 error")
