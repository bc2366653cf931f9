"""Explanations as people read them, one of each kind, word for word."""

import pytest

from kpirules.loading import load_text

HEAD = """
calendar council { year starts 1 April }
scale sizes { "best" > "good" > "poor" }
scheme at-floor {
  not rated "no standard is set" when no floor
  green when at or better than target
  amber when at or better than floor
  red otherwise
}
indicator X "A title" {
"""
HIGHER = "unit percent\npolarity higher is better\n"
LOWER = "unit percent\npolarity lower is better\n"
INSIDE = "unit percent\npolarity inside is better\n"


def explained(statements: str, value: object, given: dict[str, object] | None = None) -> list[str]:
    """The lines of the explanation without its head and without the place."""
    library = load_text(f"{HEAD}{statements}\n}}\n", "x.kpi")
    explanation = library["X"].rate(value, period="2023/24 Q2", given=given or {}).explain()
    first, *lines = explanation.text.splitlines()
    assert first == "X  A title"
    assert lines[-1].endswith("      x.kpi:10")
    lines[-1] = lines[-1].removesuffix("      x.kpi:10")
    return lines


def test_the_example_of_the_description() -> None:
    text = (
        'indicator B3d "Schools rated Good or Outstanding by Ofsted: secondary" {\n'
        "  unit percent\n  polarity higher is better\n  target 80%\n  tolerance 5% of target\n}\n"
    )
    assert load_text(text, "best-start.kpi")["B3d"].rate("79%").explain().text == (
        "B3d  Schools rated Good or Outstanding by Ofsted: secondary\n"
        "79% is amber: worse than target (80%) by 1 point and within tolerance (5% of target, down to 76%).\n"
        "green from 80%   amber from 76% to below 80%   red below 76%\n"
        "1 point more makes it green; more than 3 points less makes it red.      best-start.kpi:1"
    )


@pytest.mark.parametrize(
    ("statements", "value", "lines"),
    [
        (
            HIGHER + "target 80%\ntolerance 5% of target",
            "80%",
            [
                "80% is green: on target (80%).",
                "green from 80%   amber from 76% to below 80%   red below 76%",
                "Anything less makes it amber.",
            ],
        ),
        (
            LOWER + "target 70%\ntolerance to below 75%",
            "75%",
            [
                "75% is red: worse than target (70%) by 5 points and outside tolerance (to below 75%).",
                "green up to 70%   amber above 70% to below 75%   red from 75%",
                "Anything less makes it amber.",
            ],
        ),
        (
            LOWER + "target below 70%\ntolerance 70% to 75%",
            "70%",
            [
                (
                    "70% is amber: at 70% itself, which does not meet the target (below 70%), "
                    "and within tolerance (70% to 75%)."
                ),
                "green below 70%   amber from 70% to 75%   red above 75%",
                "More than 5 points more makes it red; anything less makes it green.",
            ],
        ),
        (
            HIGHER + "target 80%\ntolerance 5% of target or 6 points",
            "79%",
            [
                "79% is amber: worse than target (80%) by 1 point and within tolerance (5% of target or 6 points).",
                "green from 80%   amber from 74% to below 80%   red below 74%",
                "1 point more makes it green; more than 5 points less makes it red.",
            ],
        ),
        (
            HIGHER + "target 68%\ntolerance 60% to 68%",
            "64%",
            [
                "64% is amber: worse than target (68%) by 4 points and within tolerance (60% to 68%).",
                "green from 68%   amber from 60% to below 68%   red below 60%",
                "4 points more makes it green; more than 4 points less makes it red.",
            ],
        ),
        (
            HIGHER + "target 80%\nrated to 0 decimal places\ntolerance 5 points",
            "79.5%",
            [
                "79.5%, rated as 80%, is green: on target (80%).",
                "green from 80%   amber from 75% to below 80%   red below 75%",
                "1 point less makes it amber.",
            ],
        ),
        (
            "unit count\npolarity higher is better\ntarget 10\ntolerance 5% of target",
            "8",
            [
                "8 is red: worse than target (10) by 2 and outside tolerance (5% of target, down to 9.5).",
                "green from 10   red below 9.5",
                "2 more makes it green.",
            ],
        ),
        (
            "unit duration\npolarity lower is better\ntarget 3m 30s\ntolerance 5% of target",
            "3m 39s",
            [
                (
                    "3m 39s is amber: worse than target (3m 30s) by 9s "
                    "and within tolerance (5% of target, up to 3m 40.5s)."
                ),
                "green up to 3m 30s   amber above 3m 30s to 3m 40.5s   red above 3m 40.5s",
                "More than 1.5s more makes it red; 9s less makes it green.",
            ],
        ),
        (
            'unit scale sizes\npolarity higher is better\ntarget "good"\ntolerance none',
            "good",
            [
                "good is green: on or better than target.",
                "green at best or good   red at poor",
                "Poor makes it red.",
            ],
        ),
        (
            INSIDE + "target 10% to 20%\ntolerance 1 points",
            "9.5%",
            [
                (
                    "9.5% is amber: worse than target (10% to 20%) by 0.5 points "
                    "and within tolerance (1 point, down to 9%)."
                ),
                (
                    "red below 9%   amber from 9% to below 10%   green from 10% to 20%   "
                    "amber above 20% to 21%   red above 21%"
                ),
                "0.5 points more makes it green; more than 0.5 points less makes it red.",
            ],
        ),
        (
            HIGHER + "bands {\n green 80% and above\n amber 70% to below 80%\n red below 70%\n}",
            "79%",
            [
                "79% is amber: amber lies from 70% to below 80%.",
                "green from 80%   amber from 70% to below 80%   red below 70%",
                "1 point more makes it green; more than 9 points less makes it red.",
            ],
        ),
        (
            HIGHER + 'target pending "TBC"',
            "79%",
            ["79% is not rated: the target has still to be set."],
        ),
        (
            HIGHER + "target 80% at year end\ntolerance none",
            "79%",
            ["79% is not rated: the target is not due yet."],
        ),
    ],
)
def test_each_kind_word_for_word(statements: str, value: str, lines: list[str]) -> None:
    assert explained(statements, value) == lines


