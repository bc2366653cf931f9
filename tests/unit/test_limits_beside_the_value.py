"""What stands beside a value without being one need not keep to its limits or its steps."""

from fractions import Fraction

import pytest

from kpirules import load_text
from kpirules.core import Domain
from kpirules.reading import ReadingError

LIBRARY = load_text("""
travel start { against base }
travel usual { against mean of last 2 quarters }
travel short { against previous quarter }
indicator A "A" {
  unit       count
  frequency  quarterly
  polarity   higher is better
  values     0 to 100
  figure     base
  target     10
  tolerance  none
  travel     start, usual, short
}
""")
A = LIBRARY["A"]


@pytest.mark.parametrize("travel", ["start", "usual"])
def test_a_figure_and_a_mean_are_compared_whatever_the_limits_of_the_value(travel: str) -> None:
    plain = A.travel(travel, 50, previous=49.5)
    rated = A.rater(travel=travel)(50, 49.5)
    assert str(plain.direction) == str(rated.direction) == "improved"
    assert (
        str(A.travel(travel, 50, previous=200).direction)
        == str(A.rater(travel=travel)(50, 200).direction)
        == "worsened"
    )
    assert str(A.travel(travel, 50, given={travel: 49.5}).direction) == "improved"


def test_an_earlier_value_keeps_to_them() -> None:
    for earlier in (49.5, 200):
        with pytest.raises(ReadingError, match="cannot occur"):
            A.travel("short", 50, previous=earlier)
        with pytest.raises(ReadingError, match="cannot occur"):
            A.rater(travel="short")(50, earlier)


def domains(text: str) -> dict[str, Domain]:
    """What each input of an indicator's rule is taken to be."""
    indicator = load_text(
        f"indicator A {{\nfrequency quarterly\npolarity higher is better\ntolerance none\n{text}\n}}"
    )["A"]
    return {input.name: input.domain for input in indicator.in_force().rule.inputs}


HALF, ONE = Fraction(1, 2), Fraction(1)


@pytest.mark.parametrize(
    ("unit", "several", "expected"),
    [
        ("unit count\nvalues 1 to 100", "sum of last 4 quarters", Domain(Fraction(4), Fraction(400), ONE)),
        ("unit count\nvalues 1 to 100", "mean of last 4 quarters", Domain(ONE, Fraction(100))),
        ("unit count\nvalues 1 to 100", "median of last 4 quarters", Domain(ONE, Fraction(100))),
        ("unit count\nvalues 1 to 100", "best of last 4 quarters", Domain(ONE, Fraction(100), ONE)),
        (
            "unit points\nvalues -1.25 to 2.26\nrated to 1 decimal place",
            "sum of last 2 quarters",
            Domain(Fraction("-2.5"), Fraction("4.5"), Fraction("0.1")),
        ),
        (
            "unit points\nvalues -1.25 to 2.26\nrated to 1 decimal place",
            "mean of last 2 quarters",
            Domain(Fraction("-1.3"), Fraction("2.3"), Fraction("0.1")),
        ),
    ],
)
def test_what_several_values_can_come_to(unit: str, several: str, expected: Domain) -> None:
    """Sums go further than each of them, means lie between the steps unless they are rounded."""
    assert domains(f"{unit}\ntarget {several}")[several] == expected


COMPONENTS = "component a { target none }\ncomponent b { target none }\noverall own value\ntarget 3\n"


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("unit count\ninputs a count, b count\nvalue a + b * 2 - 1", ONE),
        ("unit count\ninputs a count, b count\nvalue a + b / 2", None),
        ("unit count\ninputs a count, b count\nvalue a + b * 0.5", None),
        ("unit count\ninputs a count, b count\nvalue b * 0.5 - a", None),
        ("unit points\nprecision 0.5\ninputs a count, b count\nvalue a + b", None),
        ("unit points\nprecision 0.5\ninputs a count, b count\nvalue a / b\nrated to 1 decimal place", Fraction("0.1")),
        (f"unit count\nvalue sum of components\n{COMPONENTS}", ONE),
        (f"unit count\nvalue mean of components\n{COMPONENTS}", None),
        (f"unit points\nprecision 0.5\nvalue sum of components\n{COMPONENTS}", None),
    ],
)
def test_in_which_steps_a_value_comes_that_is_worked_out(text: str, step: Fraction | None) -> None:
    """Whole things make whole things; what is divided, or declared more finely than its parts, can be anything."""
    assert domains(text if "target" in text else f"{text}\ntarget 3")["value"].step == step