def test_a_missing_value_says_so_and_shows_where_the_bands_lie() -> None:
    first, *_ = explained(HIGHER + "target 80%\ntolerance none", None)
    assert first == "It is not rated: there is no value for this period."


def test_a_milestone_that_was_late_says_what_it_is_rated_as() -> None:
    milestone = "unit milestone\ntarget completed by 2023-07-31"
    late, *_ = explained(milestone, "completed 2023-08-02")
    assert late == "completed, rated as completed late, is red: worse than target and outside the target tolerance."
    in_time, *_ = explained(milestone, "completed 2023-07-02")
    assert in_time == "completed is green: on or better than target."


def test_a_bound_says_nothing_of_a_single_value() -> None:
    statements = HIGHER + "target 80%\ntolerance none"
    first, bands = explained(statements, "over 90%")
    assert first.startswith("above 90% is green: ")
    assert "10 points" not in first
    assert bands == "green from 80%   red below 80%"
    open_one, *_ = explained(statements, "over 70%")
    assert open_one.startswith("above 70% is not rated: only a bound of the value is known")


@pytest.mark.parametrize(("value", "place"), [("79%", "within"), ("77%", "outside")])
def test_a_tolerance_that_is_read_is_told_by_the_rule_itself(value: str, place: str) -> None:
    statements = HIGHER + "target 80%\nfigure budget\ntolerance 5% of budget"
    first, *_ = explained(statements, value, {"budget": "50%"})
    assert f"and {place} tolerance (5% of budget" in first


def test_a_scheme_s_own_reason_is_in_its_own_words() -> None:
    [first] = explained(HIGHER + "target 80%\nfigure floor\nscheme at-floor", "79%")
    assert first == "79% is not rated: no standard is set."
    rated, *_ = explained(HIGHER + "target 80%\nfigure floor\nscheme at-floor", "79%", {"floor": "60%"})
    assert rated == "79% is amber: at or better than floor (60%)."


@pytest.mark.parametrize(
    ("statements", "value", "given", "because"),
    [
        (INSIDE + "target 10% to 20%\ntolerance 1 point", "15%", {}, "within target (10% to 20%)"),
        (INSIDE + "target 10% to 20%\ntolerance 10% of range width", "22.5%", {},
         "worse than target (10% to 20%) by 2.5 points and outside tolerance (10% of range width, up to 21%)"),
        ("unit points\npolarity closer to zero is better\ntarget -13.5\ntolerance 5% of target", "14", {},
         "worse than target (-13.5 points) by 0.5 points and within tolerance (5% of target, up to 14.175 points)"),
        (HIGHER + "target same quarter last year\ntolerance 2 points", "5%", {"same quarter last year": "6%"},
         "worse than target (same quarter last year: 6%) by 1 point and within tolerance (2 points, down to 4%)"),
        (LOWER + "figure budget\ntarget 0%\ntolerance 10% of budget", "3%", {"budget": "20%"},
         "worse than target (0%) by 3 points and outside tolerance (10% of budget, up to 2%)"),
    ],
)  # fmt: skip
def test_ranges_and_figures_that_are_read_are_told_with_their_numbers(
    statements: str, value: str, given: dict[str, object], because: str
) -> None:
    first, *_ = explained(statements, value, given)
    assert first.endswith(f": {because}.")


FLOOR = "green when at or better than target\namber when at or better than floor\nred otherwise"
RECOVERING = """green when at or better than target, less 10% of target
amber when long improved or long unchanged
red when long not comparable
red otherwise"""


@pytest.mark.parametrize(
    ("lines", "value", "given", "because"),
    [
        (FLOOR, "59%", {"floor": "60%"},
         "worse than floor (60%)"),
        ('blue "Ahead" when better than target, plus 5% of it\ngreen when target met\nred otherwise', "85%", {},
         "ahead: better than target, plus 5% of it (84%)"),
        ('blue "Ahead" when better than target, plus 5% of it\ngreen when target met\nred otherwise', "79%", {},
         "worse than target (80%) by 1 point"),
        (RECOVERING, "60%", {"long": "50%"}, "long improved"),
        (RECOVERING, "60%", {"long": "70%"}, "long worsened"),
        (RECOVERING, "60%", {}, "long not comparable"),
        ("green when inside 40% to 60% and not at year end\nred otherwise", "50%", {},
         "inside 40% to 60% and not at year end"),
        ("green when inside 40% to 60% and not at year end\nred otherwise", "70%", {}, "not inside 40% to 60%"),
        ("green when value at least 40% or forecast above target\nred otherwise", "30%", {"forecast": "80%"},
         "value below 40% and forecast at most target (80%)"),
        ("green when target met\nred when no value\nred otherwise", None, {}, "no value"),
    ],
)  # fmt: skip
def test_a_scheme_of_one_s_own_says_which_condition_decides(
    lines: str, value: str | None, given: dict[str, object], because: str
) -> None:
    figures = "".join(f"figure {name}\n" for name in ("floor", "forecast") if name in lines)
    travel = "travel long { against same quarter last year }\n"
    text = (
        f"{travel}scheme own unranked {{\n{lines}\n}}\nindicator X {{\n"
        f"{HIGHER}frequency quarterly\ntarget 80%\n{figures}travel long\nscheme own\n}}\n"
    )
    rating = load_text(text, "x.kpi")["X"].rate(value, period="2023 Q2", given=given)
    assert rating.explain().because == because


def test_components_are_told_by_name() -> None:
    text = (
        (
            "indicator X {\n  unit percent\n  overall worst component\n"
            "  component a { polarity higher is better\n    target 80%\n    tolerance none }\n"
            "  component b { polarity lower is better\n    target 10%\n    tolerance none }\n}\n"
        )
        .replace("{ polarity", "{\n    polarity")
        .replace("none }", "none\n  }")
    )
    explanation = load_text(text)["X"].rate({"a": "85%", "b": "11%"}).explain()
    assert explanation.outcome == "red"
    assert "a green" in explanation.text
    assert "b red" in explanation.text
    assert "the worst component decides (b)" in explanation.text
